//! What a machine can check of the repository's own rules. Each test names one rule of ARCHITECTURE.md or
//! CONTRIBUTING.md, and its failure says what to do.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own tree has failed")]
#![expect(clippy::format_collect, reason = "a few lines, once")]
#![expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the tree writes endings in small letters"
)]

mod crates;
mod knowledge;
mod map;
mod purity;
mod sha256;
mod texts;
mod tree;

/// Fails with every fault, a line each, and what to do about them.
fn report(faults: &[String], what_to_do: &str) {
    assert!(faults.is_empty(), "{} faults:\n{}\n{what_to_do}", faults.len(), faults.join("\n"));
}
