//! Reports into a store.

use super::bench::{self, Foreman, Step};
use super::command_line;
use super::joining::{Before, Joiner};
use super::{BATCH, CodedDocument, CodedState, code};
use crate::{Document, Linker, Pipeline, Problem};
use casus_store::{Admission, Admissions, Entry, Filling, RunCounts, RunId, State, Store, StoreError};
use std::time::{Duration, Instant};

/// How long what is coded may wait to be written. A run that is killed loses no more than this. A commit does not wait for
/// the disk (`synchronous = normal`), so it can be short.
const WAIT: Duration = Duration::from_millis(250);

/// A report that comes in, or why it does not.
#[derive(Debug)]
pub struct Incoming {
    /// Its file, with the line or entry where the file has many.
    pub name: String,
    /// The document with what was odd about it, or what kept it from being read.
    pub document: Result<(Document, Vec<Problem>), Problem>,
}

/// What became of a report.
#[derive(Debug)]
pub struct Ingested {
    /// Its file, with the line or entry.
    pub name: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What was odd about it.
    pub problems: Vec<Problem>,
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was coded: its events, and whether it replaced an older version.
    Coded {
        /// How many events it tells of.
        events: usize,
        /// Whether it replaced an older version.
        replaces: bool,
    },
    /// It was there already.
    Known,
    /// It says nothing that another does not: the other's key.
    Copy(String),
    /// It is in another language, and kept uncoded.
    Foreign,
    /// casus failed at it; it is kept uncoded.
    Failed,
    /// It could not be read.
    Unread(Problem),
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Reports coded.
    pub coded: usize,
    /// Their events.
    pub events: usize,
    /// Reports that were there already.
    pub known: usize,
    /// Reports that say nothing that another does not.
    pub copies: usize,
    /// Reports in other languages.
    pub foreign: usize,
    /// Reports that replaced an older version.
    pub replaced: usize,
    /// Reports at which casus failed.
    pub failed: usize,
    /// Reports that could not be read.
    pub unread: usize,
}

impl Summary {
    /// Returns how many reports came in, those that could not be read too.
    #[must_use]
    pub fn reports(&self) -> usize {
        self.coded + self.known + self.copies + self.foreign + self.failed + self.unread
    }

    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Coded { events, replaces } => {
                self.coded += 1;
                self.events += events;
                self.replaced += usize::from(*replaces);
            }
            Outcome::Known => self.known += 1,
            Outcome::Copy(_) => self.copies += 1,
            Outcome::Foreign => self.foreign += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Unread(_) => self.unread += 1,
        }
    }
}

/// Takes reports in: those that are new are coded on some threads and kept. `feed` gets a function that hands over one
/// report and tells whether more are wanted; `told` hears what became of each, in their order, once it is in the file.
///
/// The same reports make the same rows at any number of threads. A run that is killed loses what was not written yet;
/// run again over the same reports, it goes on from there.
///
/// # Errors
/// Where another process fills the store, or the disk refuses. What was written before stays.
pub fn ingest(
    store: &mut Store,
    pipeline: &Pipeline,
    command: &str,
    threads: usize,
    feed: impl FnOnce(&mut dyn FnMut(Incoming) -> bool) + Send,
    told: impl FnMut(&Ingested, &Summary),
) -> Result<Summary, StoreError> {
    let _filling = Filling::take(store.path())?;
    let run = store.begin_run(&command_line(command, pipeline), Some(pipeline.model_name()))?;
    let mut desk = Desk {
        store,
        run,
        admissions: Admissions::default(),
        joiner: Joiner::new(Linker::default()),
        finished: Vec::with_capacity(BATCH),
        since: Instant::now(),
        summary: Summary::default(),
        told,
    };
    bench::run(threads, &mut desk, feed, |job: Job| {
        let coded = code(pipeline, job.document, job.problems);
        Finished {
            name: job.name,
            what: What::Coded { given_id: job.given_id, replaces: job.replaces, coded },
        }
    })?;
    desk.write()?;
    let summary = desk.summary;
    store.end_run(run)?;
    Ok(summary)
}

/// A document to code.
struct Job {
    name: String,
    given_id: String,
    replaces: Option<String>,
    document: Document,
    problems: Vec<Problem>,
}

/// A report that is ready to be written.
struct Finished {
    name: String,
    what: What,
}

enum What {
    Coded { given_id: String, replaces: Option<String>, coded: CodedDocument },
    Copy { given_id: String, of: String, similarity: f64, coded: CodedDocument },
    Known,
    Unread(Problem),
}

