//! Filling a store: reports in, reports coded anew, records in.
//!
//! Work is spread over threads; what is decided and written is decided and written by one, in the order of the input,
//! so that a store is the same at any number of threads.

mod bench;
mod importing;
mod incidents;
mod ingestion;
mod joining;
mod likenesses;
mod naming;
mod reasons;
mod recoding;
mod reviewing;
mod vicinity;

#[cfg(test)]
mod tests;

pub use importing::{ImportError, Imported, import};
pub use incidents::{Linked, SplitError, link, split, unite};
pub use ingestion::{Incoming, Ingested, Outcome, Summary, ingest};
pub use naming::Names;
pub use recoding::{Recoded, recode};
pub use reviewing::review;

use crate::ingest::{NOT_LATIN, OTHER_LANGUAGE};
use crate::{Document, Pipeline, Problem, Record};
use casus_store::{Store, StoreError};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Documents that are written in one transaction. A killed run loses this many codings at most; a commit costs about as
/// much as writing one document.
const BATCH: usize = 64;

/// A document with what became of it, before it is written.
struct CodedDocument {
    record: Record,
    text: String,
    problems_read: usize,
    state: CodedState,
}

/// What came of coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CodedState {
    Coded,
    Foreign,
    Failed,
}

impl CodedState {
    fn stored(self) -> casus_store::State<'static> {
        match self {
            Self::Coded => casus_store::State::Coded,
            Self::Foreign => casus_store::State::Foreign,
            Self::Failed => casus_store::State::Failed,
        }
    }
}

/// Codes a document for keeping: one in another language is kept uncoded, and one at which casus fails is too.
fn code(pipeline: &Pipeline, document: Document, mut problems: Vec<Problem>) -> CodedDocument {
    let problems_read = problems.len();
    let model = pipeline.model_name();
    if let Some(problem) = problems.iter_mut().find(|p| p.code == NOT_LATIN || p.code == OTHER_LANGUAGE) {
        // On its own a report is coded all the same, and the problem warns of it.
        if let Some((language, _)) = problem.message.split_once("; it was read as English") {
            problem.message = format!("{language}, so nothing was coded");
        }
        let record = uncoded(&document, model, problems);
        return CodedDocument { record, text: document.text, problems_read, state: CodedState::Foreign };
    }
    let read = catch_unwind(AssertUnwindSafe(|| {
        let reading = pipeline.read(document.clone(), problems.clone());
        Record::new(&reading, model)
    }));
    if let Ok(record) = read {
        return CodedDocument { record, text: document.text, problems_read, state: CodedState::Coded };
    }
    problems.push(Problem::new(
        "fault",
        "casus failed at it, so nothing was coded",
        "report this as a fault of casus, with the text",
    ));
    let record = uncoded(&document, model, problems);
    CodedDocument { record, text: document.text, problems_read, state: CodedState::Failed }
}

/// Returns the record of a document that is not coded.
fn uncoded(document: &Document, model: &str, problems: Vec<Problem>) -> Record {
    use casus_types::record::{LANGUAGE, ONTOLOGY, VERSION};
    Record {
        casus: VERSION.to_owned(),
        id: document.id.clone(),
        title: document.title.clone(),
        published: document.published,
        publisher: document.publisher.clone(),
        url: document.url.clone(),
        language: LANGUAGE.to_owned(),
        model: model.to_owned(),
        ontology: ONTOLOGY.to_owned(),
        events: Vec::new(),
        problems,
    }
}

/// Returns a command with the options that say what a pipeline reads with, as the store remembers it.
fn command_line(command: &str, pipeline: &Pipeline) -> String {
    let own = pipeline.own().iter().map(|(option, path)| format!(" {option} {}", path.display()));
    command.to_owned() + &own.collect::<String>()
}

/// Returns the command that filled a store with tables, rulings or a model that this pipeline has not; none where it was
/// filled without any, or by the same kinds of them. What was coded before the store was last coded anew counts no more.
///
/// # Errors
/// Where SQLite refuses.
pub fn left_out(store: &Store, pipeline: &Pipeline) -> Result<Option<String>, StoreError> {
    let lacks = |command: &String| {
        let mut options = command.split(' ').filter(|word| word.starts_with("--"));
        options.any(|option| pipeline.own().iter().all(|(own, _)| *own != option))
    };
    Ok(store.coding_commands()?.into_iter().rev().find(lacks))
}
