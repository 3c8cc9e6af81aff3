//! Which row of a key is the current one: the latest `updated`, then the last file, then the last row. Rows that the state holds take part.

use super::held::{HeldRow, HeldRows, file_of, row_of};
use c360_match::planted::planted;
use c360_plan::NumberSet;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::collections::BTreeMap;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// A row's age and place. The order of the fields is the order in which rows of one key win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) updated: Option<i64>,
    /// The place of its file in the order of paths.
    pub(super) order: usize,
    pub(super) row: i64,
    pub(super) place: i64,
    pub(super) deletes: bool,
}

/// Where the best row of a key comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The state; it was not read again.
    Held,
    /// A file, and it says what the state holds.
    Same,
    /// A file.
    Read,
}

/// The best row of a key so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) record: i64,
    pub(super) content: i64,
    pub(super) row: Row,
    pub(super) from: From,
}

/// A row that stands back.
#[derive(Debug)]
pub(super) struct Behind {
    pub(super) hash: u128,
    pub(super) key: String,
    pub(super) row: Row,
}

/// The competition among rows of the files that are read and rows that the state holds of other files.
pub(super) struct Competition {
    held: Arc<HeldRows>,
    /// Files whose held rows count no more: they are gone, or read again.
    dropped: NumberSet,
    order: BTreeMap<i64, usize>,
    /// By position of held rows, whether they were read again as and where they are.
    again: Vec<bool>,
    /// The best row of each other key that was read.
    standing: Vec<(u128, Standing)>,
    /// Positions in `standing`, by hash. The hashes are uniform already.
    positions: HashTable<u32>,
    behind: Vec<Behind>,
    next_record: i64,
}

impl Competition {
    pub(super) fn new(held: Arc<HeldRows>, dropped: NumberSet, order: BTreeMap<i64, usize>, next_record: i64) -> Competition {
        let again = vec![false; held.count()];
        Competition { held, dropped, order, again, standing: Vec::new(), positions: HashTable::new(), behind: Vec::new(), next_record }
    }

    /// The number that the next new key gets.
    pub(super) fn next_record(&self) -> i64 {
        self.next_record
    }

    /// Takes a row that says what the held row at this position says, how old it is among that. Of a dump most do and lie where they did: nothing is kept of those but a mark.
    pub(super) fn offer_same(&mut self, position: usize, key: &str, row: Row) {
        let (hash, held) = self.held.at(position);
        let row = Row { updated: held.updated, deletes: held.deletes, ..row };
        let (content, stays) = (held.content, held.place == row.place);
        if stays && !self.again[position] && self.standing_of(hash).is_none() {
            self.again[position] = true;
        } else {
            self.compete((hash, key), row, content, From::Same);
        }
    }

    /// Takes a row that says something new; gives the number of its record where it is the best of its key so far, and is to be written.
    pub(super) fn offer(&mut self, key: &str, row: Row, content: i64) -> Option<i64> {
        self.compete((xxh3_128(key.as_bytes()), key), row, content, From::Read)
    }

    fn compete(&mut self, (hash, key): (u128, &str), row: Row, content: i64, from: From) -> Option<i64> {
        let before = self.held.position(hash);
        let standing = &self.standing;
        let same = |position: &u32| standing[*position as usize].0 == hash;
        let position = match self.positions.entry(hash as u64, same, |position| standing[*position as usize].0 as u64) {
            Entry::Occupied(taken) => *taken.get() as usize,
            Entry::Vacant(free) => {
                let position = self.standing.len();
                free.insert(u32::try_from(position).expect("a source has fewer than 2^32 keys"));
                match before.and_then(|before| self.still_standing(before)) {
                    Some(standing) => self.standing.push((hash, standing)),
                    None => {
                        let record = before.map_or(self.next_record + 1, |before| self.held.at(before).1.record);
                        self.next_record += i64::from(before.is_none());
                        self.standing.push((hash, Standing { record, content, row, from }));
                        return (from == From::Read).then_some(record);
                    }
                }
                position
            }
        };
        let standing = &mut self.standing[position].1;
        let (loser, won) = if row > standing.row || planted("late-row-wins") { (standing.row, true) } else { (row, false) };
        if won {
            *standing = Standing { record: standing.record, content, row, from };
        }
        let record = standing.record;
        self.behind.push(Behind { hash, key: key.to_owned(), row: loser });
        (won && from == From::Read).then_some(record)
    }

    /// The held row at a position, if it counts: it was read again, or its file was not.
    fn still_standing(&self, position: usize) -> Option<Standing> {
        let (_, held) = self.held.at(position);
        let from = match self.again[position] {
            true => From::Same,
            false if !self.dropped.contains(&file_of(held.place)) || planted("dropped-row-counts") => From::Held,
            false => return None,
        };
        let row = held_row(held, &self.order)?;
        Some(Standing { record: held.record, content: held.content, row, from })
    }

    fn standing_of(&self, hash: u128) -> Option<&u32> {
        self.positions.find(hash as u64, |position| self.standing[*position as usize].0 == hash)
    }

    /// Whether a row of the key of the held row at this position takes part.
    pub(super) fn has(&self, position: usize) -> bool {
        self.again[position] || self.standing_of(self.held.at(position).0).is_some()
    }

    /// The best row of each key in the order of their records, but for those that are as and where they were, and all rows that stand back.
    pub(super) fn finish(mut self) -> (Vec<(u128, Standing)>, Vec<Behind>) {
        self.standing.sort_unstable_by_key(|(_, standing)| standing.record);
        (self.standing, self.behind)
    }

    /// Places of rows that were written as the best of their keys and are not: better rows came later.
    pub(super) fn outdone(&self) -> NumberSet {
        self.behind.iter().map(|behind| behind.row.place).collect()
    }
}

fn held_row(held: &HeldRow, order: &BTreeMap<i64, usize>) -> Option<Row> {
    let order = *order.get(&file_of(held.place))?;
    Some(Row { updated: held.updated, order, row: row_of(held.place), place: held.place, deletes: held.deletes })
}
