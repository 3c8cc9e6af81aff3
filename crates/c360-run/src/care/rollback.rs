//! Goes back to an earlier commit by making a new one with its content. Ids given since are never given again, and the feed of changes tells what
//! came back and what went.

use crate::commit::{self, Commit, Table};
use crate::engine::LocalEngine;
use crate::error::{Error, Kind, Result};
use crate::run::{Options, Pipeline, Run, check_owner};
use crate::step::withdraw;
use crate::store::Store;
use crate::tables::tables_of;

/// Makes a commit that equals commit `number`, but for its number, its feed of changes and the numbers that are given next.
///
/// # Errors
/// No such commit; its files are gone; it was made by another pipeline text than `pipeline` (whose entities would not fit); storage.
pub async fn rollback(pipeline: Pipeline<'_>, store: &Store, number: u64, options: &Options) -> Result<Commit> {
    let Some(head) = commit::head(store).await? else {
        return Err(Error::new(Kind::FixConfiguration, format!("there is no commit in `{}` yet", store.name())));
    };
    check_owner(pipeline.model, Some(&head), store)?;
    let target = commit::at(store, number).await?;
    if number == head.commit.number {
        return Err(Error::new(Kind::FixConfiguration, format!("commit {number} is the last one: there is nothing to roll back")));
    }
    store.probe().await?;
    let engine = LocalEngine::try_new(options.threads, options.memory, store)?;
    let mut run = Run::start(pipeline.model, store, &engine, Some(&head), false).await?;
    let made = match back(&mut run, &target).await {
        Ok(()) => run.put_commit(&target.fingerprint, options, target.inputs.clone(), Some(&head)).await,
        Err(error) => Err(error),
    };
    if let Err(error) = &made {
        run.clean_up_after(error).await;
    }
    made
}

async fn back(run: &mut Run<'_>, target: &Commit) -> Result<()> {
    let tables = tables_of(target, run.store).await?;
    run.tables = tables;
    for index in 0..run.model.entities.len() {
        withdraw(run, c360_model::model::EntityId(index)).await?;
    }
    let feeds: Vec<(String, Table)> =
        run.made.iter().filter(|(name, _)| name.starts_with("changes.")).map(|(name, table)| (name.clone(), table.clone())).collect();
    run.made = target.tables.clone();
    run.made.extend(feeds);
    run.steps = target.steps.clone();
    run.decided.clone_from(&target.decisions);
    run.figures = target.figures.for_next_run();
    Ok(())
}
