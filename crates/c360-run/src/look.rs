//! Looks into a commit and those before it: queries, the reasons for an object, what kept two apart, what happened. Reads only.

mod bridges;
pub mod cell;
mod commits;
mod compared;
mod decided;
mod diff;
mod edges;
mod evaluate;
mod explain;
mod feed;
mod find;
mod history;
mod joins;
mod loaded;
mod pairs;
mod query;
mod records;
mod resolve;
mod shared;
mod sql;
mod validity;
mod value_text;
mod verdict;
mod weakest;
mod why_not;

pub use commits::commit_at;
pub use compared::{Apart, Closest, PairComparison};
pub use decided::Decided;
pub use diff::{AttributeDiff, EntityDiff, Fate, Fated, ValueDiff, diff};
pub use edges::{Edges, PairEdge};
pub(crate) use evaluate::unknown;
pub use evaluate::{Evaluation, Labels, ModelThresholds, Truth, Unknown, Worst, Wrong, evaluate, read_labels};
pub use explain::{Explanation, Loser, Member, Value, explain};
pub use feed::{Beginning, Ending};
pub use find::{Found, find};
pub use history::{Chapter, Event, History, Made, history};
pub use joins::Join;
pub use loaded::Meeting;
pub use pairs::pairs_of;
pub use query::{collect, session};
pub use resolve::{Ended, Resolved, resolve};
pub use verdict::{Bar, Held, Part, Sides, Verdict, Waterfall};
pub use weakest::{WeakLink, Weakest};
pub use why_not::{Comparison, Rule, WhyNot, why_not};

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
    store: Store,
    tables: Tables,
}

impl<'a> View<'a> {
    /// Opens all tables of the commit.
    ///
    /// # Errors
    /// A file that is missing or damaged.
    pub async fn open(model: &'a Model, commit: &'a Commit, store: &Store, engine: &'a LocalEngine) -> Result<View<'a>> {
        let tables = add_views(model, &commit.inputs, &tables_of(commit, store).await?)?;
        Ok(View { model, commit, engine, store: store.clone(), tables })
    }
}
