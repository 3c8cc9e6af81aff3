//! Finds the first record whose cluster is compatible with a given one, without looking at those that are not. Decides nothing.
//!
//! Two clusters are compatible if they agree on every guard under which both carry a mark. Records are kept by *pattern*, the guards
//! under which their cluster carries a mark. Of one pattern, a cluster is compatible with just those that have its own marks under the
//! guards that it shares with the pattern: a table for each such set of guards, made when first asked for, leads from marks to records.
//! There are as many patterns as combinations of guards occur: few.
//!
//! Clusters grow meanwhile. Marks are never lost and never change, so a record is out of date just if its cluster has more marks than its
//! pattern. More marks make it compatible with fewer clusters, so whoever must find it still meets it, and it is then put right. That
//! happens at most once per guard and record; so all questions together take time in proportion to records, and to patterns per question.

use super::entities::Entities;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Records by the marks of their clusters.
#[derive(Debug, Default)]
pub(super) struct Compatible {
    /// The records, ascending. Their places here stand for them below.
    records: Vec<u32>,
    /// The pattern under which each is to be found, `NOWHERE` if it was taken out.
    pattern: Vec<u32>,
    patterns: Vec<Pattern>,
}

const NOWHERE: u32 = u32::MAX;

/// Records whose clusters carry marks under the same guards.
#[derive(Debug)]
struct Pattern {
    /// These guards, ascending.
    guards: Vec<usize>,
    /// All places that ever had this pattern.
    places: Vec<u32>,
    tables: Vec<Table>,
}

/// Records of one pattern by their marks under some of its guards.
#[derive(Debug)]
struct Table {
    /// These guards, ascending.
    guards: Vec<usize>,
    /// A tree of marks, one level per guard: (node, mark) to the node below. Exact, and no key needs memory of its own.
    below: HashMap<(u32, u64), u32>,
    /// Per node, the places that have the marks on the way to it; only of nodes at the lowest level.
    queues: Vec<BinaryHeap<Reverse<u32>>>,
}

impl Compatible {
    /// Holds these records, ascending.
    pub(super) fn new(records: &[u32], entities: &mut Entities) -> Compatible {
        let mut compatible = Compatible::default();
        for &record in records {
            compatible.push(record, entities);
        }
        compatible
    }

    /// Adds a record behind all others.
    pub(super) fn push(&mut self, record: u32, entities: &mut Entities) {
        let place = u32::try_from(self.records.len()).expect("fewer records than 2^32");
        self.records.push(record);
        self.pattern.push(NOWHERE);
        self.put_right(place, entities);
    }

    /// Takes out the record at a place.
    pub(super) fn remove(&mut self, place: u32) {
        self.pattern[place as usize] = NOWHERE;
    }

    /// The record at a place.
    pub(super) fn record(&self, place: u32) -> u32 {
        self.records[place as usize]
    }

    /// The place of the smallest record whose cluster is compatible with the one of this root, or is the same.
    pub(super) fn first(&mut self, root: u32, entities: &mut Entities) -> Option<u32> {
        let marks = entities.marks(root);
        let mut first: Option<u32> = None;
        let mut outdated = Vec::new();
        for pattern in 0..self.patterns.len() {
            let found = self.first_of_pattern(pattern, root, &marks, entities, &mut outdated);
            first = first.into_iter().chain(found).min();
        }
        for place in outdated {
            self.put_right(place, entities);
            let other = entities.find(self.record(place));
            if entities.compatible(root, other) {
                first = first.into_iter().chain([place]).min();
            }
        }
        first
    }

    /// The smallest place of one pattern that is compatible with the cluster of this root and these marks, or in it. Takes out those that it
    /// finds out of date.
    fn first_of_pattern(
        &mut self,
        number: usize,
        root: u32,
        marks: &[u64],
        entities: &mut Entities,
        outdated: &mut Vec<u32>,
    ) -> Option<u32> {
        let pattern = &mut self.patterns[number];
        let carried = pattern.guards.len();
        let queue = pattern.queue(marks, &self.records, entities)?;
        while let Some(&Reverse(place)) = queue.peek() {
            if self.pattern[place as usize] as usize == number {
                let other = entities.find(self.records[place as usize]);
                if other == root || entities.marks_carried(other) == carried {
                    return Some(place);
                }
                self.pattern[place as usize] = NOWHERE;
                outdated.push(place);
            }
            queue.pop();
        }
        None
    }

    /// Files a place under the pattern that its cluster has now.
    fn put_right(&mut self, place: u32, entities: &mut Entities) {
        let root = entities.find(self.record(place));
        let marks = entities.marks(root);
        let is_carried = |guard: &usize| marks[*guard] != 0;
        let number = self.patterns.iter().position(|pattern| (0..marks.len()).filter(is_carried).eq(pattern.guards.iter().copied()));
        let number = number.unwrap_or_else(|| {
            let guards = (0..marks.len()).filter(is_carried).collect();
            self.patterns.push(Pattern { guards, places: Vec::new(), tables: Vec::new() });
            self.patterns.len() - 1
        });
        self.pattern[place as usize] = u32::try_from(number).expect("fewer patterns than records");
        let pattern = &mut self.patterns[number];
        pattern.places.push(place);
        for table in &mut pattern.tables {
            table.insert(place, &marks);
        }
    }
}

impl Pattern {
    /// The places that have these marks under the guards that are in the pattern and have a mark here.
    fn queue(&mut self, marks: &[u64], records: &[u32], entities: &mut Entities) -> Option<&mut BinaryHeap<Reverse<u32>>> {
        let shared = || self.guards.iter().copied().filter(|&guard| marks[guard] != 0);
        let table = self.tables.iter().position(|table| shared().eq(table.guards.iter().copied())).unwrap_or_else(|| {
            let mut table = Table { guards: shared().collect(), below: HashMap::new(), queues: vec![BinaryHeap::new()] };
            for &place in &self.places {
                let root = entities.find(records[place as usize]);
                table.insert(place, &entities.marks(root));
            }
            self.tables.push(table);
            self.tables.len() - 1
        });
        self.tables[table].queue(marks)
    }
}

impl Table {
    fn insert(&mut self, place: u32, marks: &[u64]) {
        let mut node = 0;
        for &guard in &self.guards {
            node = *self.below.entry((node, marks[guard])).or_insert_with(|| {
                self.queues.push(BinaryHeap::new());
                u32::try_from(self.queues.len() - 1).expect("fewer nodes than 2^32")
            });
        }
        self.queues[node as usize].push(Reverse(place));
    }

    fn queue(&mut self, marks: &[u64]) -> Option<&mut BinaryHeap<Reverse<u32>>> {
        let mut node = 0;
        for &guard in &self.guards {
            node = *self.below.get(&(node, marks[guard]))?;
        }
        self.queues.get_mut(node as usize)
    }
}
