//! Thins a column out: of all its pages one that has the values of some rows only. The library makes arrays of that one as of any other page, nested or not,
//! so that what is done for each row that is not asked for is as little as the encoding allows: a bit of a level, a length that is skipped.

use super::runs::{Runs, pack, short, split};
use super::values::{Dictionary, Shape, Taken};
use bytes::Bytes;
use parquet::basic::Encoding;
use parquet::column::page::Page;
use parquet::errors::Result;
use parquet::schema::types::ColumnDescriptor;
use std::cmp::Ordering;
use std::ops::Range;

/// Levels that are skipped together where no row is asked for.
const SKIPPED: usize = 16;

/// The rows at `places`, which ascend, of a column in one page. `None` if it has a page that is left to others.
pub(super) fn thinned(pages: impl Iterator<Item = Result<Page>>, column: &ColumnDescriptor, places: &[u32]) -> Result<Option<Page>> {
    let mut thin = Thin::new(column, places);
    for page in pages {
        let known = match page? {
            Page::DictionaryPage { buf, num_values, .. } => {
                thin.dictionary = Dictionary::of(buf, num_values as usize, thin.shape)?;
                thin.dictionary.is_some()
            }
            Page::DataPage { buf, num_values, encoding, .. } => thin.page(&buf, num_values as usize, encoding)?,
            Page::DataPageV2 { .. } => false,
        };
        if !known {
            return Ok(None);
        }
    }
    thin.finish().map(Some)
}

struct Thin<'a> {
    places: &'a [u32],
    /// How many of them are done.
    done: usize,
    /// How many rows began.
    rows: usize,
    shape: Shape,
    max_repetition: u8,
    max_definition: u8,
    dictionary: Option<Dictionary>,
    values: Taken,
    repetitions: Vec<u8>,
    definitions: Vec<u8>,
    /// Levels of the page at hand, and the places of its values that are taken.
    page_repetitions: Vec<u8>,
    page_definitions: Vec<u8>,
    wanted: Vec<u32>,
}

