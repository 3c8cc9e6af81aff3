//! Writes every table in one layer: fewer files to open, the same rows.

use crate::commit::{self, Commit};
use crate::engine::LocalEngine;
use crate::error::{Error, Kind, Result};
use crate::run::{Options, Pipeline, Run, check_owner};
use crate::store::Store;
use crate::tables::compact_all;

/// Makes a commit with the content of the last one and tables of one layer each; `None` where they are already.
///
/// # Errors
/// There is no commit yet; storage; another run was first.
pub async fn compact(pipeline: Pipeline<'_>, store: &Store, options: &Options) -> Result<Option<Commit>> {
    let Some(head) = commit::head(store).await? else {
        return Err(Error::new(Kind::FixConfiguration, format!("there is no commit in `{}` yet", store.name())));
    };
    check_owner(pipeline.model, Some(&head), store)?;
    if head.commit.tables.values().all(|table| table.layers.len() == 1) {
        return Ok(None);
    }
    store.probe().await?;
    let engine = LocalEngine::try_new(options.threads, options.memory, store)?;
    let mut run = Run::start(pipeline.model, store, &engine, Some(&head), false).await?;
    run.steps = head.commit.steps.clone();
    let made = match compact_all(&mut run).await {
        Ok(()) => run.put_commit(&head.commit.fingerprint, options, head.commit.inputs.clone(), Some(&head)).await,
        Err(error) => Err(error),
    };
    if let Err(error) = &made {
        run.clean_up_after(error).await;
    }
    made.map(Some)
}
