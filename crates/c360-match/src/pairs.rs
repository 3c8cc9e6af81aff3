//! Pairs of records: which are compared ([`Blocks`]), on which values ([`Values`]), and what is held against them ([`Condition`]).
//!
//! Records are dense numbers as in [`crate::cluster`]. Nothing here ever holds all pairs: blocks are walked through, each pair is visited once,
//! and the caller keeps those that pass.

mod blocks;
mod condition;
mod decider;
mod form;
mod level;
mod measure;
mod values;

pub use blocks::Blocks;
pub use condition::{Condition, Test, Truth};
pub use decider::{Decider, Decision, Edge, bands};
pub use form::Form;
pub use level::{Level, level};
pub use measure::{Distance, Measure, Similarity};
pub use values::{Values, ValuesBuilder};