impl<'a> Thin<'a> {
    fn new(column: &ColumnDescriptor, places: &'a [u32]) -> Thin<'a> {
        let level = |max: i16| u8::try_from(max).expect("values of ours are not nested that deeply");
        Thin {
            places,
            done: 0,
            rows: 0,
            shape: Shape::of(column.physical_type(), column.type_length()),
            max_repetition: level(column.max_rep_level()),
            max_definition: level(column.max_def_level()),
            dictionary: None,
            values: Taken::default(),
            repetitions: Vec::new(),
            definitions: Vec::new(),
            page_repetitions: Vec::new(),
            page_definitions: Vec::new(),
            wanted: Vec::new(),
        }
    }

    fn page(&mut self, mut page: &[u8], count: usize, encoding: Encoding) -> Result<bool> {
        self.wanted.clear();
        if self.max_repetition > 0 {
            self.page_repetitions.clear();
            levels(&mut page, self.max_repetition)?.all(count, &mut self.page_repetitions)?;
        }
        let definitions = match self.max_definition {
            0 => None,
            max => Some(levels(&mut page, max)?).filter(|levels| self.max_repetition > 0 || !levels.are_all(count, max.into())),
        };
        match definitions {
            None => self.flat_and_full(count),
            Some(levels) if self.max_repetition == 0 => self.flat(count, levels)?,
            Some(levels) => {
                self.page_definitions.clear();
                levels.all(count, &mut self.page_definitions)?;
                self.nested();
            }
        }
        self.values.take(page, encoding, self.shape, self.dictionary.as_ref(), &self.wanted)
    }

    /// Every row has a value.
    fn flat_and_full(&mut self, count: usize) {
        for place in self.places_of(count) {
            self.wanted.push(place);
            if self.max_definition > 0 {
                self.definitions.push(self.max_definition);
            }
        }
    }

    /// Every row has a level, and some a value.
    fn flat(&mut self, count: usize, levels: Runs<'_>) -> Result<()> {
        let places = self.places_of(count);
        levels.ranks(&places, self.max_definition, |level, before| {
            self.definitions.push(level);
            if level == self.max_definition {
                self.wanted.push(place_in(before));
            }
        })
    }

    /// The places that lie in a page of so many rows, as places in it.
    fn places_of(&mut self, count: usize) -> Vec<u32> {
        let (start, left) = (self.rows, &self.places[self.done..]);
        self.rows += count;
        let here = left.partition_point(|place| (*place as usize) < self.rows);
        self.done += here;
        left[..here].iter().map(|place| place_in(*place as usize - start)).collect()
    }

    /// A row has as many levels as it takes.
    fn nested(&mut self) {
        let (mut at, mut values) = (0, 0);
        while at < self.page_repetitions.len() {
            let Some(place) = self.places.get(self.done).map(|place| *place as usize) else {
                // What is left of the page is asked for by nobody.
                self.rows += rows_in(&self.page_repetitions[at..]);
                return;
            };
            let end = at + SKIPPED;
            if let Some(repetitions) = self.page_repetitions.get(at..end)
                && self.rows + rows_in(repetitions) <= place
            {
                self.rows += rows_in(repetitions);
                values += self.values_in(at..end);
                at = end;
                continue;
            }
            self.rows += usize::from(self.page_repetitions[at] == 0);
            // The row at hand is the one before `rows`.
            match self.rows.checked_sub(1).map(|row| row.cmp(&place)) {
                Some(Ordering::Equal) => {
                    let definition = self.page_definitions[at];
                    self.repetitions.push(self.page_repetitions[at]);
                    self.definitions.push(definition);
                    if definition == self.max_definition {
                        self.wanted.push(place_in(values));
                    }
                }
                Some(Ordering::Greater) => {
                    self.done += 1;
                    self.rows -= usize::from(self.page_repetitions[at] == 0);
                    continue;
                }
                Some(Ordering::Less) | None => {}
            }
            values += self.values_in(at..at + 1);
            at += 1;
        }
    }

    fn values_in(&self, levels: Range<usize>) -> usize {
        self.page_definitions[levels].iter().filter(|level| **level == self.max_definition).count()
    }

    fn finish(self) -> Result<Page> {
        let last = self.places.last().map_or(0, |place| *place as usize + 1);
        if self.rows < last {
            return Err(short());
        }
        let levels = if self.max_definition == 0 { self.places.len() } else { self.definitions.len() };
        let mut page = Vec::with_capacity(self.values.bytes.len() + levels);
        for (levels, max) in [(&self.repetitions, self.max_repetition), (&self.definitions, self.max_definition)] {
            if max > 0 {
                let packed = pack(levels, width_of(max));
                page.extend_from_slice(&u32::try_from(packed.len()).map_err(|_| short())?.to_le_bytes());
                page.extend_from_slice(&packed);
            }
        }
        page.extend_from_slice(&self.values.finish(self.shape));
        Ok(Page::DataPage {
            buf: Bytes::from(page),
            num_values: u32::try_from(levels).map_err(|_| short())?,
            encoding: Encoding::PLAIN,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        })
    }
}

/// How many rows begin.
fn rows_in(repetitions: &[u8]) -> usize {
    repetitions.iter().filter(|level| **level == 0).count()
}

/// Takes the levels off the front of a page.
fn levels<'p>(page: &mut &'p [u8], max: u8) -> Result<Runs<'p>> {
    let length = split(page, 4)?.try_into().map(u32::from_le_bytes).expect("it has 4 bytes");
    Runs::new(split(page, length as usize)?, width_of(max))
}

/// How many bits a level takes.
fn width_of(max: u8) -> usize {
    (u8::BITS - max.leading_zeros()) as usize
}

fn place_in(page: usize) -> u32 {
    u32::try_from(page).expect("a page has fewer than 2^32 values")
}
