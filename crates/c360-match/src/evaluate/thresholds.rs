//! Precision and recall of scored pairs, threshold by threshold: what a model would join by itself if it accepted more, or less.

use super::Pairs;
use std::collections::BTreeMap;

/// Thresholds are half a bit apart, in thousandths of a bit.
const STEP: i32 = 500;
/// The lowest and the highest: a probability of a thousandth, and of all but one in ten thousand million.
const LOWEST: i32 = -10_000;
const HIGHEST: i32 = 33_000;

/// Scored pairs, counted by half bits of their weight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thresholds {
    /// Threshold → pairs that reach it and no higher one: all of them, and those that are the same.
    counts: BTreeMap<i32, (u64, u64)>,
}

/// What a threshold lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// In thousandths of a bit.
    pub threshold: i32,
    /// The pairs that reach it, against all that are the same.
    pub pairs: Pairs,
}

impl Thresholds {
    /// Counts a pair by its weight in thousandths of a bit.
    pub fn add(&mut self, weight: i32, same: bool) {
        let reached = (weight.div_euclid(STEP) * STEP).clamp(LOWEST, HIGHEST);
        let counts = self.counts.entry(reached).or_default();
        counts.0 += 1;
        counts.1 += u64::from(same);
    }

    /// Takes in what another counted.
    pub fn merge(&mut self, other: &Thresholds) {
        for (threshold, (found, right)) in &other.counts {
            let counts = self.counts.entry(*threshold).or_default();
            counts.0 += found;
            counts.1 += right;
        }
    }

    /// All thresholds from the lowest that a pair reaches to the highest, ascending; `truth` is the number of pairs that are the same, scored or not.
    #[must_use]
    pub fn points(&self, truth: u64) -> Vec<Point> {
        let (Some((first, _)), Some((last, _))) = (self.counts.first_key_value(), self.counts.last_key_value()) else { return Vec::new() };
        let mut pairs = Pairs { truth, ..Pairs::default() };
        let mut points = Vec::new();
        for threshold in (*first..=*last).rev().step_by(STEP.unsigned_abs() as usize) {
            let (found, right) = self.counts.get(&threshold).copied().unwrap_or_default();
            pairs.found += found;
            pairs.right += right;
            points.push(Point { threshold, pairs });
        }
        points.reverse();
        points
    }
}
