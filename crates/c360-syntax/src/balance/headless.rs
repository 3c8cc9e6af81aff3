//! Declarations whose block has its `}` and no `{`: the brace is put where it is missing, so that the entries are read.

use super::edits::Edit;
use super::scanner::{Scanner, is_declaration};
use super::tables::BLANKS;
use crate::Diagnostic;
use crate::codes::syntax as codes;

/// Declarations that have a block on their first line.
const WITH_BLOCK: [&str; 3] = ["pipeline", "entity", "source"];

/// A first line of a declaration without a brace.
#[derive(Clone, Copy)]
pub(super) struct Headless {
    /// Start and end of the line's text.
    start: usize,
    end: usize,
}

impl Scanner<'_, '_> {
    /// At the first word of a line outside of all brackets.
    pub(super) fn note_headless(&mut self) {
        let line = &self.text[self.at..self.line_end()];
        if !is_declaration(line) {
            return;
        }
        let text = line.split("//").next().unwrap_or(line).trim_end();
        let has_block = WITH_BLOCK.iter().any(|word| text.strip_prefix(word).is_some_and(|behind| behind.starts_with(BLANKS)));
        let headless = Headless { start: self.at, end: self.at + text.len() };
        self.headless = (has_block && !text.contains(['{', '}'])).then_some(headless);
    }

    /// At a `}` that nothing opened: opens it at the declaration that lacks it. Says whether there is one.
    pub(super) fn open_block(&mut self) -> bool {
        if !self.stack.is_empty() {
            return false;
        }
        let Some(Headless { start, end }) = self.headless.take() else { return false };
        let place = self.place(end, end);
        let message = format!("expected `{{` behind `{}`, found the end of the line", &self.text[start..end]);
        let finding = Diagnostic::new(&codes::EXPECTED, place, message).label("missing here");
        self.scan.diagnostics.push(finding.help("a block opens on the line of its name").suggest(place, " {"));
        let at = self.scan.edits.partition_point(|edit| edit.at() < end);
        self.scan.edits.insert(at, Edit::Insert(end, " {".to_owned()));
        true
    }
}
