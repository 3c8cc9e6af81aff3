//! `decisions.<entity>`: what people decided, as users see it, with what became of it. Also which objects a decision stands between.

use crate::error::Result;
use datafusion::common::{Column, JoinType};
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder, Operator, binary_expr, lit, when};
use datafusion::prelude::ident;

/// Decisions with the names and ids of both records, and their `status`: `waits` where a record is not there, `refused` where a guard keeps apart what
/// shall be one, otherwise `holds`.
pub(super) fn decisions(decisions: LogicalPlanBuilder, members: &LogicalPlanBuilder) -> Result<LogicalPlan> {
    let is_missing = ident("first_id").is_null().or(ident("second_id").is_null());
    let is_refused = ident("decision").eq(lit("always")).and(ident("first_id").not_eq(ident("second_id")));
    let status = when(is_missing, lit("waits")).when(is_refused, lit("refused")).otherwise(lit("holds"))?;
    let name = |side: &str| {
        let (source, key) = (ident(format!("{side}_source")), ident(format!("{side}_key")));
        binary_expr(binary_expr(source, Operator::StringConcat, lit(":")), Operator::StringConcat, key).alias(side)
    };
    let mut columns = vec![ident("decision"), name("first"), name("second"), status.alias("status")];
    columns.extend(["author", "time", "note", "file", "line", "first_id", "second_id"].map(ident));
    Ok(with_ids(decisions, members, JoinType::Left)?.project(columns)?.build()?)
}

/// Pairs of rows `left_id`, `right_id` without those between whose objects a decision stands: nobody is asked again.
pub(super) fn without_decided(
    pairs: LogicalPlanBuilder,
    decisions: LogicalPlanBuilder,
    members: &LogicalPlanBuilder,
) -> Result<LogicalPlanBuilder> {
    let one =
        |decided: LogicalPlanBuilder, [a, b]: [&str; 2]| decided.project([ident(a).alias("decided_left"), ident(b).alias("decided_right")]);
    let decided = with_ids(decisions, members, JoinType::Inner)?;
    let both = one(decided.clone(), ["first_id", "second_id"])?.union(one(decided, ["second_id", "first_id"])?.build()?)?;
    let on = |names: [&str; 2]| names.map(Column::new_unqualified).to_vec();
    let on = (on(["left_id", "right_id"]), on(["decided_left", "decided_right"]));
    Ok(pairs.join(both.build()?, JoinType::LeftAnti, on, None)?)
}

/// Decisions with the ids of the objects of both records.
fn with_ids(decisions: LogicalPlanBuilder, members: &LogicalPlanBuilder, kind: JoinType) -> Result<LogicalPlanBuilder> {
    let mut joined = decisions;
    for side in ["first", "second"] {
        let renamed = ["source", "key", "id"].map(|name| {
            let out = if name == "id" { format!("{side}_id") } else { format!("{side}_member_{name}") };
            ident(name).alias(out)
        });
        let on = |names: [String; 2]| names.map(Column::new_unqualified).to_vec();
        let on =
            (on([format!("{side}_source"), format!("{side}_key")]), on([format!("{side}_member_source"), format!("{side}_member_key")]));
        joined = joined.join(members.clone().project(renamed)?.build()?, kind, on, None)?;
    }
    Ok(joined)
}
