//! `unread(raw, is_read)`: what an expression could not read, and why.

use super::array::{any_arguments, arrays, text};
use datafusion::arrow::array::{Array, AsArray, NullBufferBuilder, StringBuilder, StructArray};
use datafusion::arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::Result;
use datafusion::common::scalar::ScalarStructBuilder;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature};
use datafusion::scalar::ScalarValue;
use std::sync::Arc;

/// Takes a text and whether it could be read, gives a struct `{raw, reason}` where it could not. A missing or blank text is nothing to read.
pub(crate) fn unread(reason: &str) -> ScalarUDF {
    ScalarUDF::from(Unread { reason: reason.to_owned(), signature: any_arguments() })
}

/// What the function gives where all was read.
pub(crate) fn unread_nothing() -> ScalarValue {
    ScalarStructBuilder::new_null(fields())
}

fn fields() -> Fields {
    Fields::from(vec![Field::new("raw", DataType::Utf8, true), Field::new("reason", DataType::Utf8, true)])
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Unread {
    reason: String,
    signature: Signature,
}

impl ScalarUDFImpl for Unread {
    fn name(&self) -> &str {
        "unread"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Struct(fields()))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = arrays(&arguments)?;
        let (raw, is_read) = (text(&columns[0]), columns[1].as_boolean());
        let (mut raws, mut reasons) = (StringBuilder::new(), StringBuilder::new());
        let mut there = NullBufferBuilder::new(arguments.number_rows);
        for row in 0..arguments.number_rows {
            let is_read = is_read.is_valid(row) && is_read.value(row);
            let unread = (!is_read && raw.is_valid(row)).then(|| raw.value(row)).filter(|raw| !raw.trim().is_empty());
            raws.append_option(unread);
            reasons.append_option(unread.map(|_| &self.reason));
            there.append(unread.is_some());
        }
        let columns = vec![Arc::new(raws.finish()) as _, Arc::new(reasons.finish()) as _];
        Ok(ColumnarValue::Array(Arc::new(StructArray::try_new(fields(), columns, there.finish())?)))
    }
}
