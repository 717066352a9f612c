//! `casus explain`: a report with its events' words marked, then where each slot comes from.

use super::{pipeline, tell_problems};
use crate::args::Explain;
use crate::inputs;
use crate::messages::{Messages, out_is_terminal};
use crate::render::paint::Paint;
use crate::render::{self, analysis, explanation};
use casus::Record;

/// Explains the file's documents; tells whether any told of an event.
pub(crate) fn run(args: &Explain, messages: &mut Messages) -> bool {
    let Some(pipeline) = pipeline(&args.reading.resources, messages) else { return false };
    let intake = inputs::intake(&args.reading.inputs);
    let paint = Paint::for_terminal(out_is_terminal());
    let mut found = false;
    inputs::each(std::slice::from_ref(&args.file), &intake, &mut |input| {
        let (document, problems) = match input.document {
            Ok(document) => document,
            Err(error) => {
                messages.error(&input.name, &error, error.hint());
                return true;
            }
        };
        let reading = pipeline.read(document, problems);
        let record = Record::new(&reading, pipeline.model_name());
        found |= !reading.events.is_empty();
        let mut data = explanation::document(&reading, &record, &paint, render::width());
        if args.analysis {
            data += &analysis::document(&reading, &paint);
        }
        let wanted = messages.print(&data);
        tell_problems(&input.name, &reading.problems, messages);
        wanted
    });
    found
}
