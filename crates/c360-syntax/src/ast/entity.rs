//! Entities: attributes, references, match rules, survivorship.

use super::{Argument, Expr, Name, Stage, Text};
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
    /// `never larger(50)`
    NeverLarger {
        /// The whole entry.
        span: Span,
        /// How many records an entity has at most, as written.
        most: (String, Span),
    },
    /// `never looser(0.3)`
    NeverLooser {
        /// The whole entry.
        span: Span,
        /// The share of pairs between two clusters that must be joined, as written.
        least: (String, Span),
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
    /// `fuzzy same_person { .. }`
    Fuzzy(FuzzyRule),
    /// `model "customer.model.json" accept 0.95 review 0.70`
    Model(ModelRule),
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

/// Pairs of records that share a block and satisfy a condition are the same object.
#[derive(Debug, Clone, PartialEq)]
pub struct FuzzyRule {
    /// The whole entry.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Which pairs are compared; `None` was reported.
    pub block: Option<Block>,
    /// What must hold for a pair; `None` was reported.
    pub compare: Option<Expr>,
}

/// Pairs of records whose score by a trained model is high enough are the same object.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelRule {
    /// The whole entry.
    pub span: Span,
    /// The file with the model's weights, relative to the file of the rule.
    pub file: Text,
    /// `accept 0.95`: the match probability from which a pair is joined.
    pub accept: Option<(f64, Span)>,
    /// `review 0.70`: the match probability from which a pair is shown to a person.
    pub review: Option<(f64, Span)>,
    /// Which pairs are compared, where the rule says so: what `train` starts from.
    pub block: Option<Block>,
    /// What is compared, where the rule says so.
    pub comparisons: Vec<Comparison>,
}

/// `block a & b | soundex(c) at most 500`: two records are compared if they share all values of an alternative.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The whole entry.
    pub span: Span,
    /// Alternatives joined by [`super::BinaryOperator::Or`], the terms of each by [`super::BinaryOperator::And`].
    pub alternatives: Expr,
    /// `at most N`: a block of more records is not compared.
    pub at_most: Option<(u64, Span)>,
}

/// `compare name.last by (same(name.last), jaro_winkler(name.last) >= 0.92)`
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The whole entry.
    pub span: Span,
    /// What is compared.
    pub path: AttributePath,
    /// The levels of agreement, the strongest first; none where the format decides.
    pub levels: Vec<Expr>,
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
