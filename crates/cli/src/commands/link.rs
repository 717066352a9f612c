//! `casus link`: all events of a store joined to incidents anew.

use super::store_that_is;
use crate::args::Link;
use crate::gauge::Gauge;
use crate::messages::Messages;
use casus::{Linker, keeping};

/// Joins anew; prints how many incidents there are, and tells whether there were any events.
pub(crate) fn run(args: &Link, messages: &mut Messages) -> bool {
    let Some(mut store) = store_that_is(&args.db, messages) else { return false };
    let mut gauge = Gauge::new(store.documents_with_events().ok().map(|documents| documents.len()));
    let done = keeping::link(&mut store, Linker::default(), |documents| gauge.show(documents, 0, 0));
    gauge.clear();
    match done {
        Ok(linked) => {
            messages.print(&format!(
                "{:>8}  incidents\n{:>8}  of them told by several reports\n{:>8}  events in them\n",
                linked.incidents, linked.told_by_several, linked.events
            ));
            linked.events > 0
        }
        Err(error) => {
            messages.error("", &error, error.hint());
            false
        }
    }
}
