//! `source_names(bits)`: a set of sources, one bit each, as a list of their names.

use super::array::{any_arguments, arrays};
use crate::types::list_of;
use datafusion::arrow::array::{AsArray, ListBuilder, StringBuilder};
use datafusion::arrow::datatypes::{DataType, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature};
use std::sync::Arc;

/// Takes 64-bit sets, gives the names of the sources in the set in the order of their declaration.
pub(crate) fn source_names(names: Vec<String>) -> ScalarUDF {
    ScalarUDF::from(SourceNames { names, signature: any_arguments() })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct SourceNames {
    names: Vec<String>,
    signature: Signature,
}

impl ScalarUDFImpl for SourceNames {
    fn name(&self) -> &str {
        "source_names"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(list_of(DataType::Utf8))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = arrays(&arguments)?;
        let mut out = ListBuilder::new(StringBuilder::new());
        for bits in arrays[0].as_primitive::<Int64Type>().values() {
            for (i, name) in self.names.iter().enumerate() {
                if bits >> i & 1 == 1 {
                    out.values().append_value(name);
                }
            }
            out.append(true);
        }
        Ok(ColumnarValue::Array(Arc::new(out.finish())))
    }
}
