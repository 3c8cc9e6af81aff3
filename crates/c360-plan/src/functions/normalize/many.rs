//! Several values per row: each argument is one, or holds several.

use super::refusals::Refusals;
use super::{Input, inputs, values};
use crate::functions::array::text;
use c360_match::format::Format;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, ListArray, NullBufferBuilder, StringBuilder, UInt32Array};
use datafusion::arrow::buffer::OffsetBuffer;
use datafusion::arrow::compute::take;
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::arrow::row::{RowConverter, SortField};
use datafusion::common::Result;
use std::sync::Arc;

/// Normalizes `rows` rows into lists: values in the order of the arguments, empty and refused ones left out, repeats kept once; null where none is left.
pub(super) fn normalize(format: &Format, kinds: &[Input], arguments: &[ArrayRef], rows: usize) -> Result<(ArrayRef, Refusals)> {
    let (flat, row_of) = flatten(kinds, arguments, rows);
    let (values, refused) = values::normalize(format, &[flat], row_of.len());
    let refusals = by_row(refused, &row_of);
    let kept = distinct(&values, &row_of)?;
    let mut offsets = vec![0_i32];
    let mut nulls = NullBufferBuilder::new(rows);
    let mut next = 0;
    for row in 0..rows {
        let start = next;
        while next < kept.len() && row_of[kept[next] as usize] == row {
            next += 1;
        }
        nulls.append(next > start);
        offsets.push(i32::try_from(next).expect("a batch of values stays far below 2 GiB"));
    }
    let items = take(&values, &UInt32Array::from(kept), None)?;
    let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
    let list = ListArray::try_new(field, OffsetBuffer::new(offsets.into()), items, nulls.finish())?;
    Ok((Arc::new(list), refusals))
}

/// All raw texts one below the other, and the row that each belongs to.
fn flatten(kinds: &[Input], arguments: &[ArrayRef], rows: usize) -> (ArrayRef, Vec<usize>) {
    let mut flat = StringBuilder::new();
    let mut row_of = Vec::with_capacity(rows);
    for row in 0..rows {
        for (kind, argument) in kinds.iter().zip(arguments) {
            for value in raw_values(*kind, argument, row) {
                flat.append_value(value);
                row_of.push(row);
            }
        }
    }
    (Arc::new(flat.finish()), row_of)
}

fn raw_values(kind: Input, argument: &ArrayRef, row: usize) -> Vec<String> {
    if argument.is_null(row) {
        return Vec::new();
    }
    match (kind, argument.data_type()) {
        (_, DataType::List(_)) => {
            let items = argument.as_list::<i32>().value(row);
            let items = text(&items);
            (0..items.len()).filter_map(|i| inputs::value(items, i)).map(str::to_owned).collect()
        }
        (Input::Each, _) => inputs::value(text(argument), row).map(inputs::elements).unwrap_or_default(),
        (Input::Single, _) => inputs::value(text(argument), row).map(|value| vec![value.to_owned()]).unwrap_or_default(),
    }
}

/// The positions of values that are there and stand for the first time in their row.
fn distinct(values: &ArrayRef, row_of: &[usize]) -> Result<Vec<u32>> {
    let converter = RowConverter::new(vec![SortField::new(values.data_type().clone())])?;
    let encoded = converter.convert_columns(std::slice::from_ref(values))?;
    let mut kept: Vec<u32> = Vec::with_capacity(values.len());
    for position in (0..values.len()).filter(|&p| values.is_valid(p)) {
        let same_row = kept.iter().rev().take_while(|&&k| row_of[k as usize] == row_of[position]);
        if !same_row.into_iter().any(|&k| encoded.row(k as usize) == encoded.row(position)) {
            kept.push(u32::try_from(position).expect("a batch holds far fewer values"));
        }
    }
    Ok(kept)
}

/// Refusals of flat positions as refusals of rows.
fn by_row(refused: Refusals, row_of: &[usize]) -> Refusals {
    let mut out = Refusals::default();
    for (position, raw, reason) in refused.into_rows() {
        out.push(row_of[position], &raw, &c360_match::format::Reason(reason.into()));
    }
    out
}
