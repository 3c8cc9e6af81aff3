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
    /// For each record of each block, in the order of the walk, a bit for each earlier block of that record. Two records without a common bit
    /// have no earlier block in common, which spares most looks into `of_records`: those go anywhere in memory.
    earlier: Vec<u32>,
    /// Where those of each alternative start.
    entries: Vec<usize>,
}

impl Blocks {
    /// Takes the blocks of each alternative; `records` is how many records there are.
    ///
    /// # Panics
    /// If the alternatives have more than `u32::MAX` entries together.
    #[must_use]
    pub fn new(records: usize, alternatives: Vec<KeyGroups>) -> Blocks {
        let (mut offsets, mut entries) = (vec![0], vec![0]);
        for blocks in &alternatives {
            offsets.push(offsets.last().copied().unwrap_or_default() + blocks.len());
            entries.push(entries.last().copied().unwrap_or_default() + blocks.iter().map(<[u32]>::len).sum::<usize>());
        }
        let mut blocks = Blocks { alternatives, offsets, entries, starts: vec![0; records + 1], ..Blocks::default() };
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
        // Where the next block of each record goes, and the bits of those before.
        let mut next: Vec<(u32, u32)> = starts.iter().map(|start| (*start, 0)).collect();
        self.of_records = vec![0; starts[records] as usize];
        self.earlier.reserve_exact(self.of_records.len());
        for (number, block) in (0_u32..).zip(self.alternatives.iter().flat_map(KeyGroups::iter)) {
            for record in block {
                let (place, bits) = &mut next[*record as usize];
                self.of_records[*place as usize] = number;
                self.earlier.push(*bits);
                *place += 1;
                *bits |= bit(number);
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

    /// The records of a block, ascending, and the bits of the earlier blocks of each.
    fn block(&self, number: usize) -> (&[u32], &[u32]) {
        let (alternative, group) = self.place(number);
        let Range { start, end } = self.alternatives[alternative].range(group);
        let before = self.entries[alternative];
        (self.alternatives[alternative].group(group), &self.earlier[before + start..before + end])
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
            let (records, earlier) = self.block(number);
            for (place, (&a, of_a)) in records.iter().zip(earlier).enumerate() {
                for (&b, of_b) in records[place + 1..].iter().zip(&earlier[place + 1..]) {
                    if of_a & of_b == 0 || self.first_of(a, b) == u32::try_from(number).ok() {
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

/// One of 32 bits for a block (Knuth's multiplicative hashing).
fn bit(block: u32) -> u32 {
    1 << (block.wrapping_mul(0x9e37_79b9) >> 27)
}
