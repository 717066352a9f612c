//! Where: from words that name a place to a point on the map.
//!
//! [`Gazetteer`] knows places by name: countries and a supplement of ours as text, towns and units packed from
//! `GeoNames`. [`scan`] finds what a report names in passing; [`resolve`] settles each toponym by the whole report, since
//! "Tripoli" alone is nowhere. What is not known gets a country from its surroundings and no point.

mod chain;
mod country;
mod dump;
mod fold;
mod gazetteer;
mod lookups;
mod nouns;
mod pack;
mod phrase;
mod rank;
mod resolve;
mod scan;
mod supplement;
mod surroundings;
mod table;

pub use dump::{Dump, DumpCount};
pub use fold::key;
pub use gazetteer::{Gazetteer, GazetteerError};
pub use pack::pack;
pub(crate) use rank::softmax;
pub use rank::{PlaceWeights, km};
pub use resolve::{Toponym, resolve, resolve_among, resolve_with};
pub use scan::{Hint, HintKind, is_dateline, scan};
pub(crate) use surroundings::border_states;

#[cfg(test)]
mod tests;
