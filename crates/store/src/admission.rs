//! Whether a document is new, a newer version, a copy, or there already.

use crate::document::{address, content_hash};
use crate::error::{Attempt, StoreError};
use crate::likeness::{Likeness, Sketch};
use crate::store::Store;
use crate::versions::{apart, is_version};
use casus_types::{Date, Document};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params_from_iter};
use std::cmp::Reverse;
use std::collections::VecDeque;

/// What is to become of a document that came in.
#[derive(Debug, Clone, PartialEq)]
pub enum Admission {
    /// The same document is there already.
    Known {
        /// Its key.
        key: String,
    },
    /// It is to be coded.
    New {
        /// The key that it gets.
        key: String,
        /// The key of the older version that it replaces.
        replaces: Option<String>,
    },
    /// It says nothing that another does not.
    Copy {
        /// The key that it gets.
        key: String,
        /// The other's key.
        of: String,
        /// How much of its words stand there, 0..=1.
        similarity: f64,
    },
}

/// Days within which copies are looked for. What is printed again later is printed for a reason, and "on Tuesday"
/// is another day.
const COPY_DAYS: i32 = 7;

/// Least shingles that two sketches share before the texts are compared: what a copy cut to a fifth has.
const SHARED: usize = 6;

/// Texts that are compared at most: those that share most shingles of the sketches, of equals those of the nearest day. What
/// a desk writes over and over, foot and background, is in the sketches of all its reports of a week.
const COMPARED: usize = 16;

/// Decides on documents in the order of their coming. It remembers those that are admitted and not written yet, so that
/// documents can be coded while later ones are looked at.
#[derive(Debug, Default)]
pub struct Admissions {
    waiting: VecDeque<Waiting>,
}

/// An admitted document that is not in the file yet.
#[derive(Debug)]
struct Waiting {
    met: Met,
    text: String,
    sketch: Sketch,
    /// The key of the document that this one replaces.
    replaces: Option<String>,
}

/// An earlier document, as far as deciding needs it.
#[derive(Debug, Clone)]
pub(crate) struct Met {
    key: String,
    given_id: String,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) address: Option<String>,
    pub(crate) origin: Option<String>,
    hash: String,
    copy: bool,
}

const MET: &str =
    "SELECT key, given_id, title, published, address, origin, coalesce(hash, ''), state = 'copy'
    FROM documents";

impl Admissions {
    /// Decides on a document that comes from `origin`, a file with the line or entry. The admitted ones must be inserted in the order of deciding, and
    /// [`inserted`](Self::inserted) called after each; nobody else may fill the store meanwhile
    /// ([`Filling`](crate::Filling)).
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn admit(
        &mut self,
        store: &Store,
        document: &Document,
        origin: Option<&str>,
    ) -> Result<Admission, StoreError> {
        let mut met = Met {
            key: String::new(),
            given_id: document.id.clone(),
            title: document.title.clone(),
            published: document.published,
            address: document.url.as_deref().map(address).filter(|address| !address.is_empty()),
            origin: origin.map(str::to_owned),
            hash: content_hash(&document.text),
            copy: false,
        };
        let same = self.with_hash(store, &met.hash)?;
        let delivered_before = |other: &&Met| {
            let addresses_differ =
                met.address.is_some() && other.address.is_some() && met.address != other.address;
            let same_address = met.address.is_some() && met.address == other.address;
            // Row 1 of another month's table may have the same few words.
            let same_id = other.given_id == met.given_id && near(met.published, other.published);
            same_address || (same_id && !addresses_differ)
        };
        if let Some(known) = same.iter().find(delivered_before) {
            return Ok(Admission::Known { key: known.key.clone() });
        }
        met.key = self.free_key(store, &met)?;
        let admission = self.decide(store, &met, document, &same)?;
        let replaces = match &admission {
            Admission::New { replaces, .. } => replaces.clone(),
            _ => None,
        };
        met.copy = matches!(admission, Admission::Copy { .. });
        let sketch = Sketch::of(&document.text);
        self.waiting.push_back(Waiting { met, text: document.text.clone(), sketch, replaces });
        Ok(admission)
    }

