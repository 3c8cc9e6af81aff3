//! Members and golden records of earlier commits, opened when they are asked for and only these tables.

use crate::commit::Commit;
use crate::engine::Tables;
use crate::error::Result;
use crate::look::commits::known;
use crate::look::value_text::holds_values;
use crate::look::{View, cell};
use crate::step::arrays::text;
use crate::tables::tables_of;
use c360_model::model::Entity;
use c360_plan::tables::TableName;
use datafusion::arrow::array::RecordBatch;
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::{LogicalPlanBuilder, lit};
use datafusion::prelude::ident;
use futures::TryStreamExt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What commits knew of the objects of an entity.
pub(super) struct Past<'a> {
    view: &'a View<'a>,
    members: TableName,
    golden: TableName,
    opened: BTreeMap<u64, Option<Tables>>,
}

impl<'a> Past<'a> {
    pub(super) fn new(view: &'a View<'a>, entity: &Entity) -> Past<'a> {
        Past { view, members: TableName::members(&entity.name), golden: TableName::golden(&entity.name), opened: BTreeMap::new() }
    }

    /// `source:key` of the records of an object; `None` where the commit is gone.
    pub(super) async fn records(&mut self, commit: u64, id: i64) -> Result<Option<Vec<String>>> {
        let name = self.members.clone();
        let Some(rows) = self.rows(commit, &name, id).await? else { return Ok(None) };
        let named = |batch: &RecordBatch| {
            let (source, key) = (text(batch, "source"), text(batch, "key"));
            (0..batch.num_rows()).map(|row| format!("{}:{}", source.value(row), key.value(row))).collect::<Vec<_>>()
        };
        let mut records: Vec<String> = rows.iter().flat_map(named).collect();
        records.sort();
        Ok(Some(records))
    }

    /// The values of an object by attribute, without those that are missing.
    pub(super) async fn values(&mut self, commit: u64, id: i64) -> Result<Vec<(String, String)>> {
        let name = self.golden.clone();
        let rows = self.rows(commit, &name, id).await?.unwrap_or_default();
        let Some(object) = rows.iter().find(|batch| batch.num_rows() > 0) else { return Ok(Vec::new()) };
        let schema = object.schema();
        let attributes = schema.fields().iter().zip(object.columns()).filter(|(field, _)| holds_values(field.name()));
        Ok(attributes.filter_map(|(field, column)| Some((field.name().clone(), cell::text(column, 0)?))).collect())
    }

    async fn rows(&mut self, commit: u64, name: &TableName, id: i64) -> Result<Option<Vec<RecordBatch>>> {
        if !self.opened.contains_key(&commit) {
            let tables = self.open(commit).await?;
            self.opened.insert(commit, tables);
        }
        let Some(Some(tables)) = self.opened.get(&commit) else { return Ok(None) };
        let Some(table) = tables.get(name) else { return Ok(None) };
        let scan = LogicalPlanBuilder::scan(name.reference(), provider_as_source(Arc::clone(table)), None)?;
        let plan = scan.filter(ident("id").eq(lit(id)))?.build()?;
        Ok(Some(self.view.engine.run(&plan).await?.try_collect().await?))
    }

    async fn open(&self, number: u64) -> Result<Option<Tables>> {
        let Some(commit) = known(&self.view.store, [number]).await?.pop() else { return Ok(None) };
        let wanted = [self.members.to_string(), self.golden.to_string()];
        let tables = commit.tables.iter().filter(|(name, _)| wanted.contains(name)).map(|(name, table)| (name.clone(), table.clone()));
        let narrowed = Commit { tables: tables.collect(), ..commit.clone() };
        Ok(Some(tables_of(&narrowed, &self.view.store).await?))
    }
}
