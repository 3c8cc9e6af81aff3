//! How many records share the values of rules and blocks, and how many pairs that makes: counted from keys alone, before any pair is compared.

mod count;
mod sizes;

pub use count::count_pairs;
pub(crate) use count::over_keys;
use std::collections::BTreeMap;

/// What the rules of an entity find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityPairs {
    /// The entity.
    pub entity: String,
    /// Exact rules, then the blocks of rules that compare pairs, each kind strongest first.
    pub rules: Vec<Sharing>,
}

/// How many records share the values of an exact rule or of a block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sharing {
    /// The rule: `exact email`, `fuzzy typo`.
    pub rule: String,
    /// The alternative of its block; `None` for an exact rule, which compares nothing.
    pub block: Option<String>,
    /// Values that more records share make no pairs.
    pub at_most: Option<u64>,
    /// Values that two records or more share, and not too many.
    pub values: u64,
    /// The pairs of their records. A pair counts once for each value that it shares; it is compared once.
    pub pairs: u64,
    /// How many records share the most frequent of these values.
    pub largest: u64,
    /// Values that too many records share.
    pub over: u64,
    /// How many records those have; a record counts once for each.
    pub over_records: u64,
}

/// What was counted, and over what.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The commit whose records were counted; `None` where the sources were read.
    pub commit: Option<u64>,
    /// Whether files came, changed or went since that commit.
    pub behind: bool,
    /// By entity.
    pub entities: Vec<EntityPairs>,
}

impl Sharing {
    /// Takes size → how many values have it.
    fn count(&mut self, sizes: &BTreeMap<u64, u64>) {
        let at_most = self.at_most.unwrap_or(u64::MAX);
        for (&records, &values) in sizes {
            if records > at_most {
                self.over += values;
                self.over_records += values * records;
            } else {
                self.values += values;
                self.pairs = self.pairs.saturating_add(values.saturating_mul(records * (records - 1) / 2));
                self.largest = self.largest.max(records);
            }
        }
    }

    /// Whether the pairs are compared, rather than joined.
    #[must_use]
    pub fn is_block(&self) -> bool {
        self.block.is_some()
    }
}

impl EntityPairs {
    /// By rule that compares pairs, the pairs of all its blocks together; a pair counts once for each value that it shares.
    #[must_use]
    pub fn compared(&self) -> Vec<(&str, u64)> {
        let mut found: Vec<(&str, u64)> = Vec::new();
        for sharing in self.rules.iter().filter(|sharing| sharing.is_block()) {
            match found.last_mut().filter(|(rule, _)| *rule == sharing.rule) {
                Some((_, pairs)) => *pairs = pairs.saturating_add(sharing.pairs),
                None => found.push((&sharing.rule, sharing.pairs)),
            }
        }
        found
    }
}
