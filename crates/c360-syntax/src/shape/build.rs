//! From pest's pairs to the shape. Pest's offsets become our spans here and nowhere else.

use pest::Parser;
use pest::iterators::Pair;

use super::{Atom, AtomKind, Line, Part, Row, Table, Word};
use crate::balance::Offsets;
use crate::codes::syntax as codes;
use crate::grammar::{Grammar, Rule};
use crate::{Diagnostic, FileId, Span};

/// The lines of a balanced text, and what in it belongs to no shape.
pub(crate) fn shape<'t>(text: &'t str, offsets: &Offsets, file: FileId) -> (Vec<Line<'t>>, Vec<Diagnostic>) {
    let mut builder = Builder { offsets, file, diagnostics: Vec::new() };
    let lines = match Grammar::parse(Rule::file, text) {
        Ok(mut pairs) => pairs.next().map(|root| builder.lines(root, Trailing::Refused)).unwrap_or_default(),
        Err(error) => {
            builder.unreadable(&error);
            Vec::new()
        }
    };
    (lines, builder.diagnostics)
}

/// Words that stand before parentheses without being called.
const NOT_CALLED: [&str; 12] = ["and", "between", "case", "else", "in", "is", "like", "not", "of", "or", "then", "when"];

/// Whether a comma may stand behind the last part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trailing {
    Ignored,
    Refused,
}

