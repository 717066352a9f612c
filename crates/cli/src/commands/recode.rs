//! `casus recode`: the reports of a store, coded anew.

use super::{pipeline, store_that_is, tell_left_out};
use crate::args::Recode;
use crate::gauge::Gauge;
use crate::messages::Messages;
use crate::pool;
use casus::keeping::{self, Recoded};
use std::fmt::Write as _;

/// Codes anew; prints what changed, and tells whether there were reports to code.
pub(crate) fn run(args: &Recode, messages: &mut Messages) -> bool {
    let Some(mut store) = store_that_is(&args.db, messages) else { return false };
    let Some(pipeline) = pipeline(&args.resources, messages) else { return false };
    tell_left_out(&store, &pipeline, messages);
    let mut gauge = Gauge::new(store.document_count().ok());
    let done = keeping::recode(&mut store, &pipeline, pool::threads(args.jobs), |recoded, _| {
        let changes = &recoded.changes;
        let events = changes.added + changes.changed + changes.unchanged + changes.kept;
        gauge.show(recoded.documents + recoded.without_text, 0, events);
    });
    gauge.clear();
    match done {
        Ok(recoded) => {
            messages.print(&table(&recoded));
            recoded.documents > 0
        }
        Err(error) => {
            messages.error("", &error, error.hint());
            false
        }
    }
}

/// Returns what changed, a line each: the number, then what it counts.
fn table(recoded: &Recoded) -> String {
    let changes = &recoded.changes;
    let mut out = String::new();
    for (n, what) in [
        (recoded.documents, "reports coded anew"),
        (recoded.without_text, "reports whose text is not known, left as they are"),
        (recoded.changed, "reports changed"),
        (changes.unchanged, "events as before"),
        (changes.added, "events added"),
        (changes.removed, "events removed"),
        (changes.changed, "events changed"),
        (changes.kept, "events that people accepted or corrected, kept"),
    ] {
        writeln!(out, "{n:>8}  {what}").expect("a string takes all");
    }
    for (slot, n) in &changes.slots {
        writeln!(out, "{n:>8}    changed in {slot}").expect("a string takes all");
    }
    out
}
