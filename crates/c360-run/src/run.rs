//! One run: list, plan, run the steps, commit, publish.

use crate::commit::{self, Commit, FORMAT, Head, Parent, Table};
use crate::engine::{Engine, LocalEngine, Tables};
use crate::error::{Error, Kind, Result};
use crate::figures::Figures;
use crate::inputs::{SourceFiles, check_logs, list_inputs, read_inputs, source_schemas};
use crate::progress::Progress;
use crate::step;
use crate::store::Store;
use crate::tables::tables_of;
use c360_model::model::Model;
use c360_plan::{Plan, Step};
use std::collections::BTreeMap;
use std::path::Path;

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
    /// Run even if neither input nor pipeline changed.
    pub full: bool,
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
    let read = read_inputs(pipeline.model, &inputs);
    if let Some(head) = &head {
        check_logs(pipeline.model, &read, &head.commit.inputs)?;
    }
    let engine = LocalEngine::try_new(options.threads, options.memory, store)?;
    let plan = c360_plan::plan(pipeline.model, &source_schemas(pipeline.model, &inputs).await?)?;
    let same = |head: &&Head| head.commit.inputs == read && head.commit.fingerprint == pipeline.fingerprint && !options.full;
    if let Some(head) = head.as_ref().filter(same) {
        let published = publish(pipeline, &plan, &head.commit, store, &engine, progress).await;
        published.map_err(|error| not_published(&head.commit, error))?;
        return Ok(Outcome::Unchanged(head.commit.number));
    }
    store.probe().await?;
    let mut run = Run::start(pipeline.model, store, &engine, head.as_ref()).await?;
    let made = run.steps(&plan, &inputs, progress).await;
    let made = match made {
        Ok(()) => run.commit(pipeline, options, read, head.as_ref()).await,
        Err(error) => Err(error),
    };
    let outcome = match made {
        Ok(outcome) => outcome,
        Err(error) => {
            run.clean_up_after(&error).await;
            return Err(error);
        }
    };
    let commit = match &outcome {
        Outcome::Committed(commit) => commit,
        Outcome::Unchanged(_) => {
            run.discard().await;
            &Box::new(head.expect("only a commit can stay as it is").commit)
        }
    };
    publish(pipeline, &plan, commit, store, &engine, progress).await.map_err(|error| not_published(commit, error))?;
    Ok(outcome)
}

/// Whatever keeps a commit from being published, the commit stands.
fn not_published(commit: &Commit, error: Error) -> Error {
    let message = format!("commit {} stands, but not all of it is published: {}", commit.number, error.message);
    Error { kind: Kind::Publish, message, place: error.place }
}

