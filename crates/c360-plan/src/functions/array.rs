//! Small steps between DataFusion's columns and Arrow's arrays that several functions share.

use datafusion::arrow::array::{ArrayRef, AsArray, StringArray};
use datafusion::common::Result;
use datafusion::logical_expr::{ScalarFunctionArgs, Signature, Volatility};

/// The arguments as arrays of one length.
pub(super) fn arrays(arguments: &ScalarFunctionArgs) -> Result<Vec<ArrayRef>> {
    arguments.args.iter().map(|value| value.to_array(arguments.number_rows)).collect()
}

/// The array as text; plans cast to `Utf8` before they call.
pub(super) fn text(array: &ArrayRef) -> &StringArray {
    array.as_string::<i32>()
}

/// Any arguments, the same result for the same input.
pub(super) fn any_arguments() -> Signature {
    Signature::variadic_any(Volatility::Immutable)
}
