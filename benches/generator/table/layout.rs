//! The rows of one table as numbers: which object each describes, its key, and on which day it is new, changed, removed.
//! Everything is computed from the row's number alone, both ways, so that no list of rows is ever held.
//!
//! Row numbers: first one row for each of `base` objects, then `copies` further rows of these, then `inserts` new rows for each later day.

use super::super::bijection::Bijection;
use super::super::draw::{Draws, Stream};
use super::Table;

/// The last day that can be generated; key spaces are sized for it.
pub const LAST_DAY: u32 = 60;

/// Every tenth row that is added to a table opens a new object with the share `10 - copies_of_ten` of 10.
const GROUP: u64 = 10;

/// How many rows a table has and gets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    /// How many objects there are to describe; at least `base`.
    pub(crate) population: u64,
    /// Objects that the table describes on the first day.
    pub(crate) base: u64,
    /// Further rows about the same objects on the first day.
    pub(crate) copies: u64,
    /// New rows on each later day.
    pub(crate) inserts: u64,
    /// How many of ten new rows are about objects that the table already describes.
    pub(crate) copies_of_ten: u64,
    /// Changed rows on each later day.
    pub(crate) updates: u64,
    /// Removed rows on each later day.
    pub(crate) deletes: u64,
    /// How many of a million changes arrive a day late.
    pub(crate) late_ppm: u32,
}

/// The rows of one table.
#[derive(Debug)]
pub struct Layout {
    counts: Counts,
    rows: Draws,
    owners: Bijection,
    keys: Bijection,
    key_digits: usize,
    order: Bijection,
    removals: Bijection,
    updates: Vec<Bijection>,
}

/// What happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Insert,
    /// It has a new version.
    Update,
    /// It was removed.
    Delete,
}

impl Layout {
    pub(crate) fn new(seed: u64, table: Table, counts: Counts) -> Self {
        let key = Draws::new(seed, Stream::Table, table as u64);
        let first_day = counts.base + counts.copies;
        let key_digits = ((first_day + counts.inserts * u64::from(LAST_DAY)) * 4).to_string().len();
        Self {
            counts,
            rows: Draws::new(seed, Stream::Row, table as u64),
            owners: Bijection::new(key.child(0), counts.population),
            keys: Bijection::new(key.child(1), 10u64.pow(key_digits as u32)),
            key_digits,
            order: Bijection::new(key.child(2), first_day),
            removals: Bijection::new(key.child(3), first_day),
            updates: (2..=LAST_DAY).map(|day| Bijection::new(key.child(100 + u64::from(day)), first_day)).collect(),
        }
    }

    /// Rows of the first day.
    pub fn first_day(&self) -> u64 {
        self.counts.base + self.counts.copies
    }

    /// Rows that were ever added up to the end of `day`.
    pub fn rows_until(&self, day: u32) -> u64 {
        self.first_day() + self.counts.inserts * u64::from(day - 1)
    }

    /// The draws of a row.
    pub fn draws(&self, row: u64) -> Draws {
        self.rows.child(row)
    }

    /// The object that a row describes: person or company, account, or asset, by the table.
    pub fn owner(&self, row: u64) -> u64 {
        self.owners.apply(self.rank(row))
    }

    /// The object at `rank` of those that the table describes first; `rank` is below the first day's objects.
    pub fn owner_of_rank(&self, rank: u64) -> u64 {
        self.owners.apply(rank)
    }

    /// The place of a row's object in the order in which the table comes to describe objects.
    pub fn rank(&self, row: u64) -> u64 {
        let Counts { base, copies, copies_of_ten, population, .. } = self.counts;
        if row < base {
            return row;
        }
        if row >= base + copies {
            let (group, place) = ((row - base - copies) / GROUP, (row - base - copies) % GROUP);
            if place >= copies_of_ten {
                let rank = base + group * (GROUP - copies_of_ten) + place - copies_of_ten;
                if rank < population {
                    return rank;
                }
            }
        }
        self.draws(row).skewed(u32::MAX, base)
    }

