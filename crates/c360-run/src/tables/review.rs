//! `review.<entity>`: pairs that a model leaves to a person, as users see them.

use super::decisions::without_decided;
use crate::error::Result;
use datafusion::common::{Column, JoinType};
use datafusion::functions::math::expr_fn::power;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, lit, when};
use datafusion::prelude::ident;

/// Pairs with sources, keys and ids of both records, the most probable first by `probability`; those that are one object by now are left out, and those
/// between whose objects stands one of the `decisions` of people.
pub(super) fn review(near: LogicalPlanBuilder, members: &LogicalPlanBuilder, decisions: Option<LogicalPlanBuilder>) -> Result<LogicalPlan> {
    let side = |side: &str, members: &LogicalPlanBuilder| -> Result<LogicalPlan> {
        let columns = ["record", "source", "key", "id"].map(|name| ident(name).alias(format!("{side}_{name}")));
        Ok(members.clone().project(columns)?.build()?)
    };
    let on = |left: &str, right: &str| (vec![Column::new_unqualified(left)], vec![Column::new_unqualified(right)]);
    let bits = ident("weight") / lit(1000.0);
    let probability = lit(1.0) / (lit(1.0) + power(lit(2.0), lit(0.0) - bits.clone()));
    let columns = [ident("rule"), bits.alias("score"), probability.alias("probability")].map(Ok).into_iter().chain(in_order());
    let columns = columns.collect::<Result<Vec<Expr>>>()?;
    let pairs = near
        .join(side("left", members)?, JoinType::Inner, on("record", "left_record"), None)?
        .join(side("right", members)?, JoinType::Inner, on("other", "right_record"), None)?
        .filter(ident("left_id").not_eq(ident("right_id")))?;
    let asked = match decisions {
        Some(decisions) => without_decided(pairs, decisions, members)?,
        None => pairs,
    };
    Ok(asked.project(columns)?.build()?)
}

/// Source, key and id of both records, the smaller name on the left: numbers of records follow the order in which they came.
fn in_order() -> Vec<Result<Expr>> {
    let (left, right) = (|name: &str| ident(format!("left_{name}")), |name: &str| ident(format!("right_{name}")));
    let same_source = left("source").eq(right("source"));
    let ordered = left("source").lt(right("source")).or(same_source.and(left("key").lt(right("key"))));
    let side = |out: &str, ours: &dyn Fn(&str) -> Expr, theirs: &dyn Fn(&str) -> Expr| {
        ["source", "key", "id"]
            .map(|name| Ok(when(ordered.clone(), ours(name)).otherwise(theirs(name))?.alias(format!("{out}_{name}"))))
            .into_iter()
            .collect::<Vec<_>>()
    };
    let mut columns = side("left", &left, &right);
    columns.extend(side("right", &right, &left));
    columns
}
