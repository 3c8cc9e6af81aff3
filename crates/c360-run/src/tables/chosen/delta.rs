//! Numbers as differences, `DELTA_BINARY_PACKED` (format specification, "Delta Encoding"): those at some places. All before them are added up.

use super::runs::{short, split, varint};
use parquet::errors::Result;

/// The numbers at these places, which ascend.
pub(super) fn at(mut bytes: &[u8], places: &[u32], mut take: impl FnMut(i64)) -> Result<()> {
    let block = length(&mut bytes)?;
    let miniblocks = length(&mut bytes)?;
    let count = length(&mut bytes)?;
    let mut number = zigzag(&mut bytes)?;
    let size = block.checked_div(miniblocks).filter(|size| *size > 0 && *size % 32 == 0).ok_or_else(short)?;
    let mut wanted = places.iter().map(|place| *place as usize).peekable();
    if wanted.next_if_eq(&0).is_some() {
        take(number);
    }
    let mut place = 1;
    while wanted.peek().is_some() && place < count {
        let least = zigzag(&mut bytes)?;
        let widths = split(&mut bytes, miniblocks)?;
        for width in widths {
            if place >= count || wanted.peek().is_none() {
                break;
            }
            let packed = split(&mut bytes, size / 8 * usize::from(*width))?;
            let there = size.min(count - place);
            let mut differences = Differences::new(packed, usize::from(*width))?;
            for place in place..place + there {
                number = number.wrapping_add(least).wrapping_add(differences.next().cast_signed());
                if wanted.next_if_eq(&place).is_some() {
                    take(number);
                }
            }
            place += there;
        }
    }
    if wanted.peek().is_some() { Err(short()) } else { Ok(()) }
}

/// Bit-packed numbers, one after the other.
struct Differences<'a> {
    bytes: &'a [u8],
    width: usize,
    bit: usize,
    mask: u64,
}

impl<'a> Differences<'a> {
    fn new(bytes: &'a [u8], width: usize) -> Result<Differences<'a>> {
        let mask = match width {
            0 => 0,
            1..=64 => u64::MAX >> (64 - width),
            _ => return Err(short()),
        };
        Ok(Differences { bytes, width, bit: 0, mask })
    }

    fn next(&mut self) -> u64 {
        let (start, shift) = (self.bit / 8, self.bit % 8);
        self.bit += self.width;
        if let Some(word) = self.bytes.get(start..start + 8).filter(|_| self.width <= 56) {
            return u64::from_le_bytes(word.try_into().expect("it has 8 bytes")) >> shift & self.mask;
        }
        // A number and what lies before it in its first byte: at most 71 bits.
        let mut word = [0; 16];
        let rest = &self.bytes[start.min(self.bytes.len())..];
        word[..rest.len().min(16)].copy_from_slice(&rest[..rest.len().min(16)]);
        (u128::from_le_bytes(word) >> shift) as u64 & self.mask
    }
}

fn length(bytes: &mut &[u8]) -> Result<usize> {
    usize::try_from(varint(bytes)?).map_err(|_| short())
}

fn zigzag(bytes: &mut &[u8]) -> Result<i64> {
    let number = varint(bytes)?;
    Ok((number >> 1).cast_signed() ^ -((number & 1).cast_signed()))
}
