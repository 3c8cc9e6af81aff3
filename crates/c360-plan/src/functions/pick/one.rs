//! The best candidate per group: one slot of fixed size and its bytes in an arena.

use super::ValueOrder;
use super::arena::{Arena, Place};
use super::ordering::{Candidate, Orders, compare};
use super::value::ValueCodec;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, StringArray, StructArray};
use datafusion::arrow::compute::{and, is_not_null, nullif};
use datafusion::arrow::datatypes::{DataType, Field, Fields, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{EmitTo, GroupsAccumulator};
use std::sync::Arc;

/// Arguments and state: value, record, key, order, order, order.
pub(super) struct PickOne {
    data_type: DataType,
    codec: ValueCodec,
    by: ValueOrder,
    slots: Vec<Slot>,
    arena: Arena,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    filled: bool,
    record: i64,
    orders: Orders,
    value: Place,
    key: Place,
}

impl PickOne {
    pub(super) fn try_new(data_type: &DataType, by: ValueOrder) -> Result<PickOne> {
        Ok(PickOne { data_type: data_type.clone(), codec: ValueCodec::try_new(data_type)?, by, slots: Vec::new(), arena: Arena::default() })
    }

    fn offer(&mut self, group: usize, record: i64, candidate: &Candidate<'_>) {
        let slot = &mut self.slots[group];
        if slot.filled {
            let best = Candidate { value: self.arena.get(slot.value), orders: slot.orders, key: self.arena.get(slot.key) };
            if compare(candidate, &best, self.by).is_le() {
                return;
            }
        }
        slot.filled = true;
        slot.record = record;
        slot.orders = candidate.orders;
        self.arena.replace(&mut slot.value, candidate.value);
        self.arena.replace(&mut slot.key, candidate.key);
    }

    fn take(&mut self, emit_to: EmitTo) -> (Vec<Slot>, Arena) {
        let taken = emit_to.take_needed(&mut self.slots);
        if self.slots.is_empty() {
            return (taken, std::mem::take(&mut self.arena));
        }
        let mut rest = Arena::default();
        for slot in &mut self.slots {
            slot.value = rest.push(self.arena.get(slot.value));
            slot.key = rest.push(self.arena.get(slot.key));
        }
        (taken, std::mem::replace(&mut self.arena, rest))
    }

    fn values(&self, slots: &[Slot], arena: &Arena) -> Result<ArrayRef> {
        self.codec.decode(slots.iter().map(|s| s.filled.then(|| arena.get(s.value))), &self.data_type)
    }
}

impl GroupsAccumulator for PickOne {
    fn update_batch(&mut self, values: &[ArrayRef], groups: &[usize], filter: Option<&BooleanArray>, total: usize) -> Result<()> {
        self.slots.resize(total, Slot::default());
        let encoded = self.codec.encode(&values[0])?;
        let present = values[0].logical_nulls();
        let records = values[1].as_primitive::<Int64Type>();
        let keys = values[2].as_string::<i32>();
        let orders = [3, 4, 5].map(|column: usize| values[column].as_primitive::<Int64Type>());
        for (row, &group) in groups.iter().enumerate() {
            let filtered = filter.is_some_and(|f| !(f.is_valid(row) && f.value(row)));
            if filtered || present.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
                continue;
            }
            let orders = orders.map(|column| column.value(row));
            let candidate = Candidate { value: encoded.bytes(row), orders, key: keys.value(row).as_bytes() };
            self.offer(group, records.value(row), &candidate);
        }
        if self.arena.wasteful() {
            self.arena.compact(self.slots.iter_mut().flat_map(|s| [&mut s.value, &mut s.key]));
        }
        Ok(())
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let (slots, arena) = self.take(emit_to);
        let value = self.values(&slots, &arena)?;
        let record: Int64Array = slots.iter().map(|s| s.filled.then_some(s.record)).collect();
        let fields = Fields::from(vec![Field::new("value", self.data_type.clone(), true), Field::new("record", DataType::Int64, true)]);
        Ok(Arc::new(StructArray::try_new(fields, vec![value, Arc::new(record)], None)?))
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let (slots, arena) = self.take(emit_to);
        let key: StringArray =
            slots.iter().map(|s| s.filled.then(|| std::str::from_utf8(arena.get(s.key)).expect("it came from a text array"))).collect();
        let number = |of: fn(&Slot) -> i64| Arc::new(slots.iter().map(|s| s.filled.then(|| of(s))).collect::<Int64Array>()) as ArrayRef;
        let value = self.values(&slots, &arena)?;
        let orders = [number(|s| s.orders[0]), number(|s| s.orders[1]), number(|s| s.orders[2])];
        Ok([value, number(|s| s.record), Arc::new(key)].into_iter().chain(orders).collect())
    }

    fn merge_batch(&mut self, values: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.update_batch(values, groups, None, total)
    }

    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let mut state = values.to_vec();
        if let Some(filter) = filter {
            let kept = and(&is_not_null(filter)?, filter)?;
            state[0] = nullif(&values[0], &datafusion::arrow::compute::not(&kept)?)?;
        }
        Ok(state)
    }

    fn size(&self) -> usize {
        self.slots.capacity() * size_of::<Slot>() + self.arena.size() + self.codec.size()
    }
}