/// Decides on reports and writes what came of them.
struct Desk<'s, T> {
    store: &'s mut Store,
    run: RunId,
    admissions: Admissions,
    joiner: Joiner,
    finished: Vec<Finished>,
    since: Instant,
    summary: Summary,
    told: T,
}

impl<T: FnMut(&Ingested, &Summary)> Foreman for Desk<'_, T> {
    type Value = Incoming;
    type Job = Job;
    type Result = Finished;
    type Error = StoreError;

    fn look(&mut self, incoming: Incoming) -> Result<Step<Job, Finished>, StoreError> {
        let name = incoming.name;
        let (mut document, problems) = match incoming.document {
            Ok(document) => document,
            Err(problem) => return Ok(Step::Done(Finished { name, what: What::Unread(problem) })),
        };
        let given_id = document.id.clone();
        Ok(match self.admissions.admit(self.store, &document, Some(&name))? {
            Admission::Known { .. } => Step::Done(Finished { name, what: What::Known }),
            Admission::New { key, replaces } => {
                document.id = key;
                Step::Work(Job { name, given_id, replaces, document, problems })
            }
            Admission::Copy { key, of, similarity } => {
                document.id = key;
                let problems_read = problems.len();
                let record = super::uncoded(&document, "", problems);
                let coded =
                    CodedDocument { record, text: document.text, problems_read, state: CodedState::Coded };
                Step::Done(Finished { name, what: What::Copy { given_id, of, similarity, coded } })
            }
        })
    }

    fn take(&mut self, finished: Finished) -> Result<(), StoreError> {
        if self.finished.is_empty() {
            self.since = Instant::now();
        }
        self.finished.push(finished);
        if self.finished.len() >= BATCH || self.since.elapsed() >= WAIT { self.write() } else { Ok(()) }
    }
}

impl<T: FnMut(&Ingested, &Summary)> Desk<'_, T> {
    /// Writes what is finished, all in one transaction, so that others can write between.
    fn write(&mut self) -> Result<(), StoreError> {
        if self.finished.is_empty() {
            return Ok(());
        }
        let mut writer = self.store.writer()?;
        self.joiner.begin(&writer)?;
        let mut counts = RunCounts::default();
        let mut written = Vec::with_capacity(self.finished.len());
        for Finished { name, what } in self.finished.drain(..) {
            let ingested = match what {
                What::Known => Ingested { name, outcome: Outcome::Known, problems: Vec::new() },
                What::Unread(problem) => {
                    counts.problems += u64::from(writer.unread(&name, &problem, Some(self.run))?);
                    Ingested { name, outcome: Outcome::Unread(problem), problems: Vec::new() }
                }
                What::Coded { given_id, replaces, coded } => {
                    let older = replaces.as_deref().map(|key| writer.document(key)).transpose()?;
                    let document = writer.insert(&Entry {
                        record: &coded.record,
                        text: Some(&coded.text),
                        given_id: &given_id,
                        state: coded.state.stored(),
                        replaces: replaces.as_deref(),
                        origin: Some(&name),
                        run: Some(self.run),
                        problems_read: coded.problems_read,
                    })?;
                    self.admissions.inserted();
                    // One by one, so that the incidents are the same wherever a batch ends.
                    if let Some(older) = older {
                        self.joiner.document(&mut writer, older, Before::default())?;
                    }
                    self.joiner.document(&mut writer, document, Before::default())?;
                    counts.documents += 1;
                    counts.events += coded.record.events.len() as u64;
                    counts.problems += coded.record.problems.len() as u64;
                    let outcome = match coded.state {
                        CodedState::Coded => {
                            Outcome::Coded { events: coded.record.events.len(), replaces: replaces.is_some() }
                        }
                        CodedState::Foreign => Outcome::Foreign,
                        CodedState::Failed => Outcome::Failed,
                    };
                    Ingested { name, outcome, problems: coded.record.problems }
                }
                What::Copy { given_id, of, similarity, coded } => {
                    writer.insert(&Entry {
                        record: &coded.record,
                        text: Some(&coded.text),
                        given_id: &given_id,
                        state: State::Copy { of: &of, similarity },
                        replaces: None,
                        origin: Some(&name),
                        run: Some(self.run),
                        problems_read: coded.problems_read,
                    })?;
                    self.admissions.inserted();
                    counts.documents += 1;
                    counts.problems += coded.record.problems.len() as u64;
                    Ingested { name, outcome: Outcome::Copy(of), problems: coded.record.problems }
                }
            };
            written.push(ingested);
        }
        writer.count(self.run, counts)?;
        writer.commit()?;
        for ingested in &written {
            self.summary.count(&ingested.outcome);
            (self.told)(ingested, &self.summary);
        }
        Ok(())
    }
}
