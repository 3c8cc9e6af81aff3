//! What a glance at two texts tells: how similar they are at most, and how many edits they are apart at least, from their lengths, first letters and
//! which letters they have.

/// A text, as far as a glance takes it in.
#[derive(Debug, Clone, Copy)]
struct Glance {
    /// A bit for each of 64 classes of letters that occurs.
    classes: u64,
    /// The low bytes of the first letters.
    first: [u8; 4],
    letters: u32,
}

/// The distinct values of a column, by number.
#[derive(Debug)]
pub(super) struct Glances(Vec<Glance>);

/// For the sake of rounding.
const SLACK: f64 = 1e-9;

impl Glances {
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Glances {
        Glances(texts.map(Glance::of).collect())
    }

    /// A bound from above on Jaro and on Jaro-Winkler similarity of two values.
    ///
    /// A class of letters that only one text has means at least one letter of it that no letter of the other is equal to. All others may be shared,
    /// and in order.
    pub(super) fn at_most(&self, ours: u32, theirs: u32) -> f64 {
        let (ours, theirs) = (&self.0[ours as usize], &self.0[theirs as usize]);
        let beginning = ours.first.iter().zip(&theirs.first).take_while(|(our, their)| our == their).count();
        let lacking = |of: &Glance, other: &Glance| of.letters.saturating_sub((of.classes & !other.classes).count_ones());
        let shared = f64::from(lacking(ours, theirs).min(lacking(theirs, ours)));
        if shared == 0.0 {
            return SLACK;
        }
        let jaro = (shared / f64::from(ours.letters) + shared / f64::from(theirs.letters) + 1.0) / 3.0;
        jaro + beginning as f64 / 10.0 * (1.0 - jaro) + SLACK
    }

    /// A bound from below on the number of edits that make one value of the other: an edit takes away one letter at most, and adds one at most.
    pub(super) fn edits_at_least(&self, ours: u32, theirs: u32) -> u32 {
        let (ours, theirs) = (&self.0[ours as usize], &self.0[theirs as usize]);
        let lost = (ours.classes & !theirs.classes).count_ones();
        let gained = (theirs.classes & !ours.classes).count_ones();
        lost.max(gained).max(ours.letters.abs_diff(theirs.letters))
    }
}

impl Glance {
    #[allow(clippy::cast_possible_truncation, reason = "low bytes are meant; a text has fewer than 2^32 letters as far as it matters")]
    fn of(text: &str) -> Glance {
        let mut glance = Glance { classes: 0, first: [0; 4], letters: 0 };
        for letter in text.chars() {
            let code = u32::from(letter);
            glance.classes |= 1 << (code % 64);
            if let Some(first) = glance.first.get_mut(glance.letters as usize) {
                *first = code as u8;
            }
            glance.letters = glance.letters.saturating_add(1);
        }
        glance
    }
}

#[cfg(test)]
mod tests {
    use super::Glances;
    use crate::similarity::{Scratch, jaro, jaro_winkler, levenshtein_distance, osa_distance};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_is_more_similar(left in "[abcdäñ王李 -]{0,9}", right in "[abcdäñ王李 -]{0,9}") {
            let glances = Glances::of([left.as_str(), right.as_str()].into_iter());
            let at_most = glances.at_most(0, 1);
            let scratch = &mut Scratch::new();
            let edits = glances.edits_at_least(0, 1) as usize;
            prop_assert!(levenshtein_distance(&left, &right, 99, scratch).is_some_and(|distance| distance >= edits));
            prop_assert!(osa_distance(&left, &right, 99, scratch).is_some_and(|distance| distance >= edits));
            if left != right {
                prop_assert!(jaro(&left, &right, 0.0, scratch) <= at_most);
                prop_assert!(jaro_winkler(&left, &right, 0.0, scratch) <= at_most);
            }
        }
    }

    #[test]
    fn a_glance_tells_names_apart() {
        let glances = Glances::of(["anna", "michael", "martha", "marhta"].into_iter());
        assert!(glances.at_most(0, 1) < 0.5);
        assert!(glances.at_most(2, 3) > 0.96);
        assert_eq!([glances.edits_at_least(0, 1), glances.edits_at_least(2, 3)], [6, 0]);
    }
}
