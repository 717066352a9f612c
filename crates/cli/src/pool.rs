//! Work on many threads whose results come out in the order of the input.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// Returns the number of threads: the given one, else one a core.
pub(crate) fn threads(given: Option<NonZeroUsize>) -> usize {
    given.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}

/// Feeds values to `work` on some threads and its results to `take` in the order of feeding.
///
/// `feed` gets a function that hands over one value and tells whether more are wanted; `take` tells the same. Few values
/// are in flight at once, so that a long feed is never held in memory.
///
/// # Panics
/// Where one of them does: with the same words, once the others have ended.
pub(crate) fn in_order<T: Send, R: Send>(
    threads: usize,
    feed: impl FnOnce(&mut dyn FnMut(T) -> bool) + Send,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> bool,
) {
    let stop = AtomicBool::new(false);
    let (values_in, values) = mpsc::sync_channel::<(usize, T)>(2 * threads);
    let values = Mutex::new(values);
    let (results_in, results) = mpsc::sync_channel::<(usize, R)>(2 * threads);
    let panicked = Mutex::new(None);
    thread::scope(|scope| {
        let (stop, values, work, panicked) = (&stop, &values, &work, &panicked);
        let _ending = Ending(stop);
        scope.spawn(move || {
            let mut n = 0;
            feed(&mut |value| {
                n += 1;
                values_in.send((n - 1, value)).is_ok() && !stop.load(Ordering::Relaxed)
            });
        });
        for _ in 0..threads {
            let results_in = results_in.clone();
            scope.spawn(move || {
                loop {
                    let next = values.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((n, value)) = next else { break };
                    // Once nothing more is wanted the feed is emptied, for it may be waiting for room.
                    if stop.load(Ordering::Relaxed) {
                        continue;
                    }
                    match catch_unwind(AssertUnwindSafe(|| work(value))) {
                        Ok(result) => drop(results_in.send((n, result))),
                        // This thread lives on to empty the feed; what it has to say is said when all have ended.
                        Err(words) => {
                            stop.store(true, Ordering::Relaxed);
                            panicked.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(words);
                        }
                    }
                }
            });
        }
        drop(results_in);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (n, result) in results {
            waiting.insert(n, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                if !stop.load(Ordering::Relaxed) && !take(result) {
                    stop.store(true, Ordering::Relaxed);
                }
            }
        }
    });
    if let Some(words) = panicked.into_inner().unwrap_or_else(PoisonError::into_inner) {
        resume_unwind(words);
    }
}

/// Ends the feed when it is dropped, however the taking ends.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::in_order;
    use std::time::Duration;

    /// Returns the words of the panic with which an endless run ends; fails where it goes on for half a minute.
    fn words_of(work: fn(u64) -> u64, take: fn(u64) -> bool) -> String {
        let (done_in, done) = std::sync::mpsc::channel();
        // A thread of its own, so that a run that hangs fails this test and not all of them.
        std::thread::spawn(move || {
            let run = std::panic::catch_unwind(move || {
                in_order(
                    3,
                    |hand_over| {
                        for n in 0.. {
                            if !hand_over(n) {
                                break;
                            }
                        }
                    },
                    work,
                    take,
                );
            });
            let words = run.expect_err("it panics");
            done_in.send(*words.downcast::<String>().expect("words with a number are a string")).unwrap();
        });
        done.recv_timeout(Duration::from_secs(30)).expect("the run hangs")
    }

    #[test]
    fn a_panic_ends_an_endless_run() {
        assert_eq!(words_of(|n| if n == 40 { panic!("at {n}") } else { n }, |_| true), "at 40");
        // Where every thread panics, nobody would be left to empty the feed.
        assert!(words_of(|n| panic!("all at {n}"), |_| true).starts_with("all at "));
        assert_eq!(words_of(|n| n, |n| if n == 9 { panic!("taking {n}") } else { true }), "taking 9");
    }

    fn run(threads: usize, wanted: usize) -> Vec<u64> {
        let mut taken = Vec::new();
        in_order(
            threads,
            |hand_over| {
                for n in 0..100_u64 {
                    if !hand_over(n) {
                        break;
                    }
                }
            },
            |n| {
                std::thread::sleep(Duration::from_micros(n * 37 % 400));
                n * n
            },
            |square| {
                taken.push(square);
                taken.len() < wanted
            },
        );
        taken
    }

    #[test]
    fn order_does_not_depend_on_threads() {
        let expected: Vec<u64> = (0..100).map(|n| n * n).collect();
        for threads in [1, 2, 7] {
            assert_eq!(run(threads, usize::MAX), expected);
        }
    }

    #[test]
    fn a_run_ends_when_no_more_is_wanted() {
        assert_eq!(run(3, 2), [0, 1]);
    }
}
