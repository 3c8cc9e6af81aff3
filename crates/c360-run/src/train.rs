//! Estimates a model from the records that the sources hold now, with labels or without. Commits nothing: records are staged in a scratch folder.

mod frequencies;
mod words;

use crate::engine::LocalEngine;
use crate::error::{Error, Kind, Result};
use crate::inputs::list_inputs;
use crate::look::{Labels, Unknown};
use crate::progress::Progress;
use crate::run::{Options, Pipeline, Run};
use crate::step::{self, Evidence};
use crate::store::{Location, Store};
use c360_match::model::{self, Comparison, Estimate, Model, ModelError};
use c360_model::model::{EntityId, Training};
pub use frequencies::count_frequencies;
use frequencies::{counted, of_others};
use words::in_words;

/// A model and how it came to be.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The model.
    pub model: Model,
    /// What somebody should look at before it is used, in words.
    pub warnings: Vec<String>,
    /// What came of the labels, where there were some.
    pub labelled: Option<Labelled>,
}

/// How far labels served.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// Labelled records that are there.
    pub records: usize,
    /// Pairs of these that match.
    pub pairs: u64,
    /// Whether they cover enough records to tell how many pairs match.
    pub tell_prior: bool,
    /// Labelled records that are not there.
    pub unknown: Unknown,
}

/// Estimates the model of a rule; `scratch` is where records are staged. `labels` come with what the model's file is to call them.
///
/// # Errors
/// Sources that cannot be read; records from which no model can be made: none, or no two that share a block; labels that contradict each other, name
/// what is not there, or are too few.
pub async fn train(
    pipeline: Pipeline<'_>,
    entity: EntityId,
    training: &Training,
    labels: Option<(&str, &Labels)>,
    scratch: Location,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Trained> {
    let store = Store::new(scratch);
    let engine = LocalEngine::try_new(options.threads, options.memory, &store)?;
    let inputs = list_inputs(pipeline.model, pipeline.folder).await?;
    let mut run = Run::start(pipeline.model, &store, &engine, None, true).await?;
    let evidence = staged(&mut run, entity, training, labels.map(|(_, labels)| labels), inputs, progress).await;
    run.discard().await;
    estimated(pipeline, entity, training, labels.map(|(name, _)| name), evidence?)
}

async fn staged(
    run: &mut Run<'_>,
    entity: EntityId,
    training: &Training,
    labels: Option<&Labels>,
    inputs: Vec<crate::SourceFiles>,
    progress: &dyn Progress,
) -> Result<Evidence> {
    run.compute_before(entity, inputs, progress).await?;
    step::evidence(run, entity, training, labels).await
}

fn estimated(pipeline: Pipeline<'_>, entity: EntityId, training: &Training, labels: Option<&str>, evidence: Evidence) -> Result<Trained> {
    let name = &pipeline.model.entity(entity).name;
    let levels: Vec<usize> = training.comparisons.iter().map(|comparison| comparison.levels.len() + 1).collect();
    let failed = |error: ModelError| {
        Error::new(
            Kind::FixInput,
            format!("no model can be made from the {} records of `{name}`: {}; {}", evidence.records, error.problem, error.help),
        )
    };
    let own: Vec<usize> = (0..levels.len()).filter(|at| training.comparisons[*at].own).collect();
    let estimate = estimate(&levels, &own, &evidence).map_err(failed)?;
    let comparisons = training.comparisons.iter().enumerate().map(|(at, declared)| {
        let conditions: Vec<String> = declared.levels.iter().map(|(text, _)| text.clone()).chain(["else".to_owned()]).collect();
        let mut comparison = Comparison::new(&declared.name, &conditions, &estimate.rates.m[at], &estimate.rates.u[at]);
        let u = estimate.rates.u[at][0];
        comparison.frequencies = declared
            .frequencies
            .and_then(|column| counted(&declared.name, declared.pii, &evidence.columns[column], |counts| of_others(counts, u)));
        comparison
    });
    let trained = model::Trained {
        records: evidence.records as u64,
        pairs: evidence.pairs,
        data: evidence.fingerprint.clone(),
        labels: named(labels, &evidence),
        iterations: estimate.iterations(),
        converged: estimate.converged(),
    };
    let model = Model::new(name, estimate.prior, evidence.block_names.clone(), comparisons.collect(), Some(trained));
    let model = model.and_then(|model| model.with_groups(estimate.groups.clone())).map_err(failed)?;
    let warnings = estimate.warnings.iter().map(|warning| in_words(*warning, training, &evidence.block_names)).collect();
    let labelled = evidence.labelled.map(|(labelled, _)| Labelled {
        records: labelled.records,
        pairs: labelled.groups.pairs(),
        tell_prior: labelled.prior.is_some(),
        unknown: labelled.unknown,
    });
    Ok(Trained { model, warnings, labelled })
}

fn estimate(levels: &[usize], own: &[usize], evidence: &Evidence) -> std::result::Result<Estimate, ModelError> {
    let records = evidence.records as u128;
    let all_pairs = records * records.saturating_sub(1) / 2;
    let candidates = Some(model::Candidates { counts: &evidence.candidates.0, each: evidence.candidates.1, all_pairs });
    let random = &evidence.random;
    match &evidence.labelled {
        Some((labelled, matches)) => {
            model::estimate_labelled(&model::Labelled { levels, own, matches, random, prior: labelled.prior, candidates })
        }
        None => model::estimate(&model::Evidence { levels, own, random, blocks: &evidence.blocks, deterministic: None, candidates }),
    }
}

/// What the model's file says of labels: what they are called, how much they say, and what stands for them.
fn named(labels: Option<&str>, evidence: &Evidence) -> String {
    match (labels, &evidence.labelled) {
        (Some(name), Some((labelled, _))) => {
            format!("{name}: {} records, {} pairs that match, {}", labelled.records, labelled.groups.pairs(), labelled.fingerprint)
        }
        _ => "none".to_owned(),
    }
}
