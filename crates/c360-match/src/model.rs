//! The Fellegi-Sunter model: how much each level of agreement speaks for or against a match, its file, scores, and how it is estimated.
//!
//! Pure functions: no IO, no clock, no randomness. Comparing records is somebody else's work; what comes in here is the [`Pattern`] of a pair, a
//! level for each comparison, and [`Counts`], how often each pattern occurs. `docs/models.md` has the formulas and their sources.

mod check;
mod error;
mod estimate;
mod explain;
mod file;
mod frequency;
mod number;
mod parts;
mod pattern;
mod score;
mod splink;

pub use error::ModelError;
pub use estimate::{Block, Candidates, Deterministic, Estimate, Evidence, Rates, Run, Warning, estimate, from_labels, joint};
pub use explain::{Bar, Step};
pub use frequency::Adjustments;
pub use parts::{Comparison, Frequencies, Group, Level, Model, Trained};
pub use pattern::{COMPARISONS, Counts, LEVELS, Pattern};
pub use score::{Scorer, probability, threshold};
pub use splink::{Imported, Wanted, import_splink};
