//! `value_length(value)`: how many characters a value has; a group as many as its parts together.

use super::array::{any_arguments, arrays};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature};
use std::sync::Arc;

/// Takes texts or groups, gives their length in characters, 0 where there is no value.
pub(crate) fn value_length() -> ScalarUDF {
    ScalarUDF::from(ValueLength { signature: any_arguments() })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct ValueLength {
    signature: Signature,
}

impl ScalarUDFImpl for ValueLength {
    fn name(&self) -> &str {
        "value_length"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = arrays(&arguments)?;
        let lengths: Int64Array = (0..arguments.number_rows).map(|row| Some(length(&arrays[0], row))).collect();
        Ok(ColumnarValue::Array(Arc::new(lengths)))
    }
}

fn length(array: &ArrayRef, row: usize) -> i64 {
    if array.is_null(row) {
        return 0;
    }
    match array.as_struct_opt() {
        Some(group) => group.columns().iter().map(|part| length(part, row)).sum(),
        None => i64::try_from(array.as_string::<i32>().value(row).chars().count()).expect("texts are shorter"),
    }
}
