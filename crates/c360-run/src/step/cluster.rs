//! Records of an entity into objects with ids that stay. Only the components that a change touches are resolved again.

mod carry;
mod decided;
mod decisions;
mod is;
mod joins;
pub(super) mod keys;
mod members;
mod met;
pub(super) mod pairs;
mod report;
mod review;
mod touched;

use super::golden::ObjectsAhead;
use super::names::Names;
use super::part::{Part, Scope};
use super::resolve::Orphans;
use crate::error::{Error, Result};
use crate::figures::EntityFigures;
use crate::run::Run;
use c360_match::cluster::{Guard, Resolution, components, resolve};
use c360_match::pairs::Compared;
use c360_plan::Cluster;
use c360_plan::tables::TableName;
use decided::Decided;
use futures::future::try_join;
use is::CrossReferences;
use joins::Joins;
use keys::{Slots, guard_values};
pub(crate) use members::MembersAhead;
use members::OldMembers;
use review::Near;
use std::sync::Arc;
use touched::Touched;

/// Runs the step.
pub(crate) async fn cluster(run: &mut Run<'_>, step: &Cluster, anew: bool) -> Result<()> {
    let entity = run.model.entity(step.entity).name.clone();
    let changed = run.changed.of(step.entity);
    let all = anew || changed.all || run.before.get(&TableName::members(&entity)).is_none();
    run.changed.of_mut(step.entity).all = all;
    let ahead = run.members_ahead.remove(&step.entity);
    let touched = match (all, ahead) {
        (true, _) => touched::everything(run, step).await?,
        (false, Some(members)) => touched::touched(run, step, members).await?,
        (false, None) => touched::touched(run, step, MembersAhead::read(run, step.entity).await?).await?,
    };
    decisions::write(run, step).await?;
    if touched.scope.is_empty() {
        return decisions::count(run, step).await;
    }
    if let Scope::Only(_) = touched.scope
        && let Some(objects) = ObjectsAhead::read(run, step.entity, touched.old.ids().into_iter().collect()).await?
    {
        run.objects_ahead.insert(step.entity, objects);
    }
    let wider = touched.scope.with(&touched.samples);
    let read = wider.as_ref().unwrap_or(&touched.scope);
    let loaded = Part::of(run).loaded(step.entity, read).await?;
    let part = match &wider {
        Some(_) => loaded.clone().records(step.entity, &touched.scope)?,
        None => loaded.clone(),
    };
    let (names, keys) = try_join(names(run, step, &part), keys::rule_keys(step, &part)).await?;
    let names = Arc::new(names);
    let ranking = Arc::clone(&names);
    let ranks = tokio::task::spawn_blocking(move || ranking.ranks());
    let said = CrossReferences::read(step, &part, &names);
    let (mut slots, mut said) = try_join(Slots::of(step, &part, keys, &names, &touched), said).await?;
    let is = step.named.is_some().then(|| slots.join(std::mem::take(&mut said.groups), std::mem::take(&mut said.keys), &touched));
    let mut exact = std::mem::take(&mut slots.groups);
    let blocks = exact.split_off(step.rules.len());
    let keys = keys::write(run, step, &mut slots, &touched);
    let compared = pairs::compared(run, step, &part, &names, blocks).await?;
    let near = near(&compared, &names, &touched);
    let decided = Decided::of(run, step.entity, &names);
    let joins = Joins::of(step, decided, is, exact, compared.into_iter().map(|compared| compared.edges).collect());
    let values = guard_values(step, &part, &names).await?;
    let holders = holders(step, &names);
    let ranks = ranks.await.map_err(|error| Error::broke_off("ordering names", &error))?;
    if let Some(records) = loaded.read_records(step.entity, read) {
        run.loaded.insert(step.entity, records);
    }
    let compares = joins.compares();
    let resolution = {
        let never = step.decided.then_some(Guard::Apart { pairs: &joins.decided.never });
        let guards: Vec<Guard<'_>> = (never.into_iter())
            .chain(values.iter().map(|values| Guard::Differ { values }))
            .chain(holders.iter().map(|holders| Guard::SameSource { holders }))
            .chain(step.never_larger.map(|most| Guard::Larger { most }))
            .chain(step.never_looser.map(|least| Guard::Looser { least, compares: &compares }))
            .collect();
        resolve(&c360_match::cluster::Input { records: names.count(), rank: &ranks, rules: &joins.groups, guards: &guards })
    };
    let component = components(names.count(), &joins.groups);
    let ids = carry::carry_over(run, step.entity, &names, &ranks, &resolution, &touched.old).await?;
    let (members, moved) = members::write(run, step.entity, &touched, &names, &resolution, &component, &ids)?;
    let looked_up = keys::looked_up(run, step, moved).await?;
    run.changed.of_mut(step.entity).names.extend(looked_up);
    count(run, step, &joins, &resolution, &names, &touched.old, &ids.events);
    run.events.insert(step.entity, ids.events);
    report::refused(run, step, &joins, &names, &component, &resolution, &slots.hubs, &touched).await?;
    members.seal(run).await?;
    decisions::count(run, step).await?;
    review::write(run, step, &touched, near).await?;
    keys::write_hubs(run, step, &slots, &touched).await?;
    keys.seal(run).await?;
    // Also where no source says `is` any more: what it named in vain before is no orphan now.
    let orphans = Orphans { entity: step.entity, reference: None };
    let (records, rows) = said.orphans(&entity, &names)?;
    let rows = orphans.stored(run, &records, &rows)?;
    orphans.write(run, &touched.scope, vec![rows]).await
}

