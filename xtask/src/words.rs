//! Counts in how many reports each stem stands.

use anyhow::{Context, Result};
use casus_coder::incidents::{RAREST, stems};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

/// Counts the stems of the `text` of every line of a JSON Lines file, apart from those whose `id` stands in a list, and
/// writes the table that `casus_coder::incidents::WordFrequencies` reads.
pub(crate) fn count(reports: &str, leave_out: &str, out: &str) -> Result<()> {
    let ids = fs::read_to_string(leave_out).with_context(|| format!("{leave_out}: cannot be read"))?;
    let ids: BTreeSet<&str> = ids.lines().map(str::trim).collect();
    let lines = fs::read_to_string(reports).with_context(|| format!("{reports}: cannot be read"))?;
    let (mut total, mut held) = (0_u32, BTreeMap::<String, u32>::new());
    for (n, line) in lines.lines().enumerate() {
        let report: serde_json::Value =
            serde_json::from_str(line).with_context(|| format!("{reports}: line {}: no JSON", n + 1))?;
        if report["id"].as_str().is_some_and(|id| ids.contains(id)) {
            continue;
        }
        total += 1;
        let words: BTreeSet<String> =
            stems(report["text"].as_str().unwrap_or_default()).into_iter().collect();
        for stem in words {
            *held.entry(stem).or_default() += 1;
        }
    }
    let mut table = format!(
        "# stem\treports that hold it, of *; stems of fewer than {RAREST} reports are left out.\n\
         # For: how telling a shared word is, when incidents are linked. Made by `cargo xtask word-frequencies`.\n*\t{total}\n"
    );
    for (stem, count) in held.iter().filter(|(_, count)| **count >= RAREST) {
        writeln!(table, "{stem}\t{count}")?;
    }
    fs::write(out, table).with_context(|| format!("{out}: cannot be written"))
}
