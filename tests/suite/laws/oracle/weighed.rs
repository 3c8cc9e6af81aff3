//! Rules that weigh pairs by a model, in the oracle's words: levels asked one after the other, and their weights added up.

use super::fuzzy::{Alternative, Form, Test};

/// What a pair is compared by, and what each level weighs, in thousandths of a bit.
#[derive(Debug, Clone)]
pub(crate) struct Weighed {
    pub(crate) blocks: Vec<Alternative>,
    pub(crate) at_most: usize,
    pub(crate) prior: i64,
    /// Per comparison its levels, the strongest first, and what anything else weighs.
    pub(crate) comparisons: Vec<(Vec<(Test, i64)>, i64)>,
    /// From where on a pair is one object.
    pub(crate) accept: i64,
    /// From where on a person is asked.
    pub(crate) review: i64,
}

/// What `customer.model.json` says, and the rule that names it.
pub(crate) fn model() -> Weighed {
    let whole = |attribute| Test::Same(attribute, Form::Whole);
    let block = |name, terms| Alternative { name, terms };
    Weighed {
        blocks: vec![
            block("model customer.model.json: block prefix(name, 1)", &[("name", Form::Prefix(1))]),
            block("model customer.model.json: block phone", &[("phone", Form::Whole)]),
        ],
        at_most: 4,
        prior: -2000,
        comparisons: vec![
            (vec![(whole("name"), 3000), (Test::Edits("name", 1), 2000)], -1807),
            (vec![(whole("phone"), 3000)], -1858),
            (vec![(whole("born"), 3000), (Test::Same("born", Form::Year), 415)], -1585),
        ],
        // 0.95 is 4.248 bits, 0.5 is none.
        accept: 4248,
        review: 0,
    }
}

impl Weighed {
    /// What all comparisons say of two records; `values` gives those of an attribute, of either record.
    pub(crate) fn score(&self, values: &impl Fn(&str, bool) -> Vec<String>) -> i64 {
        self.comparisons.iter().fold(self.prior, |score, (levels, other)| score + weight(levels, *other, values))
    }
}

/// The weight of the first level that holds. Where none does, a level of which nobody knows makes the comparison say nothing.
fn weight(levels: &[(Test, i64)], other: i64, values: &impl Fn(&str, bool) -> Vec<String>) -> i64 {
    let asked: Vec<(Option<bool>, i64)> = levels.iter().map(|(test, weight)| (test.holds(values), *weight)).collect();
    if let Some((_, weight)) = asked.iter().find(|(holds, _)| *holds == Some(true)) {
        return *weight;
    }
    if asked.iter().any(|(holds, _)| holds.is_none()) { 0 } else { other }
}
