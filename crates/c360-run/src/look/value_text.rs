//! `value_text(value)`: a value as people read it and as `changes.<entity>` has it; nothing where it is missing.

use super::cell;
use datafusion::arrow::array::StringArray;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};
use std::sync::Arc;

/// Columns of golden records that are no values of the object.
const OTHERS: [&str; 4] = ["id", "records", "sources", "lineage"];

/// Whether a column of golden records is an attribute or a reference.
pub(super) fn holds_values(column: &str) -> bool {
    !OTHERS.contains(&column)
}

pub(super) fn value_text() -> ScalarUDF {
    ScalarUDF::from(ValueText { signature: Signature::any(1, Volatility::Immutable) })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct ValueText {
    signature: Signature,
}

impl ScalarUDFImpl for ValueText {
    fn name(&self) -> &str {
        "value_text"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let values = arguments.args[0].to_array(arguments.number_rows)?;
        let texts: StringArray = (0..values.len()).map(|row| cell::text(&values, row)).collect();
        Ok(ColumnarValue::Array(Arc::new(texts)))
    }
}
