//! The measures of conditions: similarities with a lower bound, distances with an upper one, and what is only yes or no.

use super::values::Values;
use crate::similarity::{self as similar, Coefficient, Gram, Place, Scratch};

/// What is measured, with its bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// The values are equal.
    Same,
    /// One is a nickname of the other, or both of a third.
    Nicknames,
    /// One is written in initials where the other is written out.
    Initials,
    /// A record has no value: the one measure that is known then, and never unknown.
    Missing,
    /// The first column of one record is the second of the other, and the other way round.
    Swapped,
    /// At least as similar as that, from 0 to 1.
    AtLeast(Similarity, f64),
    /// At most that far from each other.
    AtMost(Distance, f64),
}

/// Similarities from 0 to 1, see [`crate::similarity`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are called as the functions of `similarity`")]
pub enum Similarity {
    Levenshtein,
    Osa,
    Damerau,
    Jaro,
    JaroWinkler,
    Indel,
    /// Overlap of the bags of letter sequences.
    Grams(Gram, Coefficient),
    /// Overlap of the bags of words.
    Words(Coefficient),
    TokenSort,
    TokenSet,
    MongeElkan,
    Company,
    Date,
    Relative,
}

/// Distances from 0 upward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    /// Letters inserted, deleted, replaced.
    Edits,
    /// The same, with neighbouring letters exchanged as one edit.
    DamerauEdits,
    /// Days between dates.
    Days,
    /// The difference of numbers.
    Difference,
    /// Metres between places, given by two columns: latitude and longitude in degrees.
    Metres,
}

impl Measure {
    /// What holds for two equal values.
    pub(super) fn holds_for_equal(self) -> bool {
        match self {
            Measure::Same | Measure::Nicknames | Measure::Initials | Measure::Swapped => true,
            Measure::Missing => false,
            Measure::AtLeast(_, bound) => bound <= 1.0,
            Measure::AtMost(_, bound) => bound >= 0.0,
        }
    }

    /// Whether two different values of one column satisfy the measure.
    pub(super) fn holds(self, values: &Values, ours: u32, theirs: u32, scratch: &mut Scratch) -> bool {
        let (left, right) = (values.text(ours), values.text(theirs));
        match self {
            Measure::Same | Measure::Swapped | Measure::Missing => false,
            Measure::Nicknames => similar::nicknames(left, right),
            Measure::Initials => similar::initials_agree(left, right),
            Measure::AtLeast(similarity, bound) => similarity.of(values, ours, theirs, bound, scratch) >= bound,
            Measure::AtMost(distance, bound) => within(distance, bound, values, [ours, theirs], scratch),
        }
    }

    /// Whether two places, latitude and longitude each, satisfy the measure.
    pub(super) fn holds_for_places(self, ours: [f64; 2], theirs: [f64; 2]) -> bool {
        let Measure::AtMost(Distance::Metres, bound) = self else { return false };
        match (Place::new(ours[0], ours[1]), Place::new(theirs[0], theirs[1])) {
            (Some(here), Some(there)) => similar::metres_between(here, there) <= bound,
            _ => false,
        }
    }
}

impl Similarity {
    /// How similar two different values of a column are; exact where that is at least `at_least`, and otherwise below it.
    pub(super) fn of(self, values: &Values, ours: u32, theirs: u32, at_least: f64, scratch: &mut Scratch) -> f64 {
        match self {
            Similarity::Date | Similarity::Relative => by_number(self, values.number(ours), values.number(theirs)),
            _ => by_text(self, values.text(ours), values.text(theirs), at_least, scratch),
        }
    }
}

fn by_text(similarity: Similarity, left: &str, right: &str, bound: f64, scratch: &mut Scratch) -> f64 {
    match similarity {
        Similarity::Levenshtein => similar::levenshtein(left, right, bound, scratch),
        Similarity::Osa => similar::osa(left, right, bound, scratch),
        Similarity::Damerau => similar::damerau(left, right, bound, scratch),
        Similarity::Jaro => similar::jaro(left, right, bound, scratch),
        Similarity::JaroWinkler => similar::jaro_winkler(left, right, bound, scratch),
        Similarity::Indel => similar::indel(left, right, bound, scratch),
        Similarity::Grams(gram, coefficient) => similar::qgram(left, right, gram, coefficient, scratch),
        Similarity::Words(coefficient) => similar::token_overlap(left, right, coefficient),
        Similarity::TokenSort => similar::token_sort(left, right, bound, scratch),
        Similarity::TokenSet => similar::token_set(left, right, bound, scratch),
        Similarity::MongeElkan => similar::monge_elkan(left, right, similar::jaro_winkler, scratch),
        Similarity::Company => similar::weighted_words(left, right, similar::usual_weight, scratch),
        Similarity::Date | Similarity::Relative => 0.0,
    }
}

#[allow(clippy::cast_possible_truncation, reason = "comparison forms of dates are whole days")]
fn by_number(similarity: Similarity, left: f64, right: f64) -> f64 {
    match similarity {
        Similarity::Date if left.is_finite() && right.is_finite() => similar::date(left as i32, right as i32),
        Similarity::Relative => similar::relative(left, right),
        _ => 0.0,
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounds of edits are small and not negative")]
fn within(distance: Distance, bound: f64, values: &Values, [ours, theirs]: [u32; 2], scratch: &mut Scratch) -> bool {
    let (left, right) = (values.text(ours), values.text(theirs));
    match distance {
        Distance::Edits => similar::levenshtein_distance(left, right, bound as usize, scratch).is_some(),
        Distance::DamerauEdits => similar::osa_distance(left, right, bound as usize, scratch).is_some(),
        Distance::Days | Distance::Difference => (values.number(ours) - values.number(theirs)).abs() <= bound,
        Distance::Metres => false,
    }
}