    /// Forgets the earliest admitted document, which is in the file now.
    pub fn inserted(&mut self) {
        self.waiting.pop_front();
    }

    fn decide(
        &self,
        store: &Store,
        met: &Met,
        document: &Document,
        same: &[Met],
    ) -> Result<Admission, StoreError> {
        let key = met.key.clone();
        if let Some(original) = same.iter().find(|other| !other.copy && near(met.published, other.published))
        {
            return Ok(Admission::Copy { key, of: original.key.clone(), similarity: 1.0 });
        }
        let likeness = Likeness::of(&document.text);
        if let Some(older) = self.older_version(store, met, &likeness)? {
            return Ok(Admission::New { key, replaces: Some(older) });
        }
        if likeness.is_telling()
            && let Some((of, similarity)) = self.original(store, met, &document.text, &likeness)?
        {
            return Ok(Admission::Copy { key, of, similarity });
        }
        Ok(Admission::New { key, replaces: None })
    }

    /// Returns earlier documents with the same words.
    fn with_hash(&self, store: &Store, hash: &str) -> Result<Vec<Met>, StoreError> {
        let mut same = store.met(&format!("{MET} WHERE hash = ?1 ORDER BY id"), [hash])?;
        same.extend(self.waiting.iter().map(|w| &w.met).filter(|met| met.hash == hash).cloned());
        Ok(same)
    }

    /// Returns the latest earlier version: from the same address, or with the same id where one of the two has no
    /// address; not replaced yet, and with words [that say so](is_version).
    fn older_version(
        &self,
        store: &Store,
        met: &Met,
        likeness: &Likeness,
    ) -> Result<Option<String>, StoreError> {
        let sql = format!(
            "{MET} WHERE replaced_by IS NULL AND state <> 'copy' AND text IS NOT NULL
             AND (address = ?1 OR (given_id = ?2 AND (?1 IS NULL OR address IS NULL))) ORDER BY id DESC"
        );
        let is_candidate = |other: &Met| match (&met.address, &other.address) {
            (Some(here), Some(there)) => here == there,
            _ => met.given_id == other.given_id,
        };
        let replaced = |key: &str| self.waiting.iter().any(|w| w.replaces.as_deref() == Some(key));
        for waiting in self.waiting.iter().rev() {
            let other = &waiting.met;
            if is_candidate(other)
                && !other.copy
                && !replaced(&other.key)
                && is_version(met, other, likeness, &waiting.text)
            {
                return Ok(Some(other.key.clone()));
            }
        }
        for other in store.met(&sql, (&met.address, &met.given_id))? {
            if !replaced(&other.key) && is_version(met, &other, likeness, &store.text_of(&other.key)?) {
                return Ok(Some(other.key));
            }
        }
        Ok(None)
    }

    /// Returns the document that this one is a copy of, with how much of the copy stands there: the fullest, of equals the
    /// one whose words share most of the sketch, then that of the nearest day, then the earliest.
    fn original(
        &self,
        store: &Store,
        met: &Met,
        text: &str,
        likeness: &Likeness,
    ) -> Result<Option<(String, f64)>, StoreError> {
        let sketch = Sketch::of(text);
        let mut candidates: Vec<(usize, Met, Option<&str>)> = Vec::new();
        for (shared, other) in store.sharing(&sketch, met.published)? {
            candidates.push((shared, other, None));
        }
        for waiting in self.waiting.iter().filter(|w| !w.met.copy && near(met.published, w.met.published)) {
            let shared = sketch.shared(&waiting.sketch);
            if shared >= SHARED {
                candidates.push((shared, waiting.met.clone(), Some(&waiting.text)));
            }
        }
        // Stable: of equals those in the file come first, and they came earlier.
        candidates.sort_by_key(|(shared, other, _)| {
            (Reverse(*shared), apart(met.published, other.published).unwrap_or(COPY_DAYS))
        });
        candidates.truncate(COMPARED);
        let mut best: Option<(String, f64)> = None;
        for (_, other, text) in candidates {
            let words = match text {
                Some(text) => Likeness::of(text),
                None => Likeness::of(&store.text_of(&other.key)?),
            };
            let Some(similarity) = likeness.copied_from(&words) else { continue };
            if best.as_ref().is_none_or(|(_, most)| similarity > *most) {
                best = Some((other.key, similarity));
            }
        }
        Ok(best)
    }

