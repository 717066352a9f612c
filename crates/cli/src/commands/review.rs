//! `casus review`: what a person decides of an event.

use super::store_that_is;
use crate::args::Review;
use crate::messages::Messages;
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
    let mut writer = store.writer()?;
    let event = if args.accept {
        writer.review(&args.event, Decision::Accept, by)?
    } else if args.reject {
        writer.review(&args.event, Decision::Reject, by)?
    } else {
        let mut event = None;
        for (slot, value) in &args.set {
            event = Some(writer.review(&args.event, Decision::Correct { slot, value }, by)?);
        }
        event.expect("the command line demands a decision")
    };
    writer.commit()?;
    Ok(event)
}
