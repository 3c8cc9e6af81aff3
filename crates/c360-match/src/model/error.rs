//! What is wrong with a model, where, and what to do about it. No value of a customer is in it.

use std::fmt;

/// A mistake in a model or its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelError {
    /// Where: `comparisons[2].levels[0].m`, counted from 0; `line 3, column 7` for what is no JSON; empty for the file as a whole.
    pub place: String,
    /// What is wrong, in lower case, names in backticks.
    pub problem: String,
    /// What to do.
    pub help: String,
}

impl ModelError {
    pub(crate) fn new(place: impl Into<String>, problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self { place: place.into(), problem: problem.into(), help: help.into() }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}; {}", self.problem, self.help)
    }
}

impl std::error::Error for ModelError {}
