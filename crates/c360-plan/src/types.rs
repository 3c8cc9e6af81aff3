//! The Arrow types of fixed forms.

use c360_match::format::{Format, PartsFormat};
use c360_model::model::Attribute;
use datafusion::arrow::datatypes::{DataType, Field, Fields, TimeUnit};
use std::sync::Arc;

/// The time zone of all instants.
pub const UTC: &str = "+00:00";

/// The type of one value of a format.
#[must_use]
pub fn value_type(format: &Format) -> DataType {
    match format {
        Format::Text(_) => DataType::Utf8,
        Format::Parts(parts) => DataType::Struct(part_fields(parts.as_ref())),
        Format::Date(_) => DataType::Date32,
        Format::DateTime(_) => instant(),
        Format::Decimal { scale, .. } => DataType::Decimal128(38, *scale),
        Format::Bool(_) => DataType::Boolean,
    }
}

/// The type of an attribute's column: of one value, or a list of them.
#[must_use]
pub fn attribute_type(attribute: &Attribute) -> DataType {
    let value = value_type(&attribute.format);
    if attribute.many { list_of(value) } else { value }
}

/// A list of nullable items of `item`.
#[must_use]
pub fn list_of(item: DataType) -> DataType {
    DataType::List(Arc::new(Field::new_list_field(item, true)))
}

/// Microseconds in UTC.
#[must_use]
pub fn instant() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into()))
}

/// One nullable text field per part.
pub fn part_fields(format: &dyn PartsFormat) -> Fields {
    format.parts().iter().map(|name| Field::new(*name, DataType::Utf8, true)).collect()
}

/// What a record says of another: the source and key that it names.
#[must_use]
pub fn key_fields() -> Fields {
    Fields::from(vec![Field::new("source", DataType::Utf8, true), Field::new("key", DataType::Utf8, true)])
}
