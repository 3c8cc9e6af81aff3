//! Conditions on pairs: measures with bounds, joined by `&`, `|`, `not`. Three-valued: what needs a missing value is unknown.

use super::measure::{Distance, Measure, Similarity};
use super::values::Values;
use crate::similarity::Scratch;

/// What must hold for a pair.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All of them (`&`).
    All(Vec<Condition>),
    /// One of them (`|`).
    Any(Vec<Condition>),
    /// The opposite.
    Not(Box<Condition>),
    /// One comparison.
    Test(Test),
}

/// One comparison of two records.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// What is measured.
    pub measure: Measure,
    /// On which columns: one, or two where the measure needs two.
    pub columns: Vec<usize>,
}

/// Kleene's three values; ordered, so that `All` is the smallest and `Any` the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    No,
    /// A value is missing.
    Unknown,
    /// It holds.
    Yes,
}

impl Condition {
    /// Whether the condition holds for two records; the same for both orders.
    #[must_use]
    pub fn holds(&self, columns: &[Values], a: u32, b: u32, scratch: &mut Scratch) -> Truth {
        match self {
            Condition::All(conditions) => {
                let mut all = Truth::Yes;
                for condition in conditions {
                    all = all.min(condition.holds(columns, a, b, scratch));
                    if all == Truth::No {
                        break;
                    }
                }
                all
            }
            Condition::Any(conditions) => {
                let mut any = Truth::No;
                for condition in conditions {
                    any = any.max(condition.holds(columns, a, b, scratch));
                    if any == Truth::Yes {
                        break;
                    }
                }
                any
            }
            Condition::Not(condition) => match condition.holds(columns, a, b, scratch) {
                Truth::No => Truth::Yes,
                Truth::Unknown => Truth::Unknown,
                Truth::Yes => Truth::No,
            },
            Condition::Test(test) => test.holds(columns, a, b, scratch),
        }
    }

    /// About how long the condition takes: what is cheap is asked first.
    #[must_use]
    pub fn cost(&self) -> u32 {
        match self {
            Condition::All(conditions) | Condition::Any(conditions) => conditions.iter().map(Condition::cost).sum(),
            Condition::Not(condition) => condition.cost(),
            Condition::Test(test) => match test.measure {
                Measure::Same | Measure::Missing => 1,
                Measure::AtMost(Distance::Days | Distance::Difference, _) => 2,
                Measure::AtLeast(Similarity::MongeElkan | Similarity::Company | Similarity::TokenSet, _) => 20,
                _ => 5,
            },
        }
    }

    /// The columns that the condition reads.
    pub fn columns(&self, found: &mut Vec<usize>) {
        match self {
            Condition::All(conditions) | Condition::Any(conditions) => conditions.iter().for_each(|condition| condition.columns(found)),
            Condition::Not(condition) => condition.columns(found),
            Condition::Test(test) => found.extend(&test.columns),
        }
    }
}

impl Test {
    fn holds(&self, columns: &[Values], a: u32, b: u32, scratch: &mut Scratch) -> Truth {
        let first = &columns[self.columns[0]];
        match self.columns.get(1) {
            None => one(self.measure, first, a, b, scratch),
            Some(second) => two(self.measure, first, &columns[*second], a, b),
        }
    }
}

/// A test on one column: any value of one record against any of the other.
fn one(measure: Measure, values: &Values, a: u32, b: u32, scratch: &mut Scratch) -> Truth {
    let (ours, theirs) = (values.of(a), values.of(b));
    let is_missing = ours.is_empty() || theirs.is_empty();
    if measure == Measure::Missing {
        return truth(is_missing);
    }
    if is_missing {
        return Truth::Unknown;
    }
    if ours.iter().any(|our| theirs.contains(our)) {
        return truth(measure.holds_for_equal());
    }
    if measure == Measure::Same {
        return Truth::No;
    }
    truth(ours.iter().any(|our| theirs.iter().any(|their| measure.holds(values, *our, *their, scratch))))
}

/// A test on two columns of each record.
fn two(measure: Measure, first: &Values, second: &Values, a: u32, b: u32) -> Truth {
    let sides = [first.of(a), second.of(a), first.of(b), second.of(b)];
    if sides.iter().any(|side| side.is_empty()) {
        return Truth::Unknown;
    }
    let [first_a, second_a, first_b, second_b] = sides;
    truth(match measure {
        Measure::Swapped => {
            let meet =
                |left: &[u32], right: &[u32]| left.iter().any(|left| right.iter().any(|right| first.text(*left) == second.text(*right)));
            meet(first_a, second_b) && meet(first_b, second_a)
        }
        _ => measure.holds_for_places(
            [first.number(first_a[0]), second.number(second_a[0])],
            [first.number(first_b[0]), second.number(second_b[0])],
        ),
    })
}

fn truth(holds: bool) -> Truth {
    if holds { Truth::Yes } else { Truth::No }
}
