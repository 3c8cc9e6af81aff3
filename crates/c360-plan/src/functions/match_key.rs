//! `match_key(..)`, `match_text(..)`: what an `exact` rule compares and a block shares, as a 128-bit hash and as text; `match_forms(..)`: what
//! conditions on pairs read.

mod comparable;

use super::array::{any_arguments, arrays};
use crate::types::list_of;
pub(crate) use comparable::Comparable;
use datafusion::arrow::array::{ArrayRef, BooleanBufferBuilder, FixedSizeBinaryArray, ListArray, StringBuilder};
use datafusion::arrow::buffer::{Buffer, NullBuffer, OffsetBuffer};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// The keys under which a record is held equal to others by a rule: a list of 16-byte hashes (xxh3-128 of the comparison forms), one per
/// combination of the terms' values; an empty list where a term has no value.
pub(crate) fn match_key(terms: Vec<Comparable>) -> ScalarUDF {
    ScalarUDF::from(MatchKey { name: "match_key", outcome: Outcome::Hash, terms, signature: any_arguments() })
}

/// The same keys as text, terms joined by ` & `: what people read.
pub(crate) fn match_text(terms: Vec<Comparable>) -> ScalarUDF {
    ScalarUDF::from(MatchKey { name: "match_text", outcome: Outcome::Text, terms, signature: any_arguments() })
}

/// What conditions on pairs read: the forms of one term as text, numbers of all kinds as the whole number that stores them.
pub(crate) fn match_forms(term: Comparable) -> ScalarUDF {
    ScalarUDF::from(MatchKey { name: "match_forms", outcome: Outcome::Forms, terms: vec![term], signature: any_arguments() })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Outcome {
    Hash,
    Text,
    Forms,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct MatchKey {
    name: &'static str,
    outcome: Outcome,
    terms: Vec<Comparable>,
    signature: Signature,
}

impl ScalarUDFImpl for MatchKey {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(list_of(match self.outcome {
            Outcome::Hash => DataType::FixedSizeBinary(16),
            Outcome::Text | Outcome::Forms => DataType::Utf8,
        }))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = arrays(&arguments)?;
        let readers: Vec<_> = self.terms.iter().zip(&columns).map(|(term, column)| term.reader(column, self.outcome)).collect();
        let mut keys = Keys::new(self.outcome, arguments.number_rows);
        let mut text = String::new();
        for row in 0..arguments.number_rows {
            text.clear();
            combine(&readers, row, &mut text, &mut keys);
            keys.end_row();
        }
        Ok(ColumnarValue::Array(keys.finish()?))
    }
}

/// Goes through all combinations of the terms' values; `text` holds the terms before `readers`.
fn combine(readers: &[comparable::Reader<'_>], row: usize, text: &mut String, keys: &mut Keys) {
    let Some((first, rest)) = readers.split_first() else {
        return keys.push(text);
    };
    let start = text.len();
    for value in 0..first.values(row) {
        if start > 0 {
            text.push_str(keys.separator());
        }
        first.each(row, value, text, |text| combine(rest, row, text, keys));
        text.truncate(start);
    }
}

/// The keys of a batch under construction.
struct Keys {
    outcome: Outcome,
    hashes: Vec<u8>,
    texts: StringBuilder,
    count: i32,
    offsets: Vec<i32>,
}

impl Keys {
    fn new(outcome: Outcome, rows: usize) -> Keys {
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        Keys { outcome, hashes: Vec::with_capacity(rows * 16), texts: StringBuilder::new(), count: 0, offsets }
    }

    /// A separator that no comparison form holds, where keys are hashed; a readable one where they are shown.
    fn separator(&self) -> &'static str {
        match self.outcome {
            Outcome::Hash => "\u{1f}",
            Outcome::Text | Outcome::Forms => " & ",
        }
    }

    fn push(&mut self, text: &str) {
        match self.outcome {
            Outcome::Hash => self.hashes.extend(xxh3_128(text.as_bytes()).to_le_bytes()),
            Outcome::Text | Outcome::Forms => self.texts.append_value(text),
        }
        self.count += 1;
    }

    fn end_row(&mut self) {
        self.offsets.push(self.count);
    }

    fn finish(mut self) -> Result<ArrayRef> {
        let count = usize::try_from(self.count).expect("counts are not negative");
        let items: ArrayRef = match self.outcome {
            Outcome::Hash => {
                let mut valid = BooleanBufferBuilder::new(count);
                valid.append_n(count, true);
                Arc::new(FixedSizeBinaryArray::try_new(16, Buffer::from_vec(self.hashes), Some(NullBuffer::new(valid.finish())))?)
            }
            Outcome::Text | Outcome::Forms => Arc::new(self.texts.finish()),
        };
        let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
        Ok(Arc::new(ListArray::try_new(field, OffsetBuffer::new(self.offsets.into()), items, None)?))
    }
}
