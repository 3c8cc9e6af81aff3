//! A run's tables with only a part of some of them: what a step reads when little changed.

mod loaded;

use super::in_order::{InOrder, by_id};
use crate::commit::Table;
use crate::engine::{Engine, Tables};
use crate::error::Result;
use crate::run::Run;
use crate::tables::{LayerWriter, Writing, key_of, part_of, provider, rows_of};
use c360_model::model::{EntityId, ReferenceId};
use c360_plan::NumberSet;
use c360_plan::tables::TableName;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::Schema;
use datafusion::datasource::{MemTable, provider_as_source};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder};
use datafusion::physical_plan::EmptyRecordBatchStream;
use futures::TryStreamExt;
pub(crate) use loaded::{LoadedMembers, LoadedRecords};
use std::sync::Arc;

/// What a step works on.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    /// Everything.
    All,
    /// These records, or objects.
    Only(Arc<NumberSet>),
}

impl Scope {
    /// These; everything, if `all` says so.
    pub(super) fn of(all: bool, numbers: NumberSet) -> Scope {
        if all { Scope::All } else { Scope::Only(Arc::new(numbers)) }
    }

    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Scope::Only(numbers) if numbers.is_empty())
    }

    /// These and some more; `None` where those are among these.
    pub(super) fn with(&self, more: &NumberSet) -> Option<Scope> {
        match self {
            Scope::Only(numbers) if !more.is_subset(numbers) => Some(Scope::Only(Arc::new(numbers.union(more).copied().collect()))),
            _ => None,
        }
    }

    pub(super) fn holds(&self, number: i64) -> bool {
        match self {
            Scope::All => true,
            Scope::Only(numbers) => numbers.contains(&number),
        }
    }
}

impl LayerWriter {
    /// Puts the layer in place of the rows of the scope.
    pub(super) async fn seal_over(mut self, run: &mut Run<'_>, scope: &Scope) -> Result<()> {
        match scope {
            Scope::All => self.seal_as_base(run).await,
            Scope::Only(numbers) => {
                self.replace_all(numbers.iter().copied());
                self.seal(run).await
            }
        }
    }
}

/// A layer in place of the rows of a scope, whose own rows are being written.
pub(super) struct WritingOver {
    writing: Writing,
    scope: Scope,
}

impl WritingOver {
    pub(super) fn new(out: LayerWriter, scope: Scope, batches: impl Iterator<Item = Result<RecordBatch>> + Send + 'static) -> WritingOver {
        WritingOver { writing: out.write_all(batches), scope }
    }

    pub(super) async fn seal(self, run: &mut Run<'_>) -> Result<()> {
        self.writing.done().await?.seal_over(run, &self.scope).await
    }
}

/// Tables for a plan.
#[derive(Clone)]
pub(super) struct Part<'a> {
    run: &'a Run<'a>,
    tables: Tables,
}

impl<'a> Part<'a> {
    /// All of them.
    pub(super) fn of(run: &'a Run<'_>) -> Part<'a> {
        Part { run, tables: run.tables.clone() }
    }

    /// Narrows a table to the rows whose key is in the scope.
    pub(super) fn narrow(self, name: &TableName, scope: &Scope) -> Result<Part<'a>> {
        self.narrow_by(name, key_of(name.kind), scope)
    }

    /// Narrows a table to the rows with the number in a column in the scope.
    pub(super) fn narrow_by(mut self, name: &TableName, column: &str, scope: &Scope) -> Result<Part<'a>> {
        if let (Scope::Only(numbers), Some(table)) = (scope, self.tables.get(name)) {
            let part = part_of(table, column, Arc::clone(numbers))?;
            self.tables.insert(name.clone(), part);
        }
        Ok(self)
    }

    /// Narrows an entity's records, with what their references lead to.
    pub(super) fn records(self, entity: EntityId, scope: &Scope) -> Result<Part<'a>> {
        let declared = self.run.model.entity(entity);
        let references = (0..declared.references.len()).map(ReferenceId);
        let mut part = self.narrow(&TableName::records(&declared.name), scope)?;
        for reference in references {
            part = part.narrow(&TableName::resolved(declared, reference), scope)?;
        }
        Ok(part)
    }

    /// Reads a narrowed table once and keeps its rows: several plans will ask for them.
    pub(super) async fn load(mut self, name: &TableName) -> Result<Part<'a>> {
        if let Some(table) = self.tables.get(name) {
            let plan = LogicalPlanBuilder::scan("loaded", provider_as_source(Arc::clone(table)), None)?.build()?;
            let rows = self.run.engine.run(&plan).await?;
            let schema = rows.schema();
            let rows: Vec<RecordBatch> = rows.try_collect().await?;
            self.tables.insert(name.clone(), Arc::new(MemTable::try_new(schema, vec![rows])?));
        }
        Ok(self)
    }

    /// Narrows an entity's records as [`Part::records`] does, and reads those of a small scope once.
    pub(super) async fn loaded(self, entity: EntityId, scope: &Scope) -> Result<Part<'a>> {
        let name = TableName::records(&self.run.model.entity(entity).name);
        let part = self.records(entity, scope)?;
        match scope {
            Scope::All => Ok(part),
            Scope::Only(_) => part.load(&name).await,
        }
    }

    /// Only the records of an entity that this run wrote, with what their references lead to; `scope` holds at least those.
    pub(super) async fn fresh(mut self, entity: EntityId, scope: &Scope) -> Result<Part<'a>> {
        let name = TableName::records(&self.run.model.entity(entity).name);
        let Some(own) = self.run.made.get(&name.to_string()).and_then(|table| table.layers.last()) else {
            return self.loaded(entity, scope).await;
        };
        if own.files.is_empty() || !own.files.iter().all(|file| file.path.contains(&self.run.id)) {
            return self.loaded(entity, scope).await;
        }
        let table = provider(&Table::of(own.files.clone()), key_of(name.kind), self.run.store).await?;
        self.tables.insert(name.clone(), table);
        self.loaded(entity, scope).await
    }

    /// Columns of one of the tables; nothing where it was never made.
    pub(super) async fn table(&self, name: &TableName, columns: &[&str]) -> Result<SendableRecordBatchStream> {
        match self.tables.get(name) {
            Some(table) => rows_of(table, columns, self.run.engine).await,
            None => Ok(Box::pin(EmptyRecordBatchStream::new(Arc::new(Schema::empty())))),
        }
    }

    /// The rows of a plan that is sorted by `id`, over these tables.
    pub(super) async fn objects(&self, plan: &LogicalPlan) -> Result<SendableRecordBatchStream> {
        let schema = Arc::clone(plan.schema().inner());
        let parts = self.run.engine.sorted_parts(plan, &self.tables).await?;
        Ok(InOrder::by(by_id, parts).into_stream(schema))
    }

    /// The rows of a plan over these tables.
    pub(super) async fn rows(&self, plan: &LogicalPlan) -> Result<SendableRecordBatchStream> {
        self.run.engine.execute(plan, &self.tables).await
    }
}
