//! The library as its users meet it, with the real models.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own files has failed")]

mod golden;
mod incidents;
mod odd;
mod rulings;
