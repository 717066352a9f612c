//! What no file of the repository may hold.

use crate::{report, tree};

/// The largest file that goes into the repository, in bytes: hosting services warn from 50 MB, and every clone pays.
const FILE_BYTES: u64 = 24_000_000;

/// The longest Rust file, in lines. Beyond it, a file is two.
const RUST_LINES: usize = 800;

/// Folders of one machine, in two parts lest this file be found.
const MACHINE: [(&str, &str); 6] =
    [("/", "tmp/"), ("/", "work/"), ("/", "home/"), ("/", "root/"), ("/", "Users/"), ("C:", "\\")];

/// Marks of unfinished work, in two parts for the same reason.
const MARKS: [(&str, &str); 2] = [("TO", "DO"), ("FIX", "ME")];

/// Words that an explanation has at least.
const WORDS: usize = 3;

#[test]
fn no_file_names_a_folder_of_one_machine() {
    let mut faults = Vec::new();
    each_line(|path, n, line| {
        for (a, b) in MACHINE {
            let folder = format!("{a}{b}");
            let starts =
                |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-/~*".contains(c));
            if line.match_indices(&folder).any(|(at, _)| starts(at)) {
                faults.push(format!("{path}:{n}: {folder}"));
            }
        }
    });
    report(&faults, "Take the path as an argument, or from an environment variable.");
}

#[test]
fn unfinished_work_says_what_is_missing() {
    let mut faults = Vec::new();
    each_line(|path, n, line| {
        for (a, b) in MARKS {
            for (at, mark) in line.match_indices(&format!("{a}{b}")) {
                let said = line[at + mark.len()..]
                    .strip_prefix(": ")
                    .map_or(0, |rest| rest.split_whitespace().count());
                if said < WORDS {
                    faults.push(format!("{path}:{n}: {mark} without a colon and an explanation"));
                }
            }
        }
    });
    report(&faults, "Say after a colon what is wrong and what would be right, or finish it.");
}

#[test]
fn no_file_is_too_large() {
    let faults: Vec<String> = tree::files()
        .into_iter()
        .map(|path| (tree::size(&path), path))
        .filter(|(size, _)| *size > FILE_BYTES)
        .map(|(size, path)| format!("{path}: {size} bytes"))
        .collect();
    report(&faults, "Every clone carries it for ever: make it smaller, or fetch it when it is needed.");
}

#[test]
fn no_file_is_empty() {
    let faults: Vec<String> = tree::files().into_iter().filter(|path| tree::size(path) == 0).collect();
    report(&faults, "Nobody can learn anything from it: take it out.");
}

#[test]
fn no_merge_is_left_half_done() {
    let mut faults = Vec::new();
    each_line(|path, n, line| {
        // In two parts lest this file be found.
        if [("<<<<", "<<< "), (">>>>", ">>> ")].iter().any(|(a, b)| line.starts_with(&format!("{a}{b}"))) {
            faults.push(format!("{path}:{n}"));
        }
    });
    report(&faults, "Decide between the two sides and take the marks out.");
}

#[test]
fn no_rust_file_is_too_long() {
    let faults: Vec<String> = tree::files()
        .into_iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| (tree::read(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > RUST_LINES)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    report(&faults, "One idea a file: part it by what its parts are about.");
}

/// Calls `look` with the path, number and text of every line of every text file.
fn each_line(mut look: impl FnMut(&str, usize, &str)) {
    for path in tree::files().into_iter().filter(|path| !path.ends_with(".lock")) {
        for (n, line) in tree::text(&path).iter().flat_map(|text| text.lines().enumerate()) {
            look(&path, n + 1, line);
        }
    }
}
