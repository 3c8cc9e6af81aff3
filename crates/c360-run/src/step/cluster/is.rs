//! What `is` says: which records are joined by it, and what it names in vain.

use super::keys::IS;
use crate::error::Result;
use crate::step::arrays::{numbers, text};
use crate::step::names::{ByName, Names, name_hash};
use crate::step::part::Part;
use c360_match::cluster::KeyGroups;
use c360_plan::Cluster;
use c360_plan::tables;
use datafusion::arrow::array::{ArrayRef, RecordBatch, StringArray};
use futures::StreamExt;
use std::sync::Arc;

/// What the `is` of some records says.
#[derive(Default)]
pub(super) struct CrossReferences {
    /// Each record that is named, with those that name it.
    pub(super) groups: KeyGroups,
    /// (record, slot, key): the hash of each name that is named.
    pub(super) keys: Vec<(i64, i64, i64)>,
    vain: Vec<Vain>,
}

/// A name that no record has.
struct Vain {
    record: usize,
    source: String,
    key: String,
}

impl CrossReferences {
    /// Reads them; nothing where no source says `is`.
    pub(super) async fn read(step: &Cluster, part: &Part<'_>, names: &Names) -> Result<CrossReferences> {
        let mut found = CrossReferences::default();
        let Some(plan) = &step.named else { return Ok(found) };
        let known = names.by_name();
        let mut pairs = Vec::new();
        let mut rows = part.rows(plan).await?;
        while let Some(batch) = rows.next().await {
            found.take(&batch?, names, &known, &mut pairs);
        }
        found.groups = KeyGroups::from_pairs(pairs, None).0;
        Ok(found)
    }

    fn take(&mut self, batch: &RecordBatch, names: &Names, known: &ByName<'_>, pairs: &mut Vec<(u128, u32)>) {
        let (record, source, key) = (numbers(batch, "record"), text(batch, "target_source"), text(batch, "target_key"));
        for row in 0..batch.num_rows() {
            let (record, source, key) = (record.value(row), source.value(row), key.value(row));
            self.keys.push((record, IS, name_hash(source, key)));
            let place = names.place(record).expect("plans read the records of this part only");
            match known.find(source, key) {
                Some(named) => {
                    let named = u32::try_from(named).expect("an entity has at most 2^32 records");
                    pairs.extend([(u128::from(named), place), (u128::from(named), named)]);
                }
                None => self.vain.push(Vain { record: place as usize, source: source.to_owned(), key: key.to_owned() }),
            }
        }
    }

    /// What is named in vain: the records, and rows of `reports.orphans` without their units.
    pub(super) fn orphans(mut self, entity: &str, names: &Names) -> Result<(Vec<i64>, RecordBatch)> {
        let order = |vain: &Vain| (names.source(vain.record), names.key(vain.record));
        self.vain.sort_by(|a, b| (order(a), &a.source, &a.key).cmp(&(order(b), &b.source, &b.key)));
        let column = |of: &dyn Fn(&Vain) -> String| Arc::new(StringArray::from_iter_values(self.vain.iter().map(of))) as ArrayRef;
        let columns = vec![
            column(&|_| entity.to_owned()),
            column(&|_| "is".to_owned()),
            column(&|vain| names.source(vain.record).to_owned()),
            column(&|vain| names.key(vain.record).to_owned()),
            column(&|vain| vain.source.clone()),
            column(&|vain| vain.key.clone()),
            column(&|_| "missing".to_owned()),
        ];
        let records = self.vain.iter().map(|vain| names.record(vain.record)).collect();
        Ok((records, RecordBatch::try_new(Arc::new(tables::orphans()), columns)?))
    }
}
