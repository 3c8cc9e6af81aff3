//! The values of the columns that a rule reads, for all records, as dictionaries: equal values have equal numbers.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;
use std::slice::from_ref;
use std::sync::Arc;

/// The cell of a record without a value.
const NONE: u32 = u32::MAX;

/// What marks the cell of a record with several values; the rest of it is where they stand.
const SEVERAL: u32 = 1 << 31;

/// Per record none, one or several comparison forms.
#[derive(Debug, Default)]
pub struct Values {
    /// A cell per record and column. Pairs are read in no order of memory, so all columns of a record stand side by side, mostly in one cache line.
    cells: Arc<[u32]>,
    /// Which of the columns this is, and how many there are.
    column: usize,
    width: usize,
    /// Where records have several values: how many, then their numbers, ascending.
    lists: Vec<u32>,
    texts: Texts,
    /// What each distinct value is as a number, NaN where it is none.
    numbers: Vec<f64>,
}

/// What a record has in a column: no value, the number of its only one, or where its several stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell(u32);

impl Cell {
    /// What the numbers of two records' values tell.
    #[inline]
    pub(super) fn meet(self, other: Cell) -> Meeting {
        match (self.0, other.0) {
            (NONE, _) | (_, NONE) => Meeting::Missing,
            (ours, theirs) if (ours | theirs) & SEVERAL != 0 => Meeting::Several,
            (ours, theirs) if ours == theirs => Meeting::Equal,
            _ => Meeting::Different,
        }
    }
}

/// What the numbers of two records' values tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    /// One of them has none.
    Missing,
    /// Both have the same one.
    Equal,
    /// Both have one, not the same.
    Different,
    /// One of them has several.
    Several,
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

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|id| self.get(u32::try_from(id).expect("ids are u32")))
    }
}

impl Values {
    /// The columns of the same records, one beside the other in memory.
    #[must_use]
    pub fn beside(columns: Vec<Values>) -> Vec<Values> {
        let width = columns.len();
        let records = columns.first().map_or(0, Values::records);
        let mut cells = Vec::with_capacity(records * width);
        for record in 0..records {
            cells.extend(columns.iter().map(|values| *values.place(record)));
        }
        let cells: Arc<[u32]> = cells.into();
        let placed = |(column, values)| Values { cells: Arc::clone(&cells), column, width, ..values };
        columns.into_iter().enumerate().map(placed).collect()
    }

    fn place(&self, record: usize) -> &u32 {
        &self.cells[record * self.width + self.column]
    }

    /// What a record has.
    #[inline]
    pub(super) fn cell(&self, record: u32) -> Cell {
        Cell(*self.place(record as usize))
    }

    /// The numbers of a record's distinct values, ascending.
    #[must_use]
    pub fn of(&self, record: u32) -> &[u32] {
        match self.place(record as usize) {
            &NONE => &[],
            cell if cell & SEVERAL == 0 => from_ref(cell),
            cell => {
                let start = (cell ^ SEVERAL) as usize;
                &self.lists[start + 1..=start + self.lists[start] as usize]
            }
        }
    }

    /// Whether two records share a value.
    pub(super) fn share(&self, a: u32, b: u32) -> bool {
        let theirs = self.of(b);
        self.of(a).iter().any(|our| theirs.contains(our))
    }

    /// The text of a distinct value.
    #[must_use]
    pub fn text(&self, id: u32) -> &str {
        self.texts.get(id)
    }

    /// The texts of all distinct values, in the order of their numbers.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter()
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
        self.cells.len().checked_div(self.width).unwrap_or_default()
    }

    /// How many records have each distinct value.
    #[must_use]
    pub fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.distinct()];
        let records = u32::try_from(self.records()).expect("records have 32-bit numbers");
        (0..records).flat_map(|record| self.of(record)).for_each(|id| counts[*id as usize] += 1);
        counts
    }
}

/// Takes values in any order of their records.
#[derive(Debug, Default)]
pub struct ValuesBuilder {
    /// Half of the hash of a value, and its number: no text is read again when the table grows, and hardly one that is not the same.
    known: HashTable<(u32, u32)>,
    hasher: DefaultHashBuilder,
    texts: Texts,
    cells: Vec<u32>,
    /// Values of records that have one already.
    more: Vec<(u32, u32)>,
}

impl ValuesBuilder {
    /// A value of a record; empty ones are no values.
    pub fn add(&mut self, record: u32, text: &str) {
        if text.is_empty() {
            return;
        }
        let id = self.id(text);
        let place = record as usize;
        if place >= self.cells.len() {
            self.cells.resize(place + 1, NONE);
        }
        match self.cells[place] {
            NONE => self.cells[place] = id,
            known if known == id => {}
            _ => self.more.push((record, id)),
        }
    }

    #[allow(clippy::cast_possible_truncation, reason = "half of a hash is enough of it")]
    fn id(&mut self, text: &str) -> u32 {
        let half = self.hasher.hash_one(text) as u32;
        if let Some((_, id)) = self.known.find(spread(half), |(known, id)| *known == half && self.texts.get(*id) == text) {
            return *id;
        }
        let id = u32::try_from(self.texts.ends.len()).ok().filter(|id| *id < SEVERAL).expect("fewer than 2^31 distinct values");
        self.texts.bytes.push_str(text);
        self.texts.ends.push(self.texts.bytes.len());
        self.known.insert_unique(spread(half), (half, id), |(half, _)| spread(*half));
        id
    }

    /// The values of `records` records.
    #[must_use]
    pub fn finish(mut self, records: usize) -> Values {
        self.cells.resize(records, NONE);
        self.more.sort_unstable();
        self.more.dedup();
        let mut lists = Vec::new();
        for of_record in self.more.chunk_by(|a, b| a.0 == b.0) {
            let cell = &mut self.cells[of_record[0].0 as usize];
            let mut ids: Vec<u32> = of_record.iter().map(|(_, id)| *id).chain([*cell]).collect();
            ids.sort_unstable();
            *cell = SEVERAL | u32::try_from(lists.len()).ok().filter(|start| *start < SEVERAL - 1).expect("fewer than 2^31 values");
            lists.push(u32::try_from(ids.len()).expect("a record has fewer than 2^32 values"));
            lists.extend(ids);
        }
        let numbers = self.texts.iter().map(number).collect();
        Values { cells: self.cells.into(), column: 0, width: 1, lists, texts: self.texts, numbers }
    }
}

/// A hash for the table out of half a hash (Knuth's multiplicative hashing): tables take their bits from both ends.
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Comparison forms of numbers are whole numbers; those of texts may be any number.
fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}
