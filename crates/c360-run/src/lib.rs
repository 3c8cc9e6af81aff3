//! Turns a [`c360_plan::Plan`] and the last commit into the next commit, and publishes it.
//!
//! Reads the sources' files, runs the plan's steps on an [`engine::Engine`], writes tables under the run's own folder and makes them visible with
//! one conditional put. Knows no arguments, prints nothing and asks no clock: the caller hands the time in.

pub mod care;
mod changed;
pub mod commit;
pub mod engine;
mod error;
pub mod figures;
mod guard;
pub mod ingest;
mod inputs;
pub mod look;
mod overrides;
pub mod profile;
mod progress;
mod run;
mod step;
pub mod store;
pub mod tables;
mod train;

pub use error::{Error, Kind, Result};
pub use guard::Budget;
pub use inputs::{FileChanges, SourceFiles, file_changes, list_inputs, planned, read_inputs, source_schemas};
pub use overrides::{Decision, Decisions, What, read_decisions};
pub use progress::{Progress, Silent};
pub use run::{Options, Outcome, Pipeline, run};
pub use train::{Labelled, Trained, count_frequencies, train};
