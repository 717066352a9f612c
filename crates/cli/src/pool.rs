//! Work on many threads whose results come out in the order of the input.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
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
    thread::scope(|scope| {
        let (stop, values, work) = (&stop, &values, &work);
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
                    if !stop.load(Ordering::Relaxed) {
                        let _ = results_in.send((n, work(value)));
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
}

#[cfg(test)]
mod tests {
    use super::in_order;
    use std::time::Duration;

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
