//! The story of one object, commit by commit: out of the feed of changes, and out of the commits in which something began or ended.

mod past;

use super::View;
use super::commits::known;
use super::feed::{self, Beginning, Ending, Row, What};
use super::resolve::{id_of, never};
use crate::commit::Commit;
use crate::error::Result;
use c360_model::model::Entity;
use datafusion::logical_expr::lit;
use datafusion::prelude::ident;
use past::Past;
use std::collections::BTreeMap;

/// All that happened to an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The id.
    pub id: i64,
    /// Commit by commit, oldest first.
    pub chapters: Vec<Chapter>,
}

/// What one commit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its number.
    pub commit: u64,
    /// Its moment and its run; `None` where retention has removed the commit.
    pub made: Option<Made>,
    /// What happened, the object's own beginning first, its end last.
    pub events: Vec<Event>,
}

/// When and by which run a commit was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The moment for which it holds.
    pub as_of: String,
    /// The run.
    pub run: String,
}

/// One thing that happened. Records are `source:key`; they are missing where retention has removed the commit that knew them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The object comes to be.
    Began {
        /// How.
        how: Beginning,
        /// Its records at that time.
        records: Option<Vec<String>>,
        /// Its values at that time, by attribute.
        values: Vec<(String, String)>,
    },
    /// A value changes.
    Changed {
        /// The attribute or reference.
        attribute: String,
        /// From what.
        old: Option<String>,
        /// To what.
        new: Option<String>,
        /// The record that the new value comes from.
        cause: Option<String>,
    },
    /// Another object goes into this one.
    Absorbed {
        /// Which.
        id: i64,
        /// Its records before.
        records: Option<Vec<String>>,
    },
    /// Another object goes into one that goes into this one later.
    AbsorbedBefore {
        /// Which.
        id: i64,
        /// Into which.
        survivor: i64,
    },
    /// A part becomes an object of its own.
    Shed {
        /// Which.
        id: i64,
        /// Its records.
        records: Option<Vec<String>>,
    },
    /// The object is no more.
    Ended {
        /// How.
        how: Ending,
        /// Its last values, by attribute.
        values: Vec<(String, String)>,
    },
}

/// The history of an id (17, also one that is no more) or of the object of a record (crm:4711), up to the view's commit.
///
/// # Errors
/// An id that never was; a record that is not there; storage.
pub async fn history(view: &View<'_>, entity: &Entity, what: &str) -> Result<History> {
    let id = id_of(view, entity, what).await?;
    let mine = ident("id").eq(lit(id)).or(ident("other").eq(lit(id)));
    let rows = feed::rows(view, &entity.name, mine).await?;
    if !rows.iter().any(|row| row.id == id) {
        return Err(never(view, &entity.name, id));
    }
    let before = absorbed_before(view, entity, id, &rows).await?;
    let mut by_commit: BTreeMap<u64, Vec<Row>> = BTreeMap::new();
    for row in rows.into_iter().chain(before) {
        by_commit.entry(row.commit).or_default().push(row);
    }
    let commits = known(&view.store, by_commit.keys().copied()).await?;
    let mut past = Past::new(view, entity);
    let mut chapters = Vec::new();
    for (number, rows) in by_commit {
        let made = commits.iter().find(|commit| commit.number == number).map(made);
        chapters.push(Chapter { commit: number, made, events: events(id, rows, &mut past).await? });
    }
    Ok(History { id, chapters })
}

fn made(commit: &Commit) -> Made {
    Made { as_of: commit.as_of.clone(), run: commit.run.clone() }
}

/// Merges into ids that went into this one later, however far.
async fn absorbed_before(view: &View<'_>, entity: &Entity, id: i64, rows: &[Row]) -> Result<Vec<Row>> {
    let absorbed = |rows: &[Row]| -> BTreeMap<i64, u64> {
        let merged = rows.iter().filter(|row| matches!(row.what, What::Ends(Ending::Merged { .. })) && row.id != id);
        merged.map(|row| (row.id, row.commit)).collect()
    };
    let mut found = Vec::new();
    let mut frontier = absorbed(rows);
    while !frontier.is_empty() {
        let ids = frontier.keys().map(|id| lit(*id)).collect();
        let merged = ident("kind").eq(lit("merged")).and(ident("other").in_list(ids, false));
        let mut rows = feed::rows(view, &entity.name, merged).await?;
        // What came to one of them after it had ended here (a rollback brought it back) is another story.
        rows.retain(|row| match row.what {
            What::Ends(Ending::Merged { survivor }) => frontier.get(&survivor).is_some_and(|end| row.commit < *end),
            _ => false,
        });
        frontier = absorbed(&rows);
        found.extend(rows);
    }
    Ok(found)
}

/// The rows of one commit as events of the object `id`.
async fn events(id: i64, rows: Vec<Row>, past: &mut Past<'_>) -> Result<Vec<Event>> {
    let ends = rows.iter().any(|row| row.id == id && matches!(row.what, What::Ends(_)));
    let (mut first, mut middle, mut changed, mut last) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut lost = Vec::new();
    for row in rows {
        match row.what {
            What::Begins(how) if row.id == id => {
                let (records, values) = (past.records(row.commit, id).await?, past.values(row.commit, id).await?);
                first.push(Event::Began { how, records, values });
            }
            What::Begins(_) => middle.push(Event::Shed { id: row.id, records: past.records(row.commit, row.id).await? }),
            What::Ends(how) if row.id == id => last.push(how),
            What::Ends(Ending::Merged { survivor }) if survivor != id => middle.push(Event::AbsorbedBefore { id: row.id, survivor }),
            What::Ends(_) => middle.push(Event::Absorbed { id: row.id, records: past.records(row.commit - 1, row.id).await? }),
            What::Changed { attribute, old, .. } if ends => lost.extend(old.map(|old| (attribute, old))),
            What::Changed { attribute, old, new, cause } => changed.push(Event::Changed { attribute, old, new, cause }),
        }
    }
    first.extend(middle);
    first.extend(changed);
    first.extend(last.into_iter().map(|how| Event::Ended { how, values: std::mem::take(&mut lost) }));
    Ok(first)
}
