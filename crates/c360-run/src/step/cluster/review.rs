//! Pairs that a model leaves to a person. A pair is compared again when one of its records changed, or when both are clustered again.

use super::touched::Touched;
use crate::error::Result;
use crate::run::Run;
use crate::step::arrays::numbers;
use crate::step::part::Scope;
use c360_match::pairs::Edge;
use c360_plan::tables::{self, TableName};
use c360_plan::{Cluster, NumberSet};
use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use futures::StreamExt;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// A pair of records with the place of the rule that left it to a person, and its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Near {
    pair: (i64, i64),
    rule: usize,
    weight: i32,
}

impl Near {
    /// Takes an edge whose records have these numbers.
    pub(super) fn of(rule: usize, edge: Edge, record: impl Fn(u32) -> i64) -> Near {
        let (a, b) = (record(edge.pair.0), record(edge.pair.1));
        Near { pair: (a.min(b), a.max(b)), rule, weight: edge.weight }
    }

    /// What rows are replaced by.
    fn unit(&self, step: &Cluster) -> i64 {
        xxh3_64(format!("{} {} {}", self.pair.0, self.pair.1, step.pair_rules[self.rule].name).as_bytes()).cast_signed()
    }
}

/// Writes `near.<entity>`; `found` are all pairs that were compared in this run.
pub(super) async fn write(run: &mut Run<'_>, step: &Cluster, touched: &Touched, mut found: Vec<Near>) -> Result<()> {
    let name = TableName::new("near", &run.model.entity(step.entity).name);
    if !step.pair_rules.iter().any(|rule| rule.decision.reviews()) {
        return Ok(());
    }
    found.sort_unstable();
    found.dedup();
    let replaced = replaced(run, &name, touched).await?;
    let mut out = run.layer(name, tables::near());
    let number = |of: &dyn Fn(&Near) -> i64| Arc::new(found.iter().map(of).collect::<Int64Array>()) as ArrayRef;
    let rules: StringArray = found.iter().map(|near| Some(step.pair_rules[near.rule].name.as_str())).collect();
    let columns: Vec<ArrayRef> = vec![
        number(&|near| near.unit(step)),
        number(&|near| near.pair.0),
        number(&|near| near.pair.1),
        Arc::new(rules),
        number(&|near| i64::from(near.weight)),
    ];
    out.write(RecordBatch::try_new(out.schema(), columns)?).await?;
    match replaced {
        None => out.seal_as_base(run).await,
        Some(units) => {
            out.replace_all(units);
            out.seal(run).await
        }
    }
}

/// The units of rows of the last commit that count no more; `None` for all.
async fn replaced(run: &Run<'_>, name: &TableName, touched: &Touched) -> Result<Option<NumberSet>> {
    let (Scope::Only(scope), Scope::Only(rekeyed)) = (&touched.scope, &touched.rekeyed) else { return Ok(None) };
    let mut units = NumberSet::new();
    let Some(table) = run.before.get(name) else { return Ok(Some(units)) };
    let mut rows = crate::tables::rows_of(table, &["unit", "record", "other"], run.engine).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let [unit, record, other] = ["unit", "record", "other"].map(|name| numbers(&batch, name));
        for row in 0..batch.num_rows() {
            let (a, b) = (record.value(row), other.value(row));
            if rekeyed.contains(&a) || rekeyed.contains(&b) || (scope.contains(&a) && scope.contains(&b)) {
                units.insert(unit.value(row));
            }
        }
    }
    Ok(Some(units))
}
