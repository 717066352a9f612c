//! `casus series`: counts over time.

use super::{counted, filters, store_to_read};
use crate::args::{self, RowFormat, Series};
use crate::messages::Messages;
use crate::render::{grid, rows};
use casus::store::{Cell, Counting, Counts, Flat, Grain, Step};

/// The widest bar.
const BAR: u64 = 30;

/// Prints counts; tells whether there are any.
pub(crate) fn run(args: &Series, messages: &mut Messages) -> bool {
    let Some(query) = filters(&args.filters, messages) else { return false };
    let Some(store) = store_to_read(&args.db, messages) else { return false };
    let counting = Counting {
        step: match args.by {
            args::Step::Day => Step::Day,
            args::Step::Week => Step::Week,
            args::Step::Month => Step::Month,
        },
        dyads: args.dyad.map(|grain| match grain {
            args::Grain::Code => Grain::Code,
            args::Grain::Country => Grain::Country,
            args::Grain::Name => Grain::Name,
        }),
        gaps: !args.sparse,
    };
    match store.series(&query, counting) {
        Ok(series) => {
            let printed = match args.rows.format {
                RowFormat::Table => table(&series.rows, counting),
                _ => rows::rows(&flat(&series.rows, counting), &args.rows),
            };
            messages.print(&printed);
            if series.undated > 0 {
                let undated = counted(series.undated, "event", "events");
                messages.note("", format!("{undated} without a day left out"), None);
            }
            let found = series.rows.iter().any(|row| row.events > 0);
            if !found {
                messages.note("", "no events found", Some(&format!("it was read as: {query}")));
            }
            found
        }
        Err(error) => {
            messages.error("", &error, error.hint());
            false
        }
    }
}

/// Returns the columns of `docs/guide/query.md`.
fn flat(rows: &[Counts], counting: Counting) -> Flat {
    let dyad: &[&str] = if counting.dyads.is_some() { &["actor", "recipient"] } else { &[] };
    let numbers = ["n_events", "n_incidents", "deaths_min", "deaths_max", "deaths_open", "mean_score"];
    let columns = ["first_day", "last_day"].iter().chain(dyad).chain(&numbers);
    let whole = |n: u64| Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    let row = |counts: &Counts| {
        let mut cells = vec![Cell::Text(counts.first.to_string()), Cell::Text(counts.last.to_string())];
        if let Some((actor, recipient)) = &counts.dyad {
            cells.extend([Cell::Text(actor.clone()), Cell::Text(recipient.clone())]);
        }
        cells.extend(
            [counts.events, counts.incidents, counts.deaths_min, counts.deaths_max, counts.deaths_open]
                .map(whole),
        );
        // Two digits: scores have one, and a mean's farther digits are noise.
        cells.push(counts.mean_score.map_or(Cell::Null, |mean| Cell::Real((mean * 100.0).round() / 100.0)));
        cells
    };
    Flat { columns: columns.map(|name| (*name).to_owned()).collect(), rows: rows.iter().map(row).collect() }
}

fn table(rows: &[Counts], counting: Counting) -> String {
    let highest = rows.iter().map(|row| row.events).max().unwrap_or_default().max(1);
    let mut heads = vec![match counting.step {
        Step::Day => "day",
        Step::Week => "week from",
        Step::Month => "month",
    }];
    if counting.dyads.is_some() {
        heads.extend(["actor", "recipient"]);
    }
    heads.extend(["events", "incidents", "deaths", "mean score", ""]);
    let line = |counts: &Counts| {
        let first = counts.first.to_string();
        let mut cells = vec![match counting.step {
            Step::Month => first[..first.len() - "-01".len()].to_owned(),
            Step::Day | Step::Week => first,
        }];
        if let Some((actor, recipient)) = &counts.dyad {
            cells.extend([actor.clone(), recipient.clone()]);
        }
        let open = if counts.deaths_open > 0 { "+" } else { "" };
        let deaths = match (counts.deaths_min, counts.deaths_max) {
            (least, most) if least == most => format!("{least}{open}"),
            (least, most) => format!("{least} to {most}{open}"),
        };
        let bar = usize::try_from((counts.events * BAR).div_ceil(highest)).unwrap_or_default();
        cells.extend([counts.events.to_string(), counts.incidents.to_string(), deaths]);
        cells.extend([
            counts.mean_score.map_or_else(String::new, |mean| format!("{mean:.1}")),
            "▇".repeat(bar),
        ]);
        cells
    };
    let heads: Vec<String> = heads.into_iter().map(str::to_owned).collect();
    grid::loose(&heads, &rows.iter().map(line).collect::<Vec<_>>())
}
