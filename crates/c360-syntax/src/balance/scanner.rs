//! One pass over a text: pairs brackets, steps over quotes, comments and tables, notes what is wrong and how to mend it.

use super::edits::Edit;
use super::headless::Headless;
use super::tables::BLANKS;
use super::{Doubts, MAX_DEPTH};
use crate::codes::syntax as codes;
use crate::vocabulary::DECLARATIONS;
use crate::{Diagnostic, FileId, Span};

const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// What a pass found.
pub(super) struct Scan {
    pub(super) edits: Vec<Edit>,
    pub(super) comments: Vec<(usize, usize)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Offset and missing partner of every bracket that stayed open.
    pub(super) unclosed: Vec<(usize, char)>,
}

/// A bracket that waits for its partner.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) at: usize,
    pub(super) closer: char,
    pub(super) indent: usize,
    /// Start of its line.
    pub(super) line: usize,
    /// Whether raw table cells stand in it.
    pub(super) table: bool,
}

pub(super) struct Scanner<'t, 'd> {
    pub(super) text: &'t str,
    file: FileId,
    doubts: &'d Doubts,
    pub(super) at: usize,
    /// End of the last thing that was neither blank nor comment: closers are inserted here.
    pub(super) end: usize,
    pub(super) line: usize,
    indent: usize,
    pub(super) stack: Vec<Open>,
    /// Where the last declaration lacks the brace of its block.
    pub(super) headless: Option<Headless>,
    pub(super) scan: Scan,
}

/// Runs the pass.
pub(super) fn scan(text: &str, file: FileId, doubts: &Doubts) -> Scan {
    let scan = Scan { edits: Vec::new(), comments: Vec::new(), diagnostics: Vec::new(), unclosed: Vec::new() };
    let mut scanner = Scanner { text, file, doubts, at: 0, end: 0, line: 0, indent: 0, stack: Vec::new(), headless: None, scan };
    if text.starts_with(BYTE_ORDER_MARK) {
        scanner.word(BYTE_ORDER_MARK.len_utf8());
    }
    scanner.begin_line();
    while let Some(byte) = scanner.byte() {
        scanner.step(byte);
    }
    let left = scanner.stack.len();
    scanner.abandon(left);
    scanner.scan
}

impl Scanner<'_, '_> {
    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn rest_starts_with(&self, start: &str) -> bool {
        self.text.as_bytes()[self.at..].starts_with(start.as_bytes())
    }

    fn step(&mut self, byte: u8) {
        if self.stack.last().is_some_and(|open| open.table) {
            return self.step_table(byte);
        }
        match byte {
            b'\n' => self.newline(),
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'/' if self.rest_starts_with("//") => self.comment(),
            b'"' | b'\'' | b'`' => self.quoted(byte),
            b'(' => self.open(')'),
            b'[' => self.open(']'),
            b'{' => self.open('}'),
            b')' | b']' | b'}' => self.close(char::from(byte)),
            _ => self.word(1),
        }
    }

    pub(super) fn word(&mut self, bytes: usize) {
        self.at += bytes;
        self.end = self.at;
    }

    pub(super) fn comment(&mut self) {
        let start = self.at;
        self.at = self.line_end();
        self.scan.comments.push((start, start + self.text[start..self.at].trim_end().len()));
    }

    /// Offset of the next line break, or the end of the text.
    pub(super) fn line_end(&self) -> usize {
        self.text[self.at..].find('\n').map_or(self.text.len(), |length| self.at + length)
    }

    pub(super) fn newline(&mut self) {
        self.at += 1;
        self.begin_line();
    }

    /// At the first byte of a line: measures its indentation, ends doubtful brackets, looks for a table.
    fn begin_line(&mut self) {
        let start = self.at;
        self.skip_blanks();
        let is_empty = self.byte().is_none_or(|byte| byte == b'\n') || self.rest_starts_with("//");
        if is_empty {
            return;
        }
        (self.line, self.indent) = (start, self.at - start);
        let ended = self.stack.iter().rev().take_while(|open| self.ends_before_line(open)).count();
        self.abandon(ended);
        if self.stack.is_empty() {
            self.note_headless();
        }
        if self.stack.last().is_none_or(|open| open.closer == '}') {
            self.begin_table();
        }
    }

