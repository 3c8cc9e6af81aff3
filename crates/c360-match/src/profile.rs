//! What a column holds, found in one pass over its values as text: how many are there, how many differ, which are frequent, how they are written;
//! and what that makes of it ([`guess`]). Memory stays bounded whatever comes.

mod distinct;
mod formats;
mod frequent;
mod guess;
mod pattern;
mod words;

use distinct::Distinct;
pub use distinct::{Sketch, overlap};
use frequent::Frequent;
pub use guess::{Guess, Role, date_pattern, guess};
pub use words::words;

/// How many frequent values and patterns are told.
const TOLD: usize = 5;

/// A column while its values come in.
#[derive(Debug, Default)]
pub struct Column {
    rows: u64,
    present: u64,
    letters: u64,
    shortest: Option<u64>,
    longest: u64,
    distinct: Distinct,
    values: Frequent,
    patterns: Frequent,
}

/// What a column holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Values, missing ones among them.
    pub rows: u64,
    /// Values that are not blank.
    pub present: u64,
    /// How many of them differ.
    pub distinct: u64,
    /// Whether that was counted; else it is estimated, with an error of about one percent.
    pub exact: bool,
    /// The shortest, in characters.
    pub shortest: u64,
    /// The longest.
    pub longest: u64,
    /// The mean length.
    pub mean: f64,
    /// The most frequent values with their counts, most frequent first. Of columns with very many values, counts may be a little low.
    pub frequent: Vec<(String, u64)>,
    /// The same of patterns: letters are `A` or `a`, digits `9`, everything else stands for itself; repetitions are cut short.
    pub patterns: Vec<(String, u64)>,
    /// Some of the different values, drawn evenly.
    pub sample: Vec<String>,
    /// For comparing with other columns.
    pub sketch: Sketch,
}

impl Column {
    /// Takes the next value.
    pub fn add(&mut self, value: Option<&str>) {
        self.rows += 1;
        let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else { return };
        self.present += 1;
        let length = value.chars().count() as u64;
        self.letters += length;
        self.shortest = Some(self.shortest.map_or(length, |shortest| shortest.min(length)));
        self.longest = self.longest.max(length);
        self.distinct.add(value);
        self.values.add(value);
        self.patterns.add(&pattern::of(value));
    }

    /// What came in.
    #[must_use]
    pub fn facts(self) -> Facts {
        let (distinct, exact) = self.distinct.count();
        let (sample, sketch) = self.distinct.sample();
        Facts {
            rows: self.rows,
            present: self.present,
            distinct,
            exact,
            shortest: self.shortest.unwrap_or(0),
            longest: self.longest,
            mean: if self.present == 0 { 0.0 } else { self.letters as f64 / self.present as f64 },
            frequent: self.values.most(TOLD),
            patterns: self.patterns.most(TOLD),
            sample,
            sketch,
        }
    }
}

impl Facts {
    /// The share of values that are there.
    #[must_use]
    pub fn completeness(&self) -> f64 {
        if self.rows == 0 { 0.0 } else { self.present as f64 / self.rows as f64 }
    }

    /// The share of the values that are there which differ: 1 where none comes twice.
    #[must_use]
    pub fn selectivity(&self) -> f64 {
        if self.present == 0 { 0.0 } else { (self.distinct as f64 / self.present as f64).min(1.0) }
    }

    /// Whether the column can be a key: always there, never twice.
    #[must_use]
    pub fn is_key(&self) -> bool {
        let unique = if self.exact { self.distinct == self.rows } else { self.selectivity() > 0.97 };
        self.rows > 0 && self.present == self.rows && unique
    }
}
