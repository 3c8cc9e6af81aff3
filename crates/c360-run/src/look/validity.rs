//! `validity.<entity>`: which value each attribute of each object had from when to when (slowly changing dimension, type 2), out of the feed of changes
//! and the objects as they are. A plan only: nothing of it is kept.
//!
//! The feed tells values when they change, not when an object begins. So the first value of a life is `old` of its first change, or the present value
//! where nothing changed. An object begins a life when it is created, splits off or is restored by a rollback; when it ends, all its values
//! change to nothing.

use super::commits::CommitsTable;
use super::value_text::{holds_values, value_text};
use super::{View, sql};
use crate::error::Result;
use c360_plan::tables::TableName;
use datafusion::catalog::TableProvider;
use datafusion::datasource::{ViewTable, provider_as_source};
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder, lit};
use datafusion::prelude::ident;
use std::sync::Arc;

const INTERVALS: &str = "
    with feed as (
        select id, commit, attribute, old, new,
            max(case when kind in ('created', 'split', 'restored') then commit end) over (partition by id order by commit) as since
        from changes
    ),
    steps as (
        select *,
            lag(new) over (partition by id, attribute order by commit) as before,
            lead(commit) over (partition by id, attribute order by commit) as until
        from feed where attribute is not null
    ),
    begun as (select id, max(since) as since from feed group by id),
    last as (select id, attribute, new from steps where until is null),
    intervals as (
        select id, attribute, old as value, since as valid_from, commit as valid_to
        from steps where old is not null and (old is distinct from before)
        union all
        select id, attribute, new, commit, until from steps where new is not null
        union all
        select present.id, present.attribute, present.value, begun.since, null
        from present
        join begun on begun.id = present.id
        left join last on last.id = present.id and last.attribute = present.attribute
        where present.value is not null and last.new is null
    )
    select intervals.id, attribute, value, valid_from, valid_to, f.as_of as from_moment, t.as_of as to_moment
    from intervals
    left join commits f on f.commit = valid_from
    left join commits t on t.commit = valid_to";

/// The view of an entity; `None` where this commit does not know it.
pub(super) async fn validity(view: &View<'_>, entity: &str) -> Result<Option<Arc<dyn TableProvider>>> {
    let changes = view.tables.get(&TableName::new("changes", entity));
    let (Some(changes), Some(golden)) = (changes, view.tables.get(&TableName::golden(entity))) else { return Ok(None) };
    let Some(present) = present(golden)? else { return Ok(None) };
    let commits: Arc<dyn TableProvider> = Arc::new(CommitsTable::new(view.store.clone(), view.commit.number));
    let present: Arc<dyn TableProvider> = Arc::new(ViewTable::new(present, None));
    let tables = [("changes", Arc::clone(changes)), ("present", present), ("commits", commits)];
    Ok(Some(Arc::new(ViewTable::new(sql::plan(&tables, INTERVALS).await?, None))))
}

/// `id`, `attribute`, `value` of all objects; `None` for an entity without attributes.
fn present(golden: &Arc<dyn TableProvider>) -> Result<Option<LogicalPlan>> {
    let schema = golden.schema();
    let mut all: Option<LogicalPlanBuilder> = None;
    for name in schema.fields().iter().map(|field| field.name()).filter(|name| holds_values(name)) {
        let value = value_text().call(vec![ident(name)]).alias("value");
        let rows = LogicalPlanBuilder::scan("golden", provider_as_source(Arc::clone(golden)), None)?;
        let one = rows.project([ident("id"), lit(name.as_str()).alias("attribute"), value])?;
        all = Some(match all {
            None => one,
            Some(all) => all.union(one.build()?)?,
        });
    }
    all.map(|all| Ok(all.build()?)).transpose()
}
