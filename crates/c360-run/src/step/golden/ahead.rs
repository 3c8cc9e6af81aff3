//! Objects as they were, read while their records are still being clustered: which may change is known as soon as the touched components are.

use super::super::part::Scope;
use crate::error::{Error, Result};
use crate::run::Run;
use crate::tables::part_of;
use c360_model::model::EntityId;
use c360_plan::NumberSet;
use c360_plan::tables::TableName;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::TableProvider;
use datafusion::common::runtime::SpawnedTask;
use datafusion::datasource::{MemTable, provider_as_source};
use datafusion::logical_expr::LogicalPlanBuilder;
use futures::TryStreamExt;
use std::sync::Arc;

/// Rows of `golden.<entity>` of the last commit that are being read.
pub(crate) struct ObjectsAhead {
    ids: Arc<NumberSet>,
    /// The id that the next new object gets: from here on there are none.
    next: u64,
    schema: SchemaRef,
    rows: SpawnedTask<datafusion::common::Result<Vec<RecordBatch>>>,
}

impl ObjectsAhead {
    /// Begins to read the objects with these ids; `None` where there are none yet. Call it before new ids are given.
    pub(crate) async fn read(run: &Run<'_>, entity: EntityId, ids: NumberSet) -> Result<Option<ObjectsAhead>> {
        let entity = &run.model.entity(entity).name;
        let Some(table) = run.before.get(&TableName::golden(entity)) else { return Ok(None) };
        let (ids, next) = (Arc::new(ids), run.next_ids.get(entity).copied().unwrap_or(1));
        let table = part_of(table, "id", Arc::clone(&ids))?;
        let rows = run.engine.run(&LogicalPlanBuilder::scan("ahead", provider_as_source(table), None)?.build()?).await?;
        Ok(Some(ObjectsAhead { ids, next, schema: rows.schema(), rows: SpawnedTask::spawn(rows.try_collect()) }))
    }

    /// The objects of the scope; `None` where it asks for more than these.
    pub(super) async fn of(self, scope: &Scope) -> Result<Option<Arc<dyn TableProvider>>> {
        let Scope::Only(asked) = scope else { return Ok(None) };
        let is_here = |id: &i64| self.ids.contains(id) || id.cast_unsigned() >= self.next;
        if !asked.iter().all(is_here) {
            return Ok(None);
        }
        let rows = self.rows.join().await.map_err(|error| Error::broke_off("reading objects", &error))??;
        let table: Arc<dyn TableProvider> = Arc::new(MemTable::try_new(self.schema, vec![rows])?);
        part_of(&table, "id", Arc::clone(asked)).map(Some)
    }
}
