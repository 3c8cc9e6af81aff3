//! Estimates a model from the records that the sources hold now. Commits nothing: records are staged in a scratch folder.

use crate::engine::LocalEngine;
use crate::error::{Error, Kind, Result};
use crate::inputs::list_inputs;
use crate::progress::Progress;
use crate::run::{Options, Pipeline, Run};
use crate::step::{self, Evidence};
use crate::store::{Location, Store};
use c360_match::model::{self, Comparison, Frequencies, Model, Warning};
use c360_match::pairs::{Values, value_hash};
use c360_model::model::{EntityId, Training};
use std::collections::BTreeMap;

/// So many values of an attribute have a frequency of their own; the rest count as the rarest of these.
const FREQUENT: usize = 1_000;

/// A model and how it came to be.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The model.
    pub model: Model,
    /// What somebody should look at before it is used, in words.
    pub warnings: Vec<String>,
}

/// Estimates the model of a rule; `scratch` is where records are staged.
///
/// # Errors
/// Sources that cannot be read; records from which no model can be made: none, or no two that share a block.
pub async fn train(
    pipeline: Pipeline<'_>,
    entity: EntityId,
    training: &Training,
    scratch: Location,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Trained> {
    let store = Store::new(scratch);
    let engine = LocalEngine::try_new(options.threads, options.memory, &store)?;
    let inputs = list_inputs(pipeline.model, pipeline.folder).await?;
    let mut run = Run::start(pipeline.model, &store, &engine, None, true).await?;
    let evidence = staged(&mut run, entity, training, inputs, progress).await;
    run.discard().await;
    estimated(pipeline, entity, training, &evidence?)
}

async fn staged(
    run: &mut Run<'_>,
    entity: EntityId,
    training: &Training,
    inputs: Vec<crate::SourceFiles>,
    progress: &dyn Progress,
) -> Result<Evidence> {
    run.compute_before(entity, inputs, progress).await?;
    step::evidence(run, entity, training).await
}

fn estimated(pipeline: Pipeline<'_>, entity: EntityId, training: &Training, evidence: &Evidence) -> Result<Trained> {
    let name = &pipeline.model.entity(entity).name;
    let levels: Vec<usize> = training.comparisons.iter().map(|comparison| comparison.levels.len() + 1).collect();
    let failed = |error: model::ModelError| {
        Error::new(
            Kind::FixInput,
            format!("no model can be made from the {} records of `{name}`: {}; {}", evidence.records, error.problem, error.help),
        )
    };
    let records = evidence.records as u128;
    let all_pairs = records * records.saturating_sub(1) / 2;
    let candidates = model::Candidates { counts: &evidence.candidates.0, each: evidence.candidates.1, all_pairs };
    let own: Vec<usize> = (0..levels.len()).filter(|at| training.comparisons[*at].own).collect();
    let seen = model::Evidence {
        levels: &levels,
        own: &own,
        random: &evidence.random,
        blocks: &evidence.blocks,
        deterministic: None,
        candidates: Some(candidates),
    };
    let estimate = model::estimate(&seen).map_err(failed)?;
    let comparisons = training.comparisons.iter().enumerate().map(|(at, declared)| {
        let conditions: Vec<String> = declared.levels.iter().map(|(text, _)| text.clone()).chain(["else".to_owned()]).collect();
        let mut comparison = Comparison::new(&declared.name, &conditions, &estimate.rates.m[at], &estimate.rates.u[at]);
        comparison.frequencies =
            declared.frequencies.and_then(|column| frequencies(declared, &evidence.columns[column], estimate.rates.u[at][0]));
        comparison
    });
    let trained = model::Trained {
        records: evidence.records as u64,
        pairs: evidence.pairs,
        data: evidence.fingerprint.clone(),
        labels: "none".to_owned(),
        iterations: estimate.iterations(),
        converged: estimate.converged(),
    };
    let model = Model::new(name, estimate.prior, evidence.block_names.clone(), comparisons.collect(), Some(trained));
    let model = model.and_then(|model| model.with_groups(estimate.groups.clone())).map_err(failed)?;
    let warnings = estimate.warnings.iter().map(|warning| in_words(*warning, training, &evidence.block_names)).collect();
    Ok(Trained { model, warnings })
}

/// How often the frequent values occur, of all records that have one; nothing where no value occurs twice. `u` is that of agreement.
fn frequencies(comparison: &c360_model::model::Comparison, values: &Values, u: f64) -> Option<Frequencies> {
    let counts = values.counts();
    let all: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let mut frequent: Vec<(u32, &str)> =
        (0_u32..).zip(&counts).filter(|(_, count)| **count > 1).map(|(id, count)| (*count, values.text(id))).collect();
    frequent.sort_unstable_by_key(|(count, text)| (std::cmp::Reverse(*count), *text));
    frequent.truncate(FREQUENT);
    let shown = |text: &str| if comparison.pii { value_hash(text) } else { text.to_owned() };
    let values: BTreeMap<String, f64> = frequent.into_iter().map(|(count, text)| (shown(text), f64::from(count) / all as f64)).collect();
    (!values.is_empty()).then(|| Frequencies { term: comparison.name.clone(), share: share(&counts, u), hashed: comparison.pii, values })
}

/// How much of the adjustment is due: the share of non-matches among pairs that agree. Where nearly all who share a value are one object, as with
/// e-mail addresses, a value is frequent because its object is, and that says nothing of how often others have it.
fn share(counts: &[u32], u: f64) -> f64 {
    let pairs = |count: f64| count * (count - 1.0) / 2.0;
    let all: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let agreeing: f64 = counts.iter().map(|count| pairs(f64::from(*count))).sum();
    let others = u * pairs(all) / agreeing;
    (others.clamp(0.0, 1.0) * 1000.0).round() / 1000.0
}

/// A warning with the names of what it is about.
fn in_words(warning: Warning, training: &Training, blocks: &[String]) -> String {
    let level = |comparison: usize, level: usize| {
        let declared = &training.comparisons[comparison];
        declared.levels.get(level - 1).map_or("else", |(text, _)| text.as_str()).to_owned()
    };
    let name = |comparison: usize| training.comparisons[comparison].name.as_str();
    match warning {
        Warning::NotDescending { comparison, level: at } => {
            format!(
                "{}: `{}` speaks more for a match than `{}`, which is the stronger level",
                name(comparison),
                level(comparison, at + 1),
                level(comparison, at)
            )
        }
        Warning::NeverSeen { comparison, level: at } => {
            format!("{}: no random pair has `{}`, so its u was guessed from their number", name(comparison), level(comparison, at))
        }
        Warning::NotLearnt { comparison } => {
            format!("{}: no block shows how often matches agree; add a block that does not use it", name(comparison))
        }
        Warning::NotConverged { block } => {
            format!("block {}: the estimate did not come to rest; do not rely on it", blocks[block])
        }
        Warning::PriorUnknown => "no block has a match, so how many pairs match was guessed".to_owned(),
    }
}
