//! The file of a model: JSON that people read in a diff. Files of this form have version 1.

mod json;
mod node;
mod read;
mod write;

pub(crate) use json::parse;
pub(crate) use node::Node;

/// The version of the form that this code reads and writes.
const VERSION: u64 = 1;
