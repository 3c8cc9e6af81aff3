//! All distinct values of a group, each with its best record and how many records hold it.

mod state;

use super::arena::{Arena, Place};
use super::ordering::{Candidate, Orders, compare};
use super::value::{Encoded, ValueCodec};
use super::{Outcome, ValueOrder};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, ListArray, StructArray};
use datafusion::arrow::buffer::{NullBuffer, OffsetBuffer};
use datafusion::arrow::datatypes::{DataType, Field, Fields, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{EmitTo, GroupsAccumulator};
pub(super) use state::state_type;
use std::cmp::Reverse;
use std::sync::Arc;

/// Arguments: value (or list of values), record, key, order, order, order. State: one list of candidates, see `state.rs`.
pub(super) struct PickCandidates {
    /// The type of one value.
    item: DataType,
    codec: ValueCodec,
    outcome: Outcome,
    by: ValueOrder,
    /// Per group the candidates in the order in which their values were first seen.
    groups: Vec<Vec<Entry>>,
    arena: Arena,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    value: Place,
    key: Place,
    record: i64,
    orders: Orders,
    count: i64,
}

impl PickCandidates {
    pub(super) fn try_new(argument: &DataType, outcome: Outcome, by: ValueOrder) -> Result<PickCandidates> {
        let item = item_type(argument);
        let codec = ValueCodec::try_new(&item)?;
        Ok(PickCandidates { item, codec, outcome, by, groups: Vec::new(), arena: Arena::default() })
    }

    fn offer(&mut self, group: usize, record: i64, count: i64, candidate: &Candidate<'_>) {
        let arena = &mut self.arena;
        let known = self.groups[group].iter_mut().find(|e| arena.get(e.value) == candidate.value);
        let Some(entry) = known else {
            let (value, key) = (arena.push(candidate.value), arena.push(candidate.key));
            self.groups[group].push(Entry { value, key, record, orders: candidate.orders, count });
            return;
        };
        entry.count += count;
        let best = Candidate { value: arena.get(entry.value), orders: entry.orders, key: arena.get(entry.key) };
        if compare(candidate, &best, self.by).is_gt() {
            entry.record = record;
            entry.orders = candidate.orders;
            arena.replace(&mut entry.key, candidate.key);
        }
    }

    /// The candidates of the emitted groups, best first.
    fn take(&mut self, emit_to: EmitTo) -> Vec<Vec<Entry>> {
        let mut taken = emit_to.take_needed(&mut self.groups);
        let by_count = matches!(self.outcome, Outcome::AllByCount | Outcome::MostFrequent);
        let candidate = |e: &Entry| Candidate { value: self.arena.get(e.value), orders: e.orders, key: self.arena.get(e.key) };
        for entries in &mut taken {
            entries.sort_by(|a, b| {
                let count = if by_count { Reverse(a.count).cmp(&Reverse(b.count)) } else { std::cmp::Ordering::Equal };
                let value = || self.arena.get(a.value).cmp(self.arena.get(b.value));
                count.then_with(|| compare(&candidate(b), &candidate(a), self.by)).then_with(value)
            });
        }
        taken
    }

    fn forget_emitted(&mut self) {
        if self.groups.is_empty() {
            self.arena = Arena::default();
        } else {
            self.arena.compact(self.groups.iter_mut().flatten().flat_map(|e| [&mut e.value, &mut e.key]));
        }
    }

    fn values(&self, entries: &[Entry]) -> Result<ArrayRef> {
        self.codec.decode(entries.iter().map(|e| Some(self.arena.get(e.value))), &self.item)
    }

    fn one_each(&self, taken: &[Vec<Entry>]) -> Result<[ArrayRef; 2]> {
        let best = || taken.iter().map(|entries| entries.first());
        let bytes: Vec<Option<&[u8]>> = best().map(|e| e.map(|e| self.arena.get(e.value))).collect();
        let value = self.codec.decode(bytes.into_iter(), &self.item)?;
        let record: Int64Array = best().map(|e| e.map(|e| e.record)).collect();
        Ok([value, Arc::new(record)])
    }

    fn lists(&self, taken: &[Vec<Entry>]) -> Result<[ArrayRef; 2]> {
        let entries: Vec<Entry> = taken.iter().flatten().copied().collect();
        let records: Int64Array = entries.iter().map(|e| e.record).collect();
        Ok([lists_of(taken, self.values(&entries)?)?, lists_of(taken, Arc::new(records))?])
    }
}

fn item_type(argument: &DataType) -> DataType {
    match argument {
        DataType::List(field) => field.data_type().clone(),
        other => other.clone(),
    }
}

/// Lists of the same lengths as the groups; null where a group has no candidate.
fn lists_of(taken: &[Vec<Entry>], items: ArrayRef) -> Result<ArrayRef> {
    let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
    let offsets = OffsetBuffer::from_lengths(taken.iter().map(Vec::len));
    let nulls: NullBuffer = taken.iter().map(|entries| !entries.is_empty()).collect();
    Ok(Arc::new(ListArray::try_new(field, offsets, items, Some(nulls))?))
}

/// The positions in `items` of each row's values.
fn ranges(values: &ArrayRef) -> (ArrayRef, Vec<std::ops::Range<usize>>) {
    match values.as_list_opt::<i32>() {
        None => (Arc::clone(values), (0..values.len()).map(|row| row..row + 1).collect()),
        Some(list) => {
            let position = |offset: i32| usize::try_from(offset).expect("offsets are not negative");
            let range = |row: usize| {
                if list.is_null(row) {
                    return 0..0;
                }
                position(list.value_offsets()[row])..position(list.value_offsets()[row + 1])
            };
            (Arc::clone(list.values()), (0..list.len()).map(range).collect())
        }
    }
}

impl GroupsAccumulator for PickCandidates {
    fn update_batch(&mut self, values: &[ArrayRef], groups: &[usize], filter: Option<&BooleanArray>, total: usize) -> Result<()> {
        self.groups.resize(total, Vec::new());
        let (items, ranges) = ranges(&values[0]);
        let encoded: Encoded = self.codec.encode(&items)?;
        let records = values[1].as_primitive::<Int64Type>();
        let keys = values[2].as_string::<i32>();
        let orders = [3, 4, 5].map(|column: usize| values[column].as_primitive::<Int64Type>());
        for (row, &group) in groups.iter().enumerate() {
            if filter.is_some_and(|f| !(f.is_valid(row) && f.value(row))) {
                continue;
            }
            let (orders, key) = (orders.map(|column| column.value(row)), keys.value(row).as_bytes());
            for position in ranges[row].clone().filter(|&p| items.is_valid(p)) {
                self.offer(group, records.value(row), 1, &Candidate { value: encoded.bytes(position), orders, key });
            }
        }
        Ok(())
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let taken = self.take(emit_to);
        let columns = match self.outcome {
            Outcome::MostFrequent => self.one_each(&taken)?,
            Outcome::All | Outcome::AllByCount => self.lists(&taken)?,
        };
        self.forget_emitted();
        let fields: Fields =
            ["value", "record"].iter().zip(&columns).map(|(name, c)| Field::new(*name, c.data_type().clone(), true)).collect();
        Ok(Arc::new(StructArray::try_new(fields, columns.to_vec(), None)?))
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let taken = self.take(emit_to);
        let entries: Vec<Entry> = taken.iter().flatten().copied().collect();
        let state = lists_of(&taken, state::of_entries(&entries, &self.arena, self.values(&entries)?)?)?;
        self.forget_emitted();
        Ok(vec![state])
    }

    fn merge_batch(&mut self, values: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.groups.resize(total, Vec::new());
        let (items, ranges) = ranges(&values[0]);
        let candidates = state::Candidates::of(&items);
        let encoded = self.codec.encode(candidates.values)?;
        for (row, &group) in groups.iter().enumerate() {
            for position in ranges[row].clone() {
                let candidate = Candidate {
                    value: encoded.bytes(position),
                    orders: candidates.orders(position),
                    key: candidates.keys.value(position).as_bytes(),
                };
                self.offer(group, candidates.records.value(position), candidates.counts.value(position), &candidate);
            }
        }
        Ok(())
    }

    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let mut single = PickCandidates::try_new(values[0].data_type(), self.outcome, self.by)?;
        let rows: Vec<usize> = (0..values[0].len()).collect();
        single.update_batch(values, &rows, filter, rows.len())?;
        single.state(EmitTo::All)
    }

    fn size(&self) -> usize {
        let entries: usize = self.groups.iter().map(Vec::capacity).sum();
        entries * size_of::<Entry>() + self.groups.capacity() * size_of::<Vec<Entry>>() + self.arena.size() + self.codec.size()
    }
}
