//! Answers for programs: one JSON document with a version.

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::json::writer::{JsonArray, WriterBuilder};
use serde_json::Value;

/// Prints a document; `kind` names its schema, `version` counts it.
pub(crate) fn print(kind: &str, body: Value) {
    let mut document = serde_json::Map::new();
    document.insert("version".into(), 1.into());
    document.insert("kind".into(), kind.into());
    match body {
        Value::Object(fields) => document.extend(fields),
        other => {
            document.insert("body".into(), other);
        }
    }
    super::println!("{:#}", Value::Object(document));
}

/// Rows as an array of objects, missing values as null.
pub(crate) fn rows(batches: &[RecordBatch]) -> Value {
    let mut out = Vec::new();
    let mut writer = WriterBuilder::new().with_explicit_nulls(true).build::<_, JsonArray>(&mut out);
    let batches: Vec<&RecordBatch> = batches.iter().collect();
    if writer.write_batches(&batches).and_then(|()| writer.finish()).is_err() {
        return Value::Null;
    }
    drop(writer);
    serde_json::from_slice(&out).unwrap_or(Value::Array(Vec::new()))
}
