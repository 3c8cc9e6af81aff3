//! Entities of the model.

use super::{AttributeId, EntityId, PairRule, ReferenceId, SourceId, Training};
use c360_match::format::Format;
use c360_syntax::Span;

/// A kind of object that sources describe.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Where it is declared.
    pub span: Span,
    /// Its name, also the name of its golden table.
    pub name: String,
    /// The description.
    pub doc: Option<String>,
    /// Values.
    pub attributes: Vec<Attribute>,
    /// References to entities.
    pub references: Vec<Reference>,
    /// Exact rules, strongest first. Cross-references (`is`) come before all of them and are not listed.
    pub rules: Vec<ExactRule>,
    /// Rules that compare pairs, strongest first.
    pub pair_rules: Vec<PairRule>,
    /// What `train` makes models from, one for each `model` rule.
    pub trainings: Vec<Training>,
    /// What must not differ inside an entity, `strong` rules with a single attribute included.
    pub never_differ: Vec<Guard>,
    /// Sources that have each object once.
    pub never_same_source: Vec<(SourceId, Span)>,
    /// No object has more records.
    pub never_larger: Option<u32>,
    /// Rules that compare pairs merge two clusters only if so many of a thousand pairs between them are joined: as said, or 100 where a model decides.
    pub never_looser: Option<u32>,
    /// Values that prove nothing.
    pub ignore: Vec<Ignore>,
    /// The order of sources that settles ties: that of `precedence` without an attribute, or else all sources that describe the entity, in the
    /// order of their declaration.
    pub precedence: Vec<SourceId>,
    /// The strategy of attributes and references that have none of their own; the order of [`Strategy::All`].
    pub default: Strategy,
}

/// A value of an entity.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Where it is declared.
    pub span: Span,
    /// Its name.
    pub name: String,
    /// Its format, built.
    pub format: Format,
    /// The format as written, canonical layout: part of fingerprints.
    pub format_text: String,
    /// Whether an object can have several.
    pub many: bool,
    /// Whether it is personal data.
    pub pii: bool,
    /// How the surviving value is chosen; of `many` attributes, the order of the values.
    pub strategy: Strategy,
}

/// A reference of an entity to another.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Where it is declared.
    pub span: Span,
    /// Its name.
    pub name: String,
    /// What it points to.
    pub target: EntityId,
    /// How conflicts between the records of one entity are settled.
    pub strategy: Strategy,
}

/// What a rule or guard compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// A value, or one part of a group.
    Attribute {
        /// Which attribute.
        attribute: AttributeId,
        /// Which of its parts; the whole value where `None`.
        part: Option<usize>,
    },
    /// The entity that a reference points to.
    Reference(ReferenceId),
}

impl Term {
    /// Whether this is, contains or is contained in the other: `name` and `name.last` overlap.
    #[must_use]
    pub fn overlaps(self, other: Term) -> bool {
        match (self, other) {
            (Term::Attribute { attribute, part }, Term::Attribute { attribute: same, part: other }) => {
                attribute == same && (part == other || part.is_none() || other.is_none())
            }
            _ => self == other,
        }
    }
}

/// Records that share all terms are the same object.
#[derive(Debug, Clone)]
pub struct ExactRule {
    /// Where it is declared.
    pub span: Span,
    /// Its text, canonical: `exact phone & name.last`. The rule's name in tables and messages.
    pub name: String,
    /// What must be equal; at least one.
    pub terms: Vec<Term>,
    /// A value that more records share joins none of them.
    pub at_most: Option<u64>,
}

/// Two records whose values of `term` are both there and differ are never one object.
#[derive(Debug, Clone)]
pub struct Guard {
    /// Where it is declared.
    pub span: Span,
    /// Its text: `exact tax_id strong` or `never differ(tax_id)`.
    pub name: String,
    /// What must not differ.
    pub term: Term,
}

/// Values of a term that prove nothing: the term counts as empty in rules, the value itself survives.
#[derive(Debug, Clone)]
pub struct Ignore {
    /// Where it is declared.
    pub span: Span,
    /// What.
    pub term: Term,
    /// The comparison forms of the ignored values (normalized by the attribute's own format), sorted. Numbers of all kinds are the whole number
    /// that stores them, in decimal digits: days, microseconds, units of the last digit; `true` or `false`.
    pub values: Vec<String>,
}

/// How a surviving value is chosen. Every strategy ends in the same tie-break: precedence, latest update, record key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strategy {
    /// The first source in the list that has a value; sources that are not listed come after all that are.
    Precedence(Vec<SourceId>),
    /// The newest `updated`.
    Latest,
    /// The oldest `updated`.
    Earliest,
    /// Only this source.
    Only(SourceId),
    /// The value that most records have.
    MostFrequent,
    /// The most characters.
    Longest,
    /// The fewest characters.
    Shortest,
    /// The smallest value.
    Min,
    /// The largest value.
    Max,
    /// Every value without repeats, in the order of the default strategy.
    All,
    /// The first of these that yields a value.
    FirstOf(Vec<Strategy>),
}
