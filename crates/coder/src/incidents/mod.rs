//! Which events of many reports are one incident.
//!
//! Each event, as one report tells it, is a [`Telling`]. Two tellings of akin types whose days may meet are compared
//! ([`Comparison`]): type and mode, days, places, participants, numbers, weapons, words. Each thing found adds its weight
//! to the log-odds that both tell of one incident; the weights are fitted to families of reports that we wrote
//! (`training/incidents.py`). Where many acts are alike, likeness says less and more of it is asked for (`hanging.rs`).
//! [`incidents`] joins tellings by average linkage, which one bad pair cannot mislead; [`relink`] does the same for what a
//! new report can change.
//!
//! The incidents depend on the tellings and on what people decided ([`Decisions`]), not on the order of arrival.

mod cluster;
mod compare;
mod decisions;
mod feature;
mod hanging;
mod merged;
mod parties;
mod reach;
mod telling;
mod times;
mod tolls;
mod whereabouts;
mod words;

pub use cluster::{comparable, incidents};
pub use compare::{Comparison, Reason, UNRELATED, akin, kin};
pub use decisions::Decisions;
pub use feature::{Feature, Weights, WeightsError};
pub use hanging::{Alike, likeness};
pub use merged::{Member, merge};
pub use reach::{Neighbours, relink};
pub use telling::{AGO, Dated, Party, Spot, Telling};
pub use times::SLACK;
pub use words::{Bag, RAREST, WordFrequencies, stems};

#[cfg(test)]
mod tests;
