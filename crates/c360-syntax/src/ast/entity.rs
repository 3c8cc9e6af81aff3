//! Entities: attributes, references, match rules, survivorship.

use super::{Argument, Name, Stage, Text};
use crate::span::Span;

/// `entity NAME "doc" { .. }`
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// The whole declaration.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// The string behind the name.
    pub doc: Option<Text>,
    /// Attributes and references in their order.
    pub attributes: Vec<Attribute>,
    /// The `match` block; `None` where there is none.
    pub matching: Option<Match>,
    /// The `golden` block; `None` where there is none.
    pub golden: Option<Golden>,
}

/// `email email many pii`, `parent -> customer`
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// The whole line.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// What it holds.
    pub kind: AttributeKind,
    /// Where `many` stands.
    pub many: Option<Span>,
    /// Where `pii` stands.
    pub pii: Option<Span>,
}

/// Value or reference.
#[derive(Debug, Clone, PartialEq)]
pub enum AttributeKind {
    /// A format: a pipe of stages, usually one.
    Value(Vec<Stage>),
    /// `-> entity`
    Reference(Name),
}

/// `name.last`: an attribute, and a part of it where it is a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributePath {
    /// The whole path.
    pub span: Span,
    /// The attribute.
    pub attribute: Name,
    /// The part.
    pub part: Option<Name>,
}

/// `match { .. }`
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The whole block.
    pub span: Span,
    /// The entries in their order.
    pub entries: Vec<MatchEntry>,
}

/// One line of a `match` block.
#[derive(Debug, Clone, PartialEq)]
pub enum MatchEntry {
    /// `exact a & b.c strong at most 5`
    Exact(ExactRule),
    /// `never differ(a)`
    NeverDiffer {
        /// The whole entry.
        span: Span,
        /// What must not differ inside an entity.
        path: AttributePath,
    },
    /// `never same_source(billing)`
    NeverSameSource {
        /// The whole entry.
        span: Span,
        /// The source that has each object once.
        source: Name,
    },
    /// `ignore email in ("a", "b")`
    Ignore {
        /// The whole entry.
        span: Span,
        /// The attribute or part.
        path: AttributePath,
        /// Values that prove nothing, as written.
        values: Vec<Text>,
    },
    /// `fuzzy` and `model`: read and formatted, not built yet; their diagnostic is given.
    Later {
        /// The whole entry.
        span: Span,
        /// The first word.
        keyword: Name,
    },
}

/// Records that share all of `terms` are the same object.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactRule {
    /// The whole entry.
    pub span: Span,
    /// What must be equal, at least one.
    pub terms: Vec<AttributePath>,
    /// Where `strong` stands: two different values keep two records apart for ever.
    pub strong: Option<Span>,
    /// `at most N`: a value that more records share proves nothing.
    pub at_most: Option<(u64, Span)>,
}

/// `golden { .. }`
#[derive(Debug, Clone, PartialEq)]
pub struct Golden {
    /// The whole block.
    pub span: Span,
    /// The default for all attributes: an entry without an attribute, `precedence a > b`.
    pub default: Vec<(Strategy, Span)>,
    /// `attribute strategy`
    pub attributes: Vec<(AttributePath, Strategy, Span)>,
}

/// How the surviving value is chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum Strategy {
    /// `precedence a > b`: the first source in the list that has a value.
    Precedence(Vec<Name>),
    /// `latest`: the newest `updated`.
    Latest,
    /// `earliest`: the oldest `updated`.
    Earliest,
    /// `only a`: nobody else is believed.
    Only(Name),
    /// `most frequent`
    MostFrequent,
    /// `longest`
    Longest,
    /// `shortest`
    Shortest,
    /// `min`
    Min,
    /// `max`
    Max,
    /// `all`: every value, in the order of the default strategy.
    All,
    /// `first of (a, b, ..)`: the first strategy in the list that yields a value: `first of (only crm, latest)`.
    FirstOf(Vec<(Strategy, Span)>),
    /// A word that is no strategy: lowering reported it; kept so that nothing else is reported because of it.
    Unknown(Name, Vec<Argument>),
}
