//! `decisions.<entity>`: the decisions that a commit follows. From them the next run knows which are new, gone or elsewhere, and what these touch.

use crate::error::Result;
use crate::figures::DecisionFigures;
use crate::overrides::{Decision, What};
use crate::run::Run;
use crate::step::arrays::{numbers, text};
use crate::step::names::name_hash;
use crate::step::part::{Part, Scope};
use crate::tables::rows_of;
use c360_match::planted::planted;
use c360_plan::tables::{self, TableName};
use c360_plan::{Cluster, NumberSet};
use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use futures::StreamExt;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Writes the table where it is not what it was.
pub(super) async fn write(run: &mut Run<'_>, step: &Cluster) -> Result<()> {
    let name = TableName::decisions(&run.model.entity(step.entity).name);
    let kept = !run.full && run.made.contains_key(&name.to_string());
    if !step.decided || kept && before(run, &name).await? == run.decisions.of(step.entity) {
        return Ok(());
    }
    let decisions = run.decisions.of(step.entity);
    let column = |of: &dyn Fn(&Decision) -> String| Arc::new(StringArray::from_iter_values(decisions.iter().map(of))) as ArrayRef;
    let units: Int64Array = (0_i64..).take(decisions.len()).collect();
    let columns: Vec<ArrayRef> = vec![
        Arc::new(units),
        column(&|own| own.what.word().to_owned()),
        column(&|own| own.records[0].0.clone()),
        column(&|own| own.records[0].1.clone()),
        column(&|own| own.records[1].0.clone()),
        column(&|own| own.records[1].1.clone()),
        column(&|own| own.author.clone()),
        column(&|own| own.time.clone()),
        column(&|own| own.note.clone()),
        column(&|own| own.file.clone()),
        Arc::new(decisions.iter().map(|own| own.line).collect::<Int64Array>()),
    ];
    let mut out = run.layer(name, tables::decisions());
    out.write(RecordBatch::try_new(out.schema(), columns)?).await?;
    out.seal_as_base(run).await
}

/// The hashes of records whose components must be resolved again: those that a decision names which is new, gone or on another line, and those that
/// `always` makes one with one of these `own` names of records that changed. A `never` reaches no further than the components that are resolved anyway.
pub(super) async fn reach(run: &Run<'_>, step: &Cluster, own: &NumberSet) -> Result<NumberSet> {
    let now = run.decisions.of(step.entity);
    let before = before(run, &TableName::decisions(&run.model.entity(step.entity).name)).await?;
    let mut reached = NumberSet::new();
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (before.iter().map(said).collect(), now.iter().map(said).collect());
    let gone = before.iter().filter(|own| !new.contains(&said(own)) && !planted("gone-decision-stays"));
    let changed = now.iter().filter(|own| !old.contains(&said(own))).chain(gone);
    changed.for_each(|decision| reached.extend(names(decision)));
    let joined = now.iter().filter(|decision| decision.what == What::Always && !planted("always-not-reached"));
    for names in joined.map(names).filter(|names| names.iter().any(|name| own.contains(name))) {
        reached.extend(names);
    }
    Ok(reached)
}

/// All of a decision that shows in tables of objects.
fn said(decision: &Decision) -> (What, &[(String, String); 2], &str, i64) {
    (decision.what, &decision.records, &decision.file, decision.line)
}

fn names(decision: &Decision) -> [i64; 2] {
    [0, 1].map(|side: usize| name_hash(&decision.records[side].0, &decision.records[side].1))
}

/// The decisions of the last commit.
async fn before(run: &Run<'_>, name: &TableName) -> Result<Vec<Decision>> {
    let Some(table) = run.before.get(name) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let columns = tables::decisions();
    let columns: Vec<&str> = columns.fields().iter().map(|field| field.name().as_str()).collect();
    let mut rows = rows_of(table, &columns, run.engine).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let [unit, line] = ["unit", "line"].map(|name| numbers(&batch, name));
        let cell = |name: &str, row: usize| text(&batch, name).value(row).to_owned();
        found.extend((0..batch.num_rows()).map(|row| {
            let decision = Decision {
                what: if cell("decision", row) == What::Always.word() { What::Always } else { What::Never },
                records: ["first", "second"].map(|side| (cell(&format!("{side}_source"), row), cell(&format!("{side}_key"), row))),
                author: cell("author", row),
                time: cell("time", row),
                note: cell("note", row),
                file: cell("file", row),
                line: line.value(row),
            };
            (unit.value(row), decision)
        }));
    }
    found.sort_unstable_by_key(|(unit, _)| *unit);
    Ok(found.into_iter().map(|(_, decision)| decision).collect())
}

/// Counts decisions, and those that wait for a record, once the members are known.
pub(super) async fn count(run: &mut Run<'_>, step: &Cluster) -> Result<()> {
    let entity = run.model.entity(step.entity).name.clone();
    let mut figures = step.decided.then(DecisionFigures::default);
    if let Some(figures) = &mut figures {
        let decisions = run.decisions.of(step.entity);
        let there = there(run, &entity, decisions).await?;
        let of = |what: What| decisions.iter().filter(|decision| decision.what == what).count() as u64;
        let waits = |decision: &&Decision| decision.records.iter().any(|record| !there.contains(record));
        *figures =
            DecisionFigures { always: of(What::Always), never: of(What::Never), waiting: decisions.iter().filter(waits).count() as u64 };
    }
    run.figures.entity(&entity).decisions = figures;
    Ok(())
}

/// Those of the records that decisions name which there are.
async fn there(run: &Run<'_>, entity: &str, decisions: &[Decision]) -> Result<BTreeSet<(String, String)>> {
    let mut found = BTreeSet::new();
    let wanted: NumberSet = decisions.iter().flat_map(names).collect();
    if wanted.is_empty() {
        return Ok(found);
    }
    let members = TableName::members(entity);
    let part = Part::of(run).narrow_by(&members, "name", &Scope::Only(Arc::new(wanted)))?;
    let mut rows = part.table(&members, &["source", "key"]).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let (source, key) = (text(&batch, "source"), text(&batch, "key"));
        found.extend((0..batch.num_rows()).map(|row| (source.value(row).to_owned(), key.value(row).to_owned())));
    }
    Ok(found)
}
