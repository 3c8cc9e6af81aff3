//! A second, naive answer to what a run means: maps, all pairs, fixpoints, and not a line of the engine's code. Slow, for dozens of rows.
//!
//! [`expected`] says what must be in the tables for a pipeline and the rows that count; [`State`] says which rows count after a sequence of
//! [`Op`]s on files and pipelines; [`sequences`] makes such sequences; [`ids`] holds ids against what they promise. Nothing here runs the
//! engine, opens a file or knows what is incremental.
//!
//! Decided here, because the papers leave it open:
//! - A source that leaves the pipeline is forgotten: when it returns, only files that exist then count (`state::FORGETS_SOURCES`).
//! - A cycle of parents is cut at its youngest object, so what is expected depends on ids there: [`expected_with_ages`] takes them.
//! - A row whose `is` names nothing and which has no values describes nothing.

mod accounts;
pub(crate) mod chains;
mod cluster;
mod contacts;
mod current;
pub(crate) mod decisions;
mod facts;
mod fuzzy;
mod golden;
mod hierarchy;
pub(crate) mod ids;
mod model;
mod op;
mod people;
pub(crate) mod queries;
mod records;
mod reference;
#[cfg(test)]
mod self_test;
pub(crate) mod sequences;
mod start;
mod state;
mod values;
mod variant;
pub(crate) mod weighed;

pub(crate) use facts::{Facts, differences};
pub(crate) use hierarchy::{Ages, ages};
pub(crate) use op::{KINDS, Op};
pub(crate) use state::{Change, Files, State};
pub(crate) use variant::{FAMILIES, FLAVOURS, Family, Flavour, Variant};

use current::{Current, current};
use std::collections::BTreeMap;

/// What the tables hold after a first and only run.
pub(crate) fn expected(variant: Variant, files: &Files) -> Facts {
    expected_with_ages(variant, files, &Ages::new())
}

/// The same where objects have ids, by label: the youngest object of a cycle is the one with the largest.
pub(crate) fn expected_with_ages(variant: Variant, files: &Files, ages: &Ages) -> Facts {
    let model = variant.model();
    let none = BTreeMap::new();
    let mut facts = Facts::new();
    let mut rows: BTreeMap<&'static str, Current<'_>> = BTreeMap::new();
    for source in &model.sources {
        let current = current(&model, source, files.get(source.name).unwrap_or(&none));
        assert!(current.balance.holds(), "the oracle loses rows of {}: {:?}", source.name, current.balance);
        facts.entry("duplicates").or_default().extend(current.duplicates.iter().cloned());
        facts.entry("rejects").or_default().extend(current.rejects.iter().cloned());
        facts::push(&mut facts, "balance", current.balance.line(source.name));
        rows.insert(source.name, current);
    }
    let records = model.entities.iter().map(|entity| (entity.name, records::records(&model, entity, &rows))).collect();
    let mut orphans = Vec::new();
    let resolved = reference::resolve(&model, records, files, &mut orphans);
    facts.insert("orphans", orphans);
    for entity in &model.entities {
        let decided = decisions::decisions(files, entity.name);
        facts::of_entity(&model, entity, &resolved[entity.name], &decided, ages, &mut facts);
    }
    facts.retain(|_, lines| !lines.is_empty());
    facts.values_mut().for_each(|lines| lines.sort());
    facts
}
