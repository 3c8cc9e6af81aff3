//! The file of a model: JSON that people read in a diff. Version 2 has groups; files without are version 1, as they were.

mod json;
mod node;
mod read;
mod write;

pub(crate) use json::parse;
pub(crate) use node::Node;

/// The newest version that this code reads.
const VERSION: u64 = 2;
/// The oldest one: the same without groups. It is what files without groups are written as.
const OLDEST: u64 = 1;
