//! Some of the values of a page, put one after the other as `PLAIN` has them.

use super::delta;
use super::runs::{Runs, short, split};
use bytes::Bytes;
use parquet::basic::{Encoding, Type};
use parquet::errors::Result;

/// How a column's values look when they are plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A bit each.
    Bits,
    /// So many bytes each.
    Fixed(usize),
    /// Four bytes of length and so many bytes.
    Sized,
}

impl Shape {
    /// The shape of a physical type.
    pub(super) fn of(physical: Type, type_length: i32) -> Shape {
        match physical {
            Type::BOOLEAN => Shape::Bits,
            Type::INT32 | Type::FLOAT => Shape::Fixed(4),
            Type::INT64 | Type::DOUBLE => Shape::Fixed(8),
            Type::INT96 => Shape::Fixed(12),
            Type::FIXED_LEN_BYTE_ARRAY => Shape::Fixed(usize::try_from(type_length).unwrap_or_default()),
            Type::BYTE_ARRAY => Shape::Sized,
        }
    }
}

/// The values of a dictionary page.
pub(super) struct Dictionary {
    page: Bytes,
    /// Where each begins, and where the last ends.
    starts: Vec<u32>,
}

impl Dictionary {
    /// `None` for a shape that has no dictionaries.
    pub(super) fn of(page: Bytes, count: usize, shape: Shape) -> Result<Option<Dictionary>> {
        let mut starts = vec![0; 1];
        for _ in 0..count {
            let start = *starts.last().expect("there is one") as usize;
            let length = match shape {
                Shape::Bits => return Ok(None),
                Shape::Fixed(length) => length,
                Shape::Sized => sized(&page, start)?,
            };
            starts.push(u32::try_from(start + length).map_err(|_| short())?);
        }
        let end = *starts.last().expect("there is one") as usize;
        if end > page.len() { Err(short()) } else { Ok(Some(Dictionary { page, starts })) }
    }

    fn get(&self, place: usize) -> Result<&[u8]> {
        let (start, end) = (self.starts.get(place), self.starts.get(place + 1));
        start.zip(end).map(|(start, end)| &self.page[*start as usize..*end as usize]).ok_or_else(short)
    }
}

/// Values that were taken: plain ones, or bits that are bytes still.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) bytes: Vec<u8>,
}

impl Taken {
    /// Takes the values at these places of a page, which ascend. `false` for an encoding that is left to others.
    pub(super) fn take(
        &mut self,
        page: &[u8],
        encoding: Encoding,
        shape: Shape,
        dictionary: Option<&Dictionary>,
        places: &[u32],
    ) -> Result<bool> {
        match (encoding, shape, dictionary) {
            (Encoding::PLAIN, Shape::Bits, _) => self.bits(page, places)?,
            (Encoding::PLAIN, Shape::Fixed(length), _) => self.fixed(page, length, places)?,
            (Encoding::PLAIN, Shape::Sized, _) => self.sized(page, places)?,
            (Encoding::DELTA_BINARY_PACKED, Shape::Fixed(8), _) => {
                delta::at(page, places, |number| self.bytes.extend_from_slice(&number.to_le_bytes()))?;
            }
            (Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY, _, Some(dictionary)) => {
                let mut rest = page;
                let width = usize::from(split(&mut rest, 1)?[0]);
                Runs::new(rest, width)?.at(places, |place| {
                    self.bytes.extend_from_slice(dictionary.get(place as usize)?);
                    Ok(())
                })?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn bits(&mut self, page: &[u8], places: &[u32]) -> Result<()> {
        for place in places {
            let byte = page.get(*place as usize / 8).ok_or_else(short)?;
            self.bytes.push(byte >> (place % 8) & 1);
        }
        Ok(())
    }

    fn fixed(&mut self, page: &[u8], length: usize, places: &[u32]) -> Result<()> {
        for place in places {
            let start = *place as usize * length;
            self.bytes.extend_from_slice(page.get(start..start + length).ok_or_else(short)?);
        }
        Ok(())
    }

    /// Goes from length to length.
    fn sized(&mut self, page: &[u8], places: &[u32]) -> Result<()> {
        let (mut at, mut start) = (0, 0);
        for place in places {
            while at < *place {
                start += sized(page, start)?;
                at += 1;
            }
            let length = sized(page, start)?;
            self.bytes.extend_from_slice(page.get(start..start + length).ok_or_else(short)?);
        }
        Ok(())
    }

    /// The values as a plain page has them.
    pub(super) fn finish(self, shape: Shape) -> Vec<u8> {
        match shape {
            Shape::Bits => self.bytes.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | bit)).collect(),
            Shape::Fixed(_) | Shape::Sized => self.bytes,
        }
    }
}

/// How many bytes a value with its length in front takes.
fn sized(page: &[u8], start: usize) -> Result<usize> {
    let length = page.get(start..).and_then(<[u8]>::first_chunk).ok_or_else(short)?;
    Ok(4 + u32::from_le_bytes(*length) as usize)
}
