//! The estimate with labels: shares of what people decided, and u of random pairs.

use super::evidence::{Candidates, Evidence, shape};
use super::mixture::{Mixture, expect};
use super::rates::{Rates, Table, expected, smoothed, totals};
use super::warnings::{Warning, never_seen, not_descending};
use super::{Estimate, groups, prior};
use crate::model::error::ModelError;
use crate::model::pattern::Counts;

/// How often matches among the random pairs are taken out of u and the prior is estimated again.
const ROUNDS: usize = 5;

/// What an estimate with labels is made from.
#[derive(Clone, Debug)]
pub struct Labelled<'a> {
    /// The number of levels of each comparison, `else` included.
    pub levels: &'a [usize],
    /// The comparisons of what each object has for itself: groups never share them.
    pub own: &'a [usize],
    /// Patterns of pairs that match, as people say.
    pub matches: &'a Counts,
    /// Patterns of random pairs of records.
    pub random: &'a Counts,
    /// The share of all pairs that match, where labels tell it.
    pub prior: Option<f64>,
    /// The candidates of all blocks together: where labels do not tell it.
    pub candidates: Option<Candidates<'a>>,
}

impl Labelled<'_> {
    /// What is known without labels.
    fn evidence(&self) -> Evidence<'_> {
        let Labelled { levels, own, random, candidates, .. } = *self;
        Evidence { levels, own, random, blocks: &[], deterministic: None, candidates }
    }
}

/// Estimates m from labelled matches and u from random pairs, less the matches that are expected among them. The prior is the one that labels tell, or
/// else as many matches as are expected among the candidates, by EM with m and u fixed. A comparison in which no labelled match has both values
/// gets the m that is usual, and a warning. Levels that speak more for a match than a stronger one get the weight of both together.
///
/// # Errors
/// If there is no pair of a kind, or no model has these levels. What is merely doubtful is in [`Estimate::warnings`].
pub fn estimate_labelled(labelled: &Labelled<'_>) -> Result<Estimate, ModelError> {
    let mut rates = from_labels(labelled.levels, labelled.matches, labelled.random)?;
    let seen = totals(labelled.levels, labelled.matches);
    let unseen: Vec<usize> = (0..seen.len()).filter(|comparison| seen[*comparison].iter().sum::<f64>() == 0.0).collect();
    let usual = expected(labelled.levels);
    unseen.iter().for_each(|comparison| rates.m[*comparison].clone_from(&usual[*comparison]));
    let mut found = None;
    for _ in 0..ROUNDS {
        let from_candidates = || labelled.candidates.and_then(|all| prior::from_candidates(&all, &rates, found));
        found = labelled.prior.or_else(from_candidates);
        rates.u = without_matches(labelled, &rates, found);
    }
    let mut warnings = never_seen(labelled.levels, labelled.random);
    warnings.extend(unseen.into_iter().map(|comparison| Warning::Unlabelled { comparison }));
    warnings.extend(not_descending(&rates));
    warnings.extend(found.is_none().then_some(Warning::PriorUnknown));
    let groups = found.and_then(|prior| groups::of(&labelled.evidence(), &rates, prior)).map_or(Vec::new(), |found| found.groups);
    rates.pool();
    Ok(Estimate { prior: found.unwrap_or(prior::UNKNOWN), rates, groups, runs: Vec::new(), warnings })
}

/// u of the random pairs, less the matches that are expected among them.
fn without_matches(labelled: &Labelled<'_>, rates: &Rates, prior: Option<f64>) -> Table {
    let Some(share) = prior else { return rates.u.clone() };
    let mixture = Mixture::of_two(share, rates.clone());
    smoothed(&expect(labelled.random, &mixture, &vec![true; labelled.levels.len()]).others)
}

/// m from pairs that match, u from pairs that do not, half a pair added to each level.
///
/// u is that of the pairs that were looked at. Where those are candidates, as a rule, u of random pairs is the better one for a prior of all pairs.
///
/// # Errors
/// If there is no pair of a kind, or no model has these levels.
pub fn from_labels(levels: &[usize], matches: &Counts, non_matches: &Counts) -> Result<Rates, ModelError> {
    shape(levels)?;
    for (place, counts) in [("matches", matches), ("non_matches", non_matches)] {
        if counts.is_empty() {
            return Err(ModelError::new(place, "there are no pairs", "label some, or estimate without labels"));
        }
    }
    Ok(Rates { m: smoothed(&totals(levels, matches)), u: smoothed(&totals(levels, non_matches)) })
}
