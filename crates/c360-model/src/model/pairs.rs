//! Rules that compare pairs of records.

use super::Term;
pub use c360_match::pairs::Decision;
use c360_match::pairs::{Condition, Form};
use c360_syntax::Span;

/// Pairs of records that share a block and pass the decision are the same object.
#[derive(Debug, Clone)]
pub struct PairRule {
    /// Where it is declared.
    pub span: Span,
    /// Its name in tables and messages: `fuzzy same_person`.
    pub name: String,
    /// How many of the entity's exact rules are stronger.
    pub after: usize,
    /// Two records are compared if they share a key of one of these.
    pub blocks: Vec<Block>,
    /// A key that more records share makes no pairs.
    pub at_most: u64,
    /// What conditions read, by number.
    pub columns: Vec<Formed>,
    /// What makes a compared pair the same object.
    pub decision: Decision,
}

impl PairRule {
    /// What the rule reads, with repeats.
    pub fn terms(&self) -> impl Iterator<Item = Term> {
        self.blocks.iter().flat_map(|block| &block.terms).chain(&self.columns).map(|formed| formed.term)
    }
}

/// One alternative of `block`.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its text, canonical: `address.postcode & soundex(name.last)`.
    pub name: String,
    /// What two records must share, all of it; at least one.
    pub terms: Vec<Formed>,
}

/// A term and what is made of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formed {
    /// The values.
    pub term: Term,
    /// What is made of each.
    pub form: Form,
}

/// What a model is trained from.
#[derive(Debug, Clone)]
pub struct Training {
    /// The rule.
    pub span: Span,
    /// The model's file, relative to the file of the rule.
    pub file: String,
    /// Which pairs are compared.
    pub blocks: Vec<Block>,
    /// Whether the rule names no blocks: then these are proposals, of which `train` leaves out those that hold too much.
    pub proposed: bool,
    /// A key that more records share makes no pairs.
    pub at_most: u64,
    /// What conditions read, by number.
    pub columns: Vec<Formed>,
    /// What is compared.
    pub comparisons: Vec<Comparison>,
}

/// One comparison of a model.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Its name: the attribute as written.
    pub name: String,
    /// The conditions of its levels with their texts, the strongest first; `else` is not listed.
    pub levels: Vec<(String, Condition)>,
    /// The column whose values' frequencies count; `None` where values have none.
    pub frequencies: Option<usize>,
    /// Whether hardly anybody shares its value with others of a family or house: given names and dates.
    pub own: bool,
    /// Whether its values are personal data.
    pub pii: bool,
}
