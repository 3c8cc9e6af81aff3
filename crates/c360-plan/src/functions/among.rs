//! `among(number)`: whether a number is in a set that is known when the plan runs. How an incremental run reads a part of a table: the set holds the
//! records or objects that a change touches.

use datafusion::arrow::array::{Array, AsArray, BooleanArray};
use datafusion::arrow::datatypes::{DataType, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Numbers: of records, objects, files.
pub type NumberSet = hashbrown::HashSet<i64>;

/// A function of one Int64 column; false for null.
#[must_use]
pub fn among(set: Arc<NumberSet>) -> ScalarUDF {
    ScalarUDF::from(Among { set, signature: Signature::exact(vec![DataType::Int64], Volatility::Immutable) })
}

#[derive(Debug)]
struct Among {
    set: Arc<NumberSet>,
    signature: Signature,
}

impl PartialEq for Among {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.set, &other.set)
    }
}

impl Eq for Among {}

impl Hash for Among {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.set).hash(state);
    }
}

impl ScalarUDFImpl for Among {
    fn name(&self) -> &str {
        "among"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let numbers = arguments.args[0].to_array(arguments.number_rows)?;
        let numbers = numbers.as_primitive::<Int64Type>();
        let found: BooleanArray = match numbers.null_count() {
            0 => numbers.values().iter().map(|number| Some(self.set.contains(number))).collect(),
            _ => numbers.iter().map(|number| Some(number.is_some_and(|number| self.set.contains(&number)))).collect(),
        };
        Ok(ColumnarValue::Array(Arc::new(found)))
    }
}
