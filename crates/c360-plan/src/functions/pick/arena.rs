//! Byte strings of many slots in one buffer, compacted when half of it is garbage.

/// A range of an arena.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    start: usize,
    length: u32,
}

/// The buffer.
#[derive(Debug, Default)]
pub(super) struct Arena {
    bytes: Vec<u8>,
    garbage: usize,
}

impl Arena {
    pub(super) fn get(&self, place: Place) -> &[u8] {
        &self.bytes[place.start..place.start + place.length as usize]
    }

    /// Puts `value` where `place` points to, in its old room if it fits there.
    pub(super) fn replace(&mut self, place: &mut Place, value: &[u8]) {
        let length = u32::try_from(value.len()).expect("a value is shorter than 4 GiB");
        if length <= place.length {
            self.garbage += (place.length - length) as usize;
            self.bytes[place.start..place.start + value.len()].copy_from_slice(value);
            place.length = length;
        } else {
            self.garbage += place.length as usize;
            *place = self.push(value);
        }
    }

    pub(super) fn push(&mut self, value: &[u8]) -> Place {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(value);
        Place { start, length: u32::try_from(value.len()).expect("a value is shorter than 4 GiB") }
    }

    /// Whether [`Arena::compact`] is worth its while.
    pub(super) fn wasteful(&self) -> bool {
        self.garbage > 1 << 16 && self.garbage * 2 > self.bytes.len()
    }

    /// Moves what `places` point to into a new buffer, and the places along.
    pub(super) fn compact<'a>(&mut self, places: impl Iterator<Item = &'a mut Place>) {
        let mut bytes = Vec::with_capacity(self.bytes.len() - self.garbage);
        for place in places {
            let start = bytes.len();
            bytes.extend_from_slice(self.get(*place));
            place.start = start;
        }
        *self = Arena { bytes, garbage: 0 };
    }

    pub(super) fn size(&self) -> usize {
        self.bytes.capacity()
    }
}
