//! Finds objects and records by what people type: an id, or a source and a key.

use super::View;
use crate::engine::Engine;
use crate::error::{Error, Kind, Result};
use c360_model::model::Entity;
use c360_plan::tables::TableName;
use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::arrow::datatypes::Int64Type;
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, lit};
use datafusion::prelude::ident;
use futures::TryStreamExt;
use std::sync::Arc;

/// An object that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub id: i64,
    /// The id that was asked for, where that one was merged into this.
    pub merged_from: Option<i64>,
    /// The record by which it was found.
    pub record: Option<i64>,
}

/// The object of an entity that `what` names: an id (`17`, also one that was merged away) or a record (`crm:4711`).
///
/// # Errors
/// Nothing of that name.
pub async fn find(view: &View<'_>, entity: &Entity, what: &str) -> Result<Found> {
    let missing = |hint: &str| {
        let message = format!("there is no {} `{what}` in commit {}{hint}", entity.name, view.commit.number);
        Error::new(Kind::FixConfiguration, message)
    };
    if let Some((source, key)) = what.split_once(':') {
        let named = ident("source").eq(lit(source)).and(ident("key").eq(lit(key)));
        let rows = view.select(&TableName::members(&entity.name), named).await?;
        let row = first_numbers(&rows, &["id", "record"]).ok_or_else(|| missing(""))?;
        return Ok(Found { id: row[0], merged_from: None, record: Some(row[1]) });
    }
    let id: i64 = what.parse().map_err(|_| missing("; write an id (17) or a record (crm:4711)"))?;
    let rows = view.select(&TableName::members(&entity.name), ident("id").eq(lit(id))).await?;
    if first_numbers(&rows, &["id"]).is_some() {
        return Ok(Found { id, merged_from: None, record: None });
    }
    let rows = view.select(&TableName::new("redirects", &entity.name), ident("old").eq(lit(id))).await?;
    let target = first_numbers(&rows, &["id"]).ok_or_else(|| missing(""))?;
    Ok(Found { id: target[0], merged_from: Some(id), record: None })
}

fn first_numbers(rows: &[RecordBatch], columns: &[&str]) -> Option<Vec<i64>> {
    let batch = rows.iter().find(|batch| batch.num_rows() > 0)?;
    columns.iter().map(|name| Some(batch.column_by_name(name)?.as_primitive::<Int64Type>().value(0))).collect()
}

impl View<'_> {
    /// The rows of a table that satisfy a condition.
    pub(super) async fn select(&self, name: &TableName, condition: Expr) -> Result<Vec<RecordBatch>> {
        let Some(table) = self.tables.get(name) else {
            return Err(Error::new(Kind::FixConfiguration, format!("commit {} has no table {name}", self.commit.number)));
        };
        let plan = LogicalPlanBuilder::scan(name.reference(), provider_as_source(Arc::clone(table)), None)?.filter(condition)?.build()?;
        // The table is in the plan already: layers of it are not to be looked for by name.
        Ok(self.engine.run(&plan).await?.try_collect().await?)
    }

    pub(super) async fn rows(&self, plan: &datafusion::logical_expr::LogicalPlan) -> Result<Vec<RecordBatch>> {
        Ok(self.engine.execute(plan, &self.tables).await?.try_collect().await?)
    }
}
