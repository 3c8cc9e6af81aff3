//! Commits by their time: the one that held at a moment, and all of them as a table. Reads the files of commits, nothing else.

use crate::commit::{self, Commit, numbers};
use crate::error::{Error, Kind, Result};
use crate::store::Store;
use async_trait::async_trait;
use chrono::{DateTime, SecondsFormat, Utc};
use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::{Session, TableProvider};
use datafusion::datasource::MemTable;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_plan::ExecutionPlan;
use futures::{Stream, StreamExt, TryStreamExt};
use std::sync::Arc;

/// How many files of commits are read at once.
const AT_ONCE: usize = 16;

/// The newest commit whose `as_of` is not after `moment`.
///
/// # Errors
/// There is none; a commit that cannot be read.
pub async fn commit_at(store: &Store, moment: DateTime<Utc>) -> Result<Commit> {
    let mut numbers = numbers(store).await?;
    numbers.reverse();
    let mut commits = std::pin::pin!(read(store, numbers));
    let mut oldest = None;
    while let Some(commit) = commits.try_next().await? {
        if instant(&commit)? <= moment {
            return Ok(commit);
        }
        oldest = Some(commit);
    }
    let asked = moment.to_rfc3339_opts(SecondsFormat::Secs, true);
    let message = match oldest {
        Some(commit) => {
            format!("nothing is known as of {asked}: the oldest commit here is {}, as of {}", commit.number, commit.as_of)
        }
        None => format!("there is no commit in `{}` yet; `c360 run` makes one", store.name()),
    };
    Err(Error::new(Kind::FixConfiguration, message))
}

/// The commits of these numbers that are still there, in their order: retention may have removed old ones.
pub(super) async fn known(store: &Store, wanted: impl IntoIterator<Item = u64>) -> Result<Vec<Commit>> {
    let there = numbers(store).await?;
    let wanted = wanted.into_iter().filter(|number| there.binary_search(number).is_ok()).collect();
    read(store, wanted).try_collect().await
}

fn read(store: &Store, numbers: Vec<u64>) -> impl Stream<Item = Result<Commit>> {
    futures::stream::iter(numbers).map(move |number| commit::at(store, number)).buffered(AT_ONCE)
}

/// The commit's `as_of`.
fn instant(commit: &Commit) -> Result<DateTime<Utc>> {
    let damaged = |_| Error::new(Kind::Restore, format!("commit {} has no readable `as_of`: the state is damaged", commit.number));
    Ok(DateTime::parse_from_rfc3339(&commit.as_of).map_err(damaged)?.with_timezone(&Utc))
}

/// All commits up to one, as a table that is read only when it is asked: `commit`, `as_of`, `run`.
#[derive(Debug)]
pub(super) struct CommitsTable {
    store: Store,
    last: u64,
    schema: SchemaRef,
}

impl CommitsTable {
    pub(super) fn new(store: Store, last: u64) -> CommitsTable {
        let fields = vec![
            Field::new("commit", DataType::Int64, false),
            Field::new("as_of", c360_plan::types::instant(), false),
            Field::new("run", DataType::Utf8, false),
        ];
        CommitsTable { store, last, schema: Arc::new(Schema::new(fields)) }
    }

    async fn rows(&self) -> Result<RecordBatch> {
        let upto = numbers(&self.store).await?.into_iter().filter(|number| *number <= self.last).collect();
        let commits: Vec<Commit> = read(&self.store, upto).try_collect().await?;
        let numbers: Int64Array = commits.iter().map(|commit| i64::try_from(commit.number).ok()).collect();
        let moments = commits.iter().map(|commit| Ok(instant(commit)?.timestamp_micros())).collect::<Result<Vec<i64>>>()?;
        let moments = TimestampMicrosecondArray::from(moments).with_data_type(c360_plan::types::instant());
        let runs: StringArray = commits.iter().map(|commit| Some(&commit.run)).collect();
        let columns: Vec<ArrayRef> = vec![Arc::new(numbers), Arc::new(moments), Arc::new(runs)];
        Ok(RecordBatch::try_new(Arc::clone(&self.schema), columns)?)
    }
}

#[async_trait]
impl TableProvider for CommitsTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> datafusion::common::Result<Arc<dyn ExecutionPlan>> {
        let rows = self.rows().await.map_err(|error| DataFusionError::Execution(error.message))?;
        MemTable::try_new(self.schema(), vec![vec![rows]])?.scan(state, projection, filters, limit).await
    }
}