/// The pairs that are left to a person, of those that were compared now and when changes were looked at.
fn near(compared: &[Compared], names: &Names, touched: &Touched) -> Vec<Near> {
    let now = compared.iter().enumerate().flat_map(|(rule, compared)| compared.review.iter().map(move |edge| (rule, *edge)));
    let now = now.map(|(rule, edge)| Near::of(rule, edge, |place| names.record(place as usize)));
    now.chain(touched.near.iter().copied()).collect()
}

async fn names(run: &Run<'_>, step: &Cluster, part: &Part<'_>) -> Result<Names> {
    Names::read(run, part.rows(&step.names).await?).await
}

fn holders(step: &Cluster, names: &Names) -> Vec<Vec<bool>> {
    let of = |source: &String| (0..names.count()).map(|record| names.source(record) == source).collect();
    step.same_source.iter().map(|(source, _)| of(source)).collect()
}

/// Figures of the entity: what there is, and what this run merged.
fn count(
    run: &mut Run<'_>,
    step: &Cluster,
    joins: &Joins,
    resolution: &Resolution,
    names: &Names,
    old: &OldMembers,
    events: &[c360_match::ids::Event],
) {
    let entity = run.model.entity(step.entity).name.clone();
    let fresh = run.changed.of(step.entity).all;
    let before = run.figures.entity(&entity).clone();
    let kept = |now: usize, old: usize, before: u64| if fresh { now as u64 } else { before + now as u64 - old as u64 };
    let mut figures = EntityFigures {
        entity: entity.clone(),
        records: kept(names.count(), old.count(), before.records),
        objects: kept(resolution.clusters, old.ids().len(), before.objects),
        merges: joins.merges(resolution),
        by_sources: before.by_sources,
        refused: before.refused,
        hubs: before.hubs,
        orphans: before.orphans,
        decisions: before.decisions,
        ..EntityFigures::default()
    };
    carry::count(events, &mut figures);
    let mut sizes = vec![0_u64; resolution.clusters];
    resolution.cluster.iter().for_each(|cluster| sizes[*cluster as usize] += 1);
    run.largest.insert(step.entity, sizes.into_iter().max().unwrap_or_default());
    *run.figures.entity(&entity) = figures;
}
