//! What edit distances share: from texts to symbols, ends that no distance needs to look at, distances as similarities.

use super::masks::{Symbol, WORD};
use super::scratch::{Scratch, Work, are_ascii};

/// Both without their common beginning and end.
pub(super) fn without_common<'a, S: PartialEq>(left: &'a [S], right: &'a [S]) -> (&'a [S], &'a [S]) {
    let start = common(left.iter().zip(right));
    let (left, right) = (&left[start..], &right[start..]);
    let end = common(left.iter().rev().zip(right.iter().rev()));
    (&left[..left.len() - end], &right[..right.len() - end])
}

fn common<'a, S: PartialEq + 'a>(pairs: impl Iterator<Item = (&'a S, &'a S)>) -> usize {
    pairs.take_while(|(left, right)| left == right).count()
}

/// An edit distance of symbols.
pub(super) trait Edits {
    /// How many edits make `right` of `left`; none where it takes more than `most`.
    fn distance<S: Symbol>(left: &[S], right: &[S], most: usize, work: &mut Work) -> Option<usize>;
}

/// The distance of two texts, byte by byte where both are ASCII.
pub(super) fn distance<E: Edits>(left: &str, right: &str, most: usize, scratch: &mut Scratch) -> Option<usize> {
    if are_ascii(left, right) {
        return E::distance(left.as_bytes(), right.as_bytes(), most, &mut scratch.work);
    }
    let (left, right) = scratch.letters.of(left, right);
    E::distance(left, right, most, &mut scratch.work)
}

/// The same as a similarity.
pub(super) fn similarity<E: Edits>(left: &str, right: &str, at_least: f64, scratch: &mut Scratch) -> f64 {
    if are_ascii(left, right) {
        return of_symbols::<E, u8>(left.as_bytes(), right.as_bytes(), at_least, &mut scratch.work);
    }
    let (left, right) = scratch.letters.of(left, right);
    of_symbols::<E, _>(left, right, at_least, &mut scratch.work)
}

/// A distance of a pattern that fits into a word: none where it takes more than the third argument.
pub(super) type InAWord<S> = fn(&[S], &[S], usize, &mut Work) -> Option<usize>;

/// A distance of any pattern.
pub(super) type InStrips<S> = fn(&[S], &[S], &mut Work) -> usize;

/// A bit-parallel distance: the shorter text is the pattern, without the ends that it shares with the longer one.
pub(super) fn bit_parallel<S: Symbol>(
    (left, right): (&[S], &[S]),
    most: usize,
    work: &mut Work,
    in_a_word: InAWord<S>,
    in_strips: InStrips<S>,
) -> Option<usize> {
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let (left, right) = without_common(left, right);
    let (pattern, text) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let distance = match pattern.len() {
        0 => text.len(),
        1..=WORD => in_a_word(pattern, text, most, work)?,
        _ => in_strips(pattern, text, work),
    };
    (distance <= most).then_some(distance)
}

/// 1 − distance / length of the longer text; 1 for two empty texts, 0 below `at_least`.
fn of_symbols<E: Edits, S: Symbol>(left: &[S], right: &[S], at_least: f64, work: &mut Work) -> f64 {
    let longest = left.len().max(right.len());
    let similarity = match E::distance(left, right, most(longest, at_least), work) {
        None => 0.0,
        Some(0) => 1.0,
        Some(distance) => 1.0 - distance as f64 / longest as f64,
    };
    or_zero(similarity, at_least)
}

/// The largest distance that may reach the similarity `at_least`, or a little more: the result is compared again.
fn most(longest: usize, at_least: f64) -> usize {
    if at_least > 0.0 { ((1.0 - at_least).max(0.0) * longest as f64).ceil() as usize } else { longest }
}

/// `similarity`, or 0 where it does not reach `at_least`.
pub(super) fn or_zero(similarity: f64, at_least: f64) -> f64 {
    if similarity < at_least { 0.0 } else { similarity }
}
