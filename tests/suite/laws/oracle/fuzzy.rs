//! Rules that compare pairs, in the oracle's words, and what they say of two records: every pair is asked, and edits are counted by a full table.

use std::collections::BTreeSet;

/// What two records must share to be compared, and what must hold for them.
#[derive(Debug, Clone)]
pub(crate) struct Fuzzy {
    pub(crate) blocks: Vec<Alternative>,
    /// A key that more records share makes no pairs.
    pub(crate) at_most: usize,
    pub(crate) compare: Test,
}

/// One alternative of a block.
#[derive(Debug, Clone)]
pub(crate) struct Alternative {
    /// As in tables.
    pub(crate) name: &'static str,
    pub(crate) terms: &'static [(&'static str, Form)],
}

/// What is made of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Whole,
    /// The first characters.
    Prefix(usize),
    /// The last characters.
    Suffix(usize),
    /// The year of a day.
    Year,
}

/// A condition on two records.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    Same(&'static str, Form),
    /// At most that many characters put in, taken out or replaced.
    Edits(&'static str, usize),
    Both(Box<[Test; 2]>),
    Either(Box<[Test; 2]>),
    Not(Box<Test>),
}

pub(crate) fn both(one: Test, other: Test) -> Test {
    Test::Both(Box::new([one, other]))
}

pub(crate) fn either(one: Test, other: Test) -> Test {
    Test::Either(Box::new([one, other]))
}

pub(crate) fn not(test: Test) -> Test {
    Test::Not(Box::new(test))
}

impl Form {
    /// Empty where there is nothing to share.
    pub(crate) fn of(self, value: &str) -> String {
        let letters: Vec<char> = value.chars().collect();
        match self {
            Form::Whole => value.to_owned(),
            Form::Prefix(count) => letters.iter().take(count).collect(),
            Form::Suffix(count) => letters[letters.len().saturating_sub(count)..].iter().collect(),
            Form::Year => value.split('-').next().unwrap_or_default().to_owned(),
        }
    }
}

impl Test {
    /// Whether it holds; `None` where nobody knows, because a value is missing. `values` gives those of an attribute, of either record.
    pub(crate) fn holds(&self, values: &impl Fn(&str, bool) -> Vec<String>) -> Option<bool> {
        let any = |attribute: &str, test: &dyn Fn(&str, &str) -> bool| {
            let (left, right) = (values(attribute, false), values(attribute, true));
            let known = !left.is_empty() && !right.is_empty();
            known.then(|| left.iter().any(|left| right.iter().any(|right| test(left, right))))
        };
        match self {
            Test::Same(attribute, form) => any(attribute, &|left, right| form.of(left) == form.of(right)),
            Test::Edits(attribute, most) => any(attribute, &|left, right| edits(left, right) <= *most),
            Test::Not(test) => test.holds(values).map(|holds| !holds),
            Test::Both(tests) => of_two(tests, values, false),
            Test::Either(tests) => of_two(tests, values, true),
        }
    }
}

/// One test that is `decisive` decides; otherwise both must be known.
fn of_two(tests: &[Test; 2], values: &impl Fn(&str, bool) -> Vec<String>, decisive: bool) -> Option<bool> {
    let found: BTreeSet<Option<bool>> = tests.iter().map(|test| test.holds(values)).collect();
    if found.contains(&Some(decisive)) {
        return Some(decisive);
    }
    if found.contains(&None) { None } else { Some(!decisive) }
}

/// Levenshtein 1966, over the whole table.
pub(crate) fn edits(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut table = vec![vec![0; right.len() + 1]; left.len() + 1];
    for l in 0..=left.len() {
        for r in 0..=right.len() {
            table[l][r] = match (l, r) {
                (0, _) => r,
                (_, 0) => l,
                _ => {
                    let replaced = table[l - 1][r - 1] + usize::from(left[l - 1] != right[r - 1]);
                    replaced.min(table[l - 1][r] + 1).min(table[l][r - 1] + 1)
                }
            };
        }
    }
    table[left.len()][right.len()]
}
