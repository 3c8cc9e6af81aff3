//! Some records of an entity with their names and the values of their terms as people read them.

use super::{View, cell};
use crate::error::Result;
use crate::step::arrays::{numbers, text};
use c360_match::format::Format;
use c360_model::model::{Entity, EntityId, Term};
use c360_plan::tables::TableName;
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::logical_expr::lit;
use datafusion::prelude::ident;
use std::collections::BTreeMap;

/// See the module.
pub(super) struct Records<'a> {
    /// Of which entity.
    pub(super) entity: &'a Entity,
    batches: Vec<RecordBatch>,
    /// Batch and row of each record.
    places: BTreeMap<i64, (usize, usize)>,
}

impl<'a> Records<'a> {
    /// Reads the records with these numbers; those that are gone are left out.
    pub(super) async fn read(view: &View<'a>, entity: EntityId, wanted: &[i64]) -> Result<Records<'a>> {
        let entity = view.model.entity(entity);
        let wanted = wanted.iter().map(|record| lit(*record)).collect();
        let batches = view.select(&TableName::records(&entity.name), ident("record").in_list(wanted, false)).await?;
        let mut places = BTreeMap::new();
        for (number, batch) in batches.iter().enumerate() {
            places.extend(numbers(batch, "record").values().iter().enumerate().map(|(row, record)| (*record, (number, row))));
        }
        Ok(Records { entity, batches, places })
    }

    /// All numbers, in the order of the records' names.
    pub(super) fn by_name(&self) -> Vec<i64> {
        let mut order: Vec<i64> = self.places.keys().copied().collect();
        order.sort_by_cached_key(|record| self.source_and_key(*record));
        order
    }

    /// `source:key`
    pub(super) fn name(&self, record: i64) -> String {
        self.source_and_key(record).map_or_else(|| record.to_string(), |(source, key)| format!("{source}:{key}"))
    }

    fn source_and_key(&self, record: i64) -> Option<(&str, &str)> {
        let (batch, row) = self.places.get(&record)?;
        let batch = &self.batches[*batch];
        Some((text(batch, "source").value(*row), text(batch, "key").value(*row)))
    }

    /// The values of a term in one record.
    pub(super) fn values(&self, record: i64, term: Term) -> Vec<String> {
        let (name, part) = column(self.entity, term);
        self.places.get(&record).map(|(batch, row)| texts(&self.batches[*batch], *row, name, part)).unwrap_or_default()
    }

    /// The distinct values of a term in several records.
    pub(super) fn all_values(&self, records: &[i64], term: Term) -> Vec<String> {
        let mut values: Vec<String> = records.iter().flat_map(|record| self.values(*record, term)).collect();
        values.sort();
        values.dedup();
        values
    }
}

/// The term as it is written: `name.last`.
pub(super) fn label(entity: &Entity, term: Term) -> String {
    let (name, part) = column(entity, term);
    match (term, part) {
        (Term::Attribute { attribute, .. }, Some(part)) => match &entity.attributes[attribute.0].format {
            Format::Parts(format) => format!("{name}.{}", format.parts()[part]),
            _ => name.to_owned(),
        },
        _ => name.to_owned(),
    }
}

fn column(entity: &Entity, term: Term) -> (&str, Option<usize>) {
    match term {
        Term::Attribute { attribute, part } => (&entity.attributes[attribute.0].name, part),
        Term::Reference(reference) => (&entity.references[reference.0].name, None),
    }
}

fn texts(batch: &RecordBatch, row: usize, column: &str, part: Option<usize>) -> Vec<String> {
    // A commit from before an attribute was declared does not have it.
    let Some(array) = batch.column_by_name(column) else { return Vec::new() };
    let part_of = |array: &dyn Array| match (part, array.as_struct_opt()) {
        (Some(part), Some(parts)) => parts.column(part).clone(),
        _ => array.slice(0, array.len()),
    };
    match array.as_list_opt::<i32>() {
        Some(lists) if lists.is_null(row) => Vec::new(),
        Some(lists) => {
            let items = part_of(&lists.value(row));
            (0..items.len()).filter_map(|item| cell::text(&items, item)).collect()
        }
        None => cell::text(&part_of(array), row).into_iter().collect(),
    }
}
