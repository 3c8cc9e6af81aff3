//! Casts between the types of files: only where no value can change in silence. Does not know files.

use std::sync::Arc;

use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::arrow::error::ArrowError;

/// The type that a column comes out as: the file's own, with one way of holding text and bytes.
pub(in super::super) fn common_type(own: &DataType) -> DataType {
    let element = |field: &Arc<Field>| Arc::new(field.as_ref().clone().with_data_type(common_type(field.data_type())));
    match own {
        DataType::Utf8View | DataType::LargeUtf8 | DataType::Null => DataType::Utf8,
        DataType::BinaryView | DataType::LargeBinary => DataType::Binary,
        DataType::Dictionary(_, values) => common_type(values),
        DataType::RunEndEncoded(_, values) => common_type(values.data_type()),
        DataType::List(field) | DataType::ListView(field) => DataType::List(element(field)),
        DataType::LargeList(field) | DataType::LargeListView(field) => DataType::LargeList(element(field)),
        other => other.clone(),
    }
}

/// Whether a column of type `from`, a common type, can be given as `to`: no value changes; one that does not fit is an error.
pub(super) fn fits(from: &DataType, to: &DataType) -> bool {
    use DataType::{Boolean, Date32, Float32, Float64, Timestamp, Utf8};
    match (from, to) {
        _ if from == to => true,
        (Utf8, to) => to.is_integer() || matches!(to, Boolean | Date32),
        (from, Utf8) => from.is_numeric() || matches!(from, Boolean | Date32 | Timestamp(..)),
        (Float32, Float64) => true,
        (from, Float64) => from.is_integer() && from.primitive_width().is_some_and(|width| width <= 4),
        (Date32, Timestamp(_, None)) => true,
        (Timestamp(own, zone), Timestamp(other, other_zone)) => own <= other && zone == other_zone,
        (from, to) => from.is_integer() && (to.is_integer() || to.is_decimal()),
    }
}

/// `column` as `to`.
///
/// # Errors
/// A value that does not fit.
pub(super) fn fit(column: &ArrayRef, to: &DataType) -> Result<ArrayRef, ArrowError> {
    if column.data_type() == to {
        return Ok(Arc::clone(column));
    }
    let options = CastOptions { safe: false, ..CastOptions::default() };
    let common = cast_with_options(column, &common_type(column.data_type()), &options)?;
    cast_with_options(&common, to, &options)
}
