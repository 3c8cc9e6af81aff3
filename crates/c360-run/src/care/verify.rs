//! Computes everything anew from the files of the last commit and compares: files against their hashes, rows against rows, ids against ids.

mod compare;

use crate::commit::{self, Commit, Table};
use crate::engine::LocalEngine;
use crate::error::{Error, Kind, Result};
use crate::inputs::as_committed;
use crate::overrides::{Decisions, read_decisions};
use crate::progress::Progress;
use crate::run::{Options, Pipeline, Run, check_owner};
use crate::store::{Location, Store};
use crate::tables::tables_of;
use compare::differences;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// The commit.
    pub commit: u64,
    /// Files that were hashed.
    pub files: u64,
    /// Rows that were compared, by table.
    pub rows: Vec<(String, u64)>,
    /// What is not as it should be, in words.
    pub problems: Vec<String>,
}

/// Verifies the last commit; `scratch` is where the full run leaves its files.
///
/// # Errors
/// There is no commit; its files of sources are not there any more as they were; storage.
pub async fn verify(
    pipeline: Pipeline<'_>,
    store: &Store,
    scratch: Location,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Verified> {
    let Some(head) = commit::head(store).await? else {
        return Err(Error::new(Kind::FixConfiguration, format!("there is no commit in `{}` yet", store.name())));
    };
    check_owner(pipeline.model, Some(&head), store)?;
    if head.commit.fingerprint != pipeline.fingerprint {
        let message = format!("the pipeline changed since commit {}; verify with the one that made it, or run first", head.commit.number);
        return Err(Error::new(Kind::FixConfiguration, message));
    }
    let mut verified = Verified { commit: head.commit.number, ..Verified::default() };
    check_files(store, &head.commit, &mut verified).await?;
    if !verified.problems.is_empty() {
        return Ok(verified);
    }
    let inputs = as_committed(pipeline.model, pipeline.folder, &head.commit, store).await?;
    let decisions = decisions_of(pipeline, &head.commit).await?;
    let scratch = Store::new(scratch);
    let anew = LocalEngine::try_new(options.threads, options.memory, &scratch)?;
    let mut run = Run::start(pipeline.model, &scratch, &anew, None, true).await?.following(decisions);
    let made = run.compute(&inputs, progress).await;
    let compared = match made {
        Ok(_) => {
            let engine = LocalEngine::try_new(options.threads, options.memory, store)?;
            let state = tables_of(&head.commit, store).await?;
            differences(pipeline.model, (&state, &engine, &head.commit), &run, &mut verified).await
        }
        Err(error) => Err(error),
    };
    run.discard().await;
    compared.map(|()| verified)
}

/// The decisions that a commit follows, read again.
async fn decisions_of(pipeline: Pipeline<'_>, commit: &Commit) -> Result<Decisions> {
    let decisions = read_decisions(pipeline.model, pipeline.folder).await?;
    if decisions.fingerprint(pipeline.model) != commit.decisions {
        let message = format!("the decisions that `overrides` names are not those of commit {}; run first, then verify", commit.number);
        return Err(Error::new(Kind::FixInput, message));
    }
    Ok(decisions)
}

/// Hashes all files of tables; of copies of logs, of which nobody knows the hash, looks at the size. The rows in them are compared.
async fn check_files(store: &Store, commit: &Commit, verified: &mut Verified) -> Result<()> {
    for (table, file) in commit.tables.iter().flat_map(|(name, table)| Table::files(table).map(move |file| (name, file))) {
        verified.files += 1;
        match store.read(&file.path).await? {
            None => verified.problems.push(format!("`{}` of {table} is missing", file.path)),
            Some(content) if commit::sha256(&content) != file.sha256 => {
                verified.problems.push(format!("`{}` of {table} is damaged: {} bytes with another hash", file.path, content.len()));
            }
            Some(_) => {}
        }
    }
    let copies = commit::Expected::of_copies(&commit.inputs);
    verified.files += copies.len() as u64;
    verified.problems.extend(commit::problems(store, &copies).await?);
    Ok(())
}
