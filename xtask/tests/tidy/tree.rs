//! The files of the repository, without what `.gitignore` names.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the repository's root.
pub(crate) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.expect("xtask lies in the repository").to_owned()
}

/// Returns the paths of all files, from the root, with forward slashes, sorted.
pub(crate) fn files() -> Vec<String> {
    let mut out = Vec::new();
    walk(&root(), "", &read(".gitignore"), &mut out);
    out
}

/// Returns the paths of the files whose path begins so.
pub(crate) fn below(start: &str) -> Vec<String> {
    files().into_iter().filter(|path| path.starts_with(start)).collect()
}

/// Returns the text of a file.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: cannot be read: {error}"))
}

/// Returns the bytes of a file.
pub(crate) fn bytes(path: &str) -> Vec<u8> {
    fs::read(root().join(path)).unwrap_or_else(|error| panic!("{path}: cannot be read: {error}"))
}

/// Returns the text of a file, none where it is binary.
pub(crate) fn text(path: &str) -> Option<String> {
    String::from_utf8(bytes(path)).ok().filter(|text| !text.contains('\0'))
}

/// Returns the size of a file in bytes.
pub(crate) fn size(path: &str) -> u64 {
    fs::metadata(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}")).len()
}

fn walk(folder: &Path, path: &str, ignored: &str, out: &mut Vec<String>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<_> = entries.map(|entry| entry.unwrap()).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().into_string().expect("names are UTF-8");
        let inner = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        if name == ".git" || is_ignored(ignored, &inner, &name) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), &inner, ignored, out);
        } else {
            out.push(inner);
        }
    }
}

/// Tells whether `.gitignore` names a path: the forms `/from/the/root`, `anywhere` and `*.ending`.
fn is_ignored(ignored: &str, path: &str, name: &str) -> bool {
    ignored.lines().map(|line| line.trim().trim_end_matches('/')).any(|line| match line.split_at_checked(1) {
        Some(("/", rest)) => path == rest,
        Some(("*", ending)) => name.ends_with(ending),
        Some(("#", _)) | None => false,
        Some(_) => name == line,
    })
}
