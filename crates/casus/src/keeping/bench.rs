//! A work bench: values come in, a foreman looks at each in order, hands work to many threads, and takes the results in
//! the order of the input.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// Who looks at what comes in and takes what comes out: one thread, in the order of the input.
pub(crate) trait Foreman {
    /// What comes in.
    type Value: Send;
    /// What is to be worked on.
    type Job: Send;
    /// What comes out.
    type Result: Send;
    /// Why it cannot go on.
    type Error;

    /// Looks at a value: work, or a result already.
    fn look(&mut self, value: Self::Value) -> Result<Step<Self::Job, Self::Result>, Self::Error>;

    /// Takes a result.
    fn take(&mut self, result: Self::Result) -> Result<(), Self::Error>;
}

/// What is to be done with a value.
pub(crate) enum Step<J, R> {
    /// Work.
    Work(J),
    /// Nothing more.
    Done(R),
}

/// What reaches the foreman.
enum Message<V, R> {
    Value(V),
    Result(usize, R),
    End,
}

/// Tells the foreman that the feed has ended, however it ended.
struct Ending<V, R>(mpsc::Sender<Message<V, R>>);

impl<V, R> Drop for Ending<V, R> {
    fn drop(&mut self) {
        let _ = self.0.send(Message::End);
    }
}

/// Values for each thread that are between coming in and being taken: enough that no thread waits for the slowest, few
/// enough that a long feed is never held in memory.
const IN_FLIGHT: usize = 4;

/// Runs the bench until the feed ends. `feed` gets a function that hands over one value and tells whether more are
/// wanted.
pub(crate) fn run<F: Foreman>(
    threads: usize,
    foreman: &mut F,
    feed: impl FnOnce(&mut dyn FnMut(F::Value) -> bool) + Send,
    work: impl Fn(F::Job) -> F::Result + Sync,
) -> Result<(), F::Error> {
    let threads = threads.max(1);
    let stop = AtomicBool::new(false);
    // Whoever feeds needs a place for each value; places are given back when results are taken.
    let (places_in, places) = mpsc::sync_channel::<()>(IN_FLIGHT * threads);
    let (messages_in, messages) = mpsc::channel();
    let (jobs_in, jobs) = mpsc::channel::<(usize, F::Job)>();
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        let (stop, jobs, work) = (&stop, &jobs, &work);
        let ending = Ending(messages_in.clone());
        scope.spawn(move || {
            feed(&mut |value| {
                places_in.send(()).is_ok()
                    && ending.0.send(Message::Value(value)).is_ok()
                    && !stop.load(Ordering::Relaxed)
            });
        });
        for _ in 0..threads {
            let results_in = messages_in.clone();
            scope.spawn(move || {
                loop {
                    let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((n, job)) = next else { break };
                    if !stop.load(Ordering::Relaxed) {
                        // Where the foreman has gone there is nobody to tell.
                        let _ = results_in.send(Message::Result(n, work(job)));
                    }
                }
            });
        }
        drop(messages_in);
        let done = oversee(foreman, messages, &jobs_in, places);
        stop.store(true, Ordering::Relaxed);
        drop(jobs_in);
        done
    })
}

/// Takes messages until the feed has ended and all is taken, or something fails. With the ends of its channels it drops
/// what the feed may be waiting for.
#[expect(clippy::needless_pass_by_value, reason = "the channels end with the function")]
fn oversee<F: Foreman>(
    foreman: &mut F,
    messages: mpsc::Receiver<Message<F::Value, F::Result>>,
    jobs_in: &mpsc::Sender<(usize, F::Job)>,
    places: mpsc::Receiver<()>,
) -> Result<(), F::Error> {
    let mut waiting: VecDeque<Option<F::Result>> = VecDeque::new();
    let mut taken = 0;
    let mut ended = false;
    for message in &messages {
        match message {
            Message::Value(value) => match foreman.look(value)? {
                Step::Work(job) => {
                    // The threads wait for jobs until this function has ended.
                    let _ = jobs_in.send((taken + waiting.len(), job));
                    waiting.push_back(None);
                }
                Step::Done(result) => waiting.push_back(Some(result)),
            },
            Message::Result(n, result) => waiting[n - taken] = Some(result),
            Message::End => ended = true,
        }
        while waiting.front().is_some_and(Option::is_some) {
            let result = waiting.pop_front().flatten().expect("it was seen a moment ago");
            taken += 1;
            foreman.take(result)?;
            let _ = places.try_recv();
        }
        if ended && waiting.is_empty() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// Squares odd numbers on the bench and even ones itself; fails at a number.
    struct Squares {
        taken: Vec<u64>,
        fails_at: u64,
    }

    impl Foreman for Squares {
        type Value = u64;
        type Job = u64;
        type Result = u64;
        type Error = u64;

        fn look(&mut self, value: u64) -> Result<Step<u64, u64>, u64> {
            Ok(if value.is_multiple_of(2) { Step::Done(value * value) } else { Step::Work(value) })
        }

        fn take(&mut self, result: u64) -> Result<(), u64> {
            self.taken.push(result);
            if result == self.fails_at { Err(result) } else { Ok(()) }
        }
    }

    fn run_squares(threads: usize, fails_at: u64, at_most: u64) -> (Result<(), u64>, Vec<u64>) {
        let mut squares = Squares { taken: Vec::new(), fails_at };
        let done = run(
            threads,
            &mut squares,
            |hand_over| {
                for n in 0..at_most {
                    if !hand_over(n) {
                        break;
                    }
                }
            },
            |n| {
                std::thread::sleep(Duration::from_micros(n * 37 % 400));
                n * n
            },
        );
        (done, squares.taken)
    }

    #[test]
    fn order_does_not_depend_on_threads() {
        let expected: Vec<u64> = (0..200).map(|n| n * n).collect();
        for threads in [1, 2, 7] {
            assert_eq!(run_squares(threads, u64::MAX, 200), (Ok(()), expected.clone()));
        }
        assert_eq!(run_squares(3, u64::MAX, 0), (Ok(()), vec![]));
    }

    #[test]
    fn a_failure_ends_an_endless_feed() {
        let (done, taken) = run_squares(3, 25, u64::MAX);
        assert_eq!(done, Err(25));
        assert_eq!(taken, [0, 1, 4, 9, 16, 25]);
    }
}
