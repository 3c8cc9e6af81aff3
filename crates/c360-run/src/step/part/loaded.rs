//! Rows that a step has in memory and a later one needs again.

use super::{Part, Scope};
use crate::error::Result;
use c360_model::model::EntityId;
use c360_plan::NumberSet;
use c360_plan::tables::TableName;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::TableProvider;
use datafusion::datasource::MemTable;
use std::sync::Arc;

/// Records of an entity.
#[derive(Debug)]
pub(crate) struct LoadedRecords {
    records: Arc<NumberSet>,
    table: Arc<dyn TableProvider>,
}

/// All members of some objects as they are now.
#[derive(Debug)]
pub(crate) struct LoadedMembers {
    /// The objects: that they are now, or were in the last commit.
    ids: NumberSet,
    records: NumberSet,
    table: Arc<dyn TableProvider>,
}

impl LoadedMembers {
    /// Rows of `members.<entity>`.
    pub(in crate::step) fn try_new(ids: NumberSet, records: NumberSet, schema: SchemaRef, rows: Vec<RecordBatch>) -> Result<LoadedMembers> {
        Ok(LoadedMembers { ids, records, table: Arc::new(MemTable::try_new(schema, vec![rows])?) })
    }
}

fn holds(all: &NumberSet, scope: &Scope) -> bool {
    matches!(scope, Scope::Only(numbers) if numbers.iter().all(|number| all.contains(number)))
}

impl<'a> Part<'a> {
    /// Narrows an entity's records as [`Part::records`] does, out of memory where an earlier step read all of them.
    pub(in crate::step) fn reread(mut self, entity: EntityId, scope: &Scope) -> Result<Part<'a>> {
        if let Some(loaded) = self.run.loaded.get(&entity).filter(|loaded| holds(&loaded.records, scope)) {
            self.tables.insert(TableName::records(&self.run.model.entity(entity).name), Arc::clone(&loaded.table));
        }
        self.records(entity, scope)
    }

    /// The members of these objects, out of memory where an earlier step knew all of them.
    pub(in crate::step) fn members_of(self, entity: EntityId, ids: &Scope) -> Result<Part<'a>> {
        self.members(entity, "id", ids, |loaded| &loaded.ids)
    }

    /// The members with these records, out of memory where an earlier step knew all of them.
    pub(in crate::step) fn members_with(self, entity: EntityId, records: &Scope) -> Result<Part<'a>> {
        self.members(entity, "record", records, |loaded| &loaded.records)
    }

    fn members(mut self, entity: EntityId, column: &str, scope: &Scope, known: fn(&LoadedMembers) -> &NumberSet) -> Result<Part<'a>> {
        let name = TableName::members(&self.run.model.entity(entity).name);
        if let Some(loaded) = self.run.loaded_members.get(&entity).filter(|loaded| holds(known(loaded), scope)) {
            self.tables.insert(name.clone(), Arc::clone(&loaded.table));
        }
        self.narrow_by(&name, column, scope)
    }

    /// The records of an entity that were read, to be kept for later steps; `None` where they were not few.
    pub(in crate::step) fn read_records(&self, entity: EntityId, scope: &Scope) -> Option<LoadedRecords> {
        let Scope::Only(records) = scope else { return None };
        let table = self.tables.get(&TableName::records(&self.run.model.entity(entity).name))?;
        Some(LoadedRecords { records: Arc::clone(records), table: Arc::clone(table) })
    }
}
