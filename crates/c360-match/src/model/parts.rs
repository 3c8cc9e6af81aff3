//! What a model consists of.

use super::check::check;
use super::error::ModelError;
use super::number::{bounded, rounded, thousandths};
use std::collections::BTreeMap;

/// A Fellegi-Sunter model that [`Model::new`] or [`Model::read`] found to be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    entity: String,
    prior: f64,
    blocks: Vec<String>,
    comparisons: Vec<Comparison>,
    groups: Vec<Group>,
    trained: Option<Trained>,
}

/// How one part of two records is compared: conditions from the strongest agreement down to `else`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The name, unique in its model.
    pub name: String,
    /// Levels 1..=n, the last of which is `else`.
    pub levels: Vec<Level>,
    /// How frequent values are, where agreement on a frequent value is to count less.
    pub frequencies: Option<Frequencies>,
}

/// One level of agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// The condition as the language writes it, or `else`.
    pub when: String,
    /// The share of matches that are at this level, of those where nothing is missing; between 0 and 1.
    pub m: f64,
    /// The same for pairs that are no matches.
    pub u: f64,
    /// log2(m / u) in thousandths of a bit: what scores are made of.
    pub weight: i32,
}

/// What the members of a group have in common without being the same: a family its name and address, the shops of an arcade their street and telephone.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The comparisons that its members share, by number, ascending.
    pub shared: Vec<usize>,
    /// The probability that two records are members of such a group, and not the same, of which nothing is known.
    pub prior: f64,
}

/// Relative frequencies of values, for the strongest level of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Frequencies {
    /// The expression whose values these are.
    pub term: String,
    /// How much of the adjustment is made: 0 (nothing) to 1 (all).
    pub share: f64,
    /// Whether values are named by 16 hex digits of a hash that the caller made of their comparison form.
    pub hashed: bool,
    /// Frequent values and their share of all records that have a value.
    pub values: BTreeMap<String, f64>,
}

/// What a model was trained on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trained {
    /// Number of records.
    pub records: u64,
    /// Number of candidate pairs.
    pub pairs: u64,
    /// Fingerprint of the data, 32 hex digits.
    pub data: String,
    /// Which labels were used: `none`, or whatever names them.
    pub labels: String,
    /// Iterations that the estimation took.
    pub iterations: u32,
    /// Whether it came to rest.
    pub converged: bool,
}

impl Level {
    /// A level of these probabilities, which are brought into the range and the digits that the file has.
    #[must_use]
    pub fn new(when: impl Into<String>, m: f64, u: f64) -> Self {
        let (m, u) = (bounded(m), bounded(u));
        Self { when: when.into(), m, u, weight: thousandths((m / u).log2()) }
    }
}

impl Comparison {
    /// A comparison whose level i + 1 has `conditions[i]`, `m[i]` and `u[i]`, without frequencies.
    #[must_use]
    pub fn new(name: impl Into<String>, conditions: &[String], m: &[f64], u: &[f64]) -> Self {
        let probabilities = m.iter().zip(u);
        let levels = conditions.iter().zip(probabilities).map(|(when, (&m, &u))| Level::new(when, m, u)).collect();
        Self { name: name.into(), levels, frequencies: None }
    }
}

impl Model {
    /// A model of these parts. Numbers are rounded to the digits of the file, so that what was written is what was meant.
    ///
    /// # Errors
    /// What [`Model::read`] would refuse.
    pub fn new(
        entity: impl Into<String>,
        prior: f64,
        blocks: Vec<String>,
        mut comparisons: Vec<Comparison>,
        trained: Option<Trained>,
    ) -> Result<Self, ModelError> {
        comparisons.iter_mut().for_each(round);
        let model = Self { entity: entity.into(), prior: rounded(prior), blocks, comparisons, groups: Vec::new(), trained };
        check(&model)?;
        Ok(model)
    }

    /// The same for another prior: the probability that two records match of which nothing is known.
    ///
    /// # Errors
    /// If it is not above 0 and below 1.
    pub fn with_prior(mut self, prior: f64) -> Result<Self, ModelError> {
        self.prior = rounded(prior);
        check(&self)?;
        Ok(self)
    }

    /// The same with groups whose members are not the same in spite of what they share.
    ///
    /// # Errors
    /// If a group has no comparison, one that is not there, one twice or all of them, or its prior is not above 0 and below 1.
    pub fn with_groups(mut self, groups: Vec<Group>) -> Result<Self, ModelError> {
        self.groups = groups.into_iter().map(|group| Group { prior: rounded(group.prior), ..group }).collect();
        check(&self)?;
        Ok(self)
    }

    /// The entity whose records are compared.
    #[must_use]
    pub fn entity(&self) -> &str {
        &self.entity
    }

    /// The probability that two records match of which nothing is known.
    #[must_use]
    pub fn prior(&self) -> f64 {
        self.prior
    }

    /// The alternatives of blocking: a pair is compared if it shares one of them.
    #[must_use]
    pub fn blocks(&self) -> &[String] {
        &self.blocks
    }

    /// The comparisons, in the order of a pattern's levels.
    #[must_use]
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// Groups whose members share some comparisons without being the same.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// What the model was trained on; nothing for one that was written or imported.
    #[must_use]
    pub fn trained(&self) -> Option<&Trained> {
        self.trained.as_ref()
    }
}

fn round(comparison: &mut Comparison) {
    for level in &mut comparison.levels {
        (level.m, level.u) = (rounded(level.m), rounded(level.u));
    }
    if let Some(frequencies) = &mut comparison.frequencies {
        frequencies.share = rounded(frequencies.share);
        frequencies.values.values_mut().for_each(|value| *value = rounded(*value));
    }
}
