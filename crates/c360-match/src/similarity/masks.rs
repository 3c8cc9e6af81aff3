//! Where each symbol stands in a pattern of up to 64 symbols, as bits: what all bit-parallel algorithms look up.

/// A letter of a text: a byte of an ASCII text, or a `char`.
pub(super) trait Symbol: Copy + Ord {
    /// Its number; equal symbols have equal numbers.
    fn code(self) -> u32;
}

impl Symbol for u8 {
    fn code(self) -> u32 {
        u32::from(self)
    }
}

impl Symbol for char {
    fn code(self) -> u32 {
        u32::from(self)
    }
}

/// Symbols of a pattern at most: the bits of a word.
pub(super) const WORD: usize = 64;

/// Twice as many as a pattern has symbols, so that probing ends soon.
const SLOTS: usize = 2 * WORD;

/// Bit `i` of a symbol's mask is set where the pattern's symbol `i` is that one. Empty between comparisons.
#[derive(Debug)]
pub(super) struct Masks {
    /// Symbols below 256: ASCII and Latin-1.
    direct: Box<[u64; 256]>,
    /// The others, by open addressing; a mask of 0 is a free slot.
    others: Box<[(u32, u64); SLOTS]>,
    /// Which of those slots are taken.
    taken: Vec<usize>,
}

impl Default for Masks {
    fn default() -> Masks {
        Masks { direct: Box::new([0; 256]), others: Box::new([(0, 0); SLOTS]), taken: Vec::new() }
    }
}

impl Masks {
    /// Enters a pattern of at most [`WORD`] symbols.
    pub(super) fn enter<S: Symbol>(&mut self, pattern: &[S]) {
        debug_assert!(pattern.len() <= WORD, "a pattern has at most {WORD} symbols");
        for (at, symbol) in pattern.iter().enumerate() {
            let code = symbol.code();
            match self.direct.get_mut(code as usize) {
                Some(mask) => *mask |= 1 << at,
                None => {
                    let slot = self.slot(code);
                    if self.others[slot].1 == 0 {
                        self.others[slot].0 = code;
                        self.taken.push(slot);
                    }
                    self.others[slot].1 |= 1 << at;
                }
            }
        }
    }

    /// Takes the pattern out again: cheaper than clearing all.
    pub(super) fn leave<S: Symbol>(&mut self, pattern: &[S]) {
        for symbol in pattern {
            if let Some(mask) = self.direct.get_mut(symbol.code() as usize) {
                *mask = 0;
            }
        }
        // By slot, not by symbol: one that is still taken may only be found past one that was freed.
        for slot in self.taken.drain(..) {
            self.others[slot].1 = 0;
        }
    }

    /// The mask of `symbol`.
    pub(super) fn of<S: Symbol>(&self, symbol: S) -> u64 {
        let code = symbol.code();
        match self.direct.get(code as usize) {
            Some(mask) => *mask,
            None => self.others[self.slot(code)].1,
        }
    }

    /// The slot of `code`, or the free one where it would stand. There is one: at most half are taken.
    fn slot(&self, code: u32) -> usize {
        let mut slot = code as usize % SLOTS;
        while self.others[slot].1 != 0 && self.others[slot].0 != code {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }
}
