//! `casus actor`: what casus knows of somebody, and which lines say so.

use crate::args::Actor;
use crate::messages::{Messages, out_is_terminal};
use crate::render::actor;
use crate::render::paint::Paint;
use casus::actors::{ActorContext, OwnActors, resolve};
use casus::types::Span;

/// Tells what is known of a name or phrase; tells whether anything is.
pub(crate) fn run(args: &Actor, messages: &mut Messages) -> bool {
    let phrase = args.name.join(" ");
    let own = OwnActors::read(args.actors.folder.as_deref());
    let table = match own.and_then(|own| own.table().map_err(casus::PipelineError::Actors)) {
        Ok(table) => table,
        Err(error) => {
            messages.error("", &error, error.hint());
            return false;
        }
    };
    let paint = Paint::for_terminal(out_is_terminal());
    let known = table.find(&phrase);
    for found in &known {
        messages.print(&actor::known(found, &table, args.on, &paint));
    }
    if !known.is_empty() {
        return true;
    }
    let context = ActorContext { text: &phrase, published: args.on, ..ActorContext::default() };
    let read = resolve(&table, Span::new(0, phrase.len()), &context);
    messages.print(&actor::phrase(&phrase, &table.tell(&phrase), &read, &paint));
    let found = read.value.country.is_some() || read.value.sector.is_some();
    if !found {
        let hint = "add a line to a table and pass its folder with --actors; docs/guide/actors.md tells how";
        messages.note("", format!("casus knows nothing of {phrase:?}"), Some(hint));
    }
    found
}