/// A state belongs to one pipeline: another one's ids must not get into it.
fn check_owner(model: &Model, head: Option<&Head>, store: &Store) -> Result<()> {
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

async fn publish(
    pipeline: Pipeline<'_>,
    plan: &Plan,
    commit: &Commit,
    store: &Store,
    engine: &LocalEngine,
    progress: &dyn Progress,
) -> Result<()> {
    if !plan.steps.iter().any(|step| matches!(step, Step::Publish(_))) || step::is_published(store, commit).await? {
        return Ok(());
    }
    let tables = tables_of(commit, store, engine).await?;
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

/// A run under way: what it made so far.
pub(crate) struct Run<'a> {
    pub(crate) model: &'a Model,
    pub(crate) store: &'a Store,
    pub(crate) engine: &'a LocalEngine,
    /// Tables that plans may read.
    pub(crate) tables: Tables,
    /// Tables of the last commit.
    pub(crate) before: Tables,
    /// Tables of the commit that is being made.
    pub(crate) made: BTreeMap<String, Table>,
    /// Tables that only this run needs.
    pub(crate) scratch: Vec<Table>,
    pub(crate) next_ids: BTreeMap<String, u64>,
    pub(crate) figures: Figures,
    pub(crate) reports: step::Reports,
    /// Rows of `reports.orphans` by entity.
    pub(crate) orphans: BTreeMap<String, u64>,
    id: String,
}

impl<'a> Run<'a> {
    async fn start(model: &'a Model, store: &'a Store, engine: &'a LocalEngine, head: Option<&Head>) -> Result<Run<'a>> {
        let before = match head {
            Some(head) => tables_of(&head.commit, store, engine).await?,
            None => Tables::default(),
        };
        let id = uuid::Uuid::now_v7().to_string();
        let reports = step::Reports::try_new(store, &id)?;
        Ok(Run {
            model,
            store,
            engine,
            tables: Tables::default(),
            before,
            made: BTreeMap::new(),
            scratch: Vec::new(),
            next_ids: head.map(|head| head.commit.next_ids.clone()).unwrap_or_default(),
            figures: Figures::default(),
            reports,
            orphans: BTreeMap::new(),
            id,
        })
    }

    /// Where a file of a table of this run goes.
    pub(crate) fn file(&self, table: &str, part: &str) -> String {
        format!("tables/{table}/{}/part-{part}.parquet", self.id)
    }

    async fn steps(&mut self, plan: &Plan, inputs: &[SourceFiles], progress: &dyn Progress) -> Result<()> {
        let stages = plan.steps.iter().take_while(|step| matches!(step, Step::Stage(_))).count();
        let all_bytes = inputs.iter().flat_map(|input| &input.files).map(|file| file.size).sum();
        let mut bytes = 0;
        for (number, step) in plan.steps.iter().enumerate() {
            if matches!(step, Step::Publish(_)) {
                break;
            }
            let title = step.title(self.model);
            progress.step(&title, number + 1, plan.steps.len());
            match step {
                Step::Stage(stage) => {
                    let input = inputs.iter().find(|input| input.source == stage.source).expect("every source was listed");
                    step::stage(self, stage, input).await?;
                    bytes += input.files.iter().map(|file| file.size).sum::<u64>();
                    progress.bytes(bytes, all_bytes);
                    if number + 1 == stages {
                        step::seal_records(self).await?;
                    }
                }
                Step::Resolve(resolve) => step::resolve(self, resolve).await?,
                Step::Cluster(cluster) => step::cluster(self, cluster).await?,
                Step::Golden(golden) => step::golden(self, golden).await?,
                Step::Publish(_) => {}
            }
            progress.done(&title);
        }
        step::seal_reports(self).await
    }

    async fn commit(&self, pipeline: Pipeline<'_>, options: &Options, inputs: Vec<commit::Input>, head: Option<&Head>) -> Result<Outcome> {
        if let Some(head) =
            head.filter(|head| same_content(&head.commit.tables, &self.made) && head.commit.fingerprint == pipeline.fingerprint)
        {
            return Ok(Outcome::Unchanged(head.commit.number));
        }
        let commit = Commit {
            format: FORMAT,
            number: head.map_or(1, |head| head.commit.number + 1),
            run: self.id.clone(),
            pipeline: self.model.name.clone(),
            fingerprint: pipeline.fingerprint.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            as_of: options.as_of.clone(),
            parent: head.map(|head| Parent { number: head.commit.number, sha256: head.sha256.clone() }),
            inputs,
            tables: self.made.clone(),
            next_ids: self.next_ids.clone(),
            figures: self.figures.clone(),
        };
        self.drop_scratch().await;
        commit::put(self.store, &commit).await?;
        Ok(Outcome::Committed(Box::new(commit)))
    }

    /// Removes what a failed run wrote, unless its commit may stand after all.
    async fn clean_up_after(&self, error: &Error) {
        if error.kind != Kind::Unknown {
            self.discard().await;
        }
    }

    /// Removes all files of this run. No commit names them, so it does not matter if that fails.
    async fn discard(&self) {
        let paths = self.made.values().chain(&self.scratch).flat_map(|t| &t.files).map(|f| self.store.path(&f.path)).collect();
        let _ = self.store.remove(paths).await;
    }

    async fn drop_scratch(&self) {
        let paths = self.scratch.iter().flat_map(|t| &t.files).map(|f| self.store.path(&f.path)).collect();
        let _ = self.store.remove(paths).await;
    }

    /// Makes a written table part of the commit and lets later plans read it.
    pub(crate) async fn keep(&mut self, name: c360_plan::tables::TableName, table: Table) -> Result<()> {
        let provider = crate::tables::provider(&table, self.store, self.engine).await?;
        self.tables.insert(name.clone(), provider);
        self.made.insert(name.to_string(), table);
        Ok(())
    }

    /// The rows of a plan over the tables so far.
    pub(crate) async fn rows(
        &self,
        plan: &datafusion::logical_expr::LogicalPlan,
    ) -> Result<datafusion::execution::SendableRecordBatchStream> {
        self.engine.execute(plan, &self.tables).await
    }
}

fn same_content(before: &BTreeMap<String, Table>, now: &BTreeMap<String, Table>) -> bool {
    before.len() == now.len() && before.iter().zip(now).all(|((a, old), (b, new))| a == b && old.same_content(new))
}
