//! Which record belongs to which object: as it was, and as it is now.

use super::touched::Touched;
use crate::commit::Table;
use crate::error::{Error, Result};
use crate::run::Run;
use crate::step::arrays::numbers;
use crate::step::names::Names;
use crate::step::part::{LoadedMembers, Part, Scope, WritingOver};
use c360_match::cluster::Resolution;
use c360_match::ids::Ids;
use c360_model::model::EntityId;
use c360_plan::tables::{self, TableName};
use c360_plan::{NumberSet, Sieved};
use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::runtime::SpawnedTask;
use datafusion::execution::SendableRecordBatchStream;
use futures::StreamExt;
use hashbrown::HashMap;
use std::sync::Arc;

/// Rows of a batch that is written.
const BATCH: usize = 8192;

/// A record in the last commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OldMember {
    pub(super) id: i64,
    pub(super) component: i64,
    pub(super) name: i64,
}

/// Records of some components in the last commit.
#[derive(Debug, Default)]
pub(super) struct OldMembers {
    members: HashMap<i64, OldMember>,
}

impl OldMembers {
    /// All members.
    pub(super) async fn read(run: &Run<'_>, entity: EntityId) -> Result<OldMembers> {
        let table = TableName::members(&run.model.entity(entity).name);
        let mut members = HashMap::new();
        let mut rows = Part::of(run).table(&table, &["record", "id", "component", "name"]).await?;
        while let Some(batch) = rows.next().await {
            let batch = batch?;
            let [record, id, component, name] = ["record", "id", "component", "name"].map(|name| numbers(&batch, name));
            members.reserve(batch.num_rows());
            members.extend(
                (0..batch.num_rows()).map(|row| {
                    (record.value(row), OldMember { id: id.value(row), component: component.value(row), name: name.value(row) })
                }),
            );
        }
        Ok(OldMembers { members })
    }

    pub(super) fn get(&self, record: i64) -> Option<OldMember> {
        self.members.get(&record).copied()
    }

    pub(super) fn count(&self) -> usize {
        self.members.len()
    }

    pub(super) fn records(&self) -> impl Iterator<Item = i64> {
        self.members.keys().copied()
    }

