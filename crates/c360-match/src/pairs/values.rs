//! The values of one column for all records, as a dictionary: equal values have equal numbers.

use hashbrown::HashTable;
use std::hash::{BuildHasher, RandomState};

/// Per record none, one or several comparison forms.
#[derive(Debug, Default)]
pub struct Values {
    /// Where each record's values start in `ids`; one more than there are records.
    starts: Vec<u32>,
    ids: Vec<u32>,
    texts: Texts,
    /// What each distinct value is as a number, NaN where it is none.
    numbers: Vec<f64>,
}

/// Distinct texts, back to back.
#[derive(Debug, Default)]
struct Texts {
    bytes: String,
    ends: Vec<usize>,
}

impl Texts {
    fn get(&self, id: u32) -> &str {
        let id = id as usize;
        let start = id.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[id]]
    }
}

impl Values {
    /// The numbers of a record's distinct values, ascending.
    #[must_use]
    pub fn of(&self, record: u32) -> &[u32] {
        let record = record as usize;
        &self.ids[self.starts[record] as usize..self.starts[record + 1] as usize]
    }

    /// The text of a distinct value.
    #[must_use]
    pub fn text(&self, id: u32) -> &str {
        self.texts.get(id)
    }

    /// The number that a distinct value is, NaN where it is none.
    #[must_use]
    pub fn number(&self, id: u32) -> f64 {
        self.numbers[id as usize]
    }

    /// How many distinct values there are.
    #[must_use]
    pub fn distinct(&self) -> usize {
        self.texts.ends.len()
    }

    /// How many records there are.
    #[must_use]
    pub fn records(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many records have each distinct value.
    #[must_use]
    pub fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.distinct()];
        self.ids.iter().for_each(|id| counts[*id as usize] += 1);
        counts
    }
}

/// Takes values in any order of their records.
#[derive(Debug, Default)]
pub struct ValuesBuilder {
    known: HashTable<u32>,
    hasher: RandomState,
    texts: Texts,
    held: Vec<(u32, u32)>,
}

impl ValuesBuilder {
    /// A value of a record; empty ones are no values.
    pub fn add(&mut self, record: u32, text: &str) {
        if text.is_empty() {
            return;
        }
        let hash = self.hasher.hash_one(text);
        let found = self.known.find(hash, |id| self.texts.get(*id) == text).copied();
        let id = found.unwrap_or_else(|| {
            let id = u32::try_from(self.texts.ends.len()).expect("fewer than 2^32 distinct values");
            self.texts.bytes.push_str(text);
            self.texts.ends.push(self.texts.bytes.len());
            self.known.insert_unique(hash, id, |id| self.hasher.hash_one(self.texts.get(*id)));
            id
        });
        self.held.push((record, id));
    }

    /// The values of `records` records.
    #[must_use]
    pub fn finish(mut self, records: usize) -> Values {
        self.held.sort_unstable();
        self.held.dedup();
        let mut starts = vec![0; records + 1];
        for (record, _) in &self.held {
            starts[*record as usize + 1] += 1;
        }
        for record in 0..records {
            starts[record + 1] += starts[record];
        }
        let numbers = (0..self.texts.ends.len()).map(|id| number(self.texts.get(u32::try_from(id).expect("ids are u32")))).collect();
        Values { starts, ids: self.held.into_iter().map(|(_, id)| id).collect(), texts: self.texts, numbers }
    }
}

/// Comparison forms of numbers are whole numbers; those of texts may be any number.
fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}
