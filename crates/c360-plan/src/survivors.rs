//! Survivorship as an operator: candidates in the order of their object's id go in, one golden record per object comes out.
//!
//! Sorting puts the candidates of an object next to one another, and then a value is chosen by its place and taken over as it is: nothing is
//! kept per object, nothing is copied twice, and the sort is DataFusion's, which spills. An aggregate with one state per attribute took
//! twice the time, most of it for passing on its state.

mod candidates;
mod choice;
mod exec;
mod lists;
mod node;
mod objects;
mod singles;

pub(crate) use choice::{Choice, Criterion, First, Ranking, Survivor};
pub use exec::SurvivorsExec;
pub use node::Survivors;

/// The columns of candidates that are no values.
pub(crate) const PROVENANCE: [&str; 5] = ["id", "record", "source", "key", "updated"];
