//! The schema with its migrations, and how a connection is set up.
//!
//! A GeoPackage says with `user_version` which version of the GeoPackage standard it follows, so the version of casus's
//! own schema has a table, `casus_schema`. Migrations only go forward; each runs in one transaction.

use crate::error::{Attempt, StoreError};
use crate::geometry;
use crate::query;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// `GPKG` in ASCII: what makes programs see a GeoPackage.
const APPLICATION_ID: i64 = 0x4750_4B47;

/// GeoPackage 1.3.0. Later ones give nothing that casus needs, and GDAL before 3.7 warns of them.
const GEOPACKAGE: i64 = 10_300;

/// How long to wait while another connection writes. Writers commit at least every few seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// Tables with geometry that get an R*Tree.
pub(crate) const SPATIAL: [&str; 3] = ["events", "incidents", "places"];

/// One step from a schema to the next.
#[derive(Clone, Copy)]
struct Migration {
    version: i64,
    apply: fn(&Connection) -> rusqlite::Result<()>,
}

/// Every step, in order. A step that has been released is never changed; what is wrong in it, the next one mends.
const MIGRATIONS: [Migration; 3] = [
    Migration { version: 1, apply: first },
    Migration { version: 2, apply: |connection| connection.execute_batch(include_str!("schema/asking.sql")) },
    Migration {
        version: 3,
        apply: |connection| connection.execute_batch(include_str!("schema/publishers.sql")),
    },
];

/// The version that this casus reads and writes.
pub(crate) const PRESENT: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

fn first(connection: &Connection) -> rusqlite::Result<()> {
    for part in [
        include_str!("schema/geopackage.sql"),
        include_str!("schema/tables.sql"),
        include_str!("schema/search.sql"),
        include_str!("schema/views.sql"),
        include_str!("schema/contents.sql"),
    ] {
        connection.execute_batch(part)?;
    }
    for table in SPATIAL {
        connection.execute_batch(&include_str!("schema/rtree.sql").replace("{table}", table))?;
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", GEOPACKAGE)
}

/// Sets up a connection: functions, foreign keys, patience.
pub(crate) fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    geometry::register(connection)?;
    query::register(connection)
}

/// Brings a file that may be empty to the present schema.
pub(crate) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    migrate_by(&MIGRATIONS, connection, path)
}

fn migrate_by(migrations: &[Migration], connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    // Readers go on while one writes; a commit is safe against a killed process, and with `normal` the last ones may be
    // undone, never torn, where the machine itself loses power.
    connection.pragma_update(None, "journal_mode", "wal").to("switch to write-ahead logging")?;
    connection.pragma_update(None, "synchronous", "normal").to("set how commits are written")?;
    // Two that make one file at the same time: the second waits here and then finds it made.
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .to("begin a change of its schema")?;
    let has = version(&transaction, path)?;
    for migration in migrations.iter().filter(|m| m.version > has) {
        (migration.apply)(&transaction).to("change its schema")?;
        transaction
            .execute(
                "INSERT INTO casus_schema (version, casus) VALUES (?1, ?2)",
                (migration.version, env!("CARGO_PKG_VERSION")),
            )
            .to("note the version of its schema")?;
    }
    transaction.commit().to("change its schema")
}

/// Returns the version of the schema, 0 for an empty file.
///
/// # Errors
/// Where the file is another program's, or of a later casus.
pub(crate) fn version(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let foreign = |_| StoreError::Foreign(path.to_owned());
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0)).map_err(foreign)?;
    if tables == 0 {
        return Ok(0);
    }
    let ours: Option<i64> = connection
        .query_row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'casus_schema'", [], |row| {
            row.get(0)
        })
        .optional()
        .map_err(foreign)?;
    if ours.is_none() {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    let has: i64 = connection
        .query_row("SELECT coalesce(max(version), 0) FROM casus_schema", [], |row| row.get(0))
        .map_err(foreign)?;
    if has > PRESENT { Err(StoreError::Newer(path.to_owned(), has, PRESENT)) } else { Ok(has) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps that a later casus might take: one that works, and one that fails half-way.
    fn later() -> Vec<Migration> {
        let mut steps: Vec<Migration> = MIGRATIONS.into();
        steps.push(Migration {
            version: PRESENT + 1,
            apply: |c| c.execute_batch("ALTER TABLE events ADD COLUMN mood TEXT"),
        });
        steps.push(Migration {
            version: PRESENT + 2,
            apply: |c| c.execute_batch("CREATE TABLE moods (mood TEXT); CREATE TABLE moods (x)"),
        });
        steps
    }

    fn version_of(connection: &Connection) -> i64 {
        connection.query_row("SELECT max(version) FROM casus_schema", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_store_goes_forward_step_by_step_or_not_at_all() {
        let path = Path::new("memory");
        let mut connection = Connection::open_in_memory().unwrap();
        prepare(&connection).unwrap();
        migrate(&mut connection, path).unwrap();
        assert_eq!(version_of(&connection), PRESENT);

        assert!(migrate_by(&later(), &mut connection, path).is_err());
        assert_eq!(version_of(&connection), PRESENT, "what failed is undone, with the step before it");
        assert!(connection.execute_batch("SELECT mood FROM events").is_err());

        migrate_by(&later()[..=MIGRATIONS.len()], &mut connection, path).unwrap();
        assert_eq!(version_of(&connection), PRESENT + 1);
        connection.execute_batch("SELECT mood FROM events").unwrap();
        // This casus has never heard of that version.
        let refused = migrate(&mut connection, path);
        assert!(matches!(refused, Err(StoreError::Newer(_, has, PRESENT)) if has == PRESENT + 1));
    }

    #[test]
    fn names_of_an_older_store_are_found_after_the_step() {
        let path = Path::new("memory");
        let mut connection = Connection::open_in_memory().unwrap();
        prepare(&connection).unwrap();
        migrate_by(&MIGRATIONS[..1], &mut connection, path).unwrap();
        connection
            .execute_batch(
                "INSERT INTO documents (key, given_id, publisher, state, format, ontology)
                     VALUES ('d', 'd', 'El Día', 'coded', '1', '');
                 INSERT INTO actors (key, name) VALUES ('a', 'Kata’ib Arván');
                 INSERT INTO places (key, name, admin1) VALUES ('p', 'Tell Sor', 'Mirrin');",
            )
            .unwrap();
        migrate(&mut connection, path).unwrap();
        let found = |table: &str, words: &str| {
            let sql = format!("SELECT count(*) FROM {table} WHERE {table} MATCH ?1");
            connection.query_row(&sql, [words], |row| row.get::<_, i64>(0)).unwrap()
        };
        assert_eq!((found("actors_text", "arvan"), found("places_text", "mirrin")), (1, 1));
        assert_eq!(found("publishers_text", "\"el dia\""), 1);
        connection.execute_batch("UPDATE actors SET name = 'Beled'; DELETE FROM places;").unwrap();
        assert_eq!((found("actors_text", "arvan"), found("actors_text", "beled")), (0, 1));
        assert_eq!(found("places_text", "tell"), 0);
    }
}
