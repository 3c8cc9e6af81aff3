//! Scans of named tables, and small steps that many plans share.

use crate::expression::column;
use crate::tables::{self, TableName};
use c360_model::model::Entity;
use datafusion::arrow::datatypes::Schema;
use datafusion::common::{Column, Result, UnnestOptions};
use datafusion::logical_expr::logical_plan::table_scan;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder};

/// A scan of a table with these columns; the runner puts the table in.
pub(super) fn scan(name: &TableName, schema: &Schema) -> Result<LogicalPlanBuilder> {
    table_scan(Some(name.reference()), schema, None)
}

/// A scan of an entity's records.
pub(super) fn records(entity: &Entity) -> Result<LogicalPlanBuilder> {
    scan(&TableName::records(&entity.name), &tables::records(entity))
}

/// A scan of an entity's members, each column named `<prefix><column>`, so that it can be joined to others.
pub(super) fn members_as(entity: &Entity, prefix: &str) -> Result<LogicalPlanBuilder> {
    let schema = tables::members();
    let renamed = schema.fields().iter().map(|f| column(f.name()).alias(format!("{prefix}{}", f.name())));
    scan(&TableName::members(&entity.name), &schema)?.project(renamed.collect::<Vec<_>>())
}

/// One row per item of the list in `name`; rows with an empty list or none vanish.
pub(super) fn unnest(plan: LogicalPlanBuilder, name: &str) -> Result<LogicalPlanBuilder> {
    plan.unnest_column_with_options(Column::new_unqualified(name), UnnestOptions::new().with_preserve_nulls(false))
}

/// A field of a struct.
pub(super) fn field(value: Expr, name: &str) -> Expr {
    datafusion::functions::core::expr_fn::get_field(value, name)
}
