//! Buffers that outlive a pair, so that comparing a batch of pairs allocates nothing once they have grown.

use super::masks::Masks;

/// What the comparisons of this module work in. One per thread and batch; any comparison may follow any other.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) letters: Letters,
    pub(super) work: Work,
    /// Texts derived from the two of a pair.
    pub(super) texts: [String; 3],
    pub(super) grams: [Vec<u64>; 2],
}

/// The letters of texts that are not ASCII.
#[derive(Debug, Default)]
pub(super) struct Letters {
    left: Vec<char>,
    right: Vec<char>,
}

impl Letters {
    /// The letters of both texts.
    pub(super) fn of(&mut self, left: &str, right: &str) -> (&[char], &[char]) {
        for (buffer, text) in [(&mut self.left, left), (&mut self.right, right)] {
            buffer.clear();
            buffer.extend(text.chars());
        }
        (&self.left, &self.right)
    }
}

/// The tables of one comparison.
#[derive(Debug, Default)]
pub(super) struct Work {
    pub(super) masks: Masks,
    /// What a strip of 64 pattern symbols hands down to the next, per symbol of the text.
    pub(super) carries: Vec<u8>,
    pub(super) rows: [Vec<usize>; 4],
    pub(super) flags: [Vec<bool>; 2],
}

impl Scratch {
    /// Empty buffers.
    #[must_use]
    pub fn new() -> Scratch {
        Scratch::default()
    }
}

/// Whether both texts can be compared byte by byte.
pub(super) fn are_ascii(left: &str, right: &str) -> bool {
    left.is_ascii() && right.is_ascii()
}
