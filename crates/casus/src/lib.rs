//! casus reads news reports and gives out event records: who did what to whom, where, when, according to whom.
//!
//! [`ingest`] makes a [`Document`] of bytes, a [`Pipeline`] reads it, [`Record`] is what it gives out, and an
//! [`Evaluation`] tells how right it is. [`keeping`] fills a [`store`] with what many reports tell.
//!
//! ```
//! use casus::ingest::{self, Given};
//! use casus::{Config, Pipeline, Record};
//!
//! let given = Given { published: "2026-03-04".parse().ok(), ..Given::default() };
//! let report = "Northland’s army shelled Arvan on Monday, the ministry said.";
//! let (document, problems) = ingest::text(report.as_bytes(), "arvan.txt", &given)?;
//!
//! let pipeline = Pipeline::new(Config::default())?;
//! let reading = pipeline.read(document, problems);
//! let record = Record::new(&reading, pipeline.model_name());
//! assert_eq!(record.id, "arvan");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod actors;
pub mod evaluation;
pub mod gazetteer;
pub mod golden;
pub mod keeping;
pub mod linking;
pub mod pipeline;
mod resources;
pub mod watch;

pub use casus_export as export;
pub use casus_ingest as ingest;
pub use casus_store as store;
pub use casus_types as types;

pub use casus_types::record::Record;
pub use casus_types::{Document, Problem, Reading};
pub use evaluation::Evaluation;
pub use linking::Linker;
pub use pipeline::{Config, Pipeline, PipelineError, Thresholds};
