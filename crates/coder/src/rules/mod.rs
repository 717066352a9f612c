//! Rules as text: what the labels are too few for.

mod ruling;
mod word_table;

pub use ruling::{Ruling, Rulings, RulingsError};
pub use word_table::WordTable;
