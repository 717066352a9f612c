//! Lists the files of `data/` that are embedded by the folder, so that adding one is adding one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    // Asked for when it runs: a checkout may move, or share its target folder with another.
    let manifest = env::var_os("CARGO_MANIFEST_DIR").expect("cargo tells build scripts where they are");
    let data = Path::new(&manifest).join("../../data");
    let mut out = String::new();
    for (name, folder, ending) in [("RULINGS", "rules/rulings", "rule"), ("ACTORS", "actors", "tsv")] {
        let folder = data.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files: Vec<PathBuf> = fs::read_dir(&folder)
            .expect("the data folder is part of the repository")
            .map(|entry| entry.expect("a readable folder").path())
            .filter(|path| path.extension().is_some_and(|e| e == ending))
            .collect();
        files.sort();
        writeln!(
            out,
            "/// Every file of `data/{}`: name and text.",
            folder.file_name().unwrap_or_default().display()
        )
        .expect("a string takes all");
        writeln!(out, "const {name}: &[(&str, &str)] = &[").expect("a string takes all");
        for file in files {
            let stem = file.file_name().expect("a listed file has a name").display();
            writeln!(out, "    (\"{stem}\", include_str!(r\"{}\")),", file.display())
                .expect("a string takes all");
        }
        writeln!(out, "];").expect("a string takes all");
    }
    let to = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("embedded.rs");
    fs::write(to, out).expect("cargo's own folder is writable");
}
