//! Turns the text of `.c360` files into [`ast::File`]s and back (`fmt`), and into [`Diagnostic`]s.
//!
//! Knows shapes and words, not what names mean: that is `c360-model`. Opens no files: callers hand texts in.

pub mod ast;
pub mod codes;
mod diagnostic;
mod span;

pub use diagnostic::{Diagnostic, Severity};
pub use span::{FileId, Span};
