//! Counter-based draws: every value is a hash of (seed, stream, number, field), so that any of them can be computed alone, anywhere, in any order.
//! Not a generator with a state, and no source of secrets.

/// The odd constant that spreads counters over 64 bits: 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// What the numbers of a draw count; draws of different streams are independent of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Groups of persons that share an address.
    Household = 1,
    /// Persons.
    Person,
    /// Companies.
    Company,
    /// Accounts and the rows that describe them.
    Account,
    /// Assets.
    Asset,
    /// Values that many unrelated records share.
    SuperConnector,
    /// What is drawn once for a table: its permutations.
    Table,
    /// Rows of a table: what a system knows, and its errors.
    Row,
    /// Versions of rows after their first day.
    Version,
}

/// The draws of one number of one stream.
#[derive(Clone, Copy, Debug)]
pub struct Draws(u64);

impl Draws {
    /// The draws of `number` in `stream` under `seed`.
    pub fn new(seed: u64, stream: Stream, number: u64) -> Self {
        Self(mix(mix(seed.wrapping_add(GOLDEN.wrapping_mul(stream as u64))).wrapping_add(GOLDEN.wrapping_mul(number))))
    }

    /// Independent draws below these: one set for each `number`, for example of a version of a row.
    pub fn child(self, number: u64) -> Self {
        Self(mix(self.0 ^ mix(number.wrapping_add(GOLDEN))))
    }

    /// 64 bits for `field`.
    pub fn bits(self, field: u32) -> u64 {
        mix(self.0.wrapping_add(GOLDEN.wrapping_mul(u64::from(field) + 1)))
    }

    /// A number below `limit`; 0 where the limit is 0.
    pub fn below(self, field: u32, limit: u64) -> u64 {
        scale(self.bits(field), limit)
    }

    /// True in `ppm` of a million cases.
    pub fn chance(self, field: u32, ppm: u32) -> bool {
        self.below(field, 1_000_000) < u64::from(ppm)
    }

    /// An index below `limit` where low ones are more frequent: rank r has a weight of about r^-1/3, like names in a telephone book.
    pub fn skewed(self, field: u32, limit: u64) -> u64 {
        // A square root is rounded exactly by IEEE 754, so that the result is the same on every machine.
        let unit = (self.bits(field) >> 11) as f64 / (1u64 << 53) as f64;
        ((unit * unit.sqrt() * limit as f64) as u64).min(limit.saturating_sub(1))
    }

    /// An element, all equally likely. The list has at least one.
    pub fn pick<T: Copy>(self, field: u32, list: &[T]) -> T {
        list[self.below(field, list.len() as u64) as usize]
    }

    /// An element, the first ones more likely. The list has at least one.
    pub fn pick_skewed<T: Copy>(self, field: u32, list: &[T]) -> T {
        list[self.skewed(field, list.len() as u64) as usize]
    }
}

/// Scrambles 64 bits: the finalizer of SplitMix64 (Steele, Lea, Flood 2014), a bijection in which each bit depends on all.
pub(super) fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// Scales 64 random bits to a number below `limit` (Lemire's multiply-shift; its bias below 2^-24 does not matter here).
pub(super) fn scale(bits: u64, limit: u64) -> u64 {
    ((u128::from(bits) * u128::from(limit)) >> 64) as u64
}
