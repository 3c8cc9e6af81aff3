//! Pairs of records: which are compared ([`Blocks`]), on which values ([`Values`]), and what is held against them ([`Condition`]).
//!
//! Records are dense numbers as in [`crate::cluster`]. Nothing here ever holds all pairs: blocks are walked through, each pair is visited once,
//! and the caller keeps those that pass.

mod batch;
mod blocks;
mod condition;
mod decider;
mod form;
mod glance;
mod level;
mod levels;
mod measure;
mod patterns;
mod scores;
mod values;

pub use blocks::Blocks;
pub use condition::{Condition, Test, Truth};
pub use decider::{Compared, Decider, Decision, Edge, Weighed, bands};
pub use form::Form;
pub use level::{Level, level};
pub use measure::{Distance, Measure, Similarity};
pub use patterns::Patterns;
pub use scores::{pattern, value_hash};
pub use values::{Values, ValuesBuilder};
