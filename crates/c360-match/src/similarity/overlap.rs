//! Coefficients of two bags, whatever is in them: Dice, Jaccard, cosine. A bag holds an element as often as it occurs.

use std::cmp::Ordering;

/// How the overlap of two bags becomes a number from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coefficient {
    /// 2 · shared / all of both (Dice 1945, Sørensen 1948).
    Dice,
    /// shared / all that are in either (Jaccard 1901); of bags, the larger count of each.
    Jaccard,
    /// The cosine of the angle between the vectors of counts (Salton 1975).
    Cosine,
}

/// The coefficient of two sorted bags; 1 where both are empty, 0 where one is.
pub(super) fn of_sorted<T: Ord>(left: &[T], right: &[T], coefficient: Coefficient) -> f64 {
    if left.is_empty() && right.is_empty() {
        return 1.0;
    }
    let counts = counts(left, right);
    match coefficient {
        Coefficient::Dice => 2.0 * counts.shared as f64 / (left.len() + right.len()) as f64,
        Coefficient::Jaccard => counts.shared as f64 / (left.len() + right.len() - counts.shared) as f64,
        Coefficient::Cosine if counts.product == 0 => 0.0,
        // One root of the product: two roots would leave identical bags a little below 1.
        Coefficient::Cosine => (counts.product as f64 / (counts.left_squared as f64 * counts.right_squared as f64).sqrt()).min(1.0),
    }
}

#[derive(Default)]
struct Counts {
    shared: usize,
    product: usize,
    left_squared: usize,
    right_squared: usize,
}

/// Merges the two, run by run of equal elements.
fn counts<T: Ord>(mut left: &[T], mut right: &[T]) -> Counts {
    let mut counts = Counts::default();
    loop {
        let (here, there) = (run(left), run(right));
        if here + there == 0 {
            return counts;
        }
        let order = match (left.first(), right.first()) {
            (Some(left), Some(right)) => left.cmp(right),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        if order.is_le() {
            counts.left_squared += here * here;
            left = &left[here..];
        }
        if order.is_ge() {
            counts.right_squared += there * there;
            right = &right[there..];
        }
        if order.is_eq() {
            counts.shared += here.min(there);
            counts.product += here * there;
        }
    }
}

/// How many elements at the front are equal.
fn run<T: Ord>(sorted: &[T]) -> usize {
    sorted.iter().take_while(|element| **element == sorted[0]).count()
}
