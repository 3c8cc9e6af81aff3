//! `normalize(raw, ..)`: raw texts into the fixed form of a format, or a reason why not.
//!
//! The result is a struct `{value, raw, reason}`: `value` is the fixed form or null; `raw` and `reason` are there only where the format
//! refused something, so that one call feeds both the records and the rejects.

mod inputs;
mod many;
mod refusals;
mod values;

use super::array::{any_arguments, arrays};
use crate::types::{list_of, value_type};
use c360_match::format::Format;
use datafusion::arrow::array::StructArray;
use datafusion::arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// How one argument of a `many` attribute is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Input {
    /// It is a value.
    Single,
    /// It holds several: a list, or a JSON array as text.
    Each,
}

/// What a call makes of its arguments.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Arity {
    /// One value from all arguments: the inputs of the format.
    One,
    /// A list of values, from one argument each.
    Many(Vec<Input>),
}

/// A function for one attribute. `text` is the format as written: together with `name` it identifies the function.
/// `inputs` is `None` where the attribute holds one value; its arguments are then the inputs of the format.
pub(crate) fn normalize(name: &str, text: &str, format: &Format, inputs: Option<Vec<Input>>) -> ScalarUDF {
    let arity = inputs.map_or(Arity::One, Arity::Many);
    ScalarUDF::from(Normalize { name: name.into(), text: text.into(), format: format.clone(), arity, signature: any_arguments() })
}

#[derive(Debug)]
struct Normalize {
    name: String,
    text: String,
    format: Format,
    arity: Arity,
    signature: Signature,
}

impl PartialEq for Normalize {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.text, &self.arity) == (&other.name, &other.text, &other.arity)
    }
}

impl Eq for Normalize {}

impl Hash for Normalize {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.name, &self.text, &self.arity).hash(state);
    }
}

impl ScalarUDFImpl for Normalize {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Struct(self.fields()))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = arrays(&arguments)?;
        let rows = arguments.number_rows;
        let (value, refusals) = match &self.arity {
            Arity::One => values::normalize(&self.format, &arrays, rows),
            Arity::Many(inputs) => many::normalize(&self.format, inputs, &arrays, rows)?,
        };
        let (raw, reason) = refusals.finish(rows);
        Ok(ColumnarValue::Array(Arc::new(StructArray::try_new(self.fields(), vec![value, raw, reason], None)?)))
    }
}

impl Normalize {
    fn fields(&self) -> Fields {
        let one = value_type(&self.format);
        let value = if self.arity == Arity::One { one } else { list_of(one) };
        Fields::from(vec![
            Field::new("value", value, true),
            Field::new("raw", DataType::Utf8, true),
            Field::new("reason", DataType::Utf8, true),
        ])
    }
}
