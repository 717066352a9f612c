//! Keeps documents, events and incidents in one SQLite file that is a GeoPackage, so that QGIS, R, Datasette and Python
//! open it as it is. `docs/format/store.md` tells every table and column.

mod error;
mod geometry;
mod schema;
mod store;

pub use error::StoreError;
pub use store::Store;
