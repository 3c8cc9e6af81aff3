//! Makes a text balanced before the grammar sees it: closes quotes and brackets that the user left open, drops closing brackets that
//! nothing opened and nesting beyond the limit, each with its diagnostic. Also finds the comments. Builds no tree.
//!
//! Two linear passes at most. The first pairs brackets as they come. Where one stays open the second pass runs, which also believes the
//! indentation: a line that is not indented deeper than the line of a doubtful bracket ends it. So a missing `}` is noticed where it is
//! missing, and the declarations behind it are read as if it stood there.

mod depth;
mod edits;
mod headless;
mod quotes;
mod scanner;
mod tables;

use std::borrow::Cow;

use crate::{Diagnostic, FileId};

pub(crate) use edits::Offsets;

/// Brackets nested deeper are refused: the grammar, lowering and all later layers recurse over them.
pub(crate) const MAX_DEPTH: usize = 64;

/// A text that the grammar reads to its end.
pub(crate) struct Balanced<'t> {
    /// The text itself where nothing had to be done.
    pub(crate) text: Cow<'t, str>,
    /// From offsets in `text` to offsets in the user's text.
    pub(crate) offsets: Offsets,
    /// Start and end of every comment, in the user's text.
    pub(crate) comments: Vec<(usize, usize)>,
    /// What had to be done.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Balances `text`.
pub(crate) fn balance(text: &str, file: FileId) -> Balanced<'_> {
    let mut scan = scanner::scan(text, file, &Doubts::none());
    if !scan.unclosed.is_empty() {
        scan = scanner::scan(text, file, &Doubts::about(&scan.unclosed));
    }
    let (text, offsets) = edits::apply(text, &scan.edits);
    Balanced { text, offsets, comments: scan.comments, diagnostics: scan.diagnostics }
}

/// Which brackets may be missing their partner, as the first pass saw it.
struct Doubts {
    /// Offsets of round and square brackets that stayed open, ascending.
    parens: Vec<usize>,
    /// From here on braces are doubtful: a later `}` may have closed the wrong one.
    braces_from: usize,
}

impl Doubts {
    fn none() -> Doubts {
        Doubts { parens: Vec::new(), braces_from: usize::MAX }
    }

    fn about(unclosed: &[(usize, char)]) -> Doubts {
        let mut parens: Vec<usize> = unclosed.iter().filter(|(_, closer)| *closer != '}').map(|(at, _)| *at).collect();
        parens.sort_unstable();
        let braces_from = unclosed.iter().filter(|(_, closer)| *closer == '}').map(|(at, _)| *at).min().unwrap_or(usize::MAX);
        Doubts { parens, braces_from }
    }

    fn includes(&self, at: usize, closer: char) -> bool {
        if closer == '}' { at >= self.braces_from } else { self.parens.binary_search(&at).is_ok() }
    }
}
