//! The hybrid of repeated and bit-packed numbers in which Parquet keeps levels and places in dictionaries (format specification, "Run Length Encoding / Bit-Packing
//! Hybrid"): read where it is asked for, not number by number.

use parquet::errors::{ParquetError, Result};

/// Numbers of a fixed width in bits, of at most 32.
pub(super) struct Runs<'a> {
    bytes: &'a [u8],
    width: usize,
}

/// One after the other that are kept together.
enum Run<'a> {
    Repeated { number: u32, count: usize },
    Packed { bytes: &'a [u8], count: usize },
}

impl Run<'_> {
    fn count(&self) -> usize {
        match self {
            Run::Repeated { count, .. } | Run::Packed { count, .. } => *count,
        }
    }

    fn get(&self, width: usize, place: usize) -> u32 {
        match self {
            Run::Repeated { number, .. } => *number,
            Run::Packed { bytes, .. } => (word(bytes, place * width) & mask(width)) as u32,
        }
    }

    /// How many of the numbers between two places are this one, of at most eight bits.
    fn equal(&self, width: usize, number: u8, from: usize, to: usize) -> usize {
        match self {
            Run::Repeated { number: repeated, .. } => {
                if *repeated == u32::from(number) {
                    to - from
                } else {
                    0
                }
            }
            Run::Packed { bytes, .. } => equal(bytes, width, number, from, to),
        }
    }
}

/// Of bit-packed numbers those that are `number`: as many as fit into a word at once. Where a number differs, one of its bits does.
fn equal(bytes: &[u8], width: usize, number: u8, from: usize, to: usize) -> usize {
    let at_once = 56 / width.max(1);
    let lowest = (0..at_once).fold(0_u64, |bits, place| bits | 1 << (place * width));
    let wanted = lowest * u64::from(number);
    let mut count = 0;
    for place in (from..to).step_by(at_once) {
        let there = at_once.min(to - place);
        let differing = word(bytes, place * width) ^ wanted;
        let differing = (1..width).fold(differing, |bits, shift| bits | differing >> shift);
        count += (!differing & lowest & mask(there * width)).count_ones() as usize;
    }
    count
}

