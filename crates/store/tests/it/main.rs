//! The store from outside: what goes in comes out, and nothing is doubled or lost.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its store has failed")]

mod admission;
mod asking;
mod chains;
mod counting;
mod kept;
mod made;
mod nearby;
mod recoding;
mod records;
mod reviews;
