//! SQL of ours over a few tables: planned apart from the session of users, so that our names do not show there.

use super::View;
use crate::error::Result;
use datafusion::arrow::array::RecordBatch;
use datafusion::catalog::TableProvider;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::{SessionConfig, SessionContext};
use futures::TryStreamExt;
use std::sync::Arc;

/// The plan of a query over tables by these names.
pub(super) async fn plan(tables: &[(&str, Arc<dyn TableProvider>)], sql: &str) -> Result<LogicalPlan> {
    let mut config = SessionConfig::new();
    config.options_mut().sql_parser.map_string_types_to_utf8view = false;
    let context = SessionContext::new_with_config(config);
    for (name, table) in tables {
        context.register_table(*name, Arc::clone(table))?;
    }
    Ok(context.state().create_logical_plan(sql).await?)
}

/// The rows of a query over tables by these names.
pub(super) async fn rows(view: &View<'_>, tables: &[(&str, Arc<dyn TableProvider>)], sql: &str) -> Result<Vec<RecordBatch>> {
    let plan = plan(tables, sql).await?;
    Ok(view.engine.run(&plan).await?.try_collect().await?)
}
