//! Runs that fill the store, one at a time.

use crate::error::{Attempt, StoreError};
use crate::ids::RunId;
use crate::store::Store;
use crate::writer::Writer;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// The right to fill a store, which one process has at a time. It ends with the value, and with the process, however
/// that ends: the operating system keeps it.
#[derive(Debug)]
pub struct Filling {
    _lock: File,
}

impl Filling {
    /// Takes the right to fill the store of this path.
    ///
    /// # Errors
    /// Where another process has it, or the file beside the store cannot be made.
    pub fn take(store: &Path) -> Result<Self, StoreError> {
        let path = lock_path(store);
        let failed = |error| StoreError::Lock(path.clone(), error);
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy(store.to_owned())),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

/// SQLite locks ranges of the store itself, so the lock has a file of its own.
fn lock_path(store: &Path) -> PathBuf {
    let mut name = store.file_name().unwrap_or_default().to_owned();
    name.push("-filling");
    store.with_file_name(name)
}

/// What a run added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RunCounts {
    /// Documents.
    pub documents: u64,
    /// Events.
    pub events: u64,
    /// Problems.
    pub problems: u64,
}

impl Store {
    /// Notes that a run begins; `command` has the options that say what it reads with.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn begin_run(&mut self, command: &str, model: Option<&str>) -> Result<RunId, StoreError> {
        self.connection
            .execute(
                "INSERT INTO runs (command, casus, model) VALUES (?1, ?2, ?3)",
                (command, env!("CARGO_PKG_VERSION"), model),
            )
            .to("note a run")?;
        Ok(RunId(self.connection.last_insert_rowid()))
    }

    /// Returns the commands that have coded what is in the store, with their options, in their order: those since it was last
    /// coded anew.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn coding_commands(&self) -> Result<Vec<String>, StoreError> {
        let what = "read its runs";
        let mut statement = self
            .connection
            .prepare(
                "SELECT command FROM runs WHERE model IS NOT NULL AND id >= coalesce(
                     (SELECT max(id) FROM runs WHERE command = 'recode' OR command LIKE 'recode %'), 0)
                 ORDER BY id",
            )
            .to(what)?;
        let commands = statement.query_map([], |row| row.get(0)).to(what)?;
        commands.collect::<Result<_, _>>().to(what)
    }

    /// Notes that a run has ended, and lets GIS programs know the bounds of the layers.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn end_run(&mut self, run: RunId) -> Result<(), StoreError> {
        let what = "note the end of a run";
        self.connection
            .execute("UPDATE runs SET ended = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?1", [run])
            .to(what)?;
        for (layer, table) in [
            ("events", "events"),
            ("events_flat", "events"),
            ("incidents", "incidents"),
            ("incidents_flat", "incidents"),
            ("places", "places"),
        ] {
            let sql = format!(
                "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),
                     (min_x, max_x, min_y, max_y) =
                     (SELECT min(minx), max(maxx), min(miny), max(maxy) FROM rtree_{table}_geom)
                 WHERE table_name = ?1"
            );
            self.connection.execute(&sql, [layer]).to(what)?;
        }
        self.connection
            .execute(
                "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
                 WHERE data_type = 'attributes'",
                [],
            )
            .to(what)?;
        // The planner chooses its indexes by what it counted.
        self.connection.execute_batch("PRAGMA optimize").to(what)
    }
}

impl Writer<'_> {
    /// Adds to what a run counts.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn count(&mut self, run: RunId, counts: RunCounts) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "UPDATE runs SET documents = documents + ?2, events = events + ?3, problems = problems + ?4
                 WHERE id = ?1",
            )
            .to("count a run")?
            .execute((
                run,
                counts.documents.cast_signed(),
                counts.events.cast_signed(),
                counts.problems.cast_signed(),
            ))
            .to("count a run")
            .map(|_| ())
    }
}
