//! Candidates of whole objects into their golden records.

use super::candidates::Candidates;
use super::choice::{Choice, Ranking, Survivor};
use super::lists::Lists;
use super::singles::Singles;
use datafusion::arrow::array::{
    Array, ArrayRef, Int64Array, ListBuilder, RecordBatch, StringBuilder, StructArray, UInt32Array, new_null_array,
};
use datafusion::arrow::compute::take;
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::common::Result;
use std::sync::Arc;

/// How golden records of one entity are made.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Rules {
    pub(super) survivors: Vec<Survivor>,
    /// The sources that describe the entity, in the order of their declaration.
    pub(super) sources: Vec<String>,
}

impl Rules {
    /// `batch`: candidates of whole objects in the order of their ids. One row per object, in the same order.
    pub(super) fn golden(&self, batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
        let candidates = Candidates::of(batch, &self.sources)?;
        let orders = self.orders(&candidates);
        let ids: Int64Array = candidates.objects.iter().map(|rows| candidates.ids.value(rows.start)).collect();
        let mut columns: Vec<ArrayRef> = vec![Arc::new(ids)];
        let mut lineage = Vec::new();
        for survivor in &self.survivors {
            let [value, record] = surviving(survivor, &candidates, &orders)?;
            columns.push(value);
            lineage.push(record);
        }
        columns.push(Arc::new(candidates.objects.iter().map(|rows| rows.len() as i64).collect::<Int64Array>()));
        columns.push(self.source_names(&candidates));
        if let Ok(field) = schema.field_with_name("lineage")
            && let DataType::Struct(fields) = field.data_type()
        {
            columns.push(Arc::new(StructArray::try_new(fields.clone(), lineage, None)?));
        }
        Ok(RecordBatch::try_new(Arc::clone(schema), columns)?)
    }

    /// The rows in the order of each ranking that some choice has.
    fn orders<'a>(&'a self, candidates: &Candidates<'_>) -> Vec<(&'a Ranking, Vec<u32>)> {
        let mut orders: Vec<(&Ranking, Vec<u32>)> = Vec::new();
        for choice in self.survivors.iter().flat_map(|survivor| &survivor.choices) {
            if !orders.iter().any(|(known, _)| *known == &choice.ranking) {
                orders.push((&choice.ranking, candidates.ranked(&choice.ranking)));
            }
        }
        orders
    }

    /// Of each object the names of the sources of its records.
    fn source_names(&self, candidates: &Candidates<'_>) -> ArrayRef {
        let mut out = ListBuilder::new(StringBuilder::new());
        for rows in &candidates.objects {
            let set = candidates.sources[rows.clone()].iter().fold(0_u64, |set, source| set | 1 << source);
            let names = self.sources.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
            names.for_each(|(_, name)| out.values().append_value(name));
            out.append(true);
        }
        Arc::new(out.finish())
    }
}

/// The values that survive, and the records that they come from.
fn surviving(survivor: &Survivor, candidates: &Candidates<'_>, orders: &[(&Ranking, Vec<u32>)]) -> Result<[ArrayRef; 2]> {
    let values = candidates.batch.column_by_name(&survivor.value).expect("candidates have the columns of their plan");
    let with_order = |choice: &'_ Choice| {
        let order = orders.iter().find(|(ranking, _)| *ranking == &choice.ranking);
        order.expect("all rankings were ordered").1.as_slice()
    };
    let choices = survivor.choices.iter().map(|choice| (choice, with_order(choice))).collect();
    if survivor.many {
        return Lists::new(candidates, choices, values)?.survivors();
    }
    if values.null_count() == values.len() {
        let objects = candidates.objects.len();
        return Ok([new_null_array(values.data_type(), objects), new_null_array(&DataType::Int64, objects)]);
    }
    let winners = UInt32Array::from(Singles::new(candidates, choices, values)?.winners());
    Ok([take(values, &winners, None)?, take(candidates.records, &winners, None)?])
}
