//! Reads the atoms of one part from left to right, and the shapes that all declarations share.

use super::{Lowering, Parsed};
use crate::Span;
use crate::ast::{AttributePath, Name, Text};
use crate::shape::{Atom, AtomKind, Line, Part, Word};

/// A place between two atoms of a part.
#[derive(Clone)]
pub(super) struct Cursor<'a, 't> {
    atoms: &'a [Atom<'t>],
    at: usize,
    whole: Span,
}

impl<'a, 't> Cursor<'a, 't> {
    pub(super) fn new(part: &'a Part<'t>) -> Cursor<'a, 't> {
        Cursor { atoms: &part.atoms, at: 0, whole: part.span }
    }

    /// The whole part.
    pub(super) fn whole(&self) -> Span {
        self.whole
    }

    pub(super) fn peek(&self) -> Option<&'a Atom<'t>> {
        self.atoms.get(self.at)
    }

    pub(super) fn peek_second(&self) -> Option<&'a Atom<'t>> {
        self.atoms.get(self.at + 1)
    }

    pub(super) fn next(&mut self) -> Option<&'a Atom<'t>> {
        let atom = self.atoms.get(self.at);
        self.at += usize::from(atom.is_some());
        atom
    }

    /// Whether nothing was read yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.at == 0
    }

    pub(super) fn is_done(&self) -> bool {
        self.at == self.atoms.len()
    }

    /// Whether the next atom stands right behind the last one, without a blank.
    pub(super) fn is_glued(&self) -> bool {
        let last = self.at.checked_sub(1).and_then(|last| self.atoms.get(last));
        last.zip(self.peek()).is_some_and(|(last, next)| last.span.end == next.span.start)
    }

    /// The next atom's place; behind the last one the empty place at the end.
    pub(super) fn here(&self) -> Span {
        self.peek().map_or(Span { start: self.whole.end, ..self.whole }, |atom| atom.span)
    }

    /// From the next atom to the end.
    pub(super) fn rest(&self) -> Span {
        Span { start: self.here().start, ..self.whole }
    }

    /// From `start` to the last atom that was read.
    pub(super) fn since(&self, start: Span) -> Span {
        match self.at.checked_sub(1).and_then(|last| self.atoms.get(last)) {
            Some(last) if last.span.end >= start.start => start.to(last.span),
            _ => start,
        }
    }

    /// The next atom where it is a single word without backticks.
    pub(super) fn word(&self) -> Option<&'t str> {
        self.peek().and_then(Atom::word)
    }

    pub(super) fn eat_word(&mut self, word: &str) -> Option<Span> {
        let atom = self.peek().filter(|atom| atom.word() == Some(word))?;
        self.at += 1;
        Some(atom.span)
    }

    pub(super) fn eat_operator(&mut self, operator: &str) -> Option<Span> {
        let atom = self.peek().filter(|atom| atom.operator() == Some(operator))?;
        self.at += 1;
        Some(atom.span)
    }
}

/// A word of the shape as a name of the tree.
pub(super) fn name_of(word: &Word<'_>) -> Name {
    let text = match word.is_quoted() {
        true => word.raw[1..word.raw.len() - 1].replace("``", "`"),
        false => word.raw.to_string(),
    };
    Name { text, span: word.span }
}

impl Lowering {
    /// A single word; `what` says for what: "the name of the entity".
    pub(super) fn name(&mut self, cursor: &mut Cursor<'_, '_>, what: &str) -> Parsed<Name> {
        match cursor.peek().map(|atom| &atom.kind) {
            Some(AtomKind::Name(words)) if words.len() == 1 => {
                cursor.next();
                self.not_empty(&words[0])
            }
            _ => Err(self.expected(cursor, what)),
        }
    }

    /// A path of words.
    pub(super) fn path(&mut self, words: &[Word<'_>]) -> Parsed<Vec<Name>> {
        words.iter().map(|word| self.not_empty(word)).collect()
    }

    fn not_empty(&mut self, word: &Word<'_>) -> Parsed<Name> {
        let name = name_of(word);
        if name.text.is_empty() { Err(self.empty_name(word.span)) } else { Ok(name) }
    }

    /// An attribute or a part of one.
    pub(super) fn attribute_path(&mut self, cursor: &mut Cursor<'_, '_>, what: &str) -> Parsed<AttributePath> {
        let Some(Atom { span, kind: AtomKind::Name(words), .. }) = cursor.peek() else { return Err(self.expected(cursor, what)) };
        if words.len() > 2 {
            return Err(self.too_long_path(words[2].span.to(*span)));
        }
        cursor.next();
        let mut names = self.path(words)?.into_iter();
        let attribute = names.next().expect("a path has a word");
        Ok(AttributePath { span: *span, attribute, part: names.next() })
    }

    /// A text.
    pub(super) fn text(&mut self, cursor: &mut Cursor<'_, '_>, what: &str) -> Parsed<Text> {
        let Some(Atom { span, kind: AtomKind::Text(raw), .. }) = cursor.peek() else { return Err(self.expected(cursor, what)) };
        cursor.next();
        Ok(Text { value: self.text_value(raw, *span), span: *span })
    }

    /// The text behind a name, if one stands there.
    pub(super) fn doc(&mut self, cursor: &mut Cursor<'_, '_>) -> Option<Text> {
        let Some(Atom { span, kind: AtomKind::Text(raw), .. }) = cursor.peek() else { return None };
        cursor.next();
        Some(Text { value: self.text_value(raw, *span), span: *span })
    }

    /// A block in braces.
    pub(super) fn block<'a, 't>(&mut self, cursor: &mut Cursor<'a, 't>, what: &str) -> Parsed<&'a [Line<'t>]> {
        let Some(Atom { kind: AtomKind::Block(lines), .. }) = cursor.peek() else { return Err(self.expected(cursor, what)) };
        cursor.next();
        Ok(lines)
    }

    /// What follows each operator of a chain: `a & b & c`. Reads at least one element.
    pub(super) fn chain<'a, 't, T>(
        &mut self,
        cursor: &mut Cursor<'a, 't>,
        operator: &str,
        element: impl Fn(&mut Lowering, &mut Cursor<'a, 't>) -> Parsed<T>,
    ) -> Parsed<Vec<T>> {
        let mut elements = vec![element(self, cursor)?];
        while cursor.eat_operator(operator).is_some() {
            elements.push(element(self, cursor)?);
        }
        Ok(elements)
    }
}

/// The entries of a block: the parts of its lines. Tables are reported, they belong into tests.
pub(super) fn entries<'a, 't>(lowering: &mut Lowering, lines: &'a [Line<'t>]) -> Vec<&'a Part<'t>> {
    let mut parts = Vec::new();
    for line in lines {
        match line {
            Line::Parts(of_line) => parts.extend(of_line),
            Line::Table(table) => lowering.misplaced_table(table),
        }
    }
    parts
}
