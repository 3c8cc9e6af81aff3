//! One run: list, plan, run the steps, commit, publish.

mod finish;
mod steps;
mod under_way;

use crate::care;
use crate::commit::{self, Commit, Head};
use crate::engine::LocalEngine;
use crate::error::{Error, Kind, Result};
use crate::guard::Budget;
use crate::inputs::{SourceFiles, file_changes, list_inputs, read_inputs};
use crate::overrides::{Decisions, read_decisions};
use crate::progress::Progress;
use crate::step;
use crate::store::Store;
use crate::tables::{add_views, tables_of};
use c360_match::planted::planted;
use c360_model::model::Model;
use c360_plan::{SourceSchemas, Step};
use std::path::Path;
pub(crate) use under_way::Run;

/// A checked pipeline and what identifies it.
#[derive(Debug, Clone, Copy)]
pub struct Pipeline<'a> {
    /// The model.
    pub model: &'a Model,
    /// sha256 of its canonical text.
    pub fingerprint: &'a str,
    /// The folder that relative places start from.
    pub folder: &'a Path,
}

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The moment for which the tables hold, RFC 3339.
    pub as_of: String,
    /// How many threads.
    pub threads: usize,
    /// At most so many bytes of memory; no limit where `None`.
    pub memory: Option<usize>,
    /// Rows that operators hand on at once, which never shows; what DataFusion takes where `None`.
    pub batch_rows: Option<usize>,
    /// Run even if neither input nor pipeline changed.
    pub full: bool,
    /// What it may do at most.
    pub budget: Budget,
}

/// How a run ended.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// A new commit; with the time that each step took, in its order.
    Committed(Box<Commit>),
    /// Neither input nor pipeline changed, or not in a way that shows in any table: the commit of this number still holds.
    Unchanged(u64),
}

/// Runs the pipeline on its sources and commits to `store`.
///
/// # Errors
/// See [`Kind`]; the last commit stays in place.
pub async fn run(pipeline: Pipeline<'_>, store: &Store, options: &Options, progress: &dyn Progress) -> Result<Outcome> {
    let head = commit::head(store).await?;
    check_owner(pipeline.model, head.as_ref(), store)?;
    let inputs = list_inputs(pipeline.model, pipeline.folder).await?;
    let decisions = read_decisions(pipeline.model, pipeline.folder).await?;
    let mut engine = LocalEngine::try_new(options.threads, options.memory, store)?;
    if let Some(rows) = options.batch_rows {
        engine = engine.with_batch_rows(rows);
    }
    if let Some(head) = head.as_ref().filter(|head| !options.full && is_current(pipeline, &head.commit, &inputs, &decisions)) {
        let published = publish(pipeline, &head.commit, store, &engine, progress).await;
        published.map_err(|error| not_published(&head.commit, error))?;
        return Ok(Outcome::Unchanged(head.commit.number));
    }
    store.probe().await?;
    let swept = commit::swept(store).await?;
    let mut run = match Run::start(pipeline.model, store, &engine, head.as_ref(), options.full).await {
        Ok(run) => run.following(decisions),
        Err(error) => return Err(commit::explained(store, head.as_ref(), swept, error).await),
    };
    let read = run.make(inputs, progress).await;
    let within = match (read, head.as_ref()) {
        (Ok(read), Some(head)) => care::within(&run, &head.commit, &options.budget).await.map(|()| read),
        (read, _) => read,
    };
    let made = match within {
        Ok(inputs) => run.commit(pipeline, options, inputs, head.as_ref()).await,
        Err(error) => Err(error),
    };
    let outcome = match made {
        Ok(outcome) => outcome,
        Err(error) => {
            run.clean_up_after(&error).await;
            return Err(commit::explained(store, head.as_ref(), swept, error).await);
        }
    };
    let commit = match &outcome {
        Outcome::Committed(commit) => commit,
        Outcome::Unchanged(_) => {
            if let Some(head) = &head {
                commit::note_seen(store, &head.commit, run.read.clone()).await?;
            }
            run.discard().await;
            &Box::new(head.expect("only a commit can stay as it is").commit)
        }
    };
    publish(pipeline, commit, store, &engine, progress).await.map_err(|error| not_published(commit, error))?;
    Ok(outcome)
}

/// Whether a run would find neither new input nor other decisions nor another pipeline.
fn is_current(pipeline: Pipeline<'_>, last: &Commit, inputs: &[SourceFiles], decisions: &Decisions) -> bool {
    let now = read_inputs(pipeline.model, inputs);
    last.fingerprint == pipeline.fingerprint
        && last.decisions == decisions.fingerprint(pipeline.model)
        && file_changes(pipeline.model, &now, &last.inputs).is_empty()
}

/// Whatever keeps a commit from being published, the commit stands.
fn not_published(commit: &Commit, error: Error) -> Error {
    let message = format!("commit {} stands, but not all of it is published: {}", commit.number, error.message);
    Error { kind: Kind::Publish, message, place: error.place }
}

/// A state belongs to one pipeline: another one's ids must not get into it.
pub(crate) fn check_owner(model: &Model, head: Option<&Head>, store: &Store) -> Result<()> {
    match head {
        Some(head) if head.commit.pipeline != model.name => Err(Error::new(
            Kind::FixConfiguration,
            format!(
                "the state at `{}` belongs to the pipeline `{}`, this one is `{}`; give it a state of its own",
                store.name(),
                head.commit.pipeline,
                model.name
            ),
        )),
        _ => Ok(()),
    }
}

async fn publish(pipeline: Pipeline<'_>, commit: &Commit, store: &Store, engine: &LocalEngine, progress: &dyn Progress) -> Result<()> {
    if pipeline.model.publishes.is_empty() || step::is_published(store, commit).await? {
        return Ok(());
    }
    let plan = c360_plan::plan(pipeline.model, &SourceSchemas::new())?;
    let tables = add_views(pipeline.model, &commit.inputs, &tables_of(commit, store).await?)?;
    if planted("marked-before-published") {
        step::mark_published(store, commit).await?;
    }
    for (number, declared) in plan.steps.iter().enumerate() {
        if let Step::Publish(publish) = declared {
            let title = declared.title(pipeline.model);
            progress.step(&title, number + 1, plan.steps.len());
            step::publish(publish, pipeline.model, &tables, engine, pipeline.folder).await?;
            progress.done(&title);
        }
    }
    step::mark_published(store, commit).await
}
