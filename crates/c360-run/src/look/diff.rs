//! What happened to the objects of an entity between two commits, net: what came and went in between is only counted. Out of the feed of changes.

use super::feed::number;
use super::{View, sql};
use crate::error::Result;
use crate::step::arrays::{numbers, text, value};
use c360_model::model::{Entity, Model};
use c360_plan::tables::TableName;
use datafusion::arrow::array::RecordBatch;
use datafusion::catalog::TableProvider;
use std::sync::Arc;

/// The difference in one entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityDiff {
    /// The entity.
    pub entity: String,
    /// Ids that began or ended, in the order of [`Fate`].
    pub fates: Vec<Fated>,
    /// Objects that are in both commits and have another value now.
    pub changed: u64,
    /// What changed of them, by attribute in the order of declaration.
    pub attributes: Vec<AttributeDiff>,
}

/// What became of ids between two commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// New, of new records.
    Created,
    /// Went into another.
    Merged,
    /// New, a part of another.
    Split,
    /// None of its records is left.
    Retired,
    /// Brought back by a rollback.
    Restored,
    /// Taken away by a rollback.
    Withdrawn,
    /// Began and ended in between.
    Passing,
    /// Ended and came back in between, by a rollback; its values are not compared.
    Returned,
}

/// Ids of one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fated {
    /// Which.
    pub fate: Fate,
    /// How many.
    pub count: u64,
    /// Into how many merged ones went.
    pub others: u64,
    /// A few: the id, the survivor or origin, and the records of those that began.
    pub samples: Vec<(i64, Option<i64>, Vec<String>)>,
}

/// Changed values of one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeDiff {
    /// The attribute or reference.
    pub attribute: String,
    /// Of how many objects.
    pub count: u64,
    /// A few.
    pub samples: Vec<ValueDiff>,
}

/// A value before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueDiff {
    /// The object.
    pub id: i64,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
    /// The record that the new value comes from.
    pub cause: Option<String>,
}

const FATES: [(Fate, &str); 8] = [
    (Fate::Created, "created"),
    (Fate::Merged, "merged"),
    (Fate::Split, "split"),
    (Fate::Retired, "retired"),
    (Fate::Restored, "restored"),
    (Fate::Withdrawn, "withdrawn"),
    (Fate::Passing, "passing"),
    (Fate::Returned, "returned"),
];

impl Fate {
    /// Its word.
    #[must_use]
    pub fn name(self) -> &'static str {
        FATES.iter().find(|(fate, _)| *fate == self).expect("every fate has a word").1
    }
}

/// What happened after commit `after` up to the view's commit, with at most `samples` examples of each kind, per entity that the view's commit knows.
///
/// # Errors
/// A table that cannot be read.
pub async fn diff(view: &View<'_>, model: &Model, after: u64, samples: usize) -> Result<Vec<EntityDiff>> {
    let mut all = Vec::new();
    for entity in &model.entities {
        let table = |kind| view.tables.get(&TableName::new(kind, &entity.name)).cloned();
        if let (Some(changes), Some(redirects), Some(members)) = (table("changes"), table("redirects"), table("members")) {
            let tables = [("changes", changes), ("redirects", redirects), ("members", members)];
            let range = Range { view, tables: &tables, after, samples };
            let attributes = range.attributes(entity).await?;
            all.push(EntityDiff { entity: entity.name.clone(), fates: range.fates().await?, changed: range.changed().await?, attributes });
        }
    }
    Ok(all)
}

struct Range<'a> {
    view: &'a View<'a>,
    tables: &'a [(&'a str, Arc<dyn TableProvider>)],
    after: u64,
    samples: usize,
}

