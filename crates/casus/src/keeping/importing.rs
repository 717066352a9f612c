//! Records, as casus writes them, into a store.

use super::BATCH;
use super::joining::{Before, Joiner};
use crate::{Linker, Problem};
use casus_ingest::line_of_at_most;
use casus_store::{Filling, RunCounts, Store, StoreError};
use casus_types::record::{KeptRecord, ReviewDecision};
use std::error::Error;
use std::fmt;
use std::io::{self, BufRead};

/// The longest line, in bytes: a report as long as may be and its record, which repeats the words that tell of an event.
const LONGEST: usize = 16 * casus_ingest::MAX_BYTES;

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Records that came in.
    pub records: usize,
    /// Their events.
    pub events: usize,
    /// Records of documents that are there already.
    pub known: usize,
    /// Lines that are no record.
    pub unread: usize,
    /// Records that came in without something, since it names a record that is not there.
    pub incomplete: usize,
}

/// Why an import ended early.
#[derive(Debug)]
pub enum ImportError {
    /// The file cannot be read.
    Read(io::Error),
    /// The store refused.
    Store(StoreError),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(_) => f.write_str("cannot be read"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl Error for ImportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Store(error) => error.source(),
        }
    }
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Takes in records, one a line: `casus code --format jsonl` writes them, and so does `casus export --db`. A line may have
/// the report's words under the key `text`, and what another store knew of it under `store`. A document of the same id
/// that is there already stays as it is. `told` hears of each line that is no record, and of what names a record that is
/// not there, with the number of the line.
///
/// # Errors
/// Where the lines cannot be read, another process fills the store, or the disk refuses.
pub fn import(
    store: &mut Store,
    lines: &mut dyn BufRead,
    name: &str,
    mut told: impl FnMut(usize, &Problem),
) -> Result<Imported, ImportError> {
    let _filling = Filling::take(store.path())?;
    let run = store.begin_run("import", None)?;
    let mut imported = Imported::default();
    let mut joiner = Joiner::new(Linker::default());
    let mut number = 0;
    let mut ended = false;
    while !ended {
        let mut counts = RunCounts::default();
        let mut unread = Vec::new();
        let mut writer = store.writer()?;
        joiner.begin(&writer)?;
        for _ in 0..BATCH {
            let line = line_of_at_most(lines, LONGEST).map_err(ImportError::Read)?;
            if line.is_empty() {
                ended = true;
                break;
            }
            number += 1;
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
            if line.is_empty() {
                continue;
            }
            let origin = format!("{name}: line {number}");
            let line = match read(line) {
                Ok(line) => line,
                Err(problem) => {
                    counts.problems += u64::from(writer.unread(&origin, &problem, Some(run))?);
                    imported.unread += 1;
                    unread.push((number, problem));
                    continue;
                }
            };
            if writer.document(&line.record.id).is_ok() {
                imported.known += 1;
                continue;
            }
            let (document, older, problems) = writer.restore(&line, &origin, Some(run))?;
            // One by one, so that the incidents are the same wherever a batch ends.
            for document in older.into_iter().chain([document]) {
                joiner.document(&mut writer, document, Before::default())?;
            }
            let record = &line.record;
            imported.incomplete += usize::from(!problems.is_empty());
            unread.extend(problems.into_iter().map(|problem| (number, problem)));
            imported.records += 1;
            imported.events += record.events.len();
            counts.documents += 1;
            counts.events += record.events.len() as u64;
            counts.problems += record.problems.len() as u64;
        }
        writer.count(run, counts)?;
        writer.commit()?;
        for (number, problem) in &unread {
            told(*number, problem);
        }
    }
    store.end_run(run)?;
    Ok(imported)
}

/// Reads a record of a version that this casus knows, with all its keys unique.
fn read(line: &[u8]) -> Result<KeptRecord, Problem> {
    let hint = "each line must be a record as casus code --format jsonl writes it";
    if line.len() > LONGEST {
        let message = format!("a line of more than {} MB", LONGEST / 1_000_000);
        return Err(Problem::new("bad-record", message, hint));
    }
    let line: KeptRecord = serde_json::from_slice(line)
        .map_err(|error| Problem::new("bad-record", format!("no record: {error}"), hint))?;
    let version = &line.record.casus;
    if version != casus_types::record::VERSION {
        let message = format!("its key \"casus\" is {version:?}, not {:?}", casus_types::record::VERSION);
        return Err(Problem::new("bad-record", message, hint));
    }
    if line.record.id.is_empty() {
        return Err(Problem::new("bad-record", "a record without an id", hint));
    }
    let own = format!("{}#", line.record.id);
    if let Some(event) = line.record.events.iter().find(|event| !event.id.starts_with(&own)) {
        let message = format!("the id of an event is {:?}, which does not begin with {own:?}", event.id);
        return Err(Problem::new("bad-record", message, hint));
    }
    let mut ids: Vec<&str> = line.record.events.iter().map(|event| event.id.as_str()).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Problem::new("bad-record", "two of its events have one id", hint));
    }
    match fault(&line) {
        Some(fault) => Err(Problem::new("bad-record", fault, hint)),
        None => Ok(line),
    }
}

/// Returns what is wrong with what a record says of another store.
fn fault(line: &KeptRecord) -> Option<String> {
    let kept = line.kept.as_ref()?;
    let own = |key: &String| line.record.events.iter().any(|event| event.id == *key);
    if let Some(stranger) = kept.reviewed.keys().find(|key| !own(key)) {
        return Some(format!("under \"reviewed\" stands {stranger:?}, which is none of its events"));
    }
    if let Some(added) = kept.added.as_ref().filter(|moment| !is_moment(moment)) {
        return Some(format!("its key \"added\" is {added:?}, which is no moment"));
    }
    for review in &kept.reviews {
        if (review.decision == ReviewDecision::Corrected) != review.slot.is_some() {
            return Some("a review has a \"slot\" where, and only where, it is \"corrected\"".to_owned());
        }
        if review.decision.is_of_two() != review.other.is_some() {
            return Some("a review has an \"other\" where, and only where, it is of two events".to_owned());
        }
        if let Some(made) = review.made.as_ref().filter(|moment| !is_moment(moment)) {
            return Some(format!("a review was made {made:?}, which is no moment"));
        }
    }
    None
}

fn is_moment(written: &str) -> bool {
    written.parse::<jiff::Timestamp>().is_ok()
}