struct Builder<'o> {
    offsets: &'o Offsets,
    file: FileId,
    diagnostics: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn lines<'t>(&mut self, parent: Pair<'t, Rule>, trailing: Trailing) -> Vec<Line<'t>> {
        let mut lines = Vec::new();
        for pair in parent.into_inner().filter(|pair| pair.as_rule() == Rule::line) {
            self.line(pair, trailing, &mut lines);
        }
        lines
    }

    /// Adds a line; more than one where what looks like its continuation is not indented deeper than it is: that is the next entry,
    /// and an operand is missing before it.
    fn line<'t>(&mut self, line: Pair<'t, Rule>, trailing: Trailing, lines: &mut Vec<Line<'t>>) {
        if let Some(table) = line.clone().into_inner().next().filter(|first| first.as_rule() == Rule::table) {
            return lines.push(Line::Table(self.table(table)));
        }
        let mut indent = indent_at(line.get_input(), line.as_span().start());
        let mut parts = Vec::new();
        for part in self.parts(line, trailing) {
            let mut atoms: Vec<Atom<'t>> = Vec::new();
            for atom in part.atoms {
                if let Some(own) = atom.indent.filter(|own| *own <= indent && !atoms.is_empty()) {
                    parts.extend(part_of(std::mem::take(&mut atoms)));
                    lines.push(Line::Parts(std::mem::take(&mut parts)));
                    indent = own;
                }
                atoms.push(atom);
            }
            parts.extend(part_of(atoms));
        }
        if !parts.is_empty() {
            lines.push(Line::Parts(parts));
        }
    }

    /// Parts and the commas between them: every comma stands between two parts.
    fn parts<'t>(&mut self, parent: Pair<'t, Rule>, trailing: Trailing) -> Vec<Part<'t>> {
        let mut parts = Vec::new();
        let mut comma = None;
        let mut is_first = true;
        for pair in parent.into_inner() {
            match pair.as_rule() {
                Rule::comma if is_first || comma.is_some() => self.stray_comma(&pair),
                Rule::comma => comma = Some(pair),
                Rule::part | Rule::item => {
                    let Some(part) = self.part(pair) else { continue };
                    parts.push(part);
                    comma = None;
                }
                _ => continue,
            }
            is_first = false;
        }
        if let Some(comma) = comma.filter(|_| trailing == Trailing::Refused) {
            self.stray_comma(&comma);
        }
        parts
    }

    fn stray_comma(&mut self, comma: &Pair<'_, Rule>) {
        let span = self.span(comma);
        self.diagnostics.push(
            Diagnostic::new(&codes::UNEXPECTED_CHARACTER, span, "this comma separates nothing")
                .label("not between two entries")
                .help("remove it")
                .suggest(span, ""),
        );
    }

    fn part<'t>(&mut self, part: Pair<'t, Rule>) -> Option<Part<'t>> {
        let mut atoms = Vec::new();
        let mut indent = None;
        for pair in part.into_inner() {
            let before = atoms.len();
            match pair.as_rule() {
                Rule::name => self.name(pair, &mut atoms),
                Rule::r#break => indent = Some(indentation(pair.as_str())),
                _ => atoms.extend(self.atom(pair)),
            }
            if let Some(first) = atoms.get_mut(before) {
                first.indent = indent.take();
            }
        }
        part_of(atoms)
    }

    fn atom<'t>(&mut self, pair: Pair<'t, Rule>) -> Option<Atom<'t>> {
        let span = self.span(&pair);
        let text = pair.as_str();
        let kind = match pair.as_rule() {
            Rule::text => AtomKind::Text(text),
            Rule::number => AtomKind::Number(text),
            Rule::date => AtomKind::Date(text),
            Rule::joining_word => AtomKind::Name(vec![Word { span, raw: text }]),
            Rule::joining | Rule::operator => AtomKind::Operator(text),
            Rule::parens => AtomKind::Parens(self.parts(pair, Trailing::Refused)),
            Rule::list => AtomKind::List(self.parts(pair, Trailing::Refused)),
            Rule::block => AtomKind::Block(self.lines(pair, Trailing::Ignored)),
            Rule::junk => {
                self.junk(span, text);
                return None;
            }
            _ => return None,
        };
        Some(Atom { span, kind, indent: None })
    }

    /// A name or a call. Words of expressions are not called: `in(1, 2)` is `in (1, 2)`.
    fn name<'t>(&mut self, name: Pair<'t, Rule>, atoms: &mut Vec<Atom<'t>>) {
        let whole = self.span(&name);
        let mut inner = name.into_inner();
        let path = inner.next().expect("a name starts with a path");
        let span = self.span(&path);
        let words: Vec<Word<'t>> = path.into_inner().map(|word| Word { span: self.span(&word), raw: word.as_str() }).collect();
        let arguments = inner.next().map(|parens| (self.span(&parens), self.parts(parens, Trailing::Refused)));
        let is_called = words.len() > 1 || !NOT_CALLED.contains(&words[0].raw);
        match arguments {
            None => atoms.push(Atom { span, kind: AtomKind::Name(words), indent: None }),
            Some((_, arguments)) if is_called => atoms.push(Atom { span: whole, kind: AtomKind::Call(words, arguments), indent: None }),
            Some((parens, parts)) => {
                atoms.push(Atom { span, kind: AtomKind::Name(words), indent: None });
                atoms.push(Atom { span: parens, kind: AtomKind::Parens(parts), indent: None });
            }
        }
    }

    fn table<'t>(&mut self, table: Pair<'t, Rule>) -> Table<'t> {
        let span = self.span(&table);
        let mut inner = table.into_inner();
        let mut head = inner.next().expect("a table starts with its head").into_inner();
        let mut word = || head.next().expect("the head of a table is a word and a name").as_str();
        let (word, name) = (word(), word());
        let rows = inner.filter(|pair| pair.as_rule() == Rule::row).map(|row| self.row(row)).collect();
        Table { span, word, name, rows }
    }

    fn row<'t>(&mut self, row: Pair<'t, Rule>) -> Row<'t> {
        let mut cells = vec![""];
        let mut span: Option<Span> = None;
        for pair in row.into_inner().filter(|pair| matches!(pair.as_rule(), Rule::bar | Rule::cell)) {
            let trimmed = pair.as_str().trim_end();
            let start = pair.as_span().start();
            let own = self.span_between(start, start + trimmed.len());
            span = Some(span.map_or(own, |span| span.to(own)));
            match pair.as_rule() {
                Rule::bar => cells.push(""),
                _ => *cells.last_mut().expect("never empty") = trimmed,
            }
        }
        Row { span: span.expect("a row has a cell or a bar"), cells }
    }

    /// Characters without meaning that stand together are one finding.
    fn junk(&mut self, span: Span, text: &str) {
        let last = self.diagnostics.last_mut();
        if let Some(last) = last.filter(|last| *last.code == codes::UNEXPECTED_CHARACTER && last.span.end == span.start) {
            last.span.end = span.end;
            last.message = "these characters mean nothing here".into();
            return;
        }
        let shown = text.escape_debug();
        self.diagnostics.push(
            Diagnostic::new(&codes::UNEXPECTED_CHARACTER, span, format!("the character `{shown}` means nothing here"))
                .label("not part of the language")
                .help(super::junk::advice(text)),
        );
    }

    /// The grammar reads every balanced text to its end; this is the answer should it ever not.
    fn unreadable(&mut self, error: &pest::error::Error<Rule>) {
        let start = match error.location {
            pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
        };
        let span = self.span_between(start, start);
        self.diagnostics.push(Diagnostic::new(&codes::UNEXPECTED_CHARACTER, span, "the text cannot be read from here on"));
    }

    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        self.span_between(span.start(), span.end())
    }

    fn span_between(&self, start: usize, end: usize) -> Span {
        let original = |at| u32::try_from(self.offsets.original(at)).expect("texts beyond the size limit are not read");
        Span { file: self.file, start: original(start), end: original(end) }
    }
}

fn part_of(atoms: Vec<Atom<'_>>) -> Option<Part<'_>> {
    let span = atoms.first()?.span.to(atoms.last()?.span);
    Some(Part { span, atoms })
}

/// How far the line is indented that `at` is in.
fn indent_at(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..at].chars().take_while(|letter| matches!(letter, ' ' | '\t')).count()
}

/// How far the last line of a text of line breaks and blanks is indented.
fn indentation(line_break: &str) -> usize {
    line_break.rsplit('\n').next().map_or(0, |blanks| blanks.chars().count())
}
