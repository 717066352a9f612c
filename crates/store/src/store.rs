//! The file and its connection.

use crate::error::{Attempt, StoreError};
use crate::schema;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A store: one file, one connection. Many may read while one writes.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    path: PathBuf,
    writes: bool,
}

impl Drop for Store {
    /// Leaves one file behind, without write-ahead log, that opens from read-only folders too. Where others have the
    /// store open the log stays, for they may be reading it.
    fn drop(&mut self) {
        if self.writes {
            let _ = self.connection.busy_timeout(Duration::ZERO);
            let _ = self.connection.pragma_update(None, "journal_mode", "delete");
        }
    }
}

impl Store {
    /// Opens a store for reading and writing; makes it where there is none, and brings an older one up to date.
    ///
    /// # Errors
    /// Where the file cannot be opened, is none of casus, or was made by a later casus.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if path.is_dir() {
            return Err(StoreError::Foreign(path.to_owned()));
        }
        let connection = Connection::open(path).map_err(|e| StoreError::Open(path.to_owned(), e))?;
        Self::ready(connection, path)
    }

    /// Opens a store for reading only.
    ///
    /// # Errors
    /// Where there is no such file, or it is none of casus, or its schema is not the present one.
    pub fn read_only(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        if path.is_dir() {
            return Err(StoreError::Foreign(path.to_owned()));
        }
        let failed = |e| StoreError::Open(path.to_owned(), e);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        schema::prepare(&connection).map_err(failed)?;
        match schema::version(&connection, path)? {
            0 => Err(StoreError::Foreign(path.to_owned())),
            has if has < schema::PRESENT => Err(StoreError::Older(path.to_owned(), has, schema::PRESENT)),
            _ => Ok(Self { connection, path: path.to_owned(), writes: false }),
        }
    }

    /// Makes a store in memory, which ends with the value.
    ///
    /// # Errors
    /// Where there is no memory left.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = Path::new(":memory:");
        Self::ready(Connection::open_in_memory().map_err(|e| StoreError::Open(path.to_owned(), e))?, path)
    }

    fn ready(mut connection: Connection, path: &Path) -> Result<Self, StoreError> {
        schema::prepare(&connection).map_err(|e| StoreError::Open(path.to_owned(), e))?;
        // Refused before anything is written to it.
        schema::version(&connection, path)?;
        schema::migrate(&mut connection, path).map_err(|error| match error {
            StoreError::Sqlite(_, e) if e.sqlite_error_code() == Some(ErrorCode::ReadOnly) => {
                StoreError::NotWritable(path.to_owned())
            }
            error => error,
        })?;
        // Filling asks the same few questions with other values each time. Without this promise SQLite, which has counted the
        // values of each index, plans every one of them anew.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(|e| StoreError::Open(path.to_owned(), e))?;
        Ok(Self { connection, path: path.to_owned(), writes: true })
    }

    /// Returns the connection, for queries of the caller's own.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Returns the path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Checks the file: SQLite's own structure, then that every foreign key leads somewhere.
    ///
    /// Returns what is wrong, nothing where all is well.
    ///
    /// # Errors
    /// Where it cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let what = "check itself";
        let mut faults = Vec::new();
        let mut statement = self.connection.prepare("PRAGMA integrity_check").to(what)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).to(what)?;
        for row in rows {
            let row = row.to(what)?;
            if row != "ok" {
                faults.push(row);
            }
        }
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check").to(what)?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?)))
            .to(what)?;
        for row in rows {
            let (table, id) = row.to(what)?;
            faults.push(format!("{table} {id:?}: a key that leads nowhere"));
        }
        Ok(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A folder of this test's own, removed when it ends.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("casus-store-{}-{name}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_new_store_is_a_geopackage_and_opens_again() {
        let folder = Folder::new("new");
        let path = folder.0.join("a.gpkg");
        assert!(Store::open(&path).unwrap().check().unwrap().is_empty());
        let store = Store::read_only(&path).unwrap();
        let pragma = |name: &str| {
            store.connection().pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap()
        };
        assert_eq!(pragma("application_id"), 0x4750_4B47);
        assert_eq!(pragma("user_version"), 10_300);
        assert_eq!(&fs::read(&path).unwrap()[68..72], b"GPKG");
    }

    #[test]
    fn at_rest_a_store_is_one_file() {
        let folder = Folder::new("rest");
        let path = folder.0.join("a.gpkg");
        // Bytes 18 and 19 of a database tell how it is written: 1 with a rollback journal, 2 with a write-ahead log.
        let mode = || fs::read(&path).unwrap()[18..20].to_vec();
        let store = Store::open(&path).unwrap();
        let other = Store::open(&path).unwrap();
        let count = |store: &Store| {
            store.connection.query_row("SELECT count(*) FROM events", [], |r| r.get::<_, i64>(0)).unwrap()
        };
        assert_eq!((count(&store), count(&other)), (0, 0));
        drop(store);
        assert_eq!(mode(), [2, 2], "the other has it open still");
        assert_eq!(count(&other), 0);
        drop(other);
        assert_eq!(mode(), [1, 1]);
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
        let reader = Store::read_only(&path).unwrap();
        let mut writer = Store::open(&path).unwrap();
        writer.begin_run("test", None).unwrap();
        assert_eq!(count(&reader), 0);
    }

    #[test]
    fn what_is_no_store_is_refused_and_left_alone() {
        let folder = Folder::new("foreign");
        let text = folder.0.join("a.txt");
        fs::write(&text, "no database, but long enough to have a header ".repeat(40)).unwrap();
        assert!(matches!(Store::open(&text), Err(StoreError::Foreign(_))));
        assert!(fs::read(&text).unwrap().starts_with(b"no database"));

        let other = folder.0.join("other.db");
        Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
        assert!(matches!(Store::open(&other), Err(StoreError::Foreign(_))));
        assert!(matches!(Store::read_only(&other), Err(StoreError::Foreign(_))));
        assert!(matches!(Store::read_only(&folder.0.join("none")), Err(StoreError::Missing(_))));
    }

    #[test]
    fn a_store_that_can_only_be_read_is_told() {
        let folder = Folder::new("unwritable");
        let path = folder.0.join("a.gpkg");
        drop(Store::open(&path).unwrap());
        // As for somebody who may not write: whoever runs the tests may.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = Connection::open_with_flags(&path, flags).unwrap();
        assert!(matches!(Store::ready(connection, &path), Err(StoreError::NotWritable(_))));
    }

    #[test]
    fn a_folder_is_no_store() {
        let folder = Folder::new("folder");
        assert!(matches!(Store::open(&folder.0), Err(StoreError::Foreign(_))));
        assert!(matches!(Store::read_only(&folder.0), Err(StoreError::Foreign(_))));
    }

    #[test]
    fn a_later_schema_is_refused() {
        let folder = Folder::new("later");
        let path = folder.0.join("a.gpkg");
        let store = Store::open(&path).unwrap();
        store.connection.execute("INSERT INTO casus_schema (version, casus) VALUES (99, '9')", []).unwrap();
        assert!(matches!(Store::open(&path), Err(StoreError::Newer(_, 99, schema::PRESENT))));
    }

    #[test]
    fn every_view_can_be_read() {
        let store = Store::in_memory().unwrap();
        for view in ["events_flat", "incidents_flat", "dyads_by_month"] {
            let n: i64 = store
                .connection()
                .query_row(&format!("SELECT count(*) FROM {view}"), [], |r| r.get(0))
                .unwrap();
            assert_eq!(n, 0);
        }
    }
}
