//! Who may use whom, and what every crate takes from the workspace.

use crate::{report, tree};
use std::collections::BTreeMap;

/// What each crate may use of the others. The workers stand side by side: none knows another.
const MAY_USE: [(&str, &[&str]); 8] = [
    ("types", &[]),
    ("ingest", &["types"]),
    ("annotate", &["types"]),
    ("coder", &["types"]),
    ("store", &["types"]),
    ("export", &["types"]),
    ("casus", &["types", "ingest", "annotate", "coder", "store", "export"]),
    ("cli", &["types", "casus"]),
];

/// Returns the folder of every crate with its manifest, `xtask` included.
pub(crate) fn manifests() -> BTreeMap<String, String> {
    let is_crate = |path: &str| path.starts_with("crates/") && path.matches('/').count() == 2;
    tree::files()
        .into_iter()
        .filter(|path| path.ends_with("/Cargo.toml") && (is_crate(path) || path == "xtask/Cargo.toml"))
        .map(|path| (path.trim_end_matches("/Cargo.toml").to_owned(), tree::read(&path)))
        .collect()
}

#[test]
fn directions_hold() {
    let mut faults = Vec::new();
    for (folder, manifest) in manifests() {
        let Some(name) = folder.strip_prefix("crates/") else { continue };
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
            faults.push(format!("{folder}: no direction is written down for it"));
            continue;
        };
        for used in siblings(&manifest) {
            if !allowed.contains(&used.as_str()) {
                faults.push(format!("{folder}/Cargo.toml: uses {used}"));
            }
        }
    }
    report(
        &faults,
        "Move what two workers share into crates/types, or let crates/casus join them; a new crate gets a line in MAY_USE \
         and in ARCHITECTURE.md.",
    );
}

#[test]
fn siblings_are_found() {
    let manifest = "[dependencies]\ncasus-types.workspace = true\ncasus = { path = \"../casus\" }\n[dev-dependencies]\n\
                    casus-coder = { workspace = true }\n[package.metadata]\ncasus-x = 1\n";
    assert_eq!(siblings(manifest), ["types", "casus", "coder"]);
}

#[test]
fn every_crate_takes_the_workspace_lints_edition_and_licence() {
    let mut faults = Vec::new();
    for (folder, manifest) in manifests() {
        let lints = manifest
            .split("[lints]")
            .nth(1)
            .is_some_and(|rest| rest.trim_start().starts_with("workspace = true"));
        if !lints {
            faults.push(format!("{folder}/Cargo.toml: no [lints] workspace = true"));
        }
        for key in ["version", "edition", "rust-version", "license", "publish"] {
            if !manifest.lines().any(|line| line.trim() == format!("{key}.workspace = true")) {
                faults.push(format!("{folder}/Cargo.toml: no {key}.workspace = true"));
            }
        }
    }
    report(&faults, "Copy the head and the [lints] of crates/types/Cargo.toml.");
}

/// Returns the crates of this workspace that a manifest depends on, for building or for tests.
fn siblings(manifest: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line.trim_end_matches(']').ends_with("dependencies");
        } else if inside {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            if name == "casus" {
                out.push(name.to_owned());
            } else if let Some(name) = name.strip_prefix("casus-") {
                out.push(name.to_owned());
            }
        }
    }
    out
}
