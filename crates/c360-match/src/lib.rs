//! Turns values into values: raw text into the fixed forms of formats, pairs into similarities and scores, edges into clusters, clusters into stable ids.
//!
//! Plain Rust types only: no Arrow, no IO, no clock. `c360-model` names these functions, `c360-plan` wraps them as DataFusion functions,
//! `c360-run` drives the clustering.

pub mod cluster;
pub mod decisions;
pub mod evaluate;
pub mod format;
mod formats;
pub mod hierarchy;
pub mod ids;
pub mod model;
pub mod pairs;
pub mod planted;
pub mod profile;
pub mod similarity;
