//! Who a phrase of a report means: canonical name, country, sector and id.
//!
//! What casus knows stands in `data/actors/*.tsv` and `data/rules/agent_nouns.tsv`, read once into an [`ActorTable`].
//! [`resolve`] turns a phrase into a participant: a known name decides, then a country with an agent noun ("Iraqi
//! police"), then an agent noun with the country of the context. Unknown is an answer: a phrase is never forced to
//! an entity.

mod actor;
mod backward;
mod check;
mod common;
mod corefer;
mod country;
mod day;
mod definite;
mod fold;
mod headed;
mod line;
mod merge;
mod named;
mod natives;
mod noun;
mod office;
mod owners;
mod phrase;
mod phrase_words;
mod phrases;
mod report;
mod resolve;
mod shared;
mod table;
#[cfg(test)]
mod tests;
mod told;
mod untold;

pub use actor::{Actor, ActorKind, ActorRow, RELATIONS, Term};
pub use check::{Fault, TableFault, check};
pub use corefer::corefer;
pub use day::day_of_office;
pub use merge::merge;
pub use noun::NounClass;
pub(crate) use phrase::begins_a_ship;
pub use report::ReportNames;
pub(crate) use resolve::FROM_CONTEXT;
pub use resolve::{ActorContext, resolve, resolve_in};
pub use table::{ActorFiles, ActorTable, ActorTableError};
pub use told::Told;
