//! `casus ingest`: reports into a store.

use super::{counted, pipeline, store, tell_left_out};
use crate::args::Ingest;
use crate::gauge::{self, Gauge};
use crate::inputs::{self, Input};
use crate::interrupt;
use crate::messages::{Messages, chain};
use crate::pool;
use casus::Problem;
use casus::keeping::{self, Incoming, Ingested, Outcome, Summary};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal};

/// Codes and keeps reports; tells whether there were any.
pub(crate) fn run(args: &Ingest, messages: &mut Messages) -> bool {
    interrupt::listen();
    // The store is opened first: a path that is wrong is told before the model is loaded.
    let Some(mut store) = store(&args.db, messages) else { return false };
    let Some(pipeline) = pipeline(&args.reading.resources, messages) else { return false };
    tell_left_out(&store, &pipeline, messages);
    let intake = inputs::intake(&args.reading.inputs);
    if args.sources.is_empty() && io::stdin().is_terminal() {
        messages.note("", "reading standard input; end it with Ctrl-D", None);
    }
    let mut gauge = Gauge::new(gauge::extent(&args.sources));
    let mut problems: BTreeMap<String, usize> = BTreeMap::new();
    let feed = |hand_over: &mut dyn FnMut(Incoming) -> bool| {
        inputs::each(&args.sources, &intake, &mut |input| {
            !interrupt::is_asked() && hand_over(incoming(input))
        });
    };
    let told = |ingested: &Ingested, so_far: &Summary| {
        let codes: BTreeSet<&str> = ingested.problems.iter().map(|problem| problem.code.as_str()).collect();
        for code in codes {
            *problems.entry(code.to_owned()).or_default() += 1;
        }
        match &ingested.outcome {
            Outcome::Unread(problem) => {
                gauge.clear();
                messages.fault(&ingested.name, &problem.message, hint(problem));
            }
            Outcome::Failed => {
                gauge.clear();
                let problem = ingested.problems.last();
                let message = problem.map_or("casus failed at it", |problem| &problem.message);
                messages.fault(&ingested.name, message, problem.and_then(hint));
            }
            _ => {}
        }
        gauge.show(so_far.reports(), so_far.known, so_far.events);
    };
    let done = keeping::ingest(&mut store, &pipeline, "ingest", pool::threads(args.jobs), feed, told);
    gauge.clear();
    inputs::tell_passed_over(&args.sources, messages);
    match done {
        Ok(summary) => {
            tell(&summary, &problems, messages);
            if interrupt::is_asked() {
                let hint = "what was coded is kept; the same command goes on with the rest";
                messages.fault("", "ended before all was read", Some(hint));
            }
            summary.reports() > summary.unread
        }
        Err(error) => {
            messages.error("", &error, error.hint());
            false
        }
    }
}

pub(crate) fn incoming(input: Input) -> Incoming {
    let document = input
        .document
        .map_err(|error| Problem::new("unread", chain(&error), error.hint().unwrap_or_default()));
    Incoming { name: input.name, document }
}

fn hint(problem: &Problem) -> Option<&str> {
    (!problem.hint.is_empty()).then_some(&problem.hint)
}

fn tell(summary: &Summary, problems: &BTreeMap<String, usize>, messages: &mut Messages) {
    let new = summary.reports() - summary.known - summary.unread;
    for (code, n) in problems {
        messages.note("", format!("{n} of {}: {code}", counted(new, "new report", "new reports")), None);
    }
    let mut words = vec![format!("{} coded, {}", summary.coded, counted(summary.events, "event", "events"))];
    for (n, what) in [
        (summary.known, "there already"),
        (summary.copies, "copies"),
        (summary.replaced, "in place of older versions"),
        (summary.foreign, "in other languages"),
        (summary.failed, "failed"),
        (summary.unread, "not read"),
    ] {
        if n > 0 {
            words.push(format!("{n} {what}"));
        }
    }
    let reports = counted(summary.reports(), "report", "reports");
    messages.note("", format!("{reports}: {}", words.join(", ")), None);
}
