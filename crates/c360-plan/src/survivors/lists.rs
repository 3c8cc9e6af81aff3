//! Attributes of many values: all of them survive, without repeats, the best first.

use super::candidates::Candidates;
use super::choice::{Choice, First};
use super::singles::Values;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array, ListArray, UInt32Array};
use datafusion::arrow::buffer::{NullBuffer, OffsetBuffer};
use datafusion::arrow::compute::take;
use datafusion::arrow::datatypes::Field;
use datafusion::common::Result;
use std::sync::Arc;

/// The choices of one attribute over some candidates, each with the order of its ranking.
pub(super) struct Lists<'a> {
    candidates: &'a Candidates<'a>,
    choices: Vec<(&'a Choice, &'a [u32])>,
    lists: &'a ListArray,
    values: Values,
}

/// An item of a row's list; the item with the smallest `standing` comes from the best row.
#[derive(Clone, Copy)]
struct Item {
    place: u32,
    row: u32,
    standing: u32,
    count: u32,
}

impl<'a> Lists<'a> {
    pub(super) fn new(candidates: &'a Candidates<'a>, choices: Vec<(&'a Choice, &'a [u32])>, values: &'a ArrayRef) -> Result<Lists<'a>> {
        let lists = values.as_list::<i32>();
        Ok(Lists { candidates, choices, lists, values: Values::of(lists.values())? })
    }

    /// Of each object its values, and the records that they come from; nothing where it has none.
    pub(super) fn survivors(&self) -> Result<[ArrayRef; 2]> {
        let (mut places, mut records, mut lengths) = (Vec::new(), Vec::new(), Vec::with_capacity(self.candidates.objects.len()));
        let mut items = Vec::new();
        for rows in &self.candidates.objects {
            items.clear();
            for (choice, order) in &self.choices {
                self.collect(choice, &order[rows.clone()], &mut items);
                if !items.is_empty() {
                    break;
                }
            }
            lengths.push(items.len());
            places.extend(items.iter().map(|item| item.place));
            records.extend(items.iter().map(|item| self.candidates.records.value(item.row as usize)));
        }
        let values = take(self.lists.values(), &UInt32Array::from(places), None)?;
        Ok([lists_of(&lengths, values)?, lists_of(&lengths, Arc::new(Int64Array::from(records)))?])
    }

    /// The items of one object's rows (the best first), as they survive.
    fn collect(&self, choice: &Choice, rows: &[u32], items: &mut Vec<Item>) {
        let offsets = self.lists.value_offsets();
        for (standing, &row) in rows.iter().enumerate() {
            let at = row as usize;
            if self.lists.is_null(at) || choice.only.is_some_and(|source| usize::from(self.candidates.sources[at]) != source) {
                continue;
            }
            let standing = u32::try_from(standing).expect("a batch has fewer rows");
            let there =
                (offsets[at].cast_unsigned()..offsets[at + 1].cast_unsigned()).filter(|place| self.values.is_there(*place as usize));
            items.extend(there.map(|place| Item { place, row, standing, count: 1 }));
        }
        if items.len() > 1 {
            self.without_repeats(items);
            items.sort_by(|a, b| {
                let by_count = if choice.first == First::Frequent { b.count.cmp(&a.count) } else { std::cmp::Ordering::Equal };
                by_count
                    .then_with(|| self.values.rank(choice.first, a.place as usize, b.place as usize))
                    .then_with(|| a.standing.cmp(&b.standing))
                    .then_with(|| self.values.compare(a.place as usize, b.place as usize))
            });
        }
    }

    /// Keeps of equal items the one of the best row, with their number.
    fn without_repeats(&self, items: &mut Vec<Item>) {
        items.sort_by(|a, b| self.values.compare(a.place as usize, b.place as usize).then_with(|| a.standing.cmp(&b.standing)));
        items.dedup_by(|next, kept| {
            let same = self.values.compare(next.place as usize, kept.place as usize).is_eq();
            kept.count += u32::from(same);
            same
        });
    }
}

/// Lists of these lengths; null where a length is 0.
fn lists_of(lengths: &[usize], items: ArrayRef) -> Result<ArrayRef> {
    let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
    let nulls: NullBuffer = lengths.iter().map(|length| *length > 0).collect();
    let offsets = OffsetBuffer::from_lengths(lengths.iter().copied());
    Ok(Arc::new(ListArray::try_new(field, offsets, items, Some(nulls))?))
}