    /// Returns the key that a document gets: its id, or where that is taken, the id with the beginning of its hash.
    fn free_key(&self, store: &Store, met: &Met) -> Result<String, StoreError> {
        let taken = |key: &str| -> Result<bool, StoreError> {
            Ok(self.waiting.iter().any(|w| w.met.key == key) || store.has_document(key)?)
        };
        let mut key = met.given_id.clone();
        let mut n = 1;
        while taken(&key)? {
            let count = if n == 1 { String::new() } else { format!("-{n}") };
            key = format!("{}~{}{count}", met.given_id, &met.hash[..8]);
            n += 1;
        }
        Ok(key)
    }
}

/// Tells whether two days lie near enough for a copy, which an unknown day always does.
fn near(a: Option<Date>, b: Option<Date>) -> bool {
    apart(a, b).is_none_or(|days| days <= COPY_DAYS)
}

impl Store {
    fn met(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<Met>, StoreError> {
        let what = "look for a document";
        let mut statement = self.connection.prepare_cached(sql).to(what)?;
        let rows = statement.query_map(values, met).to(what)?;
        rows.collect::<Result<_, _>>().to(what)
    }

    /// Returns the originals near a day whose sketches share most with this one, with the number of shingles shared.
    fn sharing(&self, sketch: &Sketch, day: Option<Date>) -> Result<Vec<(usize, Met)>, StoreError> {
        let what = "look for a copy";
        let shingles = sketch.shingles();
        let marks = vec!["?"; shingles.len()].join(", ");
        let (published, most) = (shingles.len() + 1, shingles.len() + 2);
        // Days are told apart before the limit, lest the letters of other weeks leave no room for the original.
        let apart = format!("abs(julianday(d.published) - julianday(?{published}))");
        let sql = format!(
            "SELECT d.key, d.given_id, d.title, d.published, d.address, d.origin, coalesce(d.hash, ''), 0, s.n
             FROM (SELECT document_id, count(*) AS n FROM document_sketches WHERE shingle IN ({marks})
                   GROUP BY document_id HAVING n >= {SHARED}) s
             JOIN documents d ON d.id = s.document_id WHERE coalesce({apart}, 0) <= ?{most}
             ORDER BY s.n DESC, coalesce({apart}, ?{most}), s.document_id LIMIT {COMPARED}"
        );
        let values = shingles.iter().map(|&shingle| Value::from(shingle));
        let day = day.map_or(Value::Null, |day| Value::from(day.to_string()));
        let values = values.chain([day, Value::from(i64::from(COPY_DAYS))]);
        let mut statement = self.connection.prepare_cached(&sql).to(what)?;
        let rows = statement
            .query_map(params_from_iter(values), |row| {
                let shared: i64 = row.get(8)?;
                Ok((usize::try_from(shared).unwrap_or_default(), met(row)?))
            })
            .to(what)?;
        rows.collect::<Result<_, _>>().to(what)
    }

    fn has_document(&self, key: &str) -> Result<bool, StoreError> {
        self.connection
            .prepare_cached("SELECT 1 FROM documents WHERE key = ?1")
            .to("look for a document")?
            .exists([key])
            .to("look for a document")
    }

    fn text_of(&self, key: &str) -> Result<String, StoreError> {
        self.connection
            .prepare_cached("SELECT text FROM documents WHERE key = ?1")
            .to("read a text")?
            .query_row([key], |row| row.get::<_, Option<String>>(0))
            .optional()
            .to("read a text")
            .map(|text| text.flatten().unwrap_or_default())
    }
}

fn met(row: &Row<'_>) -> rusqlite::Result<Met> {
    let published: Option<String> = row.get(3)?;
    Ok(Met {
        key: row.get(0)?,
        given_id: row.get(1)?,
        title: row.get(2)?,
        published: published.and_then(|day| day.parse().ok()),
        address: row.get(4)?,
        origin: row.get(5)?,
        hash: row.get(6)?,
        copy: row.get(7)?,
    })
}