/// At least 57 bits from this one on, and zeros where there are none.
fn word(bytes: &[u8], bit: usize) -> u64 {
    let start = bit / 8;
    if let Some(word) = bytes.get(start..).and_then(<[u8]>::first_chunk) {
        return u64::from_le_bytes(*word) >> (bit % 8);
    }
    let rest = &bytes[start.min(bytes.len())..];
    let mut word = [0; 8];
    word[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(word) >> (bit % 8)
}

/// So many ones.
fn mask(width: usize) -> u64 {
    (1 << width) - 1
}

impl<'a> Runs<'a> {
    pub(super) fn new(bytes: &'a [u8], width: usize) -> Result<Runs<'a>> {
        match width {
            0..=32 => Ok(Runs { bytes, width }),
            _ => Err(ParquetError::General(format!("numbers of {width} bits"))),
        }
    }

    /// The numbers at these places, which ascend.
    pub(super) fn at(mut self, places: &[u32], mut take: impl FnMut(u32) -> Result<()>) -> Result<()> {
        let (mut start, mut next) = (0, 0);
        while next < places.len() {
            let run = self.run()?;
            let end = start + run.count();
            while let Some(place) = places.get(next).map(|place| *place as usize).filter(|place| *place < end) {
                take(run.get(self.width, place - start))?;
                next += 1;
            }
            start = end;
        }
        Ok(())
    }

    /// The first `count` numbers, of at most eight bits, appended to `numbers`.
    pub(super) fn all(mut self, count: usize, numbers: &mut Vec<u8>) -> Result<()> {
        let end = numbers.len() + count;
        numbers.reserve(count + 8);
        while numbers.len() < end {
            let left = end - numbers.len();
            match self.run()? {
                Run::Repeated { number, count } => numbers.resize(numbers.len() + count.min(left), number as u8),
                Run::Packed { bytes, .. } => {
                    let groups = bytes.chunks(self.width.max(1)).take(left.div_ceil(8));
                    groups.for_each(|group| numbers.extend_from_slice(&eight(group, self.width)));
                }
            }
        }
        numbers.truncate(end);
        Ok(())
    }

    /// For each of these places, which ascend, the number there and how many before it are `number`.
    pub(super) fn ranks(mut self, places: &[u32], number: u8, mut take: impl FnMut(u8, usize)) -> Result<()> {
        let (mut start, mut before, mut next) = (0, 0, 0);
        while next < places.len() {
            let run = self.run()?;
            let end = start + run.count();
            let mut counted = start;
            while let Some(place) = places.get(next).map(|place| *place as usize).filter(|place| *place < end) {
                before += run.equal(self.width, number, counted - start, place - start);
                counted = place;
                take(run.get(self.width, place - start) as u8, before);
                next += 1;
            }
            before += run.equal(self.width, number, counted - start, end - start);
            start = end;
        }
        Ok(())
    }

    /// Whether the first `count` numbers are all this one, told from the first run alone.
    pub(super) fn are_all(&self, count: usize, number: u32) -> bool {
        let mut first = Runs { bytes: self.bytes, width: self.width };
        matches!(first.run(), Ok(Run::Repeated { number: repeated, count: there }) if repeated == number && there >= count)
    }

    fn run(&mut self) -> Result<Run<'a>> {
        let header = varint(&mut self.bytes)?;
        let count = usize::try_from(header >> 1).map_err(|_| short())?;
        if count == 0 {
            return Err(short());
        }
        if header & 1 == 0 {
            let mut number = [0; 4];
            let length = self.width.div_ceil(8);
            number[..length].copy_from_slice(split(&mut self.bytes, length)?);
            return Ok(Run::Repeated { number: u32::from_le_bytes(number), count });
        }
        // Writers may leave out the end of the last group.
        let length = count.checked_mul(self.width).ok_or_else(short)?.min(self.bytes.len());
        let bytes = split(&mut self.bytes, length)?;
        let there = (length * 8).checked_div(self.width).map_or(count * 8, |there| there.min(count * 8));
        if there == 0 {
            return Err(short());
        }
        Ok(Run::Packed { bytes, count: there })
    }
}

/// Numbers of `width` bits as one bit-packed run, as pages have them.
pub(super) fn pack(numbers: &[u8], width: usize) -> Vec<u8> {
    let groups = numbers.len().div_ceil(8);
    let mut bytes = Vec::with_capacity(groups * width + 5);
    let mut header = (groups as u64) << 1 | 1;
    while header >= 0x80 {
        bytes.push(header as u8 | 0x80);
        header >>= 7;
    }
    bytes.push(header as u8);
    for group in numbers.chunks(8) {
        let bits = group.iter().enumerate().fold(0_u64, |bits, (place, number)| bits | u64::from(*number) << (place * width));
        bytes.extend_from_slice(&bits.to_le_bytes()[..width]);
    }
    bytes
}

/// The eight numbers of a group, which takes as many bytes as a number has bits; of at most eight bits.
fn eight(group: &[u8], width: usize) -> [u8; 8] {
    let mut bits = [0; 8];
    bits[..group.len().min(8)].copy_from_slice(&group[..group.len().min(8)]);
    let (bits, mask) = (u64::from_le_bytes(bits), mask(width));
    std::array::from_fn(|place| (bits >> (place * width) & mask) as u8)
}

/// An unsigned number, seven bits a byte, the lowest first.
pub(super) fn varint(bytes: &mut &[u8]) -> Result<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = split(bytes, 1)?[0];
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(short())
}

/// Takes so many bytes off the front.
pub(super) fn split<'a>(bytes: &mut &'a [u8], length: usize) -> Result<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(length).ok_or_else(short)?;
    *bytes = rest;
    Ok(taken)
}

/// A page that ends before what it says is in it.
pub(super) fn short() -> ParquetError {
    ParquetError::EOF("a page ends too early".into())
}
