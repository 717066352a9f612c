//! Clock, disk, network, environment, threads and printing belong to the facade and the binary.

use crate::{report, tree};

/// The crates that are functions from values to values.
const PURE: [&str; 3] = ["types", "annotate", "coder"];

/// Modules of the standard library that reach outside.
const OUTSIDE: [&str; 6] = ["fs", "env", "net", "process", "thread", "os"];

/// Other ways to reach outside.
const CALLS: [&str; 14] = [
    "stdin()",
    "stdout()",
    "stderr()",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "option_env!",
    "rayon",
];

#[test]
fn pure_crates_reach_for_nothing_outside() {
    let mut faults = Vec::new();
    for pure in PURE {
        for path in tree::below(&format!("crates/{pure}/src/")) {
            let is_test = path.ends_with("/tests.rs") || path.contains("/tests/");
            if !path.ends_with(".rs") || is_test {
                continue;
            }
            let code = code(&tree::read(&path));
            faults.extend(reached(&code).into_iter().map(|what| format!("{path}: {what}")));
        }
    }
    report(
        &faults,
        "types, annotate and coder are pure: take what you need as an argument, and let crates/casus or crates/cli fetch it.",
    );
}

#[test]
fn reaching_outside_is_seen() {
    assert_eq!(reached("use std::{fmt, fs::File};"), ["std::fs"]);
    assert_eq!(reached("std::thread::spawn(f)"), ["std::thread"]);
    assert_eq!(reached("let t = Instant::now();"), ["Instant"]);
    assert_eq!(reached("use std::sync::{Arc, Mutex}; thread_local! {}"), Vec::<String>::new());
    assert_eq!(code("// std::fs\nfn f() {}\n#[cfg(test)]\nmod tests {}"), "fn f() {}\n");
}

/// Returns the source without comments and without the tests at its bottom.
fn code(source: &str) -> String {
    let tests = source.find("#[cfg(test)]\nmod ").unwrap_or(source.len());
    let lines = source[..tests].lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Returns the ways in which the code reaches outside.
fn reached(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, found) in code.match_indices("std::") {
        let rest = &code[at + found.len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(group) => heads(group),
            None => vec![word(rest)],
        };
        out.extend(names.into_iter().filter(|n| OUTSIDE.contains(n)).map(|n| format!("std::{n}")));
    }
    for call in CALLS {
        let alone = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if code.match_indices(call).any(|(at, _)| alone(at)) {
            out.push(call.to_owned());
        }
    }
    out
}

/// Returns the first word of each member of a `{…}` group of imports, its opening brace left out.
fn heads(group: &str) -> Vec<&str> {
    let (mut out, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                out.push(word(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                out.push(word(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    out
}

fn word(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}
