//! One EM over all candidates: m, u and the prior of candidates, all at once.
//!
//! Needs no blocking rules and lets u be what it is among candidates, but takes levels to be independent there. They are not where several rules
//! found the candidates (who does not share one rule's value shares another's), so on data where the model holds [`estimate`](super::estimate()) is
//! better calibrated; a test holds one against the other.

use super::evidence::shape;
use super::mixture::{Learn, Mixture, fit};
use super::rates::{Rates, expected, pulled, smoothed, totals, zeros};
use super::warnings::{Warning, mostly_else, not_descending};
use super::{Estimate, prior};
use crate::model::error::ModelError;
use crate::model::number::{LARGEST, SMALLEST};
use crate::model::pattern::Counts;

/// The share of matches that EM starts from.
const SHARE: f64 = 0.1;

/// Estimates m, u and the prior among candidates, each of which `candidates` counts once. u starts from `random` pairs.
///
/// The result is a model of candidates only: its u and its prior say nothing of other pairs.
///
/// # Errors
/// If there is no pair, or no model has these levels.
pub fn joint(levels: &[usize], random: &Counts, candidates: &Counts) -> Result<Estimate, ModelError> {
    shape(levels)?;
    if candidates.is_empty() {
        return Err(ModelError::new("candidates", "there are no pairs", "block by something that records share"));
    }
    let rates = Rates { m: expected(levels), u: smoothed(&totals(levels, random)) };
    let fit = fit(candidates, Mixture::of_two(SHARE, rates), &vec![true; levels.len()], Learn::MAndU);
    let others = others(levels, candidates, &fit.matches);
    let rates = Rates { m: pulled(&fit.matches, &expected(levels)), u: smoothed(&others) };
    let mut warnings = not_descending(&rates);
    warnings.extend(mostly_else(&rates));
    if !fit.run.converged {
        warnings.push(Warning::NotConverged { block: 0 });
    }
    let prior = if fit.run.matches > 0.0 { fit.mixture.share.clamp(SMALLEST, LARGEST) } else { prior::UNKNOWN };
    Ok(Estimate { prior, rates, groups: Vec::new(), runs: vec![fit.run], warnings })
}

/// The candidates at each level that are no matches.
fn others(levels: &[usize], candidates: &Counts, matches: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut others = zeros(levels);
    for ((others, all), matches) in others.iter_mut().zip(totals(levels, candidates)).zip(matches) {
        others.iter_mut().zip(all).zip(matches).for_each(|((other, all), matching)| *other = (all - matching).max(0.0));
    }
    others
}
