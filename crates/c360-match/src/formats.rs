//! The registry of built-in formats and text functions: names into [`Format`]s. One file per format.

use crate::format::{BuildError, Context, Format, StageCall};

/// Builds a pipe of stages into one format.
///
/// # Errors
/// The first stage that is unknown, gets a wrong argument or cannot stand where it stands.
pub fn build(_stages: &[StageCall], _context: &Context) -> Result<Format, BuildError> {
    Err(BuildError { stage: 0, argument: None, message: String::new(), unknown: true })
}

/// The names of all built-in formats and text functions, sorted.
#[must_use]
pub fn names() -> &'static [&'static str] {
    &[]
}
