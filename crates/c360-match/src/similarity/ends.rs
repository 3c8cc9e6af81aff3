//! Ends that two texts share, which no edit distance needs to look at; distances as similarities.

use super::scratch::Work;

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

/// How a distance is computed: `None` where it is above the third argument.
pub(super) type Distance<S> = fn(&[S], &[S], usize, &mut Work) -> Option<usize>;

/// 1 − distance / length of the longer text; 1 for two empty texts, 0 below `at_least`.
pub(super) fn similarity<S>(left: &[S], right: &[S], at_least: f64, work: &mut Work, distance: Distance<S>) -> f64 {
    let longest = left.len().max(right.len());
    let similarity = match distance(left, right, most(longest, at_least), work) {
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
