//! The shape of a file: lines of parts of atoms. No vocabulary. Lowering reads it into the `Ast`, `fmt` prints it.

mod build;
mod junk;

use crate::Span;

pub(crate) use build::shape;

/// One line of the file or of a block.
#[derive(Debug, Clone)]
pub(crate) enum Line<'t> {
    /// Entries, or one declaration; more than one where commas stand between them. At least one.
    Parts(Vec<Part<'t>>),
    /// `given crm { .. }`
    Table(Table<'t>),
}

/// An entry, a declaration, an argument: at least one atom.
#[derive(Debug, Clone)]
pub(crate) struct Part<'t> {
    /// From the first atom to the last.
    pub(crate) span: Span,
    pub(crate) atoms: Vec<Atom<'t>>,
}

/// What a part is made of.
#[derive(Debug, Clone)]
pub(crate) struct Atom<'t> {
    pub(crate) span: Span,
    /// Where it goes on from the line before, outside of brackets: how far its line is indented.
    pub(crate) indent: Option<usize>,
    pub(crate) kind: AtomKind<'t>,
}

/// The kinds of atoms; texts are as written.
#[derive(Debug, Clone)]
pub(crate) enum AtomKind<'t> {
    /// `'..'` or `".."`, quotes included.
    Text(&'t str),
    /// Everything that starts with a digit.
    Number(&'t str),
    /// `2024-01-01`
    Date(&'t str),
    /// `email`, `name.last`
    Name(Vec<Word<'t>>),
    /// `lower(EMail)`
    Call(Vec<Word<'t>>, Vec<Part<'t>>),
    /// `(a, b)`
    Parens(Vec<Part<'t>>),
    /// `[a, b]`
    List(Vec<Part<'t>>),
    /// `{ .. }`
    Block(Vec<Line<'t>>),
    /// `=`, `->`, ..
    Operator(&'t str),
}

/// A word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word<'t> {
    pub(crate) span: Span,
    /// As written, backticks included.
    pub(crate) raw: &'t str,
}

/// A table of a test.
#[derive(Debug, Clone)]
pub(crate) struct Table<'t> {
    pub(crate) span: Span,
    /// `given` or `expect`.
    pub(crate) word: &'t str,
    /// What it is given for.
    pub(crate) name: &'t str,
    /// The first one is the header. None is empty.
    pub(crate) rows: Vec<Row<'t>>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(crate) struct Row<'t> {
    pub(crate) span: Span,
    /// Trimmed; empty where nothing stands between two bars.
    pub(crate) cells: Vec<&'t str>,
}

impl<'t> Word<'t> {
    /// Whether it stands in backticks: then it is a name, whatever the vocabulary says.
    pub(crate) fn is_quoted(&self) -> bool {
        self.raw.starts_with('`')
    }

    /// The word itself where it stands without backticks.
    pub(crate) fn plain(&self) -> Option<&'t str> {
        (!self.is_quoted()).then_some(self.raw)
    }
}

impl<'t> Atom<'t> {
    /// The word where the atom is a single one without backticks.
    pub(crate) fn word(&self) -> Option<&'t str> {
        match &self.kind {
            AtomKind::Name(words) if words.len() == 1 => words[0].plain(),
            _ => None,
        }
    }

    /// The operator where the atom is one.
    pub(crate) fn operator(&self) -> Option<&'t str> {
        match self.kind {
            AtomKind::Operator(operator) => Some(operator),
            _ => None,
        }
    }
}
