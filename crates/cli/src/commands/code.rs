//! `casus code`: reports in, events out.

use super::{counted, pipeline, tell_problems};
use crate::args::{Code, Format};
use crate::exporting::Exporting;
use crate::inputs::{self, Input};
use crate::messages::{Messages, out_is_terminal};
use crate::progress::Progress;
use crate::render::paint::Paint;
use crate::render::table;
use crate::{pool, render};
use casus::ingest::IngestError;
use casus::{Pipeline, Problem, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal};

/// Documents up to which each one's problems are told; above, they are counted.
const FEW: usize = 3;

/// A document read and written.
struct Coded {
    name: String,
    output: Result<Output, IngestError>,
}

struct Output {
    id: String,
    data: Data,
    events: usize,
    problems: Vec<Problem>,
}

/// What is written of a document: its text, or what an export needs.
enum Data {
    Text(String),
    Record(Box<Record>, String),
}

/// Codes the documents; tells whether any told of an event.
pub(crate) fn run(args: &Code, messages: &mut Messages) -> bool {
    let Some(pipeline) = pipeline(&args.reading.resources, messages) else { return false };
    let Some(mut exporting) = Exporting::begin(args.format, &args.written, &args.files, messages) else {
        return false;
    };
    let intake = inputs::intake(&args.reading.inputs);
    let paint = Paint::for_terminal(out_is_terminal());
    if args.files.is_empty() && io::stdin().is_terminal() {
        messages.note("", "reading standard input; end it with Ctrl-D", None);
    }
    let mut progress = Progress::new(out_is_terminal());
    let mut tally = Tally::default();
    pool::in_order(
        pool::threads(args.jobs),
        |hand_over| inputs::each(&args.files, &intake, hand_over),
        |input| code(input, &pipeline, args.format, &paint),
        |coded: Coded| {
            let wanted = tally.take(coded, &mut exporting, &mut progress, messages);
            progress.step(tally.events);
            wanted
        },
    );
    progress.clear();
    exporting.end(messages);
    inputs::tell_passed_over(&args.files, messages);
    tally.tell(messages);
    tally.events > 0
}

fn code(input: Input, pipeline: &Pipeline, format: Format, paint: &Paint) -> Coded {
    let output = input.document.map(|(document, problems)| {
        let reading = pipeline.read(document, problems);
        let record = Record::new(&reading, pipeline.model_name());
        let (id, events, problems) = (record.id.clone(), record.events.len(), record.problems.clone());
        let data = match format {
            Format::Table => {
                Data::Text(table::document(&record, &reading.document.text, paint, render::width()))
            }
            Format::Jsonl => Data::Text(render::jsonl(&record)),
            _ => Data::Record(Box::new(record), reading.document.text),
        };
        Output { id, data, events, problems }
    });
    Coded { name: input.name, output }
}

/// What a run has seen.
#[derive(Default)]
struct Tally {
    documents: usize,
    failed: usize,
    events: usize,
    ids: BTreeSet<String>,
    /// Documents whose id another one had before.
    repeated: Vec<String>,
    /// Documents by the code of a problem that they have.
    problems: BTreeMap<String, usize>,
    /// The problems of the first documents, told where there are no more than these.
    first: Vec<(String, Vec<Problem>)>,
}

impl Tally {
    fn take(
        &mut self,
        coded: Coded,
        exporting: &mut Exporting,
        progress: &mut Progress,
        messages: &mut Messages,
    ) -> bool {
        let output = match coded.output {
            Ok(output) => output,
            Err(error) => {
                self.failed += 1;
                progress.clear();
                messages.error(&coded.name, &error, error.hint());
                return true;
            }
        };
        self.documents += 1;
        self.events += output.events;
        // One code may be raised at several words.
        let distinct: BTreeSet<&str> = output.problems.iter().map(|problem| problem.code.as_str()).collect();
        for code in distinct {
            *self.problems.entry(code.to_owned()).or_default() += 1;
        }
        if !self.ids.insert(output.id.clone()) {
            self.repeated.push(output.id);
        }
        if self.documents <= FEW {
            self.first.push((coded.name, output.problems));
        }
        match output.data {
            Data::Text(text) => messages.print(&text),
            Data::Record(record, text) => exporting.add(&record, Some(&text), messages),
        }
    }

    fn tell(&self, messages: &mut Messages) {
        if self.documents <= FEW {
            for (name, problems) in &self.first {
                tell_problems(name, problems, messages);
            }
        } else {
            for (code, n) in &self.problems {
                messages.note("", format!("{n} of {}: {code}", reports(self.documents)), None);
            }
        }
        if let Some(id) = self.repeated.first() {
            let n = self.repeated.len();
            let have = if n == 1 { "has" } else { "have" };
            let message = format!("{} {have} the id of an earlier one, {id:?} for one", reports(n));
            let hint = "events of one id cannot be told apart; give each report its own id, in a column or key: --columns id=NAME";
            messages.note("", message, Some(hint));
        }
        let n = self.documents + self.failed;
        if n > 1 {
            let failed = if self.failed == 0 { String::new() } else { format!(", {} not read", self.failed) };
            let (documents, events) = (self.documents, self.events);
            let message =
                format!("{} read{failed}, {}", reports(documents), counted(events, "event", "events"));
            messages.note("", message, None);
        } else if self.documents == 1 && self.events == 0 {
            messages.note("", "no events found", None);
        }
    }
}

fn reports(n: usize) -> String {
    if n == 1 { "1 report".to_owned() } else { format!("{n} reports") }
}
