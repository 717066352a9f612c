//! `casus sql`: a statement of the user's own.

use super::{counted, store_to_read};
use crate::args::Sql;
use crate::messages::Messages;
use crate::render::rows;
use casus::store::Allowance;
use std::io::{self, Read};
use std::time::Duration;

/// Runs a statement and prints its rows; tells whether there are any.
pub(crate) fn run(args: &Sql, messages: &mut Messages) -> bool {
    let mut statement = args.statement.clone();
    if statement == "-" {
        statement.clear();
        if let Err(error) = io::stdin().read_to_string(&mut statement) {
            messages.error("-", &error, None);
            return false;
        }
    }
    let Some(mut store) = store_to_read(&args.db, messages) else { return false };
    let allowance = Allowance { time: Duration::from_secs_f64(args.seconds), rows: args.limit };
    match store.run_statement(&statement, allowance) {
        Ok((flat, more)) => {
            messages.print(&rows::rows(&flat, &args.rows));
            if more {
                let shown = counted(flat.rows.len(), "row", "rows");
                messages.note("", format!("{shown}, and there are more"), Some("give more with --limit"));
            } else if flat.rows.is_empty() {
                messages.note("", "no rows", None);
            }
            !flat.rows.is_empty()
        }
        Err(error) => {
            messages.error("", &error, error.hint());
            false
        }
    }
}
