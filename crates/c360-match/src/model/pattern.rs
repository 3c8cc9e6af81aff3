//! The level of each comparison of a pair, packed into one integer, and how often each such pattern occurs.

use std::collections::BTreeMap;

/// How many comparisons a model has at most.
pub const COMPARISONS: usize = 16;
/// How many levels a comparison has at most; level 0, something missing, is not counted.
pub const LEVELS: usize = 15;

const BITS: usize = 4;
const MASK: u64 = (1 << BITS) - 1;

/// The levels of all comparisons of a pair: 4 bits each, comparison 0 in the lowest.
///
/// Level 0: a value that the comparison needs is missing on a side. Levels 1..=n: the comparison's conditions in their order, 1 the strongest
/// agreement, the last being `else`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern(pub u64);

impl Pattern {
    /// The level of a comparison: 0..=15; 0 for comparisons that no pattern has.
    #[must_use]
    pub const fn level(self, comparison: usize) -> usize {
        if comparison >= COMPARISONS {
            return 0;
        }
        (self.0 >> (comparison * BITS) & MASK) as usize
    }

    /// The same with another level at a comparison. What does not fit (`comparison` above 15, bits of `level` above the fourth) is left out.
    #[must_use]
    pub const fn with(self, comparison: usize, level: usize) -> Self {
        if comparison >= COMPARISONS {
            return self;
        }
        let shift = comparison * BITS;
        Self(self.0 & !(MASK << shift) | (level as u64 & MASK) << shift)
    }

    /// The pattern of these levels, those of comparison 0 first.
    #[must_use]
    pub fn of(levels: &[usize]) -> Self {
        levels.iter().enumerate().fold(Self(0), |pattern, (comparison, &level)| pattern.with(comparison, level))
    }
}

/// How often each pattern occurs among some pairs; sorted by pattern, each pattern once, none that never occurs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(Vec<(Pattern, u64)>);

impl Counts {
    /// The number of pairs.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }

    /// The patterns in their order, with the number of pairs that have them.
    pub fn iter(&self) -> impl Iterator<Item = (Pattern, u64)> + '_ {
        self.0.iter().copied()
    }

    /// How many patterns occur.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no pair.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Pattern, u64)> for Counts {
    /// Adds up what is said of one pattern.
    fn from_iter<I: IntoIterator<Item = (Pattern, u64)>>(counts: I) -> Self {
        let mut sums = BTreeMap::new();
        for (pattern, count) in counts {
            let sum = sums.entry(pattern).or_insert(0_u64);
            *sum = sum.saturating_add(count);
        }
        Self(sums.into_iter().filter(|(_, count)| *count > 0).collect())
    }
}

impl FromIterator<Pattern> for Counts {
    /// Counts patterns.
    fn from_iter<I: IntoIterator<Item = Pattern>>(patterns: I) -> Self {
        patterns.into_iter().map(|pattern| (pattern, 1)).collect()
    }
}
