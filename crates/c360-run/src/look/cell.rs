//! One value of a table as people read it.

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};

/// The text of a value; `None` where it is missing. Parts of a group are joined by spaces, values of a list by commas; decimals lose their
/// trailing zeros.
#[must_use]
pub fn text(array: &dyn Array, row: usize) -> Option<String> {
    if array.is_null(row) {
        return None;
    }
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string::<i32>().value(row).to_owned()),
        DataType::Struct(_) => {
            let parts: Vec<String> = array.as_struct().columns().iter().filter_map(|part| text(part, row)).collect();
            Some(parts.join(" "))
        }
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            let items: Vec<String> = (0..items.len()).filter_map(|item| text(&items, item)).collect();
            Some(items.join(", "))
        }
        DataType::Decimal128(..) => plain(array, row).map(|number| shortened(&number)),
        _ => plain(array, row),
    }
}

fn plain(array: &dyn Array, row: usize) -> Option<String> {
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(array, &options).ok()?;
    Some(formatter.value(row).to_string())
}

fn shortened(number: &str) -> String {
    match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => number.to_owned(),
    }
}
