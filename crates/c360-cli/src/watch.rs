//! Progress of a run on a terminal, and how long each step took.

use c360_run::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// A progress bar where standard error is a terminal; a stopwatch everywhere.
pub(crate) struct Watch {
    bar: ProgressBar,
    state: Mutex<State>,
}

struct State {
    started: Instant,
    times: Vec<(String, f64)>,
}

impl Watch {
    pub(crate) fn new() -> Watch {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{spinner} [{pos}/{len}] {msg} {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        Watch { bar, state: Mutex::new(State { started: Instant::now(), times: Vec::new() }) }
    }

    /// Removes the bar; gives the seconds of each step.
    pub(crate) fn finish(self) -> Vec<(String, f64)> {
        self.bar.finish_and_clear();
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).times
    }
}

impl Progress for Watch {
    fn step(&self, title: &str, number: usize, of: usize) {
        self.bar.set_length(of as u64);
        self.bar.set_position(number as u64);
        self.bar.set_message(title.to_owned());
        self.bar.enable_steady_tick(std::time::Duration::from_millis(100));
        self.state.lock().unwrap_or_else(PoisonError::into_inner).started = Instant::now();
    }

    fn bytes(&self, done: u64, all: u64) {
        self.bar.set_message(format!("{} of {} MB read", done >> 20, all >> 20));
    }

    fn done(&self, title: &str) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = state.started.elapsed().as_secs_f64();
        state.times.push((title.to_owned(), seconds));
    }
}
