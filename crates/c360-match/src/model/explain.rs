//! A score taken apart: what each comparison added, for a waterfall.

use super::parts::Model;
use super::pattern::Pattern;

/// One bar of a waterfall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// What it stands for.
    pub bar: Bar<'a>,
    /// What it adds, in thousandths of a bit.
    pub weight: i32,
    /// The sum so far; at the last step the score.
    pub total: i32,
}

/// What a bar of a waterfall stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bar<'a> {
    /// What was known before comparing.
    Prior,
    /// A comparison, at a level from 1 on.
    Level {
        /// Its name.
        comparison: &'a str,
        /// The level.
        level: usize,
        /// The condition that the pair meets.
        when: &'a str,
    },
    /// A comparison for which a value is missing.
    Missing {
        /// Its name.
        comparison: &'a str,
    },
    /// How frequent the value is on which the pair agrees.
    Frequency {
        /// The comparison's name.
        comparison: &'a str,
        /// The expression whose value it is.
        term: &'a str,
    },
    /// What the members of a group share without being the same.
    Group {
        /// The names of these comparisons.
        shared: Vec<&'a str>,
    },
}

impl Model {
    /// The score of a pair, bar by bar: the prior, then each comparison, each followed by its adjustment if there is one, and
    /// in the end what a group takes away that explains the pair better than chance does.
    ///
    /// `adjustments[i]`, in thousandths of a bit, is what [`Adjustments`](super::Adjustments) say of the value that both sides have in comparison
    /// i; 0, and what is not there, adds no bar, and neither does one for a comparison that is not at its first level.
    #[must_use]
    pub fn waterfall(&self, pattern: Pattern, adjustments: &[i32]) -> Vec<Step<'_>> {
        let mut bars = vec![(Bar::Prior, self.prior_weight())];
        let mut weights = Vec::new();
        for (at, comparison) in self.comparisons().iter().enumerate() {
            let (name, level) = (comparison.name.as_str(), pattern.level(at));
            let known = level.checked_sub(1).and_then(|index| comparison.levels.get(index));
            let bar = known.map_or(Bar::Missing { comparison: name }, |known| Bar::Level { comparison: name, level, when: &known.when });
            bars.push((bar, self.weight_of(at, level)));
            weights.push(self.weight_of(at, level));
            let adjustment = adjustments.get(at).copied().filter(|&adjustment| level == 1 && adjustment != 0);
            if let (Some(adjustment), Some(frequencies)) = (adjustment, &comparison.frequencies) {
                bars.push((Bar::Frequency { comparison: name, term: &frequencies.term }, adjustment));
                weights[at] += adjustment;
            }
        }
        if let Some((group, taken)) = self.taken_by_groups(&weights) {
            let shared = self.groups()[group].shared.iter().map(|number| self.comparisons()[*number].name.as_str()).collect();
            bars.push((Bar::Group { shared }, taken));
        }
        let mut total = 0;
        let mut step = |(bar, weight)| {
            total += weight;
            Step { bar, weight, total }
        };
        bars.into_iter().map(&mut step).collect()
    }
}
