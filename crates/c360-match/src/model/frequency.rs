//! Term frequencies: that two records share a rare value says more than that they share a frequent one.
//!
//! Winkler, "Frequency-based matching in Fellegi-Sunter model of record linkage", 2000; in the form of Splink: two non-matches agree on a given
//! value about as often as the value occurs, so its frequency takes the place of the level's u.

use super::number::thousandths;
use super::parts::{Comparison, Model};
use std::collections::BTreeMap;

/// What to add to the weight of a comparison's first level for each value, in thousandths of a bit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjustments {
    rare: i32,
    values: BTreeMap<String, i32>,
}

impl Adjustments {
    /// What to add if both sides have this value (or its hash, where the model has hashes): thousandths of a bit, below 0 for frequent values.
    ///
    /// A value that the model does not name counts as the rarest one that it names: it may be rarer, but how much rarer is not known.
    #[must_use]
    pub fn of(&self, value: &str) -> i32 {
        self.values.get(value).copied().unwrap_or(self.rare)
    }

    /// Those of values that the model names, by value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i32)> {
        self.values.iter().map(|(value, &adjustment)| (value.as_str(), adjustment))
    }

    /// That of values that the model does not name.
    #[must_use]
    pub fn rare(&self) -> i32 {
        self.rare
    }
}

impl Model {
    /// The adjustments of a comparison: share · log2(u / frequency), u being that of its first level; nothing if it has no frequencies.
    #[must_use]
    pub fn adjustments(&self, comparison: usize) -> Option<Adjustments> {
        self.comparisons().get(comparison).and_then(of_comparison)
    }
}

fn of_comparison(comparison: &Comparison) -> Option<Adjustments> {
    let frequencies = comparison.frequencies.as_ref()?;
    let u = comparison.levels.first()?.u;
    let adjustment = |&frequency: &f64| thousandths(frequencies.share * (u / frequency).log2());
    let values: BTreeMap<String, i32> =
        frequencies.values.iter().map(|(value, frequency)| (value.clone(), adjustment(frequency))).collect();
    // The smallest frequency has the largest adjustment.
    let rare = values.values().copied().max().unwrap_or(0);
    Some(Adjustments { rare, values })
}
