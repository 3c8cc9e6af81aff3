//! Ids of the last commit onto the clusters of this one, and where ids that ended lead to.

use super::members::{OldMembers, id_value};
use crate::error::Result;
use crate::figures::EntityFigures;
use crate::run::Run;
use crate::step::arrays::numbers;
use crate::step::names::Names;
use crate::step::part::Part;
use c360_match::cluster::Resolution;
use c360_match::ids::{self, Event, Ids};
use c360_match::planted::planted;
use c360_model::model::EntityId;
use c360_plan::tables::{self, TableName};
use datafusion::arrow::array::{Int64Array, RecordBatch};
use futures::StreamExt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Gives each cluster its id and writes `redirects.<entity>`.
pub(super) async fn carry_over(
    run: &mut Run<'_>,
    entity: EntityId,
    names: &Names,
    ranks: &[u32],
    resolution: &Resolution,
    old: &OldMembers,
) -> Result<Ids> {
    let name = run.model.entity(entity).name.clone();
    let old_id: Vec<u64> = (0..names.count()).map(|place| old.get(names.record(place)).map_or(0, |old| unsigned(old.id))).collect();
    let live: Vec<u64> = old.ids().into_iter().map(unsigned).collect();
    let next = run.next_ids.get(&name).copied().unwrap_or(1);
    let (clusters, cluster) = (resolution.clusters, resolution.cluster.as_slice());
    let ids = ids::carry_over(&ids::Input { clusters, cluster, old_id: &old_id, rank: ranks, live: &live, next });
    let given_back = u64::from(planted("ids-reused") && ids.events.contains(&Event::Retired { id: ids.next - 1 }));
    run.next_ids.insert(name.clone(), ids.next - given_back);
    write_redirects(run, &name, &ids.events).await?;
    Ok(ids)
}

/// Ids that ended in another now, and those that led to one of these.
async fn write_redirects(run: &mut Run<'_>, entity: &str, events: &[Event]) -> Result<()> {
    let name = TableName::new("redirects", entity);
    let merged: BTreeMap<i64, i64> = events
        .iter()
        .filter_map(|event| match event {
            Event::Merged { old, survivor } if !planted("redirect-missing") => Some((id_value(*old), id_value(*survivor))),
            _ => None,
        })
        .collect();
    let mut redirects = merged.clone();
    if !merged.is_empty() && !planted("redirect-not-followed") {
        let part = Part::of(run);
        let mut rows = part.table(&name, &["old", "id"]).await?;
        while let Some(batch) = rows.next().await {
            let batch = batch?;
            let ended = numbers(&batch, "old").values().iter().zip(numbers(&batch, "id").values());
            redirects.extend(ended.filter_map(|(old, target)| Some((*old, *merged.get(target)?))));
        }
    }
    let mut out = run.layer(name, tables::redirects());
    out.replace_all(redirects.keys().copied());
    let old: Int64Array = redirects.keys().copied().collect();
    let target: Int64Array = redirects.values().copied().collect();
    out.write(RecordBatch::try_new(out.schema(), vec![Arc::new(old), Arc::new(target)])?).await?;
    out.seal(run).await
}

/// The events in numbers.
pub(super) fn count(events: &[Event], figures: &mut EntityFigures) {
    for event in events {
        match event {
            Event::Created { .. } => figures.created += 1,
            Event::Merged { .. } => figures.merged += 1,
            Event::Split { .. } => figures.split += 1,
            Event::Retired { .. } => figures.retired += 1,
        }
    }
}

fn unsigned(id: i64) -> u64 {
    u64::try_from(id).expect("ids are positive")
}
