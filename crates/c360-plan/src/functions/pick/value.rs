//! Values of any type as bytes that compare as the values do, and back.

use datafusion::arrow::array::{ArrayRef, AsArray, StringBuilder};
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::row::{RowConverter, Rows, SortField};
use datafusion::common::Result;
use std::sync::Arc;

/// Text goes as it is, everything else through Arrow's row format.
pub(super) enum ValueCodec {
    Text,
    Rows(RowConverter),
}

/// A column whose values can be had as bytes.
pub(super) enum Encoded {
    Text(ArrayRef),
    Rows(Rows),
}

impl ValueCodec {
    pub(super) fn try_new(data_type: &DataType) -> Result<ValueCodec> {
        Ok(match data_type {
            DataType::Utf8 => ValueCodec::Text,
            other => ValueCodec::Rows(RowConverter::new(vec![SortField::new(other.clone())])?),
        })
    }

    pub(super) fn encode(&self, array: &ArrayRef) -> Result<Encoded> {
        Ok(match self {
            ValueCodec::Text => Encoded::Text(Arc::clone(array)),
            ValueCodec::Rows(converter) => Encoded::Rows(converter.convert_columns(std::slice::from_ref(array))?),
        })
    }

    /// The array of these values, `None` becoming null.
    pub(super) fn decode<'a>(&self, values: impl ExactSizeIterator<Item = Option<&'a [u8]>>, data_type: &DataType) -> Result<ArrayRef> {
        match self {
            ValueCodec::Text => {
                let mut out = StringBuilder::with_capacity(values.len(), values.len() * 12);
                for value in values {
                    out.append_option(value.map(|bytes| std::str::from_utf8(bytes).expect("it came from a text array")));
                }
                Ok(Arc::new(out.finish()))
            }
            ValueCodec::Rows(converter) => {
                let null = datafusion::arrow::array::new_null_array(data_type, 1);
                let null = converter.convert_columns(&[null])?;
                let missing = null.row(0);
                let parser = converter.parser();
                let rows = values.map(|value| value.map_or(missing, |bytes| parser.parse(bytes)));
                Ok(converter.convert_rows(rows)?.remove(0))
            }
        }
    }

    pub(super) fn size(&self) -> usize {
        match self {
            ValueCodec::Text => 0,
            ValueCodec::Rows(converter) => converter.size(),
        }
    }
}

impl Encoded {
    pub(super) fn bytes(&self, row: usize) -> &[u8] {
        match self {
            Encoded::Text(array) => array.as_string::<i32>().value(row).as_bytes(),
            Encoded::Rows(rows) => rows.row(row).data(),
        }
    }
}
