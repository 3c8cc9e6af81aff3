//! Blocks: groups of records that share a key. Walks through the pairs of all blocks and visits each pair once, however many blocks it is in.

use crate::cluster::KeyGroups;
use std::ops::Range;

/// The blocks of all alternatives of a rule.
#[derive(Debug, Default)]
pub struct Blocks {
    alternatives: Vec<KeyGroups>,
    /// The number of the first block of each alternative, and how many there are.
    offsets: Vec<usize>,
    /// Where the blocks of each record start in `of_records`.
    starts: Vec<u32>,
    /// The blocks of the records, ascending for each.
    of_records: Vec<u32>,
}

impl Blocks {
    /// Takes the blocks of each alternative; `records` is how many records there are.
    ///
    /// # Panics
    /// If the alternatives have more than `u32::MAX` entries together.
    #[must_use]
    pub fn new(records: usize, alternatives: Vec<KeyGroups>) -> Blocks {
        let mut offsets = vec![0];
        for blocks in &alternatives {
            offsets.push(offsets.last().copied().unwrap_or_default() + blocks.len());
        }
        let mut blocks = Blocks { alternatives, offsets, starts: vec![0; records + 1], of_records: Vec::new() };
        blocks.index(records);
        blocks
    }

    /// Counts, then places: blocks are walked in order, so those of each record ascend.
    fn index(&mut self, records: usize) {
        let mut starts = std::mem::take(&mut self.starts);
        for record in self.alternatives.iter().flat_map(KeyGroups::iter).flatten() {
            starts[*record as usize + 1] += 1;
        }
        for record in 0..records {
            starts[record + 1] = starts[record].checked_add(starts[record + 1]).expect("fewer than 2^32 entries in blocks");
        }
        let mut next = starts.clone();
        self.of_records = vec![0; starts[records] as usize];
        for (number, block) in (0_u32..).zip(self.alternatives.iter().flat_map(KeyGroups::iter)) {
            for record in block {
                let place = &mut next[*record as usize];
                self.of_records[*place as usize] = number;
                *place += 1;
            }
        }
        self.starts = starts;
    }

    /// How many blocks there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.last().copied().unwrap_or_default()
    }

    /// Whether there is no block.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The records of a block, ascending.
    fn block(&self, number: usize) -> &[u32] {
        let (alternative, group) = self.place(number);
        self.alternatives[alternative].group(group)
    }

    /// The alternative of a block, and its number there.
    fn place(&self, number: usize) -> (usize, usize) {
        let alternative = self.offsets.partition_point(|offset| *offset <= number) - 1;
        (alternative, number - self.offsets[alternative])
    }

    fn of(&self, record: u32) -> &[u32] {
        let record = record as usize;
        &self.of_records[self.starts[record] as usize..self.starts[record + 1] as usize]
    }

    /// The first block that holds both records.
    fn first_of(&self, a: u32, b: u32) -> Option<u32> {
        let (mut left, mut right) = (self.of(a).iter(), self.of(b).iter());
        let (mut ours, mut theirs) = (left.next()?, right.next()?);
        loop {
            match ours.cmp(theirs) {
                std::cmp::Ordering::Equal => return Some(*ours),
                std::cmp::Ordering::Less => ours = left.next()?,
                std::cmp::Ordering::Greater => theirs = right.next()?,
            }
        }
    }

    /// How many pairs the blocks hold; those of several blocks count several times.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.alternatives.iter().map(KeyGroups::pairs).sum()
    }

    /// How many pairs a block holds.
    pub(super) fn size_of(&self, number: usize) -> u64 {
        let (alternative, group) = self.place(number);
        self.alternatives[alternative].pairs_of(group)
    }

    /// Up to `count` ranges of blocks with about as many pairs each, in order.
    #[must_use]
    pub fn ranges(&self, count: u64) -> Vec<Range<usize>> {
        let most = self.size().div_ceil(count.max(1)).max(1);
        let mut ranges = Vec::new();
        let (mut start, mut size) = (0, 0);
        for number in 0..self.len() {
            size += self.size_of(number);
            if size >= most {
                ranges.push(start..number + 1);
                (start, size) = (number + 1, 0);
            }
        }
        if start < self.len() {
            ranges.push(start..self.len());
        }
        ranges
    }

    /// Visits the pairs of a range of blocks, `a < b`; each only where the first block that holds it lies in the range.
    pub fn visit(&self, range: Range<usize>, mut pair: impl FnMut(u32, u32)) {
        for number in range {
            let block = self.block(number);
            for (place, &a) in block.iter().enumerate() {
                for &b in &block[place + 1..] {
                    if self.first_of(a, b) == u32::try_from(number).ok() {
                        pair(a, b);
                    }
                }
            }
        }
    }

    /// The alternative by which a visited pair came: the first that holds it.
    #[must_use]
    pub fn alternative(&self, a: u32, b: u32) -> Option<usize> {
        Some(self.place(self.first_of(a, b)? as usize).0)
    }
}
