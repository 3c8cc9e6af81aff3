//! Turns the text of `.c360` files into [`ast::File`]s and back (`fmt`), and into [`Diagnostic`]s.
//!
//! Knows shapes and words, not what names mean: that is `c360-model`. Opens no files: callers hand texts in.

pub mod ast;
mod balance;
pub mod codes;
mod diagnostic;
mod fmt;
mod grammar;
mod lower;
mod parse;
pub mod render;
mod shape;
mod sources;
mod span;
mod suggest;
mod vocabulary;

pub use diagnostic::{Diagnostic, Severity};
pub use fmt::format_text;
pub use parse::{parse, parse_condition};
pub use sources::{Position, Sources};
pub use span::{FileId, Span};
pub use suggest::suggest;
