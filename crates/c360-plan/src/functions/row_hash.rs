//! `row_hash(a, b, ..)`: what a row says, as one number. Rows that hash alike say the same, so that nothing needs to be done for them.

use super::array::{any_arguments, arrays, text};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array, ListArray, StringArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Takes texts and lists of texts, gives an Int64: XXH3 over all of them with their lengths.
pub(crate) fn row_hash() -> ScalarUDF {
    ScalarUDF::from(RowHash { signature: any_arguments() })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct RowHash {
    signature: Signature,
}

impl ScalarUDFImpl for RowHash {
    fn name(&self) -> &str {
        "row_hash"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = arrays(&arguments)?;
        let columns: Vec<Column<'_>> = columns.iter().map(Column::of).collect();
        let mut said = Vec::new();
        let hashes = (0..arguments.number_rows).map(|row| {
            said.clear();
            columns.iter().for_each(|column| column.append(row, &mut said));
            xxh3_64(&said).cast_signed()
        });
        Ok(ColumnarValue::Array(Arc::new(Int64Array::from_iter_values(hashes))))
    }
}

/// A column whose type was looked at.
enum Column<'a> {
    Texts(&'a StringArray),
    Lists(&'a ListArray),
}

impl<'a> Column<'a> {
    fn of(array: &'a ArrayRef) -> Column<'a> {
        array.as_list_opt().map_or_else(|| Column::Texts(text(array)), Column::Lists)
    }

    /// A missing value differs from an empty one, and where one value ends shows.
    fn append(&self, row: usize, said: &mut Vec<u8>) {
        match self {
            Column::Texts(texts) if texts.is_valid(row) => {
                let value = texts.value(row);
                said.push(1);
                said.extend_from_slice(&(value.len() as u64).to_le_bytes());
                said.extend_from_slice(value.as_bytes());
            }
            Column::Lists(lists) if lists.is_valid(row) => {
                let items = lists.value(row);
                said.push(2);
                said.extend_from_slice(&(items.len() as u64).to_le_bytes());
                let column = Column::of(&items);
                (0..items.len()).for_each(|item| column.append(item, said));
            }
            Column::Texts(_) | Column::Lists(_) => said.push(0),
        }
    }
}
