//! From text to tree: balance, shape, lower; every finding of the three in the order of the text.

use crate::balance::balance;
use crate::codes::syntax as codes;
use crate::{Diagnostic, FileId, Sources, Span, ast, lower, shape};

/// Texts of more bytes are refused: no pipeline is that long, and places in it are 32-bit offsets.
pub(crate) const MAX_BYTES: usize = 16 << 20;

/// Reads one file. Total: any text yields a tree and diagnostics, in linear time, with bounded nesting.
///
/// The tree holds everything that could be read; what could not is in the diagnostics, which ascend by place. A word that was probably
/// misspelt is reported and read as what was meant, so that one mistake is one finding.
pub fn parse(sources: &Sources, id: FileId) -> (ast::File, Vec<Diagnostic>) {
    let text = sources.text(id);
    if text.len() > MAX_BYTES {
        return (ast::File { id, items: Vec::new() }, vec![too_large(id)]);
    }
    let balanced = balance(text, id);
    let (lines, unshaped) = shape::shape(&balanced.text, &balanced.offsets, id);
    let (items, unknown) = lower::lower(&lines);
    let mut diagnostics = balanced.diagnostics;
    let unsure = lines_of_unclosed_quotes(sources, &diagnostics);
    let line = |finding: &Diagnostic| sources.position(id, finding.span.start).line;
    let is_comment = |finding: &&Diagnostic| text[finding.span.start as usize..].starts_with('#');
    let comments: Vec<(usize, u32)> = unshaped.iter().filter(is_comment).map(|finding| (line(finding), finding.span.start)).collect();
    let later = unshaped.into_iter().chain(unknown).filter(|finding| unsure.binary_search(&line(finding)).is_err());
    // What stands behind a `#` was meant for people.
    let is_commented = |finding: &Diagnostic| comments.iter().any(|(of, start)| *of == line(finding) && finding.span.start > *start);
    diagnostics.extend(later.filter(|finding| !is_commented(finding)));
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code.id));
    (ast::File { id, items }, diagnostics)
}

/// Reads a condition on pairs of records, or the alternatives of a block, that is all there is in a text: `same(born) & edits(name.last) <= 1`
/// in the file of a trained model. `None` exactly where a diagnostic is an error.
pub fn parse_condition(sources: &Sources, id: FileId) -> (Option<ast::Expr>, Vec<Diagnostic>) {
    let text = sources.text(id);
    if text.len() > MAX_BYTES {
        return (None, vec![too_large(id)]);
    }
    let balanced = balance(text, id);
    let (lines, unshaped) = shape::shape(&balanced.text, &balanced.offsets, id);
    let (condition, unknown) = lower::condition(&lines, Span { file: id, start: 0, end: 0 });
    let diagnostics: Vec<Diagnostic> = balanced.diagnostics.into_iter().chain(unshaped).chain(unknown).collect();
    (condition.filter(|_| diagnostics.is_empty()), diagnostics)
}

/// What stands in such a line may be text or not: further findings in it are guesses.
fn lines_of_unclosed_quotes(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<usize> {
    let unclosed = diagnostics.iter().filter(|diagnostic| *diagnostic.code == codes::UNCLOSED_QUOTE);
    let mut lines: Vec<usize> = unclosed.map(|diagnostic| sources.position(diagnostic.span.file, diagnostic.span.start).line).collect();
    lines.sort_unstable();
    lines
}

pub(crate) fn too_large(id: FileId) -> Diagnostic {
    let message = format!("the file has more than {} MiB", MAX_BYTES >> 20);
    Diagnostic::new(&codes::TOO_LARGE, Span { file: id, start: 0, end: 0 }, message).help("split it into files and name them with `use`")
}
