//! `row_text(key, a, b, ..)`: a row without a key as text, for the rejects.

use super::array::{any_arguments, arrays, text};
use datafusion::arrow::array::{Array, StringBuilder};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature};
use std::sync::Arc;

/// Takes the key and the raw columns as texts, gives null where there is a key and a JSON object of the columns where there is none.
pub(crate) fn row_text(columns: Vec<String>) -> ScalarUDF {
    ScalarUDF::from(RowText { columns, signature: any_arguments() })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct RowText {
    columns: Vec<String>,
    signature: Signature,
}

impl ScalarUDFImpl for RowText {
    fn name(&self) -> &str {
        "row_text"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = arrays(&arguments)?;
        let (key, columns) = arrays.split_first().expect("the plan passes the key first");
        let key = text(key);
        let mut out = StringBuilder::new();
        for row in 0..arguments.number_rows {
            if key.is_valid(row) {
                out.append_null();
                continue;
            }
            let object: serde_json::Map<_, _> = self
                .columns
                .iter()
                .zip(columns)
                .filter(|(_, column)| column.is_valid(row))
                .map(|(name, column)| (name.clone(), text(column).value(row).into()))
                .collect();
            out.append_value(serde_json::Value::Object(object).to_string());
        }
        Ok(ColumnarValue::Array(Arc::new(out.finish())))
    }
}
