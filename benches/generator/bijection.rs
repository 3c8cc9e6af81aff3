//! A keyed bijection of the numbers below a size: record numbers to keys and owners, and back.
//! Scatters and hides; it is no cipher.

use super::draw::{Draws, mix, scale};

/// Rounds of the Feistel network, three for each half.
const ROUNDS: usize = 6;

/// A permutation of `0..size` that is computed both ways in constant time and memory.
///
/// A Feistel network over a grid of about √size columns (Black and Rogaway 2002, "Ciphers with arbitrary finite domains");
/// the few cells of the grid beyond `size` are walked over.
#[derive(Clone, Debug)]
pub(crate) struct Bijection {
    size: u64,
    rows: u64,
    columns: u64,
    keys: [u64; ROUNDS],
}

impl Bijection {
    /// The permutation of `0..size` that `key` stands for.
    pub(crate) fn new(key: Draws, size: u64) -> Self {
        let rows = size.isqrt().max(1);
        Self { size, rows, columns: size.div_ceil(rows).max(1), keys: std::array::from_fn(|round| key.bits(round as u32)) }
    }

    /// How many numbers it permutes.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Where `number` goes; `number` is below `size`.
    pub(crate) fn apply(&self, number: u64) -> u64 {
        debug_assert!(number < self.size, "{number} is not below {}", self.size);
        let mut at = number;
        loop {
            at = self.forward(at);
            if at < self.size {
                return at;
            }
        }
    }

    /// Where `number` comes from; `number` is below `size`.
    pub(crate) fn invert(&self, number: u64) -> u64 {
        debug_assert!(number < self.size, "{number} is not below {}", self.size);
        let mut at = number;
        loop {
            at = self.backward(at);
            if at < self.size {
                return at;
            }
        }
    }

    fn forward(&self, number: u64) -> u64 {
        let (mut row, mut column) = (number / self.columns, number % self.columns);
        for pair in self.keys.chunks_exact(2) {
            row = add(row, round(pair[0], column, self.rows), self.rows);
            column = add(column, round(pair[1], row, self.columns), self.columns);
        }
        row * self.columns + column
    }

    fn backward(&self, number: u64) -> u64 {
        let (mut row, mut column) = (number / self.columns, number % self.columns);
        for pair in self.keys.chunks_exact(2).rev() {
            column = add(column, self.columns - round(pair[1], row, self.columns), self.columns);
            row = add(row, self.rows - round(pair[0], column, self.rows), self.rows);
        }
        row * self.columns + column
    }
}

fn round(key: u64, half: u64, limit: u64) -> u64 {
    scale(mix(key.wrapping_add(half)), limit)
}

/// The sum modulo `limit` of numbers of which the first is below and the second not above it.
fn add(a: u64, b: u64, limit: u64) -> u64 {
    let sum = a + b;
    if sum >= limit { sum - limit } else { sum }
}

#[cfg(test)]
mod tests {
    use super::super::draw::{Draws, Stream};
    use super::Bijection;

    #[test]
    fn every_number_is_reached_once_and_comes_back() {
        for size in [1, 2, 3, 7, 10, 99, 100, 101, 4_096, 10_007] {
            let bijection = Bijection::new(Draws::new(7, Stream::Table, size), size);
            let mut reached = vec![false; size as usize];
            for number in 0..size {
                let image = bijection.apply(number);
                assert!(!std::mem::replace(&mut reached[image as usize], true), "{image} of {size} is reached twice");
                assert_eq!(bijection.invert(image), number);
            }
        }
    }

    #[test]
    fn neighbours_are_scattered() {
        let size = 1_000_000;
        let bijection = Bijection::new(Draws::new(1, Stream::Table, 0), size);
        let near = (0..10_000).filter(|n| bijection.apply(*n).abs_diff(bijection.apply(n + 1)) < size / 100).count();
        assert!((100..300).contains(&near), "about 2 % of neighbours may land within 1 % of each other, not {near} of 10,000");
    }
}