impl Range<'_> {
    async fn rows(&self, select: &str) -> Result<Vec<RecordBatch>> {
        let sql = format!(
            "with feed as (select * from changes where commit > {} and commit <= {}),
             turns as (
                 select id, first_value(kind order by commit) as first, last_value(kind order by commit) as last,
                     last_value(other order by commit) as other
                 from feed where kind <> 'changed' group by id
             ),
             fates as (
                 select turns.id, case when last = 'merged' then coalesce(redirects.id, other) else other end as other, case
                     when first in ('created', 'split', 'restored') and last in ('merged', 'retired', 'withdrawn') then 'passing'
                     when first in ('merged', 'retired', 'withdrawn') and last in ('created', 'split', 'restored') then 'returned'
                     else last end as fate
                 from turns left join redirects on redirects.old = turns.id
             ),
             net as (
                 select attribute, id, first_value(old order by commit) as old, last_value(new order by commit) as new,
                     last_value(cause order by commit) as cause
                 from feed where kind = 'changed' group by attribute, id
             ),
             differing as (select * from net where (old is distinct from new) and id not in (select id from turns))
             {select}",
            self.after, self.view.commit.number
        );
        sql::rows(self.view, self.tables, &sql).await
    }

    async fn fates(&self) -> Result<Vec<Fated>> {
        let counts = "select fate, count(*) as count, count(distinct other) as others from fates group by fate";
        let mut fated = Vec::new();
        for (batch, row) in each(&self.rows(counts).await?) {
            if let Some(fate) = fate_of(text(batch, "fate").value(row)) {
                fated.push(Fated { fate, count: count(batch, "count", row), others: count(batch, "others", row), samples: Vec::new() });
            }
        }
        fated.sort_by_key(|fated| fated.fate);
        let few = format!(
            "select few.fate, few.id, few.other, array_sort(array_agg(concat(members.source, ':', members.key)) filter (where members.id is not null)) as records
             from (select *, row_number() over (partition by fate order by id) as place from fates) few
             left join members on members.id = few.id
             where place <= {} group by few.fate, few.id, few.other order by few.fate, few.id",
            self.samples
        );
        for (batch, row) in each(&self.rows(&few).await?) {
            let fate = fate_of(text(batch, "fate").value(row));
            if let Some(fated) = fated.iter_mut().find(|fated| Some(fated.fate) == fate) {
                fated.samples.push((numbers(batch, "id").value(row), number(numbers(batch, "other"), row), list(batch, "records", row)));
            }
        }
        Ok(fated)
    }

    async fn changed(&self) -> Result<u64> {
        let rows = self.rows("select count(distinct id) as count from differing").await?;
        Ok(each(&rows).next().map_or(0, |(batch, row)| count(batch, "count", row)))
    }

    async fn attributes(&self, entity: &Entity) -> Result<Vec<AttributeDiff>> {
        let rows = format!(
            "select attribute, id, old, new, cause, count
             from (select *, row_number() over (partition by attribute order by id) as place, count(*) over (partition by attribute) as count
                   from differing)
             where place <= {} order by attribute, id",
            self.samples.max(1)
        );
        let mut found: Vec<AttributeDiff> = Vec::new();
        for (batch, row) in each(&self.rows(&rows).await?) {
            let attribute = text(batch, "attribute").value(row);
            if found.last().is_none_or(|last| last.attribute != attribute) {
                found.push(AttributeDiff { attribute: attribute.to_owned(), count: count(batch, "count", row), samples: Vec::new() });
            }
            let own = |column: &str| value(text(batch, column), row).map(str::to_owned);
            let sample = ValueDiff { id: numbers(batch, "id").value(row), old: own("old"), new: own("new"), cause: own("cause") };
            if let Some(last) = found.last_mut().filter(|last| last.samples.len() < self.samples) {
                last.samples.push(sample);
            }
        }
        let names = || entity.attributes.iter().map(|a| &a.name).chain(entity.references.iter().map(|r| &r.name));
        found.sort_by_key(|diff| names().position(|name| *name == diff.attribute).unwrap_or(usize::MAX));
        Ok(found)
    }
}

fn fate_of(word: &str) -> Option<Fate> {
    FATES.iter().find(|(_, known)| *known == word).map(|(fate, _)| *fate)
}

fn each(batches: &[RecordBatch]) -> impl Iterator<Item = (&RecordBatch, usize)> {
    batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)))
}

fn count(batch: &RecordBatch, column: &str, row: usize) -> u64 {
    u64::try_from(numbers(batch, column).value(row)).unwrap_or(0)
}

fn list(batch: &RecordBatch, column: &str, row: usize) -> Vec<String> {
    use datafusion::arrow::array::{Array, AsArray};
    let lists = batch[column].as_list::<i32>();
    if lists.is_null(row) {
        return Vec::new();
    }
    lists.value(row).as_string::<i32>().iter().flatten().map(str::to_owned).collect()
}
