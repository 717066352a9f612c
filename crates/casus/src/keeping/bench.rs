//! A work bench: values come in, a foreman looks at each in order, hands work to many threads, and takes the results in
//! the order of the input.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
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
    /// Work that panicked, with its words.
    Panic(Box<dyn Any + Send>),
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
///
/// # Panics
/// Where feed, work or foreman do, once all have ended.
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
        // They end with this closure, however that ends: the threads wait for them.
        let (jobs_in, _stopping) = (jobs_in, Stopping(stop));
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
                        let _ = results_in.send(match catch_unwind(AssertUnwindSafe(|| work(job))) {
                            Ok(result) => Message::Result(n, result),
                            Err(words) => Message::Panic(words),
                        });
                    }
                }
            });
        }
        drop(messages_in);
        oversee(foreman, messages, &jobs_in, places)
    })
}

/// Lets feed and threads end when it is dropped.
struct Stopping<'a>(&'a AtomicBool);

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
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
            Message::Panic(words) => resume_unwind(words),
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

    /// Returns the words of the panic with which an endless feed ends; fails where it goes on for half a minute.
    fn words_of(work: fn(u64) -> u64, taking: u64) -> String {
        struct Taker(u64);
        impl Foreman for Taker {
            type Value = u64;
            type Job = u64;
            type Result = u64;
            type Error = u64;
            fn look(&mut self, value: u64) -> Result<Step<u64, u64>, u64> {
                Ok(Step::Work(value))
            }
            fn take(&mut self, result: u64) -> Result<(), u64> {
                assert!(result != self.0, "taking {result}");
                Ok(())
            }
        }
        let (done_in, done) = mpsc::channel();
        thread::spawn(move || {
            let run = catch_unwind(move || {
                run(
                    3,
                    &mut Taker(taking),
                    |hand_over| {
                        for n in 0.. {
                            if !hand_over(n) {
                                break;
                            }
                        }
                    },
                    work,
                )
            });
            let words = run.expect_err("it panics");
            done_in.send(*words.downcast::<String>().expect("words with a number are a string")).unwrap();
        });
        done.recv_timeout(Duration::from_secs(30)).expect("the run hangs")
    }

    #[test]
    fn a_panic_ends_an_endless_feed() {
        assert_eq!(words_of(|n| if n == 40 { panic!("at {n}") } else { n }, u64::MAX), "at 40");
        assert!(words_of(|n| panic!("all at {n}"), u64::MAX).starts_with("all at "));
        assert_eq!(words_of(|n| n, 9), "taking 9");
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