    pub(super) fn skip_blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches(BLANKS).len();
    }

    /// Whether a doubtful bracket cannot reach into the line that starts here.
    fn ends_before_line(&self, open: &Open) -> bool {
        if !self.doubts.includes(open.at, open.closer) || self.byte() == Some(open.closer as u8) && open.closer != '}' {
            return false;
        }
        if open.closer != '}' {
            return self.indent <= open.indent;
        }
        if self.byte() == Some(b'}') {
            let has_parent = self.stack.iter().any(|other| other.at < open.at && other.closer == '}');
            return self.indent < open.indent && has_parent;
        }
        self.indent < open.indent || self.indent == open.indent && (self.indent > 0 || is_declaration(&self.text[self.at..]))
    }

    fn open(&mut self, closer: char) {
        if self.stack.len() == MAX_DEPTH {
            return self.skip_deep();
        }
        self.stack.push(Open { at: self.at, closer, indent: self.indent, line: self.line, table: false });
        self.word(1);
        if closer == '}' {
            self.skip_blanks();
            self.begin_table();
        }
    }

    pub(super) fn push_table(&mut self, brace: usize) {
        self.at = brace;
        if self.stack.len() == MAX_DEPTH {
            return self.skip_deep();
        }
        self.stack.push(Open { at: brace, closer: '}', indent: self.indent, line: self.line, table: true });
        self.word(1);
    }

    pub(super) fn close(&mut self, closer: char) {
        // Round and square brackets do not reach out of their block.
        let reach = self.stack.iter().rev().take_while(|open| closer == '}' || open.closer != '}').position(|open| open.closer == closer);
        match reach {
            Some(open_inside) => {
                self.abandon(open_inside);
                self.stack.pop();
                self.word(1);
            }
            None if closer == '}' && self.open_block() => self.word(1),
            None => self.drop_closer(closer),
        }
    }

    fn drop_closer(&mut self, closer: char) {
        let place = self.place(self.at, self.at + 1);
        let extended =
            self.scan.diagnostics.last_mut().filter(|last| *last.code == codes::UNOPENED_BRACKET && last.span.end == place.start);
        match extended {
            Some(last) => last.span.end = place.end,
            None => self.scan.diagnostics.push(
                Diagnostic::new(&codes::UNOPENED_BRACKET, place, format!("`{closer}` closes nothing"))
                    .label("nothing is open here")
                    .help("remove it, or open its partner before it"),
            ),
        }
        self.scan.edits.push(Edit::Blank(self.at, self.at + 1));
        self.word(1);
    }

    /// Closes the `count` innermost brackets that the user left open; several of one line are one finding.
    pub(super) fn abandon(&mut self, count: usize) {
        let noticed = self.place(self.at.min(self.text.len()), self.at.min(self.text.len()));
        let mut reported = None;
        let opens = self.stack.split_off(self.stack.len() - count);
        for open in opens.iter().rev() {
            self.insert(open.closer.to_string());
            self.scan.unclosed.push((open.at, open.closer));
        }
        for open in &opens {
            if reported != Some(open.line) {
                self.scan.diagnostics.push(self.unclosed(open, noticed));
            }
            reported = Some(open.line);
        }
    }

    fn unclosed(&self, open: &Open, noticed: Span) -> Diagnostic {
        let bracket = &self.text[open.at..=open.at];
        Diagnostic::new(&codes::UNCLOSED_BRACKET, self.place(open.at, open.at + 1), format!("`{bracket}` is never closed"))
            .label("opened here")
            .related(noticed, format!("`{}` is missing before this", open.closer))
            .help(format!("close it with `{}`", open.closer))
    }

    pub(super) fn insert(&mut self, text: String) {
        self.scan.edits.push(Edit::Insert(self.end, text));
    }

    pub(super) fn place(&self, start: usize, end: usize) -> Span {
        let offset = |at| u32::try_from(at).expect("texts beyond the size limit are not scanned");
        Span { file: self.file, start: offset(start), end: offset(end) }
    }
}

/// Whether a text starts with the first word of a declaration.
pub(super) fn is_declaration(text: &str) -> bool {
    DECLARATIONS.iter().any(|word| text.strip_prefix(word).is_some_and(|behind| behind.starts_with(BLANKS)))
}
