//! The estimate with labels: shares of what people decided.

use super::evidence::shape;
use super::rates::{Rates, smoothed, totals};
use crate::model::error::ModelError;
use crate::model::pattern::Counts;

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
