//! The one layout of a file (`c360 fmt`). Works on the shape, knows almost no vocabulary: what the parser cannot lower it formats as well.
//!
//! It changes blanks, line ends, blank lines and commas at line ends, nothing else: the atoms and their order stay. Line breaks of the
//! user's stay, too; what stands on one line stays on one.

mod align;
mod columns;
mod comments;
mod printer;
mod row;
mod spacing;
mod tables;

use crate::parse::{MAX_BYTES, too_large};
use crate::{Diagnostic, FileId, balance, shape};

/// Lays a text out. Idempotent; keeps every comment; the result parses to the same tree.
///
/// # Errors
/// What keeps the text from having a shape (quotes, brackets, characters without meaning). Unknown words and declarations that are not
/// built yet are no obstacle.
pub fn format_text(text: &str) -> Result<String, Vec<Diagnostic>> {
    let id = FileId(0);
    if text.len() > MAX_BYTES {
        return Err(vec![too_large(id)]);
    }
    let balanced = balance::balance(text, id);
    let (lines, mut diagnostics) = shape::shape(&balanced.text, &balanced.offsets, id);
    diagnostics.splice(0..0, balanced.diagnostics);
    if !diagnostics.is_empty() {
        diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code.id));
        return Err(diagnostics);
    }
    Ok(align::align(&printer::print(text, &balanced.comments, &lines)))
}