    /// All ids, ascending.
    pub(super) fn ids(&self) -> Vec<i64> {
        let mut ids: Vec<i64> = self.members.values().map(|member| member.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The members of these components.
    pub(super) fn of_components(rows: &MemberRows, components: &NumberSet) -> OldMembers {
        let among = Sieved::of(components);
        let there = (0..rows.record.len()).filter(|row| among.holds(rows.component[*row]));
        let member = |row: usize| OldMember { id: rows.id[row], component: rows.component[row], name: rows.name[row] };
        OldMembers { members: there.map(|row| (rows.record[row], member(row))).collect() }
    }

    pub(super) fn component_numbers(&self) -> NumberSet {
        self.members.values().map(|member| member.component).collect()
    }
}

/// All members of the last commit, as columns: to be gone through several times.
#[derive(Debug, Default)]
pub(super) struct MemberRows {
    record: Vec<i64>,
    id: Vec<i64>,
    component: Vec<i64>,
    name: Vec<i64>,
}

/// Members that are being read while sources are: an incremental run goes through all of them, whatever changed.
pub(crate) struct MembersAhead(SpawnedTask<Result<MemberRows>>);

impl MembersAhead {
    /// Begins to read the members of the last commit.
    pub(crate) async fn read(run: &Run<'_>, entity: EntityId) -> Result<MembersAhead> {
        let table = TableName::members(&run.model.entity(entity).name);
        let rows = Part::of(run).table(&table, &["record", "id", "component", "name"]).await?;
        let count = run.made.get(&table.to_string()).map_or(0, Table::rows);
        Ok(MembersAhead(SpawnedTask::spawn(MemberRows::gather(rows, count))))
    }

    pub(super) async fn done(self) -> Result<MemberRows> {
        self.0.join().await.map_err(|error| Error::broke_off("reading members", &error))?
    }
}

impl MemberRows {
    /// Of about `count` rows.
    async fn gather(mut rows: SendableRecordBatchStream, count: usize) -> Result<MemberRows> {
        let column = || Vec::with_capacity(count);
        let mut members = MemberRows { record: column(), id: column(), component: column(), name: column() };
        while let Some(batch) = rows.next().await {
            let batch = batch?;
            let columns = [&mut members.record, &mut members.id, &mut members.component, &mut members.name];
            for (column, name) in columns.into_iter().zip(["record", "id", "component", "name"]) {
                column.extend_from_slice(numbers(&batch, name).values());
            }
        }
        Ok(members)
    }

    /// The components of records by number or by name.
    pub(super) fn components(&self, records: &NumberSet, names: &NumberSet) -> NumberSet {
        let (records, names) = (Sieved::of(records), Sieved::of(names));
        let wanted = |row: &usize| records.holds(self.record[*row]) || names.holds(self.name[*row]);
        (0..self.record.len()).filter(wanted).map(|row| self.component[row]).collect()
    }

    /// The names of records.
    pub(super) fn names(&self, records: &NumberSet) -> NumberSet {
        let records = Sieved::of(records);
        (0..self.record.len()).filter(|row| records.holds(self.record[*row])).map(|row| self.name[row]).collect()
    }
}

/// Begins to write the members that are new or elsewhere than before, and notes what that changes for others. Gives the records, too, that went to another
/// object.
pub(super) fn write(
    run: &mut Run<'_>,
    entity: EntityId,
    touched: &Touched,
    names: &Arc<Names>,
    resolution: &Resolution,
    component: &[u32],
    ids: &Ids,
) -> Result<(WritingOver, NumberSet)> {
    let member = |place: usize| OldMember {
        id: id_value(ids.ids[resolution.cluster[place] as usize]),
        component: names.record(component[place] as usize),
        name: names.hash(place),
    };
    let now: Vec<OldMember> = (0..names.count()).map(member).collect();
    let changed = run.changed.of_mut(entity);
    let all = changed.all;
    changed.names.extend(&touched.lookups);
    let mut rows: Vec<usize> = Vec::new();
    let (mut replaced, mut moved) = (NumberSet::new(), NumberSet::new());
    for (place, member) in now.iter().copied().enumerate() {
        let record = names.record(place);
        let before = touched.old.get(record);
        // Where nothing was before, and everything is looked at anyway, nobody asks.
        if all && touched.old.count() == 0 {
            continue;
        }
        if before.is_none_or(|before| before.id != member.id) {
            moved.insert(record);
            changed.names.insert(member.name);
            changed.ids.insert(member.id);
            changed.ids.extend(before.map(|before| before.id));
        }
        if changed.records.contains(&record) || changed.retargeted.contains(&record) {
            changed.ids.insert(member.id);
        }
        if before != Some(member) {
            rows.push(place);
            replaced.insert(record);
        }
    }
    for record in touched.old.records().filter(|record| names.place(*record).is_none()) {
        let before = touched.old.get(record).expect("it is one of them");
        changed.names.insert(before.name);
        changed.ids.insert(before.id);
        replaced.insert(record);
        moved.insert(record);
    }
    let out = run.layer(TableName::members(&run.model.entity(entity).name), tables::members());
    let schema = out.schema();
    if all {
        rows = (0..names.count()).collect();
    } else {
        run.loaded_members.insert(entity, kept(&schema, names, &now, &touched.old)?);
    }
    let names = Arc::clone(names);
    let starts = (0..rows.len()).step_by(BATCH);
    let batches = starts.map(move |start| batch(&schema, &names, &now, &rows[start..rows.len().min(start + BATCH)]));
    Ok((WritingOver::new(out, Scope::of(all, replaced), batches), moved))
}

/// Rows of `members.<entity>`: the records at these places.
fn batch(schema: &SchemaRef, names: &Names, now: &[OldMember], places: &[usize]) -> Result<RecordBatch> {
    let numbers = |of: &dyn Fn(usize) -> i64| Arc::new(places.iter().map(|place| of(*place)).collect::<Int64Array>()) as ArrayRef;
    let columns: Vec<ArrayRef> = vec![
        numbers(&|place| names.record(place)),
        Arc::new(StringArray::from_iter_values(places.iter().map(|place| names.source(*place)))),
        Arc::new(StringArray::from_iter_values(places.iter().map(|place| names.key(*place)))),
        numbers(&|place| now[place].id),
        numbers(&|place| now[place].name),
        numbers(&|place| now[place].component),
    ];
    Ok(RecordBatch::try_new(Arc::clone(schema), columns)?)
}

/// All members of the objects that were looked at: golden records are made of them.
fn kept(schema: &SchemaRef, names: &Names, now: &[OldMember], old: &OldMembers) -> Result<LoadedMembers> {
    let places: Vec<usize> = (0..now.len()).collect();
    let rows = places.chunks(BATCH).map(|places| batch(schema, names, now, places)).collect::<Result<Vec<_>>>()?;
    let ids = now.iter().map(|member| member.id).chain(old.ids()).collect();
    LoadedMembers::try_new(ids, places.iter().map(|place| names.record(*place)).collect(), Arc::clone(schema), rows)
}

/// An id as tables hold it.
pub(super) fn id_value(id: u64) -> i64 {
    i64::try_from(id).expect("ids are given one by one")
}
