//! The plans that count: how many keys so many records share. DataFusion groups the keys, by all threads and spilling where memory is short.

use crate::engine::{Engine, LocalEngine, Tables};
use crate::error::Result;
use crate::step::arrays::numbers;
use c360_plan::tables::{self, TableName};
use datafusion::common::{Column, Result as Planned};
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::logical_expr::logical_plan::table_scan;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, lit};
use futures::StreamExt;
use std::collections::BTreeMap;

/// How many keys so many records share: size → keys, of those that two or more do.
pub(super) async fn sizes(engine: &LocalEngine, tables: &Tables, keys: LogicalPlan) -> Result<BTreeMap<u64, u64>> {
    let mut found = BTreeMap::new();
    let mut rows = engine.execute(&grouped(keys)?, tables).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (records, keys) = (numbers(&batch, "records"), numbers(&batch, "keys"));
        let positive = |number: i64| u64::try_from(number).expect("counts are not negative");
        found.extend((0..batch.num_rows()).map(|row| (positive(records.value(row)), positive(keys.value(row)))));
    }
    Ok(found)
}

fn grouped(keys: LogicalPlan) -> Planned<LogicalPlan> {
    LogicalPlanBuilder::from(keys)
        .aggregate([column("key")], [count(lit(1)).alias("records")])?
        .filter(column("records").gt(lit(1)))?
        .aggregate([column("records")], [count(lit(1)).alias("keys")])?
        .build()
}

fn column(name: &str) -> Expr {
    Expr::Column(Column::new_unqualified(name))
}

/// `key` of one slot of `keys.<entity>`.
pub(super) fn keys_of(name: &TableName, slot: usize) -> Planned<LogicalPlan> {
    let slot = i64::try_from(slot).expect("there are few rules");
    table_scan(Some(name.reference()), &tables::keys(), None)?.filter(column("slot").eq(lit(slot)))?.project([column("key")])?.build()
}
