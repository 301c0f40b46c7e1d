//! Many articles on many threads: results in order, memory bounded, nothing stops the batch.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

use demarche_types::{Article, Coded};

use crate::pipeline::{Failure, Pipeline, Worker};

/// Items in flight for each thread: enough that a slow article does not starve the other threads, few enough
/// that memory does not grow with the batch.
const IN_FLIGHT: usize = 8;

/// An article and what was coded from it.
#[derive(Clone, Debug, PartialEq)]
pub struct CodedArticle {
    /// The article.
    pub article: Article,
    /// What was coded.
    pub coded: Coded,
}

impl Pipeline {
    /// Codes articles on `threads` threads and hands the results to `sink` in the order of the input, until the
    /// input ends or `sink` breaks. An input that could not be read reaches the sink as its own error `E`.
    pub fn code_many<E: Send>(
        &self,
        articles: impl Iterator<Item = Result<Article, E>> + Send,
        threads: usize,
        mut sink: impl FnMut(Result<Result<CodedArticle, Failure>, E>) -> ControlFlow<()>,
    ) {
        let code = |worker: &mut Worker, article: Result<Article, E>| {
            let article = article?;
            let coded = self.try_read(&article, worker, |reading| reading.coded);
            Ok(coded.map(|coded| CodedArticle { article, coded }))
        };
        ordered(articles, threads, Worker::default, code, &mut sink);
    }
}

/// Runs `work` on every input with `threads` threads and hands the results to `sink` in the order of the input.
///
/// A thread takes a new input only when fewer than a fixed number of inputs are under way or wait for an
/// earlier one, so neither inputs nor results pile up. `sink` runs on the calling thread; when it breaks,
/// inputs not yet taken are left. `state` makes each thread's own state. A panic in `work` ends the batch and is
/// passed on; work that must not end it catches its own ([`Pipeline::try_read`]).
pub fn ordered<T: Send, S, R: Send>(
    inputs: impl Iterator<Item = T> + Send,
    threads: usize,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T) -> R + Sync,
    mut sink: impl FnMut(R) -> ControlFlow<()>,
) {
    let threads = threads.max(1);
    let window = threads.saturating_mul(IN_FLIGHT);
    let feed = Feed { shared: Mutex::new(Shared { inputs: Some(inputs), taken: 0, passed_on: 0 }), room: Condvar::new() };
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..threads {
            let (feed, state, work, sender) = (&feed, &state, &work, sender.clone());
            scope.spawn(move || {
                let mut state = state();
                while let Some((index, input)) = feed.take(window) {
                    let result = catch_unwind(AssertUnwindSafe(|| work(&mut state, input))).unwrap_or_else(|payload| {
                        // The result would be missing from the order for good, and the others would wait for it.
                        feed.close();
                        resume_unwind(payload)
                    });
                    if sender.send((index, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // Whatever ends the loop below, a panic in the sink too, no thread may wait for room any longer.
        let _closing = Closing(&feed);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (index, result) in receiver {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                if sink(result).is_break() {
                    return;
                }
            }
            feed.passed_on(next);
        }
    });
}

/// Closes a feed when it is dropped.
struct Closing<'f, I: Iterator>(&'f Feed<I>);

impl<I: Iterator> Drop for Closing<'_, I> {
    fn drop(&mut self) {
        self.0.close();
    }
}

struct Feed<I> {
    shared: Mutex<Shared<I>>,
    room: Condvar,
}

struct Shared<I> {
    /// `None` once the input has ended or is no longer wanted.
    inputs: Option<I>,
    /// Inputs taken so far.
    taken: usize,
    /// Results that reached the sink.
    passed_on: usize,
}

impl<I: Iterator> Feed<I> {
    /// The next input and its place in the order, once there is room for one.
    fn take(&self, window: usize) -> Option<(usize, I::Item)> {
        let mut shared = self.lock();
        while shared.inputs.is_some() && shared.taken >= shared.passed_on + window {
            shared = self.room.wait(shared).unwrap_or_else(PoisonError::into_inner);
        }
        // The inputs are taken out while they are asked for the next one: should they panic, the others find
        // the end of the input instead of an iterator in disorder.
        let mut inputs = shared.inputs.take()?;
        let Some(input) = inputs.next() else {
            self.room.notify_all();
            return None;
        };
        let index = shared.taken;
        shared.taken += 1;
        shared.inputs = Some(inputs);
        Some((index, input))
    }

    fn passed_on(&self, count: usize) {
        self.lock().passed_on = count;
        self.room.notify_all();
    }

    fn close(&self) {
        self.lock().inputs = None;
        self.room.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Shared<I>> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_keep_the_order_of_the_input() {
        for threads in [0, 1, 3, 16] {
            let mut seen = vec![];
            let work = |_: &mut (), n: u64| {
                thread::sleep(Duration::from_micros((n * 7919) % 300));
                n * 2
            };
            ordered(
                0..200,
                threads,
                || (),
                work,
                |n| {
                    seen.push(n);
                    ControlFlow::Continue(())
                },
            );
            assert_eq!(seen, (0..200).map(|n| n * 2).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn a_slow_first_item_does_not_let_the_rest_pile_up() {
        let (taken, first_done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let inputs = (0..500).inspect(|_| {
            taken.fetch_add(1, Ordering::SeqCst);
        });
        let work = |_: &mut (), n: usize| {
            if n == 0 {
                thread::sleep(Duration::from_millis(50));
                first_done.store(taken.load(Ordering::SeqCst), Ordering::SeqCst);
            }
        };
        ordered(inputs, 2, || (), work, |()| ControlFlow::Continue(()));
        assert_eq!(taken.load(Ordering::SeqCst), 500);
        assert!(first_done.load(Ordering::SeqCst) <= 2 * IN_FLIGHT, "{first_done:?} were taken meanwhile");
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_in_the_work_ends_the_batch() {
        let work = |_: &mut (), n: u64| assert_ne!(n, 7, "seven");
        ordered(0.., 2, || (), work, |()| ControlFlow::Continue(()));
    }

    #[test]
    #[should_panic(expected = "the sink")]
    fn a_panic_in_the_sink_ends_the_batch() {
        ordered(0.., 2, || (), |_: &mut (), n: u64| n, |n| if n == 9 { panic!("the sink") } else { ControlFlow::Continue(()) });
    }

    #[test]
    fn a_sink_that_breaks_ends_the_batch() {
        let mut seen = 0;
        ordered(
            0..,
            3,
            || (),
            |_: &mut (), n: u64| n,
            |n| {
                seen = n;
                if n == 20 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(seen, 20);
    }
}
