//! Turns a [`c360_model::model::Model`] into a [`Plan`]: steps that are DataFusion logical plans over named tables.
//!
//! Reads no data and runs nothing: no tokio, no object store. Formats and keys of `c360-match` appear in the plans as functions over Arrow arrays.

mod build;
mod expression;
mod fingerprint;
mod functions;
mod plan;
mod survivors;
pub mod tables;
pub mod types;

pub use build::{SourceSchemas, plan, training};
pub use expression::{Misfit, misfits, scalar_functions};
pub use fingerprint::{RESULTS, fingerprint};
pub use functions::{KnownRows, NumberSet, Sieved, among, fill_known};
pub use plan::*;
pub use survivors::{Survivors, SurvivorsExec};
