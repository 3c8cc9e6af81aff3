//! Whether files that a commit names are there with their sizes. Does not read them: `c360 verify` does.

use super::{Commit, Table, boundary};
use crate::error::{Error, Kind, Result};
use crate::store::Store;
use chrono::{DateTime, Utc};
use futures::{StreamExt, TryStreamExt};
use object_store::{ObjectStore, ObjectStoreExt};
use std::collections::BTreeMap;

/// How many files are asked for at once.
const AT_ONCE: usize = 32;

/// A file that must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    /// Relative to the state.
    path: String,
    bytes: u64,
}

impl Expected {
    /// All files of tables.
    pub(crate) fn of_tables(commit: &Commit) -> Vec<Expected> {
        let files = commit.tables.values().flat_map(Table::files);
        files.map(|file| Expected { path: file.path.clone(), bytes: file.bytes }).collect()
    }

    /// The copies of files of logs.
    pub(crate) fn of_copies<'a>(inputs: impl IntoIterator<Item = &'a super::Input>) -> Vec<Expected> {
        let copy = |input: &super::Input| Some(Expected { path: input.copy.clone()?, bytes: input.size });
        inputs.into_iter().filter_map(copy).collect()
    }

    /// Those that the run of the commit wrote itself.
    pub(super) fn of_run(commit: &Commit) -> Vec<Expected> {
        let mut all = Expected::of_tables(commit);
        all.extend(Expected::of_copies(&commit.inputs));
        all.retain(|file| file.path.contains(&commit.run));
        all
    }
}

/// Fails with `Restore` where one of the files is missing or has another size.
///
/// # Errors
/// That, and storage that does not answer.
async fn check(store: &Store, files: &[Expected]) -> Result<()> {
    match problems(store, files).await?.into_iter().next() {
        None => Ok(()),
        Some(problem) => Err(Error::new(Kind::Restore, problem)),
    }
}

/// What is wrong with the files, in words, in their order.
pub(crate) async fn problems(store: &Store, files: &[Expected]) -> Result<Vec<String>> {
    let asked = futures::stream::iter(files.to_vec()).map(|file| async move { problem(store, &file).await }).buffered(AT_ONCE);
    asked.try_filter_map(|problem| async move { Ok(problem) }).try_collect().await
}

/// Fails with `Restore` where a file of a table is missing or has another size; with `Rerun` where vacuum removed the commit.
pub(crate) async fn check_tables(store: &Store, commit: &Commit) -> Result<()> {
    let Err(error) = check(store, &Expected::of_tables(commit)).await else { return Ok(()) };
    if error.kind == Kind::Restore && commit.number <= boundary(store).await? {
        let message = format!("commit {} was vacuumed in `{}` while it was read; there are later ones", commit.number, store.name());
        return Err(Error::new(Kind::Rerun, message));
    }
    Err(error)
}

/// The path of a file that is gone, or older than `grace`.
pub(super) async fn first_swept(store: &Store, files: &[Expected], grace: DateTime<Utc>) -> Result<Option<String>> {
    let heads = futures::stream::iter(files.to_vec()).map(|file| async move {
        match store.objects().head(&store.path(&file.path)).await {
            Ok(there) if there.last_modified >= grace => Ok(None),
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(Some(file.path)),
            Err(error) => Err(Error::from(error)),
        }
    });
    let swept: Vec<String> = heads.buffered(AT_ONCE).try_filter_map(|path| async move { Ok(path) }).try_collect().await?;
    Ok(swept.into_iter().next())
}

/// Fails with `Restore` where one of the copies of a source's files is missing or has another size. Asks with one listing: there may be years of them.
pub(crate) async fn check_copies(store: &Store, source: &str, copies: &[Expected]) -> Result<()> {
    if copies.is_empty() {
        return Ok(());
    }
    let listed = store.objects().list(Some(&store.path(&format!("log/{source}"))));
    let there: BTreeMap<String, u64> = listed.map_ok(|file| (file.location.to_string(), file.size)).try_collect().await?;
    let known = |file: &&Expected| there.get(store.path(&file.path).as_ref()) == Some(&file.bytes);
    // What the listing does not have is asked for by its name, which also says what is wrong with it.
    let doubtful: Vec<Expected> = copies.iter().filter(|file| !known(file)).cloned().collect();
    check(store, &doubtful).await
}

async fn problem(store: &Store, file: &Expected) -> Result<Option<String>> {
    match store.objects().head(&store.path(&file.path)).await {
        Ok(there) if there.size == file.bytes => Ok(None),
        Ok(there) => {
            Ok(Some(format!("`{}` in `{}` is damaged: it has {} bytes instead of {}", file.path, store.name(), there.size, file.bytes)))
        }
        Err(object_store::Error::NotFound { .. }) => Ok(Some(format!("`{}` is missing in `{}`", file.path, store.name()))),
        Err(error) => Err(error.into()),
    }
}
