//! Keeps documents, events and incidents in one SQLite file that is a GeoPackage, so that QGIS, R, Datasette and Python
//! open it as it is. `docs/format/store.md` tells every table and column.

mod admission;
mod carrying;
mod chain;
mod corrections;
mod document;
mod error;
mod event_rows;
mod events;
mod feeds;
mod finding;
mod flat;
mod geometry;
mod identities;
mod ids;
mod incidents;
mod kept;
mod likeness;
mod query;
mod reading;
mod recoding;
mod reviews;
mod runs;
mod schema;
mod series;
mod statements;
mod store;
mod versions;
mod writer;

pub use admission::{Admission, Admissions};
pub use chain::{Act, Chain, ChainLink};
pub use corrections::correct;
pub use document::{Entry, State, StoredDocument, address, content_hash};
pub use error::StoreError;
pub use events::{Circle, Events, Near, Standing, StoredEvent};
pub use finding::{Found, Page, Plan, Sort};
pub use flat::{Cell, Flat};
pub use ids::{DocumentId, EventRow, IncidentId, RunId};
pub use incidents::{Incident, IncidentPlace, PairDecision};
pub use query::{
    Days, End, Filter, KEYS, Key, Measure, Name, NameFit, Query, QueryFault, Range, ReviewIs, Side, SourceIs,
    Term,
};
pub use recoding::Changes;
pub use reviews::{Decision, Reviewer};
pub use runs::{Filling, RunCounts};
pub use series::{Counting, Counts, Grain, Series, Step};
pub use statements::Allowance;
pub use store::Store;
pub use writer::Writer;
