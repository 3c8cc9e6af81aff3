//! A run under way: what it knows, and how it goes through the steps of its plan.

use crate::changed::Changed;
use crate::commit::{self, Head, Table};
use crate::engine::{Engine, LocalEngine, Tables};
use crate::error::Result;
use crate::figures::Figures;
use crate::inputs::{SourceFiles, keep, planned};
use crate::overrides::Decisions;
use crate::progress::Progress;
use crate::step;
use crate::store::Store;
use crate::tables::{compact, tables_of};
use c360_match::ids::Event;
use c360_model::model::{EntityId, Model};
use c360_plan::tables::TableName;
use c360_plan::{NumberSet, Plan, Step};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::LogicalPlan;
use std::collections::BTreeMap;

/// A run under way: what it made so far.
pub(crate) struct Run<'a> {
    pub(crate) model: &'a Model,
    pub(crate) store: &'a Store,
    pub(crate) engine: &'a LocalEngine,
    /// What vacuum said before this run wrote anything.
    pub(super) swept: commit::Swept,
    /// Whether a commit of this run was there, if only for a moment.
    pub(super) stored: bool,
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
    pub(super) read: Vec<commit::Input>,
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
    /// Objects as they were, of which a step knows that a later one asks for them.
    pub(crate) objects_ahead: BTreeMap<EntityId, step::ObjectsAhead>,
    /// Members as they were, read while sources are.
    pub(crate) members_ahead: BTreeMap<EntityId, step::MembersAhead>,
    /// Members of objects that a step knows anyway and a later one asks for.
    pub(crate) loaded_members: BTreeMap<EntityId, step::LoadedMembers>,
    /// The files of the last commit.
    pub(crate) inputs_before: Vec<commit::Input>,
    /// Numbers of files that are as they were in the last commit.
    pub(crate) unchanged: NumberSet,
    /// What people decided about pairs of records.
    pub(crate) decisions: Decisions,
    /// The fingerprint of the decisions that the tables follow.
    pub(crate) decided: String,
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
            Some(head) => tables_of(&head.commit, store).await?,
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
            loaded_members: BTreeMap::new(),
            members_ahead: BTreeMap::new(),
            objects_ahead: BTreeMap::new(),
            decisions: Decisions::default(),
            decided: last.as_ref().map(|c| c.decisions.clone()).unwrap_or_default(),
            inputs_before: last.map(|c| c.inputs).unwrap_or_default(),
            unchanged: NumberSet::new(),
            full,
        })
    }

    /// Lets the run follow these decisions.
    pub(crate) fn following(mut self, decisions: Decisions) -> Run<'a> {
        self.decided = decisions.fingerprint(self.model);
        self.decisions = decisions;
        self
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
        let plan = planned(self.model, inputs).await?;
        step::drop_gone(self, &before).await?;
        let read = self.steps(&plan, inputs, progress).await?;
        compact(self).await?;
        Ok(read)
    }

    /// Runs the steps that come before an entity's records are clustered.
    pub(crate) async fn compute_before(&mut self, entity: EntityId, inputs: Vec<SourceFiles>, progress: &dyn Progress) -> Result<()> {
        let clusters = |step: &Step| matches!(step, Step::Cluster(cluster) if cluster.entity == entity);
        self.compute_until(|plan| plan.steps.iter().position(clusters).unwrap_or(plan.steps.len()), inputs, progress).await
    }

    /// Runs the steps that make all that rules read: records, and what references in rules lead to.
    pub(crate) async fn compute_records(&mut self, inputs: Vec<SourceFiles>, progress: &dyn Progress) -> Result<()> {
        self.compute_until(Plan::until_records, inputs, progress).await
    }

    /// Runs the first steps, as many as `count` says.
    async fn compute_until(
        &mut self,
        count: impl FnOnce(&Plan) -> usize,
        mut inputs: Vec<SourceFiles>,
        progress: &dyn Progress,
    ) -> Result<()> {
        keep(self, &mut inputs, &[]).await?;
        let mut plan = planned(self.model, &inputs).await?;
        plan.steps.truncate(count(&plan));
        self.steps(&plan, &inputs, progress).await.map(drop)
    }

    /// The rows of a plan over the tables so far.
    pub(crate) async fn rows(&self, plan: &LogicalPlan) -> Result<SendableRecordBatchStream> {
        self.engine.execute(plan, &self.tables).await
    }
}
