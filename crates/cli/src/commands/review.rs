//! `casus review`: what a person decides of an event.

use super::store_that_is;
use crate::args::Review;
use crate::messages::Messages;
use crate::render::paint::Paint;
use crate::render::{self, table};
use casus::PipelineError;
use casus::keeping::{self, Names};
use casus::store::{Decision, Reviewer, Store, StoreError};
use casus::types::record::RecordEvent;

/// Notes the decision and prints the event as it stands then: for eyes on a terminal, else in JSON.
pub(crate) fn run(args: &Review, messages: &mut Messages) -> bool {
    let Some(mut store) = store_that_is(&args.db, messages) else { return false };
    let names = match names(args) {
        Ok(names) => names,
        Err(error) => {
            messages.error("", &error, error.hint());
            return false;
        }
    };
    match decide(args, names.as_ref(), &mut store) {
        Ok(event) => {
            if messages.is_watched() {
                let stored = store.events().with_key(&args.event);
                let text = stored.and_then(|stored| store.text(&stored.document_key)).ok().flatten();
                let paint = Paint::for_terminal(true);
                messages.print(&table::event(&event, &text.unwrap_or_default(), &paint, render::width()));
            } else {
                let json =
                    serde_json::to_string(&event).expect("an event has string keys and finite numbers");
                messages.print(&(json + "\n"));
            }
            if args.set.iter().any(|(slot, _)| slot == "places") {
                tell_pointless(&event, messages);
            }
            true
        }
        Err(error) => {
            messages.error(&args.event, &error, error.hint());
            false
        }
    }
}

/// Reads who and what is known, where a correction may need it.
fn names(args: &Review) -> Result<Option<Names>, PipelineError> {
    let named = |slot: &str| ["actors", "recipients", "places", "weapons"].contains(&slot);
    if !args.set.iter().any(|(slot, _)| named(slot)) {
        return Ok(None);
    }
    Names::read(args.actors.folder.as_deref(), args.gazetteer.clone()).map(Some)
}

/// Says which places have no point, without which an event is on no map.
fn tell_pointless(event: &RecordEvent, messages: &mut Messages) {
    let names =
        event.places.iter().filter(|place| place.lat.is_none()).filter_map(|place| place.name.as_deref());
    for name in names {
        let hint = "give it a point: places='[{\"name\": …, \"country\": \"COL\", \"lat\": …, \"lon\": …, \"precision\": \"town\"}]'";
        messages.note(&event.id, format!("no place is known as {name:?}, so it has no point"), Some(hint));
    }
}

/// Does all that is asked, or nothing.
fn decide(args: &Review, names: Option<&Names>, store: &mut Store) -> Result<RecordEvent, StoreError> {
    let by = Reviewer { name: args.by.as_deref(), note: args.note.as_deref() };
    let values = match names {
        Some(names) => {
            let event = store.events().with_key(&args.event)?.event;
            args.set.iter().map(|(slot, value)| names.told(&event, slot, value)).collect::<Result<_, _>>()?
        }
        None => args.set.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>(),
    };
    let decisions = if args.accept {
        vec![Decision::Accept]
    } else if args.reject {
        vec![Decision::Reject]
    } else {
        args.set.iter().zip(&values).map(|((slot, _), value)| Decision::Correct { slot, value }).collect()
    };
    keeping::review(store, &args.event, &decisions, by)
}
