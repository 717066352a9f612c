//! Ctrl-C during long work: what is begun is finished and kept, nothing more is begun; a second one ends it at once.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);
/// What shells report of a program that Ctrl-C ended.
const KILLED: i32 = 130;

/// Lets work end in order at Ctrl-C from now on; where the system has no such thing it ends as before.
#[expect(clippy::exit, reason = "whoever asks twice does not want to wait for what is going on")]
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            process::exit(KILLED);
        }
        eprintln!("casus: ending in order; Ctrl-C again ends at once");
    });
}

/// Tells whether somebody has asked for an end.
pub(crate) fn is_asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
