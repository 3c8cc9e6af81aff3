//! Findings about names that nobody declared: what was probably meant, or else what there is.

use c360_syntax::ast::Name;
use c360_syntax::codes::Code;
use c360_syntax::{Diagnostic, Span};

/// At most this many names are listed where none is near.
const LISTED: usize = 12;

/// `no entity `custmer``, with the nearest of `candidates` or, where none is near, a list of them.
/// `kind` is the noun (`entity`), `of` what the candidates belong to (` in `crm``), may be empty.
pub(super) fn unknown(code: &'static Code, name: &Name, kind: &str, of: &str, candidates: &[&str]) -> Diagnostic {
    let finding = Diagnostic::new(code, name.span, format!("no {kind} `{}`{of}", name.text)).label(format!("no such {kind}"));
    propose(finding, name.span, &name.text, candidates)
}

/// Adds the nearest of `candidates` as a suggestion for `word` at `span`, or else the list of them as help.
pub(super) fn propose(finding: Diagnostic, span: Span, word: &str, candidates: &[&str]) -> Diagnostic {
    match nearest(word, candidates) {
        Some(near) => finding.suggest(span, quoted(near)),
        None => match listing(candidates) {
            Some(list) => finding.help(format!("there {} {list}", if candidates.len() == 1 { "is" } else { "are" })),
            None => finding,
        },
    }
}

/// The candidate that `word` most probably misspells.
pub(super) fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    c360_syntax::suggest(word, candidates.iter().copied())
}

/// "`a`, `b` and `c`"; nothing where there are none or too many to read.
pub(super) fn listing(names: &[&str]) -> Option<String> {
    let (last, others) = names.split_last()?;
    if names.len() > LISTED {
        return None;
    }
    let others = others.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    Some(if others.is_empty() { format!("`{last}`") } else { format!("{others} and `{last}`") })
}

/// The name as it is written: in backticks where it is no identifier.
pub(super) fn quoted(name: &str) -> String {
    if is_word(name) { name.to_owned() } else { format!("`{name}`") }
}

/// Whether a name can stand without backticks: letters, digits and `_`, no digit first.
pub(super) fn is_word(name: &str) -> bool {
    let starts = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
    starts && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}
