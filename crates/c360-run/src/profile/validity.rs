//! How many values of each attribute its format refuses: the pipeline's own plans over all rows of the files, without keys and without a commit.

use crate::engine::{Engine, LocalEngine, Tables};
use crate::error::Result;
use crate::inputs::{SourceFiles, planned};
use c360_model::model::{Model, SourceId};
use c360_plan::tables::TableName;
use c360_plan::{Stage, Step};
use datafusion::arrow::array::{Array, AsArray, RecordBatch, StructArray};
use futures::StreamExt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How an attribute fares with the values of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validity {
    /// The source.
    pub source: SourceId,
    /// `customer.email`
    pub attribute: String,
    /// Rows with a value.
    pub present: u64,
    /// Rows with a value that the format refused.
    pub refused: u64,
    /// Why, most frequent first.
    pub reasons: Vec<(String, u64)>,
}

/// Counts what formats refuse of these sources' files.
///
/// # Errors
/// A file that cannot be read or lacks a column.
pub async fn validity(model: &Model, inputs: &[SourceFiles], wanted: &[SourceId], engine: &LocalEngine) -> Result<Vec<Validity>> {
    let mut all = Vec::new();
    for step in planned(model, inputs).await?.steps {
        if let Step::Stage(stage) = step
            && wanted.contains(&stage.source)
            && let Some(input) = inputs.iter().find(|input| input.source == stage.source)
        {
            all.extend(of_source(model, &stage, input, engine).await?);
        }
    }
    Ok(all)
}

async fn of_source(model: &Model, stage: &Stage, input: &SourceFiles, engine: &LocalEngine) -> Result<Vec<Validity>> {
    let mut tables = Tables::default();
    let files: Vec<usize> = (0..input.files.len()).collect();
    tables.insert(TableName::changed(&model.source(stage.source).name), Arc::new(input.table(model, &files).await?));
    let mut found: Vec<(Validity, BTreeMap<String, u64>)> = Vec::new();
    let mut rows = engine.execute(&stage.plan, &tables).await?;
    while let Some(batch) = rows.next().await {
        for (place, (name, values)) in normalized(&batch?).into_iter().enumerate() {
            if place == found.len() {
                let validity = Validity { source: stage.source, attribute: name, present: 0, refused: 0, reasons: Vec::new() };
                found.push((validity, BTreeMap::new()));
            }
            count(&values, &mut found[place]);
        }
    }
    let told = |(validity, reasons): (Validity, BTreeMap<String, u64>)| {
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Validity { reasons, ..validity }
    };
    Ok(found.into_iter().map(told).collect())
}

/// The columns with values of attributes.
fn normalized(batch: &RecordBatch) -> Vec<(String, StructArray)> {
    let schema = batch.schema();
    let columns = schema.fields().iter().zip(batch.columns()).filter(|(field, _)| field.name().contains('.'));
    let values = columns.filter_map(|(field, array)| Some((field.name().clone(), array.as_struct_opt()?.clone())));
    values.filter(|(_, array)| array.column_names() == ["value", "raw", "reason"]).collect()
}

fn count(values: &StructArray, (validity, reasons): &mut (Validity, BTreeMap<String, u64>)) {
    let (value, reason) = (values.column(0), values.column(2).as_string::<i32>());
    let filled = |row: usize| match value.as_list_opt::<i32>() {
        Some(list) => list.is_valid(row) && list.value_length(row) > 0,
        None => value.is_valid(row),
    };
    for row in (0..values.len()).filter(|row| values.is_valid(*row)) {
        let refused = reason.is_valid(row);
        validity.present += u64::from(refused || filled(row));
        validity.refused += u64::from(refused);
        if refused {
            *reasons.entry(reason.value(row).to_owned()).or_default() += 1;
        }
    }
}
