//! Walks the shape and writes rows: indentation, blocks, brackets, the user's line breaks.

use super::columns::{self, Place};
use super::row::{Kind, Row};
use super::spacing;
use crate::shape::{Atom, AtomKind, Line, Part, Word};

pub(super) const STEP: usize = 2;

pub(super) struct Printer<'t> {
    pub(super) text: &'t str,
    /// Comments that are not printed yet, ascending.
    pub(super) comments: &'t [(usize, usize)],
    /// Where in the text the last printed thing ends.
    pub(super) end: usize,
    /// Whether a block has just begun: no blank line goes there.
    pub(super) is_fresh: bool,
    pub(super) rows: Vec<Row>,
    pub(super) row: Option<Row>,
    /// Indentation of the line at hand.
    pub(super) indent: usize,
    /// Per open round or square bracket the number of the row that it was opened in.
    brackets: Vec<usize>,
}

/// The rows of a file.
pub(super) fn print(text: &str, comments: &[(usize, usize)], lines: &[Line<'_>]) -> Vec<Row> {
    let mut printer = Printer { text, comments, end: 0, is_fresh: true, rows: Vec::new(), row: None, indent: 0, brackets: Vec::new() };
    printer.lines(lines, Place::File);
    printer.comments_before(text.len());
    printer.rows
}

impl<'t> Printer<'t> {
    fn lines(&mut self, lines: &[Line<'_>], place: Place) {
        for line in lines {
            match line {
                Line::Parts(parts) => self.line(parts, place),
                Line::Table(table) => self.table(table),
            }
        }
    }

    fn line(&mut self, parts: &[Part<'_>], place: Place) {
        let start = parts[0].span.start as usize;
        self.comments_before(start);
        let kind = match parts.iter().any(|part| self.has_open_block(part)) {
            true => Kind::Alone,
            false => place.kind(),
        };
        self.begin_row(kind, start);
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.comma();
            }
            let breaks = if index == 0 && kind != Kind::Alone { columns::breaks(place, part) } else { Vec::new() };
            self.atoms(&part.atoms, &breaks, index > 0);
        }
        self.end_row();
    }

    fn has_open_block(&self, part: &Part<'_>) -> bool {
        part.atoms.iter().any(|atom| matches!(&atom.kind, AtomKind::Block(lines) if self.is_open(atom, lines)))
    }

    /// Whether a block spreads over lines: if the user's does.
    fn is_open(&self, atom: &Atom<'_>, lines: &[Line<'_>]) -> bool {
        let has_tables = lines.iter().any(|line| matches!(line, Line::Table(_)));
        has_tables || lines.len() > 1 || self.text[atom.span.start as usize..atom.span.end as usize].contains('\n')
    }

    /// Starts the row of something that starts at `start`.
    pub(super) fn begin_row(&mut self, kind: Kind, start: usize) {
        let blank_before = !self.is_fresh && self.text[self.end..start].bytes().filter(|byte| *byte == b'\n').count() > 1;
        self.is_fresh = false;
        self.row = Some(Row { blank_before, ..Row::new(kind, self.indent) });
    }

    /// Ends the row, with the comment that follows on its line.
    pub(super) fn end_row(&mut self) {
        let Some(mut row) = self.row.take() else { return };
        let used = row.cells.iter().rposition(|cell| !cell.is_empty()).map_or(1, |last| last + 1);
        row.cells.truncate(used);
        if row.comment.is_none()
            && let Some((start, _)) = self.comments.first().copied()
            && self.text[self.end.min(start)..start].bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b','))
        {
            row.comment = Some(self.take_comment());
        }
        self.rows.push(row);
    }

    fn atoms(&mut self, atoms: &[Atom<'_>], breaks: &[columns::Break], follows: bool) {
        let first_row = self.rows.len();
        for (index, atom) in atoms.iter().enumerate() {
            let own = breaks.iter().find(|own| own.at == index);
            if let Some((row, own)) = self.row.as_mut().zip(own).filter(|_| self.rows.len() == first_row) {
                row.cells.resize(own.column + 1, String::new());
            }
            let has_space = if index == 0 { follows } else { spacing::is_spaced(&atoms[..index], atom) };
            let keyword = atoms.first().and_then(Atom::word).unwrap_or_default();
            self.atom(atom, has_space, keyword);
        }
    }

    /// `keyword` is the first word of the part: it tells what kind of block follows.
    fn atom(&mut self, atom: &Atom<'_>, has_space: bool, keyword: &str) {
        let (start, end) = (atom.span.start as usize, atom.span.end as usize);
        match &atom.kind {
            AtomKind::Text(raw) | AtomKind::Number(raw) | AtomKind::Date(raw) | AtomKind::Operator(raw) => {
                self.token(raw, start, end, has_space)
            }
            AtomKind::Name(words) => self.token(&joined(words), start, end, has_space),
            AtomKind::Call(words, parts) => {
                let name_end = words.last().expect("a name has a word").span.end as usize;
                self.token(&joined(words), start, name_end, has_space);
                self.bracketed(["(", ")"], parts, name_end, end, false);
            }
            AtomKind::Parens(parts) => self.bracketed(["(", ")"], parts, start, end, has_space),
            AtomKind::List(parts) => self.bracketed(["[", "]"], parts, start, end, has_space),
            AtomKind::Block(lines) if self.is_open(atom, lines) => self.open_block(lines, start, end, Place::of_block(keyword)),
            AtomKind::Block(lines) => self.inline_block(lines, start, end),
        }
    }

    fn bracketed(&mut self, [open, close]: [&str; 2], parts: &[Part<'_>], start: usize, end: usize, has_space: bool) {
        self.token(open, start, start + 1, has_space);
        self.brackets.push(self.rows.len());
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.comma();
            }
            self.atoms(&part.atoms, &[], index > 0);
        }
        self.comments_inside(end - 1);
        let is_broken = self.text[self.end..end - 1].contains('\n');
        self.brackets.pop();
        if is_broken {
            self.continue_row(self.open_rows());
        }
        self.end = end - 1;
        self.token(close, end - 1, end, false);
    }

    fn open_block(&mut self, lines: &[Line<'_>], start: usize, end: usize, place: Place) {
        self.token("{", start, start + 1, true);
        let outer = (self.indent, std::mem::take(&mut self.brackets));
        let indent = self.row.as_ref().map_or(self.indent, |row| row.indent);
        self.end_row();
        self.indent = indent + STEP;
        self.is_fresh = true;
        self.lines(lines, place);
        self.comments_before(end - 1);
        self.indent = indent;
        self.is_fresh = true;
        self.begin_row(Kind::Alone, end - 1);
        self.end = end - 1;
        self.token("}", end - 1, end, false);
        (self.indent, self.brackets) = outer;
    }

    /// A block on one line holds at most one line, and no comment.
    fn inline_block(&mut self, lines: &[Line<'_>], start: usize, end: usize) {
        self.token("{", start, start + 1, true);
        for line in lines {
            let Line::Parts(parts) = line else { continue };
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    self.comma();
                }
                self.atoms(&part.atoms, &[], true);
            }
        }
        self.end = end - 1;
        self.token("}", end - 1, end, !lines.is_empty());
    }

    fn comma(&mut self) {
        if let Some(row) = &mut self.row {
            row.push(",", false);
        }
    }

    /// Adds a piece of the text; where the user broke the line before it, so does this.
    fn token(&mut self, token: &str, start: usize, end: usize, has_space: bool) {
        self.comments_inside(start);
        let is_broken = self.row.as_ref().is_none_or(|row| !row.is_empty()) && self.text[self.end.min(start)..start].contains('\n');
        if is_broken || self.row.is_none() {
            self.continue_row(self.open_rows().max(1));
        }
        if let Some(row) = &mut self.row {
            row.push(token, has_space && !is_broken);
        }
        self.end = end;
    }

    /// How many rows have brackets that are still open.
    pub(super) fn open_rows(&self) -> usize {
        let mut rows = self.brackets.clone();
        rows.dedup();
        rows.len()
    }

    /// Ends the row and goes on in another one, `steps` further in than the line began.
    fn continue_row(&mut self, steps: usize) {
        self.end_row();
        self.row = Some(Row::new(Kind::Alone, self.indent + steps * STEP));
    }
}

fn joined(words: &[Word<'_>]) -> String {
    words.iter().map(|word| word.raw).collect::<Vec<_>>().join(".")
}
