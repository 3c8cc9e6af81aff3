//! What an id of any time leads to now.

use super::commits::known;
use super::feed::{self, Ending, What};
use super::{View, find};
use crate::error::{Error, Kind, Result};
use c360_model::model::Entity;
use datafusion::logical_expr::lit;
use datafusion::prelude::ident;

/// Where an id leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The id that was asked for.
    pub id: i64,
    /// What became of it, and of those it led to.
    pub way: Vec<Ended>,
    /// The object that it is now; `None` where that is gone.
    pub now: Option<i64>,
}

/// The end of an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Which.
    pub id: i64,
    /// How.
    pub how: Ending,
    /// In which commit.
    pub commit: u64,
    /// The moment of that commit; `None` where retention has removed it.
    pub as_of: Option<String>,
}

/// What an id (17) or a record (crm:4711) leads to in the view's commit.
///
/// # Errors
/// An id that never was; a record that is not there.
pub async fn resolve(view: &View<'_>, entity: &Entity, what: &str) -> Result<Resolved> {
    let id = id_of(view, entity, what).await?;
    let mut resolved = Resolved { id, way: Vec::new(), now: None };
    let mut next = Some(id);
    while let Some(id) = next {
        match last_end(view, entity, id).await? {
            None => {
                resolved.now = Some(id);
                break;
            }
            Some((commit, how)) => {
                next = match how {
                    Ending::Merged { survivor } => Some(survivor),
                    Ending::Retired | Ending::Withdrawn => None,
                };
                resolved.way.push(Ended { id, how, commit, as_of: None });
            }
        }
    }
    let commits = known(&view.store, resolved.way.iter().map(|ended| ended.commit)).await?;
    for ended in &mut resolved.way {
        ended.as_of = commits.iter().find(|commit| commit.number == ended.commit).map(|commit| commit.as_of.clone());
    }
    Ok(resolved)
}

/// The id itself, whatever became of it, or the object of a record.
pub(super) async fn id_of(view: &View<'_>, entity: &Entity, what: &str) -> Result<i64> {
    match what.parse() {
        Ok(id) => Ok(id),
        Err(_) => Ok(find(view, entity, what).await?.id),
    }
}

/// An id that was never given.
pub(super) fn never(view: &View<'_>, entity: &str, id: i64) -> Error {
    let message = match view.commit.next_ids.get(entity) {
        Some(next) if u64::try_from(id).is_ok_and(|id| id >= *next) && *next > 1 => {
            format!("there never was a {entity} {id} up to commit {}: ids go up to {}", view.commit.number, next - 1)
        }
        _ => format!("there never was a {entity} {id} up to commit {}", view.commit.number),
    };
    Error::new(Kind::FixConfiguration, message)
}

/// How the id ended last; `None` where it lives.
async fn last_end(view: &View<'_>, entity: &Entity, id: i64) -> Result<Option<(u64, Ending)>> {
    let condition = ident("id").eq(lit(id)).and(ident("kind").not_eq(lit("changed")));
    let rows = feed::rows(view, &entity.name, condition).await?;
    match rows.last().map(|row| (row.commit, &row.what)) {
        Some((commit, What::Ends(how))) => Ok(Some((commit, *how))),
        Some(_) => Ok(None),
        None => Err(never(view, &entity.name, id)),
    }
}
