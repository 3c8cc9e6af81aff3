//! What a run would do to real objects: the run itself, up to the commit, which is not made. Its files are removed again.

use super::sharing::{EntityPairs, over_keys};
use crate::commit::{self, Commit};
use crate::engine::LocalEngine;
use crate::error::{Error, Kind, Result};
use crate::figures::DecisionFigures;
use crate::guard::Budget;
use crate::inputs::{FileChanges, file_changes, list_inputs, read_inputs};
use crate::overrides::read_decisions;
use crate::progress::Progress;
use crate::run::{Options, Pipeline, Run, check_owner};
use crate::step::arrays::{numbers, text};
use crate::store::Store;
use crate::tables::rows_of;
use c360_match::ids::Event;
use c360_model::model::{EntityId, Model};
use c360_plan::Step;
use c360_plan::tables::TableName;
use datafusion::arrow::array::{Array, RecordBatch};
use futures::StreamExt;
use std::collections::{BTreeMap, BTreeSet};

/// What a run would do.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// The last commit, if any.
    pub commit: Option<u64>,
    /// Files that are new, changed or gone.
    pub files: FileChanges,
    /// All steps, with why each would do something.
    pub steps: Vec<StepPreview>,
    /// What would happen to objects, by entity.
    pub entities: Vec<EntityPreview>,
    /// How many pairs rules find among all records, by entity.
    pub pairs: Vec<EntityPairs>,
}

/// A step of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepPreview {
    /// What it does.
    pub title: String,
    /// Why it would be computed anew; nothing where it takes over what did not change.
    pub anew: Option<&'static str>,
}

impl StepPreview {
    /// The step of a plan, before a run: what the last commit says of it.
    #[must_use]
    pub fn of(step: &Step, model: &Model, last: Option<&Commit>) -> StepPreview {
        let title = step.title(model);
        if matches!(step, Step::Publish(_)) {
            return StepPreview { title, anew: None };
        }
        let before = last.map(|commit| commit.steps.get(&title).map(String::as_str));
        let anew = why_anew(before, &c360_plan::fingerprint(step, model));
        StepPreview { title, anew }
    }
}

/// `before`: nothing without a commit, else the step's fingerprint in it.
fn why_anew(before: Option<Option<&str>>, now: &str) -> Option<&'static str> {
    match before {
        None => Some("there is no commit yet"),
        Some(None) => Some("it is new"),
        Some(Some(before)) if before != now => Some("its declarations changed"),
        Some(Some(_)) => None,
    }
}

/// What would happen to the objects of an entity.
#[derive(Debug, Clone, Default)]
pub struct EntityPreview {
    /// The entity.
    pub entity: String,
    /// Objects now and then.
    pub before: u64,
    /// Objects after the run.
    pub after: u64,
    /// New objects.
    pub created: u64,
    /// Objects that would go into others.
    pub merged: u64,
    /// Into how many.
    pub merged_into: u64,
    /// Parts that would become objects of their own.
    pub split: u64,
    /// Objects that would be left without records.
    pub retired: u64,
    /// Objects with other values.
    pub changed: u64,
    /// Records of the largest object that the run would look at.
    pub largest: u64,
    /// What people decided about its records; nothing where the pipeline names no decisions.
    pub decisions: Option<DecisionFigures>,
    /// Values that would change, by attribute and reference.
    pub values: BTreeMap<String, u64>,
    /// A few of them.
    pub samples: Vec<Sample>,
}

/// Something that would happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The object.
    pub id: i64,
    /// created, merged, split, retired or changed.
    pub kind: String,
    /// The survivor or the origin.
    pub other: Option<i64>,
    /// The attribute.
    pub attribute: Option<String>,
    /// Its value now.
    pub old: Option<String>,
    /// Its value then.
    pub new: Option<String>,
}

