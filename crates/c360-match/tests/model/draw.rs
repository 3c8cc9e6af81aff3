//! Pairs drawn from known probabilities by a fixed generator: what an estimate must find again.

use c360_match::model::{Block, Counts, Pattern, Rates};

/// A population of pairs.
pub(crate) struct World {
    pub(crate) prior: f64,
    pub(crate) rates: Rates,
    /// How often a comparison has a value missing.
    pub(crate) missing: f64,
}

/// The pairs of a world: how often each pattern occurs among matches and among others.
pub(crate) struct Drawn {
    pub(crate) matches: Counts,
    pub(crate) others: Counts,
}

/// Knuth's linear congruential generator (MMIX); the upper bits are the good ones.
pub(crate) struct Lcg(pub(crate) u64);

impl Lcg {
    /// A number from 0 to 1.
    pub(crate) fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl World {
    pub(crate) fn levels(&self) -> Vec<usize> {
        self.rates.m.iter().map(Vec::len).collect()
    }

    pub(crate) fn draw(&self, pairs: usize, seed: u64) -> Drawn {
        let mut lcg = Lcg(seed);
        let (mut matches, mut others) = (Vec::new(), Vec::new());
        for _ in 0..pairs {
            let matching = lcg.next() < self.prior;
            let rates = if matching { &self.rates.m } else { &self.rates.u };
            let pattern = rates.iter().enumerate().fold(Pattern::default(), |pattern, (comparison, levels)| {
                let level = if lcg.next() < self.missing { 0 } else { level(levels, lcg.next()) };
                pattern.with(comparison, level)
            });
            if matching { &mut matches } else { &mut others }.push(pattern);
        }
        Drawn { matches: matches.into_iter().collect(), others: others.into_iter().collect() }
    }
}

impl Drawn {
    pub(crate) fn all(&self) -> Counts {
        self.matches.iter().chain(self.others.iter()).collect()
    }

    /// The pairs of both kinds that satisfy a condition.
    pub(crate) fn filter(&self, keep: impl Fn(Pattern) -> bool) -> Self {
        let some = |counts: &Counts| counts.iter().filter(|(pattern, _)| keep(*pattern)).collect();
        Self { matches: some(&self.matches), others: some(&self.others) }
    }

    /// The candidates of rules that each want equality in one comparison.
    pub(crate) fn blocks(&self, by: &[usize]) -> Vec<Block> {
        let block = |&fixed: &usize| Block { fixed: vec![fixed], counts: self.filter(|pattern| pattern.level(fixed) == 1).all() };
        by.iter().map(block).collect()
    }
}

fn level(shares: &[f64], mut at: f64) -> usize {
    for (index, share) in shares.iter().enumerate() {
        at -= share;
        if at < 0.0 {
            return index + 1;
        }
    }
    shares.len()
}

/// Persons: first name, family name, date of birth, postcode, sex.
pub(crate) fn persons() -> World {
    let m = vec![vec![0.75, 0.15, 0.10], vec![0.80, 0.12, 0.08], vec![0.85, 0.10, 0.05], vec![0.65, 0.35], vec![0.97, 0.03]];
    let u = vec![vec![0.01, 0.02, 0.97], vec![0.004, 0.01, 0.986], vec![0.0005, 0.004, 0.9955], vec![0.003, 0.997], vec![0.5, 0.5]];
    World { prior: 0.002, rates: Rates { m, u }, missing: 0.05 }
}
