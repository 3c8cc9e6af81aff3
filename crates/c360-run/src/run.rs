//! One run: list, plan, run the steps, commit, publish.

use crate::care;
use crate::changed::Changed;
use crate::commit::{self, Commit, FORMAT, Head, NotPut, Parent, Table};
use crate::engine::{Engine, LocalEngine, Tables};
use crate::error::{Error, Kind, Result};
use crate::figures::Figures;
use crate::guard::Budget;
use crate::inputs::{SourceFiles, file_changes, keep, list_inputs, read_inputs, source_schemas};
use crate::progress::Progress;
use crate::step;
use crate::store::Store;
use crate::tables::{add_views, compact, tables_of};
use c360_match::ids::Event;
use c360_match::planted::planted;
use c360_model::model::{EntityId, Model};
use c360_plan::tables::TableName;
use c360_plan::{NumberSet, Plan, SourceSchemas, Step};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::LogicalPlan;
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
    let engine = LocalEngine::try_new(options.threads, options.memory, store)?;
    if let Some(head) = head.as_ref().filter(|head| !options.full && is_current(pipeline, &head.commit, &inputs)) {
        let published = publish(pipeline, &head.commit, store, &engine, progress).await;
        published.map_err(|error| not_published(&head.commit, error))?;
        return Ok(Outcome::Unchanged(head.commit.number));
    }
    store.probe().await?;
    let swept = commit::swept(store).await?;
    let mut run = match Run::start(pipeline.model, store, &engine, head.as_ref(), options.full).await {
        Ok(run) => run,
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

/// Whether a run would find neither new input nor another pipeline.
fn is_current(pipeline: Pipeline<'_>, last: &Commit, inputs: &[SourceFiles]) -> bool {
    let now = read_inputs(pipeline.model, inputs);
    last.fingerprint == pipeline.fingerprint && file_changes(pipeline.model, &now, &last.inputs).is_empty()
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
    let tables = add_views(pipeline.model, &commit.inputs, &tables_of(commit, store, engine).await?)?;
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

/// A run under way: what it made so far.
pub(crate) struct Run<'a> {
    pub(crate) model: &'a Model,
    pub(crate) store: &'a Store,
    pub(crate) engine: &'a LocalEngine,
    /// What vacuum said before this run wrote anything.
    swept: commit::Swept,
    /// Whether a commit of this run was there, if only for a moment.
    stored: bool,
    pub(crate) id: String,
    /// The number that the commit will have.
    pub(crate) number: u64,
    /// Tables that plans may read: of this run where it made them, else of the last commit.
    pub(crate) tables: Tables,
    /// Tables of the last commit.
    pub(crate) before: Tables,
    /// What commits say of the tables.
    pub(crate) made: BTreeMap<String, Table>,
    /// Fingerprints of steps: of the last commit, and of this run.
    pub(crate) steps_before: BTreeMap<String, String>,
    pub(crate) steps: BTreeMap<String, String>,
    /// The titles of the steps in their order.
    pub(crate) order: Vec<String>,
    /// Files of this run that nothing names in the end.
    pub(crate) superseded: Vec<String>,
    /// The files whose rows count, once they were read.
    read: Vec<commit::Input>,
    /// Of each entity, how many records the largest of the objects has that this run looked at.
    pub(crate) largest: BTreeMap<EntityId, u64>,
    /// Copies of files of logs that this run made.
    pub(crate) copies: Vec<String>,
    pub(crate) next_ids: BTreeMap<String, u64>,
    pub(crate) next: commit::Next,
    pub(crate) figures: Figures,
    pub(crate) reports: step::Reports,
    /// What changed so far.
    pub(crate) changed: Changed,
    /// What became of ids, by entity.
    pub(crate) events: BTreeMap<EntityId, Vec<Event>>,
    /// Records that stages made and took away, until all are done.
    pub(crate) records: step::RecordLayers,
    /// Records that a step read for itself and a later one needs again.
    pub(crate) loaded: BTreeMap<EntityId, step::LoadedRecords>,
    /// The files of the last commit.
    pub(crate) inputs_before: Vec<commit::Input>,
    /// Numbers of files that are as they were in the last commit.
    pub(crate) unchanged: NumberSet,
    /// Whether everything is to be computed anew.
    pub(crate) full: bool,
}

impl<'a> Run<'a> {
    pub(crate) async fn start(
        model: &'a Model,
        store: &'a Store,
        engine: &'a LocalEngine,
        head: Option<&Head>,
        full: bool,
    ) -> Result<Run<'a>> {
        let before = match head {
            Some(head) => tables_of(&head.commit, store, engine).await?,
            None => Tables::default(),
        };
        let swept = commit::swept(store).await?;
        let id = uuid::Uuid::now_v7().to_string();
        let reports = step::Reports::new(store, &id);
        let last = head.map(|head| head.commit.clone());
        Ok(Run {
            model,
            store,
            engine,
            swept,
            stored: false,
            id,
            number: last.as_ref().map_or(1, |c| c.number + 1),
            tables: before.clone(),
            before,
            made: last.as_ref().map(|c| c.tables.clone()).unwrap_or_default(),
            steps_before: last.as_ref().map(|c| c.steps.clone()).unwrap_or_default(),
            steps: BTreeMap::new(),
            order: Vec::new(),
            superseded: Vec::new(),
            read: Vec::new(),
            largest: BTreeMap::new(),
            copies: Vec::new(),
            next_ids: last.as_ref().map(|c| c.next_ids.clone()).unwrap_or_default(),
            next: last.as_ref().map(|c| c.next.clone()).unwrap_or_default(),
            figures: last.as_ref().map(|c| c.figures.for_next_run()).unwrap_or_default(),
            reports,
            changed: Changed::default(),
            events: BTreeMap::new(),
            records: step::RecordLayers::default(),
            loaded: BTreeMap::new(),
            inputs_before: last.map(|c| c.inputs).unwrap_or_default(),
            unchanged: NumberSet::new(),
            full,
        })
    }

    /// Whether there is no commit yet.
    pub(crate) fn is_first(&self) -> bool {
        self.number == 1
    }

    /// Where a file of a table of this run goes.
    pub(crate) fn file(&self, table: &TableName, part: &str) -> String {
        format!("tables/{table}/{}/part-{part}.parquet", self.id)
    }

    /// Runs all steps up to the commit; gives the files whose rows count.
    pub(crate) async fn make(&mut self, mut inputs: Vec<SourceFiles>, progress: &dyn Progress) -> Result<Vec<commit::Input>> {
        let before = self.inputs_before.clone();
        keep(self, &mut inputs, &before).await?;
        self.compute(&inputs, progress).await
    }

    /// Runs all steps over files that have their numbers; gives the files with their counts.
    pub(crate) async fn compute(&mut self, inputs: &[SourceFiles], progress: &dyn Progress) -> Result<Vec<commit::Input>> {
        let before = self.inputs_before.clone();
        let plan = c360_plan::plan(self.model, &source_schemas(self.model, inputs).await?)?;
        step::drop_gone(self, &before).await?;
        let mut read = Vec::new();
        self.steps(&plan, inputs, &mut read, progress).await?;
        compact(self).await?;
        Ok(read)
    }

    async fn steps(&mut self, plan: &Plan, inputs: &[SourceFiles], read: &mut Vec<commit::Input>, progress: &dyn Progress) -> Result<()> {
        let stages = plan.steps.iter().take_while(|step| matches!(step, Step::Stage(_))).count();
        let all_bytes = inputs.iter().flat_map(|input| &input.files).map(|file| file.size).sum();
        let mut bytes = 0;
        for (number, step) in plan.steps.iter().enumerate() {
            if matches!(step, Step::Publish(_)) {
                break;
            }
            let title = step.title(self.model);
            progress.step(&title, number + 1, plan.steps.len());
            let fingerprint = c360_plan::fingerprint(step, self.model);
            let anew = self.full || self.steps_before.get(&title) != Some(&fingerprint);
            self.order.push(title.clone());
            self.steps.insert(title.clone(), fingerprint);
            match step {
                Step::Stage(stage) => {
                    let input = inputs.iter().find(|input| input.source == stage.source).expect("every source was listed");
                    read.extend(step::stage(self, stage, input, anew).await?);
                    bytes += input.files.iter().map(|file| file.size).sum::<u64>();
                    progress.bytes(bytes, all_bytes);
                    if number + 1 == stages {
                        step::seal_records(self).await?;
                    }
                }
                Step::Resolve(resolve) => step::resolve(self, resolve, anew).await?,
                Step::Cluster(cluster) => step::cluster(self, cluster, anew).await?,
                Step::Golden(golden) => step::golden(self, golden, anew).await?,
                Step::Publish(_) => {}
            }
            progress.done(&title);
        }
        let place = |name: &str| self.model.sources.iter().position(|source| source.name == name);
        self.figures.sources.sort_by_key(|figures| place(&figures.source));
        let place = |name: &str| self.model.entities.iter().position(|entity| entity.name == name);
        self.figures.entities.sort_by_key(|figures| place(&figures.entity));
        step::seal_reports(self).await
    }

    async fn commit(
        &mut self,
        pipeline: Pipeline<'_>,
        options: &Options,
        inputs: Vec<commit::Input>,
        head: Option<&Head>,
    ) -> Result<Outcome> {
        self.read.clone_from(&inputs);
        if let Some(head) = head.filter(|head| self.leads_to(&head.commit) && head.commit.fingerprint == pipeline.fingerprint) {
            return Ok(Outcome::Unchanged(head.commit.number));
        }
        let commit = self.put_commit(pipeline.fingerprint, options, inputs, head).await?;
        Ok(Outcome::Committed(Box::new(commit)))
    }

    /// Whether the run made what the commit holds: the same tables, out of as many rows.
    fn leads_to(&self, commit: &Commit) -> bool {
        same_content(&commit.tables, &self.made) && commit.figures.sources == self.figures.sources
    }

    /// Makes the commit of what the run made.
    pub(crate) async fn put_commit(
        &mut self,
        fingerprint: &str,
        options: &Options,
        inputs: Vec<commit::Input>,
        head: Option<&Head>,
    ) -> Result<Commit> {
        if planted("parent-unchecked") {
            self.number = commit::head(self.store).await?.map_or(1, |head| head.commit.number + 1);
        }
        let commit = Commit {
            format: FORMAT,
            number: self.number,
            run: self.id.clone(),
            pipeline: self.model.name.clone(),
            fingerprint: fingerprint.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            as_of: options.as_of.clone(),
            parent: head.map(|head| Parent { number: head.commit.number, sha256: head.sha256.clone() }),
            inputs,
            steps: self.steps.clone(),
            tables: self.made.clone(),
            next_ids: self.next_ids.clone(),
            next: self.next.clone(),
            figures: self.figures.clone(),
        };
        let superseded = self.superseded.iter().map(|path| self.store.path(path)).collect();
        let _ = self.store.remove(superseded).await;
        match commit::put(self.store, &commit, self.swept).await {
            Ok(()) => Ok(commit),
            Err(NotPut { error, stored }) => {
                self.stored = stored;
                Err(error)
            }
        }
    }

    /// Removes what a failed run wrote, unless its commit may stand after all.
    pub(crate) async fn clean_up_after(&self, error: &Error) {
        if error.kind != Kind::Unknown && !self.stored {
            self.discard().await;
        }
    }

    /// Removes all files of this run. No commit names them, so it does not matter if that fails.
    pub(crate) async fn discard(&self) {
        let made = self.made.values().flat_map(Table::files).map(|f| &f.path).filter(|path| path.contains(&self.id));
        let paths = made.chain(&self.superseded).chain(&self.copies).map(|path| self.store.path(path)).collect();
        let _ = self.store.remove(paths).await;
    }

    /// The rows of a plan over the tables so far.
    pub(crate) async fn rows(&self, plan: &LogicalPlan) -> Result<SendableRecordBatchStream> {
        self.engine.execute(plan, &self.tables).await
    }
}

fn same_content(before: &BTreeMap<String, Table>, now: &BTreeMap<String, Table>) -> bool {
    before.len() == now.len() && before.iter().zip(now).all(|((a, old), (b, new))| a == b && old.same_content(new))
}
