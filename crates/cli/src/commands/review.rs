//! `casus review`: what a person decides of an event.

use super::store_that_is;
use crate::args::Review;
use crate::messages::Messages;
use casus::keeping;
use casus::store::{Decision, Reviewer, Store, StoreError};
use casus::types::record::RecordEvent;

/// Notes the decision and prints the event as it stands then, in JSON.
pub(crate) fn run(args: &Review, messages: &mut Messages) -> bool {
    let Some(mut store) = store_that_is(&args.db, messages) else { return false };
    match decide(args, &mut store) {
        Ok(event) => {
            let json = serde_json::to_string(&event).expect("an event has string keys and finite numbers");
            messages.print(&(json + "\n"));
            true
        }
        Err(error) => {
            messages.error(&args.event, &error, error.hint());
            false
        }
    }
}

/// Does all that is asked, or nothing.
fn decide(args: &Review, store: &mut Store) -> Result<RecordEvent, StoreError> {
    let by = Reviewer { name: args.by.as_deref(), note: args.note.as_deref() };
    let decisions = if args.accept {
        vec![Decision::Accept]
    } else if args.reject {
        vec![Decision::Reject]
    } else {
        args.set.iter().map(|(slot, value)| Decision::Correct { slot, value }).collect()
    };
    keeping::review(store, &args.event, &decisions, by)
}
