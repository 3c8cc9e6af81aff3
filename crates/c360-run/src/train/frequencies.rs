//! How often values occur, so that agreement on a frequent one counts less.

use crate::engine::LocalEngine;
use crate::error::Result;
use crate::inputs::list_inputs;
use crate::progress::Progress;
use crate::run::{Options, Pipeline, Run};
use crate::step;
use crate::store::{Location, Store};
use c360_match::model::{Frequencies, Wanted};
use c360_match::pairs::{Values, value_hash};
use c360_model::model::{Decision, EntityId, PairRule, Term};
use std::collections::BTreeMap;

/// So many values of an attribute have a frequency of their own; the rest count as the rarest of these.
const FREQUENT: usize = 1_000;

/// Counts the frequencies that imported settings ask for in the records that the sources hold now, one for each of `wanted`; `None` where no value
/// occurs twice. `rule` has the model with some frequencies in their places; `scratch` is where records are staged.
///
/// # Errors
/// Sources that cannot be read.
pub async fn count_frequencies(
    pipeline: Pipeline<'_>,
    entity: EntityId,
    rule: &PairRule,
    wanted: &[Wanted],
    scratch: Location,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Vec<Option<Frequencies>>> {
    let store = Store::new(scratch);
    let engine = LocalEngine::try_new(options.threads, options.memory, &store)?;
    let inputs = list_inputs(pipeline.model, pipeline.folder).await?;
    let mut run = Run::start(pipeline.model, &store, &engine, None, true).await?;
    let columns = match run.compute_before(entity, inputs, progress).await {
        Ok(()) => step::columns(&run, entity, &rule.name).await,
        Err(error) => Err(error),
    };
    run.discard().await;
    let columns = columns?;
    let Decision::Weighed(weighed) = &rule.decision else { return Ok(Vec::new()) };
    let pii = |column: usize| match rule.columns[column].term {
        Term::Attribute { attribute, .. } => pipeline.model.entity(entity).attributes[attribute.0].pii,
        Term::Reference(_) => false,
    };
    let of_one = |wanted: &Wanted| {
        let column = weighed.frequencies[wanted.comparison]?;
        counted(&wanted.term, pii(column), &columns[column], |_| wanted.share)
    };
    Ok(wanted.iter().map(of_one).collect())
}

/// How often the frequent values of a term occur, of all records that have one; nothing where no value occurs twice. `share` says how much of the
/// adjustment is due, from how many records have each value.
pub(super) fn counted(term: &str, pii: bool, values: &Values, share: impl FnOnce(&[u32]) -> f64) -> Option<Frequencies> {
    let counts = values.counts();
    let all: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let mut frequent: Vec<(u32, &str)> =
        (0_u32..).zip(&counts).filter(|(_, count)| **count > 1).map(|(id, count)| (*count, values.text(id))).collect();
    frequent.sort_unstable_by_key(|(count, text)| (std::cmp::Reverse(*count), *text));
    frequent.truncate(FREQUENT);
    let shown = |text: &str| if pii { value_hash(text) } else { text.to_owned() };
    let values: BTreeMap<String, f64> = frequent.into_iter().map(|(count, text)| (shown(text), f64::from(count) / all as f64)).collect();
    (!values.is_empty()).then(|| Frequencies { term: term.to_owned(), share: share(&counts), hashed: pii, values })
}

/// The share of non-matches among pairs that agree; `u` is that of agreement. Where nearly all who share a value are one object, as with e-mail
/// addresses, a value is frequent because its object is, and that says nothing of how often others have it.
pub(super) fn of_others(counts: &[u32], u: f64) -> f64 {
    let pairs = |count: f64| count * (count - 1.0) / 2.0;
    let all: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let agreeing: f64 = counts.iter().map(|count| pairs(f64::from(*count))).sum();
    let others = u * pairs(all) / agreeing;
    (others.clamp(0.0, 1.0) * 1000.0).round() / 1000.0
}
