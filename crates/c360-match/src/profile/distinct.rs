//! How many values differ, and an even sample of them. Counted up to a bound, then estimated by HyperLogLog (Flajolet, Fusy, Gandouet, Meunier,
//! "HyperLogLog", 2007); the sample is the values with the smallest hashes, which depends neither on their order nor on how often they come.

use std::collections::{BTreeMap, HashSet};

/// Up to so many different values are counted.
const COUNTED: usize = 1 << 20;
/// Values in the sample.
const SAMPLED: usize = 2048;
/// Hash bits that choose a register; the relative error is 1.04 / 2^(BITS / 2).
const BITS: u32 = 14;

/// The smallest hashes of a column's values, spelling left aside: case and signs do not count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Ascending.
    hashes: Vec<u64>,
    /// Whether these are all.
    whole: bool,
}

/// The share of the different values of `inner` that `outer` has, too, as far as the sketches tell, and on how many values that rests.
#[must_use]
pub fn overlap(inner: &Sketch, outer: &Sketch) -> (f64, usize) {
    // Above the last hash of a sketch that is not whole nothing is known of it.
    let known = |sketch: &Sketch| if sketch.whole { u64::MAX } else { sketch.hashes.last().copied().unwrap_or(0) };
    let limit = known(inner).min(known(outer));
    let compared = inner.hashes.iter().take_while(|hash| **hash <= limit);
    let (mut shared, mut all) = (0_usize, 0_usize);
    for hash in compared {
        all += 1;
        shared += usize::from(outer.hashes.binary_search(hash).is_ok());
    }
    (if all == 0 { 0.0 } else { shared as f64 / all as f64 }, all)
}

/// Values under count.
#[derive(Debug)]
pub(super) struct Distinct {
    /// Hashes of all values; `None` where they were too many.
    seen: Option<HashSet<u64>>,
    registers: Vec<u8>,
    /// By hash of the value without its spelling.
    sample: BTreeMap<u64, String>,
    /// Whether a value fell out of the sample.
    dropped: bool,
}

impl Default for Distinct {
    fn default() -> Distinct {
        Distinct { seen: Some(HashSet::new()), registers: vec![0; 1 << BITS], sample: BTreeMap::new(), dropped: false }
    }
}

impl Distinct {
    pub(super) fn add(&mut self, value: &str) {
        let hash = hash(value.bytes());
        let register = &mut self.registers[(hash >> (64 - BITS)) as usize];
        *register = (*register).max((hash << BITS | 1 << (BITS - 1)).leading_zeros() as u8 + 1);
        if let Some(seen) = &mut self.seen {
            if !seen.insert(hash) {
                return;
            }
            if seen.len() > COUNTED {
                self.seen = None;
            }
        }
        self.take(value);
    }

    fn take(&mut self, value: &str) {
        let hash = hash_of_plain(value);
        if self.sample.len() == SAMPLED && self.sample.last_key_value().is_some_and(|(last, _)| hash > *last) {
            self.dropped = true;
            return;
        }
        self.sample.entry(hash).or_insert_with(|| value.to_owned());
        if self.sample.len() > SAMPLED {
            self.sample.pop_last();
            self.dropped = true;
        }
    }

    /// How many values differ, and whether that was counted.
    pub(super) fn count(&self) -> (u64, bool) {
        match &self.seen {
            Some(seen) => (seen.len() as u64, true),
            None => (self.estimate(), false),
        }
    }

    fn estimate(&self) -> u64 {
        // Beyond COUNTED values no correction for small counts is needed, and hashes of 64 bits need none for large ones.
        let registers = self.registers.len() as f64;
        let alpha = 0.7213 / (1.0 + 1.079 / registers);
        let sum: f64 = self.registers.iter().map(|register| 2.0_f64.powi(-i32::from(*register))).sum();
        (alpha * registers * registers / sum).round() as u64
    }

    /// The sampled values in the order of their hashes, and the sketch.
    pub(super) fn sample(self) -> (Vec<String>, Sketch) {
        let sketch = Sketch { hashes: self.sample.keys().copied().collect(), whole: !self.dropped };
        (self.sample.into_values().collect(), sketch)
    }
}

/// The hash of a value's letters and digits in lower case; of the value itself where it has none.
fn hash_of_plain(value: &str) -> u64 {
    let mut buffer = [0; 4];
    let mut state = SEED;
    let mut any = false;
    for c in value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        state = c.encode_utf8(&mut buffer).bytes().fold(state, step);
        any = true;
    }
    if any { mixed(state) } else { hash(value.bytes()) }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, its bits mixed as in `MurmurHash3`.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    mixed(bytes.fold(SEED, step))
}

fn step(state: u64, byte: u8) -> u64 {
    (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

fn mixed(mut state: u64) -> u64 {
    state = (state ^ state >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    state = (state ^ state >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    state ^ state >> 33
}

#[cfg(test)]
mod tests {
    use super::{COUNTED, Distinct, overlap};

    fn of(values: std::ops::Range<usize>) -> Distinct {
        let mut distinct = Distinct::default();
        values.for_each(|value| distinct.add(&format!("Value-{value}")));
        distinct
    }

    #[test]
    fn many_values_are_estimated() {
        assert_eq!(of(0..1000).count(), (1000, true));
        let many = COUNTED + COUNTED / 2;
        let (count, exact) = of(0..many).count();
        assert!(!exact && (count as f64 / many as f64 - 1.0).abs() < 0.03, "{count} of {many}");
    }

    #[test]
    fn overlap_of_samples_is_about_that_of_all() {
        let (a, b, c) = (of(0..20_000).sample().1, of(10_000..20_000).sample().1, of(50_000..50_100).sample().1);
        let near = |share: f64, expected: f64| assert!((share - expected).abs() < 0.05, "{share} is not {expected}");
        near(overlap(&b, &a).0, 1.0);
        near(overlap(&a, &b).0, 0.5);
        assert!(overlap(&c, &a).0 < 0.01, "nothing in common");
        let other = {
            let mut other = Distinct::default();
            other.add("VALUE 7");
            other
        };
        assert_eq!(overlap(&other.sample().1, &of(0..100).sample().1), (1.0, 1), "spelling does not count");
    }
}
