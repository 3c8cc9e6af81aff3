//! Brackets beyond the limit: they and all inside them are taken out of the text.

use super::MAX_DEPTH;
use super::edits::Edit;
use super::scanner::{Scanner, is_declaration};
use crate::Diagnostic;
use crate::codes::syntax as codes;

impl Scanner<'_, '_> {
    /// Blanks the bracket here and all inside it.
    pub(super) fn skip_deep(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(byte) = self.byte() {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth -= 1,
                b'\n' if is_declaration(&self.text[self.at + 1..]) => break,
                b'"' | b'\'' => self.skip_quotes(byte),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        let place = self.place(start, start + 1);
        self.scan.edits.push(Edit::Blank(start, self.at));
        self.end = self.at;
        self.scan.diagnostics.push(
            Diagnostic::new(&codes::TOO_LARGE, place, format!("brackets are nested deeper than {MAX_DEPTH}"))
                .label("too deep")
                .help("nothing that is meant for people nests so deep; split it up"),
        );
    }
}
