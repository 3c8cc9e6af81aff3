//! Candidates as a column: what partial aggregation passes on.

use super::super::arena::Arena;
use super::super::ordering::Orders;
use super::{Entry, item_type};
use crate::types::list_of;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringArray, StructArray};
use datafusion::arrow::datatypes::{DataType, Field, Fields, Int64Type};
use datafusion::common::Result;
use std::sync::Arc;

const NAMES: [&str; 7] = ["value", "record", "key", "order_1", "order_2", "order_3", "count"];

/// The type of the state for values of type `argument` (or of its items, where it is a list).
pub(in super::super) fn state_type(argument: &DataType) -> DataType {
    list_of(DataType::Struct(fields(&item_type(argument))))
}

fn fields(item: &DataType) -> Fields {
    let types = [item, &DataType::Int64, &DataType::Utf8, &DataType::Int64, &DataType::Int64, &DataType::Int64, &DataType::Int64];
    NAMES.iter().zip(types).map(|(name, data_type)| Field::new(*name, data_type.clone(), true)).collect()
}

/// The entries as an array of structs; `values` are their values.
pub(super) fn of_entries(entries: &[Entry], arena: &Arena, values: ArrayRef) -> Result<ArrayRef> {
    let key = |e: &Entry| std::str::from_utf8(arena.get(e.key)).expect("it came from a text array").to_owned();
    let keys: StringArray = entries.iter().map(|e| Some(key(e))).collect();
    let numbers = |of: fn(&Entry) -> i64| Arc::new(entries.iter().map(of).collect::<Int64Array>()) as ArrayRef;
    let fields = fields(values.data_type());
    let columns = vec![
        values,
        numbers(|e| e.record),
        Arc::new(keys),
        numbers(|e| e.orders[0]),
        numbers(|e| e.orders[1]),
        numbers(|e| e.orders[2]),
        numbers(|e| e.count),
    ];
    Ok(Arc::new(StructArray::try_new(fields, columns, None)?))
}

/// The columns of an array of structs that [`of_entries`] made.
pub(super) struct Candidates<'a> {
    pub(super) values: &'a ArrayRef,
    pub(super) records: &'a Int64Array,
    pub(super) keys: &'a StringArray,
    orders: [&'a Int64Array; 3],
    pub(super) counts: &'a Int64Array,
}

impl<'a> Candidates<'a> {
    pub(super) fn of(items: &'a ArrayRef) -> Candidates<'a> {
        let columns = items.as_struct().columns();
        Candidates {
            values: &columns[0],
            records: columns[1].as_primitive::<Int64Type>(),
            keys: columns[2].as_string(),
            orders: [3, 4, 5].map(|column: usize| columns[column].as_primitive::<Int64Type>()),
            counts: columns[6].as_primitive::<Int64Type>(),
        }
    }

    pub(super) fn orders(&self, position: usize) -> Orders {
        self.orders.map(|column| column.value(position))
    }
}
