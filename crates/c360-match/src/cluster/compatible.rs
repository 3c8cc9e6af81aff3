//! Finds the first record whose cluster is compatible with a given one, without looking at those that are not. Decides nothing.
//!
//! Two clusters are compatible if they agree on every guard under which both carry a mark. Records are kept by *pattern*, the guards
//! under which their cluster carries a mark; of one pattern, a cluster is compatible with just those that have its own marks under the guards
//! that it shares with the pattern. Hence a table for each such set of shared guards, from marks to a queue of records, made when first asked for.
//! There are as many patterns as combinations of marks occur: few, since guards are.
//!
//! Clusters grow meanwhile. Marks are never lost and never change, so an entry is out of date just if its cluster has more marks than
//! its pattern; since fewer marks are compatible with more, it is still met by whoever must find it, and then put right. That
//! happens at most once per guard and record, so any sequence of questions takes time in proportion to the records, times patterns
//! per question.

use super::entities::Entities;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Records by the marks of their clusters.
#[derive(Debug, Default)]
pub(super) struct Compatible {
    patterns: Vec<Pattern>,
    /// The pattern under which a record is to be found.
    place: HashMap<u32, usize>,
}

/// Records whose clusters carry marks under the same guards.
#[derive(Debug)]
struct Pattern {
    /// These guards, ascending.
    guards: Vec<usize>,
    /// All records that ever had this pattern.
    records: Vec<u32>,
    tables: Vec<Table>,
}

/// Records of one pattern by their marks under some of its guards.
#[derive(Debug)]
struct Table {
    /// These guards, ascending.
    guards: Vec<usize>,
    queues: HashMap<Vec<u64>, Queue>,
}

type Queue = BinaryHeap<Reverse<u32>>;

impl Compatible {
    /// Holds these records.
    pub(super) fn new(records: &[u32], entities: &mut Entities) -> Compatible {
        let mut compatible = Compatible::default();
        for &record in records {
            compatible.insert(record, entities);
        }
        compatible
    }

    /// Adds a record, or puts it right.
    pub(super) fn insert(&mut self, record: u32, entities: &mut Entities) {
        let root = entities.find(record);
        let marks: Vec<u64> = entities.marks(root).collect();
        let guards: Vec<usize> = (0..marks.len()).filter(|&guard| marks[guard] != 0).collect();
        let pattern = self.patterns.iter().position(|pattern| pattern.guards == guards).unwrap_or_else(|| {
            self.patterns.push(Pattern { guards, records: Vec::new(), tables: Vec::new() });
            self.patterns.len() - 1
        });
        self.place.insert(record, pattern);
        let pattern = &mut self.patterns[pattern];
        pattern.records.push(record);
        for table in &mut pattern.tables {
            table.insert(record, &marks);
        }
    }

    /// Takes a record out.
    pub(super) fn remove(&mut self, record: u32) {
        self.place.remove(&record);
    }

    /// The smallest record whose cluster is compatible with the one of this root, or is the same.
    pub(super) fn first(&mut self, root: u32, entities: &mut Entities) -> Option<u32> {
        let marks: Vec<u64> = entities.marks(root).collect();
        let mut first: Option<u32> = None;
        let mut outdated = Vec::new();
        for number in 0..self.patterns.len() {
            let found = self.first_of_pattern(number, &marks, entities, &mut outdated);
            first = first.into_iter().chain(found).min();
        }
        for record in outdated {
            self.insert(record, entities);
            let other = entities.find(record);
            if entities.compatible(root, other) {
                first = first.into_iter().chain([record]).min();
            }
        }
        first
    }

    /// The smallest record of one pattern that is compatible with these marks. Moves records that it finds out of date to `outdated`.
    fn first_of_pattern(&mut self, number: usize, marks: &[u64], entities: &mut Entities, outdated: &mut Vec<u32>) -> Option<u32> {
        let pattern = &mut self.patterns[number];
        let carried = pattern.guards.len();
        let queue = pattern.queue(marks, entities)?;
        while let Some(&Reverse(record)) = queue.peek() {
            if self.place.get(&record) == Some(&number) {
                let root = entities.find(record);
                if entities.marks(root).filter(|&mark| mark != 0).count() == carried {
                    return Some(record);
                }
                self.place.remove(&record);
                outdated.push(record);
            }
            queue.pop();
        }
        None
    }
}

impl Pattern {
    /// The records that have these marks under the guards that are in the pattern and have a mark here.
    fn queue(&mut self, marks: &[u64], entities: &mut Entities) -> Option<&mut Queue> {
        let shared = || self.guards.iter().copied().filter(|&guard| marks[guard] != 0);
        let table = self.tables.iter().position(|table| shared().eq(table.guards.iter().copied())).unwrap_or_else(|| {
            let mut table = Table { guards: shared().collect(), queues: HashMap::new() };
            for &record in &self.records {
                let root = entities.find(record);
                let marks: Vec<u64> = entities.marks(root).collect();
                table.insert(record, &marks);
            }
            self.tables.push(table);
            self.tables.len() - 1
        });
        let table = &mut self.tables[table];
        table.queues.get_mut(&table.key(marks))
    }
}

impl Table {
    fn insert(&mut self, record: u32, marks: &[u64]) {
        self.queues.entry(self.key(marks)).or_default().push(Reverse(record));
    }

    fn key(&self, marks: &[u64]) -> Vec<u64> {
        self.guards.iter().map(|&guard| marks[guard]).collect()
    }
}
