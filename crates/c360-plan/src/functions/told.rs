//! `told(value, unread, ..)`: a value with what could not be read for it, in the form in which formats tell what they refuse.

use super::array::{any_arguments, arrays, text};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringArray, StringBuilder, StructArray};
use datafusion::arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature};
use std::sync::Arc;

/// Takes any value, or the struct that `normalize` gives, and structs `{raw, reason}` or null; gives a struct `{value, raw, reason}`.
pub(crate) fn told() -> ScalarUDF {
    ScalarUDF::from(Told { signature: any_arguments() })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Told {
    signature: Signature,
}

impl ScalarUDFImpl for Told {
    fn name(&self) -> &str {
        "told"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        Ok(DataType::Struct(fields(&types[0])))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = arrays(&arguments)?;
        let fields = fields(columns[0].data_type());
        let (value, refused) = match normalized(columns[0].data_type()) {
            None => (Arc::clone(&columns[0]), None),
            Some(_) => {
                let normalized = columns[0].as_struct();
                (Arc::clone(normalized.column(0)), Some((text(normalized.column(1)), text(normalized.column(2)))))
            }
        };
        let unread: Vec<&StructArray> = columns[1..].iter().map(|column| column.as_struct()).collect();
        let (mut raws, mut reasons) = (StringBuilder::new(), StringBuilder::new());
        for row in 0..arguments.number_rows {
            let unread = unread.iter().filter(|unread| unread.is_valid(row));
            let unread = unread.map(|unread| (at(text(unread.column(0)), row), at(text(unread.column(1)), row)));
            let all: Vec<_> = refused.iter().map(|(raw, reason)| (at(raw, row), at(reason, row))).chain(unread).collect();
            raws.append_option(joined(all.iter().map(|(raw, _)| *raw), " | "));
            reasons.append_option(joined(all.iter().map(|(_, reason)| *reason), "; "));
        }
        let columns: Vec<ArrayRef> = vec![value, Arc::new(raws.finish()), Arc::new(reasons.finish())];
        Ok(ColumnarValue::Array(Arc::new(StructArray::try_new(fields, columns, None)?)))
    }
}

/// The type of the value in what `normalize` gives.
fn normalized(kind: &DataType) -> Option<&DataType> {
    match kind {
        DataType::Struct(fields) if fields.iter().map(|field| field.name().as_str()).eq(["value", "raw", "reason"]) => {
            Some(fields[0].data_type())
        }
        _ => None,
    }
}

fn fields(kind: &DataType) -> Fields {
    let value = normalized(kind).unwrap_or(kind).clone();
    let field = |name: &str, kind| Field::new(name, kind, true);
    Fields::from(vec![field("value", value), field("raw", DataType::Utf8), field("reason", DataType::Utf8)])
}

fn at(texts: &StringArray, row: usize) -> Option<&str> {
    texts.is_valid(row).then(|| texts.value(row))
}

/// The texts that are there; `None` where none is. One that stands there already is not repeated.
fn joined<'a>(texts: impl Iterator<Item = Option<&'a str>>, between: &str) -> Option<String> {
    let mut all: Vec<&str> = Vec::new();
    for text in texts.flatten() {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    (!all.is_empty()).then(|| all.join(between))
}
