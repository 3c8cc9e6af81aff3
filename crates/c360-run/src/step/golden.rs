//! Objects into golden records, and their references into links: of objects that a change touches. What changed goes into `changes.<entity>`.

mod ahead;
mod compare;
mod feed;
mod links;

use super::arrays::{column, numbers};
use super::part::{Part, Scope};
use crate::error::Result;
use crate::run::Run;
pub(crate) use ahead::ObjectsAhead;
use c360_match::ids::Event;
use c360_model::model::EntityId;
use c360_plan::tables::{self, TableName};
use c360_plan::{Golden, NumberSet};
use compare::{Compared, Objects};
use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::catalog::TableProvider;
use datafusion::datasource::provider_as_source;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::LogicalPlanBuilder;
use datafusion::prelude::ident;
use feed::Feed;
use futures::StreamExt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs the step.
pub(crate) async fn golden(run: &mut Run<'_>, step: &Golden, anew: bool) -> Result<()> {
    let entity = run.model.entity(step.entity);
    let name = TableName::golden(&entity.name);
    let all = anew || run.changed.of(step.entity).all || run.before.get(&name).is_none();
    let scope = Scope::of(all, if all { NumberSet::new() } else { touched(run, step.entity).await? });
    let mut changed = NumberSet::new();
    let ahead = run.objects_ahead.remove(&step.entity);
    if !scope.is_empty() {
        let part = part(run, step.entity, &scope).await?;
        let now = part.objects(&step.plan).await?;
        let before = before(run, &name, &scope, ahead).await?;
        changed = write(run, step, &scope, now, before).await?;
    }
    run.loaded.remove(&step.entity);
    run.loaded_members.remove(&step.entity);
    for (reference, plan) in &step.links {
        links::links(run, step.entity, *reference, plan, all, &changed).await?;
    }
    Ok(())
}

/// Objects whose members changed, or what their members say or refer to.
async fn touched(run: &Run<'_>, entity: EntityId) -> Result<NumberSet> {
    let changed = run.changed.of(entity);
    let mut ids = changed.ids.clone();
    let members = TableName::members(&run.model.entity(entity).name);
    let retargeted = Scope::Only(Arc::new(changed.retargeted.clone()));
    if !retargeted.is_empty() {
        let part = Part::of(run).narrow(&members, &retargeted)?;
        let mut rows = part.table(&members, &["id"]).await?;
        while let Some(batch) = rows.next().await {
            ids.extend(numbers(&batch?, "id").values());
        }
    }
    Ok(ids)
}

/// The records and members of the objects.
async fn part<'a>(run: &'a Run<'_>, entity: EntityId, scope: &Scope) -> Result<Part<'a>> {
    let members = TableName::members(&run.model.entity(entity).name);
    if matches!(scope, Scope::All) {
        return Ok(Part::of(run));
    }
    let part = Part::of(run).members_of(entity, scope)?.load(&members).await?;
    let mut records = NumberSet::new();
    let mut rows = part.table(&members, &["record"]).await?;
    while let Some(batch) = rows.next().await {
        records.extend(numbers(&batch?, "record").values());
    }
    part.reread(entity, &Scope::Only(Arc::new(records)))
}

/// The objects as they were, in the order of their ids.
async fn before(run: &Run<'_>, name: &TableName, scope: &Scope, ahead: Option<ObjectsAhead>) -> Result<Option<SendableRecordBatchStream>> {
    let Some(table) = run.before.get(name) else { return Ok(None) };
    let ahead = match ahead {
        Some(ahead) => ahead.of(scope).await?,
        None => None,
    };
    let table = match (ahead, scope) {
        (Some(read), _) => read,
        (None, Scope::All) => Arc::clone(table),
        (None, Scope::Only(ids)) => crate::tables::part_of(table, "id", Arc::clone(ids))?,
    };
    by_id(run, &table).await.map(Some)
}

/// All rows of a table in the order of their ids.
async fn by_id(run: &Run<'_>, table: &Arc<dyn TableProvider>) -> Result<SendableRecordBatchStream> {
    let plan = LogicalPlanBuilder::scan("objects", provider_as_source(Arc::clone(table)), None)?;
    run.engine.run(&plan.sort([ident("id").sort(true, false)])?.build()?).await
}

/// Writes the objects that differ from what they were; gives their ids.
async fn write(
    run: &mut Run<'_>,
    step: &Golden,
    scope: &Scope,
    now: SendableRecordBatchStream,
    before: Option<SendableRecordBatchStream>,
) -> Result<NumberSet> {
    let entity = run.model.entity(step.entity);
    let schema = Arc::new(tables::golden(entity));
    let mut out = run.layer(TableName::golden(&entity.name), tables::golden(entity));
    let mut by_sources: BTreeMap<u64, i64> = BTreeMap::new();
    let mut feed = Feed::new(run, step.entity);
    feed.events(run.events.get(&step.entity).map_or(&[] as &[Event], Vec::as_slice));
    let as_base = matches!(scope, Scope::All);
    let comparable = before.is_some();
    let mut pairs = Compared::new(Objects::new(now, &schema), before.map(|before| Objects::new(before, &schema)));
    let mut changed = NumberSet::new();
    while let Some(found) = pairs.next().await? {
        if let Some(rows) = &found.now {
            count_sources(rows, &mut by_sources, 1);
        }
        if let Some(rows) = &found.before {
            count_sources(rows, &mut by_sources, -1);
        }
        changed.extend(&found.changed);
        if comparable {
            feed.values(&found);
        }
        let kept = if as_base { found.now } else { found.now_changed };
        if let Some(rows) = kept {
            out.write(rows).await?;
        }
    }
    // The rows are closed while what changed is written.
    let closing = out.write_all(std::iter::empty());
    feed.seal(run).await?;
    let mut out = closing.done().await?;
    if as_base {
        out.seal_as_base(run).await?;
    } else {
        out.replace_all(changed.iter().copied());
        out.seal(run).await?;
    }
    let figures = run.figures.entity(&entity.name);
    for (sources, count) in by_sources {
        let total = figures.by_sources.entry(sources).or_default();
        *total = total.checked_add_signed(count).expect("as many came as go");
    }
    figures.by_sources.retain(|_, count| *count > 0);
    Ok(changed)
}

/// Tells in the feed of changes how the objects in `run.tables` differ from those of the last commit: what a rollback brings back and takes away.
pub(crate) async fn withdraw(run: &mut Run<'_>, entity: EntityId) -> Result<()> {
    let declared = run.model.entity(entity);
    let (name, schema) = (TableName::golden(&declared.name), Arc::new(tables::golden(declared)));
    let (Some(now), Some(before)) = (run.tables.get(&name), run.before.get(&name)) else { return Ok(()) };
    let (now, before) = (by_id(run, now).await?, by_id(run, before).await?);
    let mut feed = Feed::new(run, entity);
    let mut pairs = Compared::new(Objects::new(now, &schema), Some(Objects::new(before, &schema)));
    while let Some(found) = pairs.next().await? {
        feed.withdrawn(&found);
        feed.values(&found);
    }
    feed.seal(run).await
}

fn count_sources(batch: &RecordBatch, by_sources: &mut BTreeMap<u64, i64>, by: i64) {
    for sources in column(batch, "sources").as_list::<i32>().offsets().lengths() {
        *by_sources.entry(sources as u64).or_default() += by;
    }
}
