//! `record_key(a, b, ..)`: the key of a record as one text.

use super::array::{any_arguments, arrays, text};
use datafusion::arrow::array::{Array, ArrayRef, StringBuilder};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature};
use std::sync::Arc;

/// Takes one or several texts, gives the trimmed text, or the trimmed texts joined by `|` (a `|` or `\` inside one is escaped by `\`);
/// null where any of them is missing or blank.
pub(crate) fn record_key() -> ScalarUDF {
    ScalarUDF::from(RecordKey { signature: any_arguments() })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct RecordKey {
    signature: Signature,
}

impl ScalarUDFImpl for RecordKey {
    fn name(&self) -> &str {
        "record_key"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = arrays(&arguments)?;
        let mut out = StringBuilder::with_capacity(arguments.number_rows, arguments.number_rows * 12);
        let mut key = String::new();
        for row in 0..arguments.number_rows {
            key.clear();
            let complete = columns.iter().enumerate().all(|(i, column)| append_part(column, row, i > 0, columns.len() > 1, &mut key));
            out.append_option(complete.then_some(key.as_str()));
        }
        Ok(ColumnarValue::Array(Arc::new(out.finish())))
    }
}

fn append_part(column: &ArrayRef, row: usize, follows: bool, composite: bool, key: &mut String) -> bool {
    let column = text(column);
    let part = if column.is_null(row) { "" } else { column.value(row).trim() };
    if follows {
        key.push('|');
    }
    for c in part.chars() {
        if composite && matches!(c, '|' | '\\') {
            key.push('\\');
        }
        key.push(c);
    }
    !part.is_empty()
}
