//! Reading arguments: a row's raw texts, trimmed, blank ones as missing.

use datafusion::arrow::array::{Array, StringArray};

/// The text of `row`, trimmed; `None` where it is missing or blank.
pub(super) fn value(column: &StringArray, row: usize) -> Option<&str> {
    if column.is_null(row) {
        return None;
    }
    let text = column.value(row).trim();
    (!text.is_empty()).then_some(text)
}

/// The elements of a JSON array of scalars; the text itself where it is no array.
pub(super) fn elements(text: &str) -> Vec<String> {
    if text.starts_with('[')
        && let Ok(serde_json::Value::Array(items)) = serde_json::from_str(text)
    {
        return items.iter().filter_map(scalar).collect();
    }
    vec![text.to_owned()]
}

fn scalar(item: &serde_json::Value) -> Option<String> {
    let text = match item {
        serde_json::Value::Null => return None,
        serde_json::Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}
