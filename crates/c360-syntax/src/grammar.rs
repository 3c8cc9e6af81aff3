//! The parser that pest makes of `grammar/c360.pest`. Nothing but `shape` uses it.

// The generated code is not ours to document.
#![allow(missing_docs)]

#[derive(pest_derive::Parser)]
#[grammar = "../../../grammar/c360.pest"]
pub(crate) struct Grammar;