    /// The first row about an object that exists on `day`; none where the table does not know the object by then.
    pub fn row_of(&self, owner: u64, day: u32) -> Option<u64> {
        let Counts { base, copies_of_ten, .. } = self.counts;
        let rank = self.owners.invert(owner);
        if rank < base {
            return Some(rank);
        }
        let fresh = GROUP - copies_of_ten;
        if fresh == 0 {
            return None;
        }
        let row = self.first_day() + (rank - base) / fresh * GROUP + copies_of_ten + (rank - base) % fresh;
        (row < self.rows_until(day)).then_some(row)
    }

    /// The number that is a row's key.
    pub fn key(&self, row: u64) -> u64 {
        self.keys.apply(row)
    }

    /// Digits of the table's keys.
    pub fn key_digits(&self) -> usize {
        self.key_digits
    }

    /// The row with a key; none where no row up to `day` has it.
    pub fn row_of_key(&self, key: u64, day: u32) -> Option<u64> {
        (key < self.keys.size()).then(|| self.keys.invert(key)).filter(|row| *row < self.rows_until(day))
    }

    /// The day on which a row is new.
    pub fn born_on(&self, row: u64) -> u32 {
        if row < self.first_day() { 1 } else { 2 + ((row - self.first_day()) / self.counts.inserts) as u32 }
    }

    /// The day on which a row is removed, if ever.
    pub fn removed_on(&self, row: u64) -> Option<u32> {
        if self.counts.deletes == 0 || row >= self.first_day() {
            return None;
        }
        let day = 2 + self.removals.invert(row) / self.counts.deletes;
        (day <= u64::from(LAST_DAY)).then_some(day as u32)
    }

    /// Which version of a row is in force on `day` and since which day: version 0 is the one it came with.
    pub fn version(&self, row: u64, day: u32) -> (u32, u32) {
        let mut version = (0, self.born_on(row));
        if row < self.first_day() {
            for later in 2..=day {
                if self.updates[later as usize - 2].invert(row) < self.counts.updates {
                    version = (version.0 + 1, later);
                }
            }
        }
        version
    }

    /// How many changes belong to a day, late ones and updates of removed rows included.
    pub fn changes_on(&self, day: u32) -> u64 {
        if day == 1 { self.first_day() } else { self.counts.inserts + self.counts.updates + self.counts.deletes }
    }

    /// A change of a day by its place below [`Layout::changes_on`]; none where the row was removed before it could change.
    pub fn change(&self, day: u32, place: u64) -> Option<(u64, Change)> {
        let Counts { inserts, updates, deletes, .. } = self.counts;
        if day == 1 {
            return Some((self.order.apply(place), Change::Insert));
        }
        if place < inserts {
            return Some((self.rows_until(day - 1) + place, Change::Insert));
        }
        if place < inserts + updates {
            let row = self.updates[day as usize - 2].apply(place - inserts);
            return self.removed_on(row).is_none_or(|removed| removed > day).then_some((row, Change::Update));
        }
        let rank = (u64::from(day) - 2) * deletes + place - inserts - updates;
        (rank < self.first_day()).then(|| (self.removals.apply(rank), Change::Delete))
    }

    /// The row at a place of a full dump: the first day's rows scattered, then the later ones.
    pub fn in_dump(&self, place: u64) -> u64 {
        if place < self.first_day() { self.order.apply(place) } else { place }
    }

    /// Whether some changes arrive a day late.
    pub fn has_late_changes(&self) -> bool {
        self.counts.late_ppm > 0
    }

    /// The day on which a change of `day` arrives.
    pub fn arrives_on(&self, row: u64, day: u32) -> u32 {
        let late = day > 1 && self.draws(row).child(u64::from(day)).chance(0, self.counts.late_ppm);
        day + u32::from(late)
    }
}
