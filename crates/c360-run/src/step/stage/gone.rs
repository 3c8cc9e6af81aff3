//! Sources and entities that the pipeline no longer has: their rows, records and tables go.

use crate::commit::Input;
use crate::error::Result;
use crate::run::Run;
use crate::step::arrays::{numbers, text};
use crate::step::stage::unit_of_file;
use crate::tables::rows_of;
use c360_model::model::{EntityId, ReferenceId};
use c360_plan::NumberSet;
use c360_plan::tables::TableName;
use futures::StreamExt;
use std::collections::BTreeSet;

/// Takes away what belongs to no declaration of the pipeline. `before` are the files of the last commit.
pub(crate) async fn drop_gone(run: &mut Run<'_>, before: &[Input]) -> Result<()> {
    let sources: BTreeSet<&str> = run.model.sources.iter().map(|s| s.name.as_str()).collect();
    let gone: BTreeSet<String> = before.iter().map(|i| &i.source).chain(run.figures.sources.iter().map(|f| &f.source)).cloned().collect();
    for source in gone.iter().filter(|source| !sources.contains(source.as_str())) {
        let records = records_of(run, source).await?;
        for entity in (0..run.model.entities.len()).map(EntityId) {
            run.records.replace(entity, &records);
            run.changed.of_mut(entity).records.extend(&records);
        }
        let files = before.iter().filter(|input| &input.source == source).map(|input| unit_of_file(input.number));
        run.reports.rejects.replace_all(files);
        run.reports.rejects.replace_all(records);
        run.figures.sources.retain(|figures| &figures.source != source);
    }
    drop_reports(run).await?;
    let kept = tables(run);
    run.made.retain(|name, _| kept.contains(name));
    run.tables.retain(|name| kept.contains(&name.to_string()));
    run.figures.entities.retain(|figures| run.model.entities.iter().any(|entity| entity.name == figures.entity));
    Ok(())
}

/// Takes away rows of reports about entities that the pipeline no longer has.
async fn drop_reports(run: &mut Run<'_>) -> Result<()> {
    for name in ["refused", "orphans"] {
        let Some(table) = run.before.get(&TableName::report(name)) else { continue };
        let mut gone = NumberSet::new();
        let mut batches = rows_of(table, &["unit", "entity"], run.engine).await?;
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            let (unit, entity) = (numbers(&batch, "unit"), text(&batch, "entity"));
            let unknown = |row: &usize| !run.model.entities.iter().any(|known| known.name == entity.value(*row));
            gone.extend((0..batch.num_rows()).filter(unknown).map(|row| unit.value(row)));
        }
        let report = if name == "refused" { &mut run.reports.refused } else { &mut run.reports.orphans };
        report.replace_all(gone);
    }
    Ok(())
}

async fn records_of(run: &Run<'_>, source: &str) -> Result<NumberSet> {
    let mut records = NumberSet::new();
    if let Some(table) = run.before.get(&TableName::rows(source)) {
        let mut batches = rows_of(table, &["record"], run.engine).await?;
        while let Some(batch) = batches.next().await {
            records.extend(numbers(&batch?, "record").values());
        }
    }
    Ok(records)
}

/// The names of all tables that the pipeline's declarations have.
fn tables(run: &Run<'_>) -> BTreeSet<String> {
    let reports = ["rejects", "refused", "orphans"].map(TableName::report);
    let mut names: Vec<TableName> = reports.into_iter().collect();
    for source in &run.model.sources {
        names.extend([TableName::rows(&source.name), TableName::behind(&source.name)]);
    }
    for entity in &run.model.entities {
        names.extend(
            ["changes", "golden", "hubs", "keys", "members", "records", "redirects"].map(|kind| TableName::new(kind, &entity.name)),
        );
        if !run.model.overrides.is_empty() {
            names.push(TableName::decisions(&entity.name));
        }
        if entity.pair_rules.iter().any(|rule| rule.decision.reviews()) {
            names.push(TableName::new("near", &entity.name));
        }
        for reference in (0..entity.references.len()).map(ReferenceId) {
            names.extend([TableName::links(entity, reference), TableName::resolved(entity, reference)]);
        }
    }
    names.iter().map(ToString::to_string).collect()
}
