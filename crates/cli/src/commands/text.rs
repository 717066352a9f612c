//! `casus text`: the documents that inputs hold, as casus reads them.

use super::tell_problems;
use crate::args::Text;
use crate::inputs;
use crate::messages::Messages;
use casus::Document;
use serde_json::json;

/// Prints the documents as JSON Lines; tells whether there were any.
pub(crate) fn run(args: &Text, messages: &mut Messages) -> bool {
    let intake = inputs::intake(&args.inputs);
    let mut found = false;
    inputs::each(&args.files, &intake, &mut |input| {
        let (document, problems) = match input.document {
            Ok(document) => document,
            Err(error) => {
                messages.error(&input.name, &error, error.hint());
                return true;
            }
        };
        found = true;
        tell_problems(&input.name, &problems, messages);
        messages.print(&line(&document))
    });
    inputs::tell_passed_over(&args.files, messages);
    found
}

/// Returns a document as a line of JSON, as `casus code` reads it.
pub(crate) fn line(document: &Document) -> String {
    let line = json!({
        "id": document.id,
        "title": document.title,
        "published": document.published,
        "publisher": document.publisher,
        "url": document.url,
        "text": document.text,
    });
    format!("{line}\n")
}
