//! `casus check`: what an editor of the actor tables should look at.

use crate::args::Check;
use crate::messages::Messages;
use casus::actors::OwnActors;
use std::collections::BTreeSet;

/// Checks the tables; the faults are the data, and make the exit status 2.
pub(crate) fn run(args: &Check, messages: &mut Messages) -> bool {
    let own = match OwnActors::read(args.actors.folder.as_deref()) {
        Ok(own) => own,
        Err(error) => {
            messages.error("", &error, error.hint());
            return false;
        }
    };
    let faults = own.check();
    let mut hinted = BTreeSet::new();
    for fault in &faults {
        // One hint for all faults of a kind is enough.
        let hint = fault.fault.hint();
        let hint = if hinted.insert(hint) { format!("    hint: {hint}\n") } else { String::new() };
        messages.print(&format!("{fault}\n{hint}"));
    }
    if !faults.is_empty() {
        let n = faults.len();
        messages.fail(&format!("{n} fault{} in the actor tables", if n == 1 { "" } else { "s" }));
        return true;
    }
    if let Ok(table) = own.table() {
        messages.print(&format!("{} actors, no fault\n", table.actors().count()));
    }
    true
}