/// Runs the pipeline up to the commit and tells what it would do; `samples` examples per entity and kind.
///
/// # Errors
/// As a run.
pub async fn preview(pipeline: Pipeline<'_>, store: &Store, options: &Options, samples: usize, progress: &dyn Progress) -> Result<Preview> {
    let head = commit::head(store).await?;
    check_owner(pipeline.model, head.as_ref(), store)?;
    let inputs = list_inputs(pipeline.model, pipeline.folder).await?;
    let decisions = read_decisions(pipeline.model, pipeline.folder).await?;
    let now = read_inputs(pipeline.model, &inputs);
    let last = head.as_ref().map(|head| &head.commit);
    let files = file_changes(pipeline.model, &now, last.map_or(&[], |commit| commit.inputs.as_slice()));
    let engine = LocalEngine::try_new(options.threads, options.memory, store)?;
    let mut run = Run::start(pipeline.model, store, &engine, head.as_ref(), options.full).await?.following(decisions);
    let made = run.make(inputs, progress).await;
    let told = match made {
        Ok(_) => match options.budget.check_empty(pipeline.model, &run.figures, last) {
            Ok(()) => tell(&run, last, files, samples).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    run.discard().await;
    told
}

/// Fails where the run goes beyond the budget.
pub(crate) async fn within(run: &Run<'_>, last: &Commit, budget: &Budget) -> Result<()> {
    budget.check_empty(run.model, &run.figures, Some(last))?;
    if !budget.counts() {
        return Ok(());
    }
    let mut exceeded = Vec::new();
    for index in 0..run.model.entities.len() {
        exceeded.extend(budget.exceeded(&entity(run, EntityId(index), Some(last), 0).await?));
    }
    match exceeded.is_empty() {
        true => Ok(()),
        false => Err(Error::new(Kind::Refused, exceeded.join("; "))),
    }
}

async fn tell(run: &Run<'_>, last: Option<&Commit>, files: FileChanges, samples: usize) -> Result<Preview> {
    let anew = |title: &String| {
        let before = last.map(|_| run.steps_before.get(title).map(String::as_str));
        why_anew(before, &run.steps[title]).or_else(|| run.full.then_some("--full"))
    };
    let steps = run.order.iter().map(|title| StepPreview { title: title.clone(), anew: anew(title) }).collect();
    let (mut entities, mut pairs) = (Vec::new(), Vec::new());
    for id in (0..run.model.entities.len()).map(EntityId) {
        entities.push(entity(run, id, last, samples).await?);
        pairs.push(over_keys(run.model, run.engine, &run.tables, id).await?);
    }
    Ok(Preview { commit: last.map(|commit| commit.number), files, steps, entities, pairs })
}

async fn entity(run: &Run<'_>, id: EntityId, last: Option<&Commit>, samples: usize) -> Result<EntityPreview> {
    let name = run.model.entity(id).name.clone();
    let objects = |figures: &crate::figures::Figures| figures.entities.iter().find(|f| f.entity == name).map_or(0, |f| f.objects);
    let mut told = EntityPreview {
        before: last.map_or(0, |commit| objects(&commit.figures)),
        after: objects(&run.figures),
        decisions: run.figures.entities.iter().find(|f| f.entity == name).and_then(|f| f.decisions),
        entity: name.clone(),
        largest: run.largest.get(&id).copied().unwrap_or_default(),
        ..EntityPreview::default()
    };
    let ended = told.count(run.events.get(&id).into_iter().flatten());
    let Some(table) = run.tables.get(&TableName::new("changes", &name)) else { return Ok(told) };
    let mut ids = BTreeSet::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = rows_of(table, &["commit", "id", "kind", "other", "attribute", "old", "new"], run.engine).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        for row in (0..batch.num_rows()).filter(|row| numbers(&batch, "commit").value(*row).cast_unsigned() == run.number) {
            let sample = sample(&batch, row);
            if sample.kind == "changed" && ended.contains(&sample.id) {
                continue;
            }
            if let Some(attribute) = sample.attribute.as_ref().filter(|_| sample.new.is_some() || sample.old.is_some()) {
                *told.values.entry(attribute.clone()).or_default() += 1;
                ids.insert(sample.id);
            }
            let count = taken.entry(sample.kind.clone()).or_default();
            if *count < samples {
                *count += 1;
                told.samples.push(sample);
            }
        }
    }
    told.samples.sort_by(|a, b| (&a.kind, a.id, &a.attribute).cmp(&(&b.kind, b.id, &b.attribute)));
    told.changed = ids.len() as u64;
    Ok(told)
}

impl EntityPreview {
    /// Counts what happens to ids. Gives those that end: in the feed each of their values becomes nothing, which is no change of an object that is there.
    fn count<'a>(&mut self, events: impl Iterator<Item = &'a Event>) -> BTreeSet<i64> {
        let (mut survivors, mut ended) = (BTreeSet::new(), BTreeSet::new());
        for event in events {
            match event {
                Event::Created { .. } => self.created += 1,
                Event::Split { .. } => self.split += 1,
                Event::Retired { id } => {
                    self.retired += 1;
                    ended.insert(id.cast_signed());
                }
                Event::Merged { old, survivor } => {
                    self.merged += 1;
                    survivors.insert(*survivor);
                    ended.insert(old.cast_signed());
                }
            }
        }
        self.merged_into = survivors.len() as u64;
        ended
    }
}

fn sample(batch: &RecordBatch, row: usize) -> Sample {
    let word = |name: &str| Some(text(batch, name)).filter(|t| t.is_valid(row)).map(|t| t.value(row).to_owned());
    let other = numbers(batch, "other");
    Sample {
        id: numbers(batch, "id").value(row),
        kind: word("kind").unwrap_or_default(),
        other: other.is_valid(row).then(|| other.value(row)),
        attribute: word("attribute"),
        old: word("old"),
        new: word("new"),
    }
}
