//! The schema with its migrations, and how a connection is set up.
//!
//! A GeoPackage says with `user_version` which version of the GeoPackage standard it follows, so the version of casus's
//! own schema has a table, `casus_schema`. Migrations only go forward; each runs in one transaction.

use crate::error::{Attempt, StoreError};
use crate::geometry;
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
const SPATIAL: [&str; 3] = ["events", "incidents", "places"];

/// One step from a schema to the next.
struct Migration {
    version: i64,
    apply: fn(&Connection) -> rusqlite::Result<()>,
}

/// Every step, in order. A step that has been released is never changed; what is wrong in it, the next one mends.
const MIGRATIONS: [Migration; 1] = [Migration { version: 1, apply: first }];

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
    geometry::register(connection)
}

/// Brings a file that may be empty to the present schema.
pub(crate) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    // Readers go on while one writes; a commit is safe against a killed process, and with `normal` the last ones may be
    // undone, never torn, where the machine itself loses power.
    connection.pragma_update(None, "journal_mode", "wal").to("switch to write-ahead logging")?;
    connection.pragma_update(None, "synchronous", "normal").to("set how commits are written")?;
    // Two that make one file at the same time: the second waits here and then finds it made.
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .to("begin a change of its schema")?;
    let has = version(&transaction, path)?;
    for migration in MIGRATIONS.iter().filter(|m| m.version > has) {
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
