//! Looks into a commit: queries, the reasons for an object, what kept two apart. Reads only.

pub mod cell;
mod explain;
mod find;
mod joins;
mod query;
mod why_not;

pub use explain::{Explanation, Loser, Member, Value, explain};
pub use find::{Found, find};
pub use joins::Join;
pub use query::{collect, session};
pub use why_not::{Comparison, WhyNot, why_not};

use crate::commit::Commit;
use crate::engine::{LocalEngine, Tables};
use crate::error::Result;
use crate::store::Store;
use crate::tables::{add_views, tables_of};
use c360_model::model::Model;

/// A commit opened for reading, with the pipeline that explains it.
pub struct View<'a> {
    /// The pipeline.
    pub model: &'a Model,
    /// The commit.
    pub commit: &'a Commit,
    engine: &'a LocalEngine,
    tables: Tables,
}

impl<'a> View<'a> {
    /// Opens all tables of the commit.
    ///
    /// # Errors
    /// A file that is missing or damaged.
    pub async fn open(model: &'a Model, commit: &'a Commit, store: &Store, engine: &'a LocalEngine) -> Result<View<'a>> {
        let tables = add_views(model, &commit.inputs, &tables_of(commit, store, engine).await?)?;
        Ok(View { model, commit, engine, tables })
    }
}
