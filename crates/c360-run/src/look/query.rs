//! SQL over the tables of a commit.

use super::View;
use super::commits::CommitsTable;
use super::validity::validity;
use crate::error::{Error, Kind, Result};
use c360_plan::tables::TableName;
use datafusion::arrow::array::RecordBatch;
use datafusion::catalog::{CatalogProvider, MemorySchemaProvider};
use datafusion::common::TableReference;
use datafusion::error::DataFusionError;
use datafusion::execution::context::SQLOptions;
use datafusion::prelude::SessionContext;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the runner keeps for itself.
const INTERNAL: [&str; 8] = ["behind", "hubs", "keys", "near", "placed", "records", "resolved", "rows"];

/// A session that knows every table of the commit as `<kind>.<of>`, golden records and reports also by their bare name; beside them `validity.<entity>`
/// and `history.commits`, which are computed when they are asked for.
///
/// # Errors
/// None in practice: names of tables are unique.
pub async fn session(view: &View<'_>) -> Result<SessionContext> {
    let context = view.engine.context().clone();
    let Some(catalog) = context.catalog("datafusion") else {
        return Ok(context);
    };
    let kinds: BTreeSet<&str> = view.tables.iter().map(|(name, _)| name.kind).filter(|kind| !INTERNAL.contains(kind)).collect();
    for kind in kinds.into_iter().chain(["records"]) {
        catalog.register_schema(kind, Arc::new(MemorySchemaProvider::new()))?;
    }
    for (name, table) in view.tables.iter() {
        if name.kind == "placed" {
            // What users know as records: with file and row.
            context.register_table(TableName::records(&name.of).reference(), Arc::clone(table))?;
        }
        if INTERNAL.contains(&name.kind) {
            continue;
        }
        context.register_table(name.reference(), Arc::clone(table))?;
        if matches!(name.kind, "golden" | "reports") {
            context.register_table(TableReference::bare(name.of.as_str()), Arc::clone(table))?;
        }
    }
    register_history(view, &context).await?;
    register_in_lower_case(catalog.as_ref()).await?;
    Ok(context)
}

/// SQL reads names without quotes in lower case: `records.Customer` finds the records of `Customer` all the same, unless another entity is called `customer`.
async fn register_in_lower_case(catalog: &dyn CatalogProvider) -> Result<()> {
    for schema in catalog.schema_names().iter().filter_map(|name| catalog.schema(name)) {
        for name in schema.table_names() {
            let lower = name.to_lowercase();
            if let Some(table) = schema.table(&name).await?.filter(|_| !schema.table_exist(&lower)) {
                schema.register_table(lower, table)?;
            }
        }
    }
    Ok(())
}

async fn register_history(view: &View<'_>, context: &SessionContext) -> Result<()> {
    let Some(catalog) = context.catalog("datafusion") else { return Ok(()) };
    for schema in ["validity", "history"] {
        catalog.register_schema(schema, Arc::new(MemorySchemaProvider::new()))?;
    }
    context.register_table(
        TableName::new("history", "commits").reference(),
        Arc::new(CommitsTable::new(view.store.clone(), view.commit.number)),
    )?;
    for entity in &view.model.entities {
        if let Some(intervals) = validity(view, &entity.name).await? {
            context.register_table(TableName::new("validity", &entity.name).reference(), intervals)?;
        }
    }
    Ok(())
}

/// The rows of a query that only reads.
///
/// # Errors
/// SQL that is wrong, or that would change something.
pub async fn collect(view: &View<'_>, sql: &str) -> Result<Vec<RecordBatch>> {
    let options = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    let frame = session(view).await?.sql_with_options(sql, options).await.map_err(mistaken)?;
    let schema = Arc::new(frame.schema().as_arrow().clone());
    let mut batches = frame.collect().await.map_err(mistaken)?;
    if batches.is_empty() {
        batches.push(RecordBatch::new_empty(schema));
    }
    Ok(batches)
}

/// What is wrong with a query is its author's to mend, never a mistake in c360.
fn mistaken(error: DataFusionError) -> Error {
    let refused = |reason: &str| Error::new(Kind::FixConfiguration, format!("the query cannot be run: {reason}"));
    match error.find_root() {
        DataFusionError::SQL(reason, _) => refused(reason.to_string().trim_start_matches("sql parser error: ")),
        DataFusionError::NotImplemented(reason) if reason.contains("single SQL statement") => {
            refused("it is several statements; ask them one by one")
        }
        DataFusionError::NotImplemented(reason) => refused(reason),
        _ => error.into(),
    }
}
