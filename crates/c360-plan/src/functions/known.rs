//! `known(key, hash)`: where the state holds this very row as the current one of its key, so that its values need not be made again; null where it does not.

use super::array::{any_arguments, arrays, text};
use datafusion::arrow::array::{Array, AsArray, UInt32Array};
use datafusion::arrow::datatypes::{DataType, Int64Type};
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Result, plan_err};
use datafusion::logical_expr::{ColumnarValue, Expr, LogicalPlan, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature};
use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The rows of a source that the state holds.
pub trait KnownRows: Debug + Send + Sync {
    /// The position among them of the current row of `key`, if it has this hash.
    fn position(&self, key: &str, hash: i64) -> Option<u32>;
}

/// The function as plans have it: it must be filled before they run.
pub(crate) fn known() -> ScalarUDF {
    ScalarUDF::from(Known { rows: None, signature: any_arguments() })
}

/// The plan with its calls of `known` asking `rows`.
///
/// # Errors
/// None in practice: only a function takes the place of another.
pub fn fill_known(plan: LogicalPlan, rows: &Arc<dyn KnownRows>) -> Result<LogicalPlan> {
    let filled = Arc::new(ScalarUDF::from(Known { rows: Some(Arc::clone(rows)), signature: any_arguments() }));
    let filled = |expr: Expr| {
        expr.transform_up(|expr| match expr {
            Expr::ScalarFunction(mut call) if call.func.name() == "known" => {
                call.func = Arc::clone(&filled);
                Ok(Transformed::yes(Expr::ScalarFunction(call)))
            }
            other => Ok(Transformed::no(other)),
        })
    };
    plan.transform_up(|node| node.map_expressions(&filled)).map(|done| done.data)
}

#[derive(Debug)]
struct Known {
    rows: Option<Arc<dyn KnownRows>>,
    signature: Signature,
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.address() == other.address()
    }
}

impl Eq for Known {}

impl Hash for Known {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.address().hash(state);
    }
}

impl Known {
    fn address(&self) -> Option<*const ()> {
        self.rows.as_ref().map(|rows| Arc::as_ptr(rows).cast())
    }
}

impl ScalarUDFImpl for Known {
    fn name(&self) -> &str {
        "known"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::UInt32)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let Some(rows) = &self.rows else {
            return plan_err!("`known` was not filled with the rows of the state");
        };
        let columns = arrays(&arguments)?;
        let (key, hash) = (text(&columns[0]), columns[1].as_primitive::<Int64Type>());
        let position = |row: usize| if key.is_valid(row) { rows.position(key.value(row), hash.value(row)) } else { None };
        let known: UInt32Array = (0..key.len()).map(position).collect();
        Ok(ColumnarValue::Array(Arc::new(known)))
    }
}
