//! The records of an entity in a commit: where each is found by source and key, and its cluster.

use crate::error::{Error, Kind, Result};
use crate::look::View;
use crate::step::arrays::{numbers, text};
use crate::tables::rows_of;
use c360_model::model::EntityId;
use c360_plan::tables::TableName;
use futures::StreamExt;
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// The records of a commit.
pub(super) struct Members {
    /// Numbers of records, ascending.
    pub(super) records: Vec<i64>,
    /// By source, then key: the record's place.
    names: BTreeMap<String, HashMap<String, u32>>,
    /// The cluster of each record, as a place among `ids`.
    pub(super) cluster: Vec<u32>,
    /// Ids of objects, ascending.
    pub(super) ids: Vec<i64>,
}

impl Members {
    pub(super) async fn read(view: &View<'_>, entity: EntityId) -> Result<Members> {
        let name = TableName::members(&view.model.entity(entity).name);
        let Some(table) = view.tables.get(&name) else {
            return Err(Error::new(Kind::FixConfiguration, format!("commit {} has no table {name}", view.commit.number)));
        };
        let mut rows = Vec::new();
        let mut batches = rows_of(table, &["record", "source", "key", "id"], view.engine).await?;
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            let (record, id) = (numbers(&batch, "record"), numbers(&batch, "id"));
            let (source, key) = (text(&batch, "source"), text(&batch, "key"));
            rows.extend(
                (0..batch.num_rows())
                    .map(|row| (record.value(row), id.value(row), source.value(row).to_owned(), key.value(row).to_owned())),
            );
        }
        rows.sort_unstable();
        let mut ids: Vec<i64> = rows.iter().map(|(_, id, ..)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        let cluster = rows.iter().map(|(_, id, ..)| dense(ids.binary_search(id).expect("each id is listed"))).collect();
        let records = rows.iter().map(|(record, ..)| *record).collect();
        let mut names: BTreeMap<String, HashMap<String, u32>> = BTreeMap::new();
        for (place, (_, _, source, key)) in rows.into_iter().enumerate() {
            names.entry(source).or_default().insert(key, dense(place));
        }
        Ok(Members { records, names, cluster, ids })
    }

    /// The place of a record by source and key.
    pub(super) fn place(&self, (source, key): &(String, String)) -> Option<u32> {
        self.names.get(source)?.get(key).copied()
    }

    /// The place of a record by its number.
    pub(super) fn place_of(&self, record: i64) -> Option<u32> {
        self.records.binary_search(&record).ok().map(dense)
    }

    /// The cluster of each labelled record; those that are not there are alone, numbered behind all clusters.
    pub(super) fn clusters(&self, records: &[Option<u32>]) -> Vec<u32> {
        let alone = dense(self.ids.len())..;
        records.iter().zip(alone).map(|(record, alone)| record.map_or(alone, |record| self.cluster[record as usize])).collect()
    }
}

/// A place as a number.
fn dense(place: usize) -> u32 {
    u32::try_from(place).expect("records of one entity are numbered by u32")
}
