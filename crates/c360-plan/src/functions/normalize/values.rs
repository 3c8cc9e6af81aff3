//! One value per row, by the shape of the format.

use super::inputs::value;
use super::refusals::Refusals;
use crate::functions::array::text;
use crate::types::{UTC, part_fields};
use c360_match::format::{Format, PartsFormat, ScalarFormat, TextFormat};
use datafusion::arrow::array::{
    Array, ArrayRef, BooleanBuilder, NullBufferBuilder, PrimitiveBuilder, StringArray, StringBuilder, StructArray,
};
use datafusion::arrow::buffer::{Buffer, OffsetBuffer};
use datafusion::arrow::datatypes::{ArrowPrimitiveType, Date32Type, Decimal128Type, TimestampMicrosecondType};
use std::sync::Arc;

/// Normalizes `rows` rows. `inputs` are the inputs of the format, one column each (a missing one is a column of nulls).
pub(super) fn normalize(format: &Format, inputs: &[ArrayRef], rows: usize) -> (ArrayRef, Refusals) {
    match format {
        Format::Parts(format) => parts(format.as_ref(), inputs, rows),
        Format::Text(format) => texts(format.as_ref(), text(&inputs[0])),
        Format::Date(format) => scalars::<Date32Type>(format.as_ref(), text(&inputs[0]), PrimitiveBuilder::new()),
        Format::DateTime(format) => {
            let builder = PrimitiveBuilder::<TimestampMicrosecondType>::new().with_timezone(UTC);
            scalars(format.as_ref(), text(&inputs[0]), builder)
        }
        Format::Decimal { scale, parser } => {
            let builder = PrimitiveBuilder::<Decimal128Type>::new()
                .with_precision_and_scale(38, *scale)
                .expect("formats keep their scale between 0 and 38");
            scalars(parser.as_ref(), text(&inputs[0]), builder)
        }
        Format::Bool(format) => booleans(format.as_ref(), text(&inputs[0])),
    }
}

fn texts(format: &dyn TextFormat, column: &StringArray) -> (ArrayRef, Refusals) {
    let rows = column.len();
    let mut refusals = Refusals::default();
    let mut data = String::with_capacity(column.value_data().len());
    let mut offsets = Vec::with_capacity(rows + 1);
    let mut nulls = NullBufferBuilder::new(rows);
    offsets.push(0_i32);
    for row in 0..rows {
        let start = data.len();
        let valid = match value(column, row).map(|raw| (raw, format.normalize(raw, &mut data))) {
            None => false,
            Some((_, Ok(()))) => data.len() > start,
            Some((raw, Err(reason))) => {
                refusals.push(row, raw, &reason);
                data.truncate(start);
                false
            }
        };
        nulls.append(valid);
        offsets.push(i32::try_from(data.len()).expect("a batch of values stays far below 2 GiB"));
    }
    let array = StringArray::new(OffsetBuffer::new(offsets.into()), Buffer::from_vec(data.into_bytes()), nulls.finish());
    (Arc::new(array), refusals)
}

fn scalars<T: ArrowPrimitiveType>(
    format: &dyn ScalarFormat<T::Native>,
    column: &StringArray,
    mut out: PrimitiveBuilder<T>,
) -> (ArrayRef, Refusals) {
    let mut refusals = Refusals::default();
    for row in 0..column.len() {
        out.append_option(value(column, row).and_then(|raw| match format.parse(raw) {
            Ok(value) => Some(value),
            Err(reason) => {
                refusals.push(row, raw, &reason);
                None
            }
        }));
    }
    (Arc::new(out.finish()), refusals)
}

fn booleans(format: &dyn ScalarFormat<bool>, column: &StringArray) -> (ArrayRef, Refusals) {
    let mut refusals = Refusals::default();
    let mut out = BooleanBuilder::with_capacity(column.len());
    for row in 0..column.len() {
        out.append_option(value(column, row).and_then(|raw| match format.parse(raw) {
            Ok(value) => Some(value),
            Err(reason) => {
                refusals.push(row, raw, &reason);
                None
            }
        }));
    }
    (Arc::new(out.finish()), refusals)
}

fn parts(format: &dyn PartsFormat, inputs: &[ArrayRef], rows: usize) -> (ArrayRef, Refusals) {
    let columns: Vec<&StringArray> = inputs.iter().map(text).collect();
    let count = format.parts().len();
    let mut refusals = Refusals::default();
    let mut builders: Vec<StringBuilder> = (0..count).map(|_| StringBuilder::with_capacity(rows, rows * 8)).collect();
    let mut nulls = NullBufferBuilder::new(rows);
    let mut out = vec![String::new(); count];
    let mut given = Vec::with_capacity(columns.len());
    for row in 0..rows {
        given.clear();
        given.extend(columns.iter().map(|column| value(column, row)));
        out.iter_mut().for_each(String::clear);
        if given.iter().any(Option::is_some)
            && let Err(reason) = format.normalize(&given, &mut out)
        {
            let raw: Vec<&str> = given.iter().flatten().copied().collect();
            refusals.push(row, &raw.join(" | "), &reason);
            out.iter_mut().for_each(String::clear);
        }
        nulls.append(out.iter().any(|part| !part.is_empty()));
        for (builder, part) in builders.iter_mut().zip(&out) {
            builder.append_option((!part.is_empty()).then_some(part));
        }
    }
    let arrays = builders.iter_mut().map(|b| Arc::new(b.finish()) as ArrayRef).collect();
    (Arc::new(StructArray::new(part_fields(format), arrays, nulls.finish())), refusals)
}
