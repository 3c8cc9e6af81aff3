//! Removes commits that nobody needs any more and files that no commit names. Never what a retained commit needs, and nothing that is younger than the
//! grace, since a run in progress may be about to name it.

use crate::commit::{self, Commit, Table, file_name, numbered};
use crate::error::{Error, Kind, Result};
use crate::store::Store;
use c360_match::planted::planted;
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use object_store::path::Path;
use std::collections::BTreeSet;

/// What to keep.
#[derive(Debug, Clone, Copy)]
pub struct Retention {
    /// Commits with an `as_of` from here on stay; the last one always does.
    pub since: DateTime<Utc>,
    /// Files changed from here on stay.
    pub grace: DateTime<Utc>,
    /// At least so many commits stay.
    pub commits: usize,
}

/// What was removed, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vacuumed {
    /// Numbers of commits.
    pub commits: Vec<u64>,
    /// Paths of files.
    pub files: Vec<String>,
    /// Their bytes.
    pub bytes: u64,
    /// Files that no commit names but that are too young.
    pub spared: u64,
}

/// Finds what `retention` does not keep, and removes it unless `dry_run`.
///
/// # Errors
/// A commit that cannot be read (nothing is removed then); storage.
pub async fn vacuum(store: &Store, retention: Retention, dry_run: bool) -> Result<Vacuumed> {
    if dry_run {
        return clean(store, retention, true).await;
    }
    // Nothing is written into a state that is not whole.
    commit::list(store).await?;
    commit::note_grace(store, retention.grace).await?;
    let cleaned = clean(store, retention, false).await;
    let noted = commit::note_done(store).await;
    cleaned.and_then(|found| noted.map(|()| found))
}

async fn clean(store: &Store, retention: Retention, dry_run: bool) -> Result<Vacuumed> {
    let commits = commit::list(store).await?;
    let kept_from = commits.len().saturating_sub(retention.commits.max(1));
    let old = |commit: &Commit| DateTime::parse_from_rfc3339(&commit.as_of).is_ok_and(|as_of| as_of < retention.since);
    // A prefix only: histories without gaps stay readable.
    let removed = commits[..kept_from].iter().take_while(|commit| old(commit)).count();
    let needed: BTreeSet<String> = commits[removed..].iter().flat_map(files_of).map(|path| store.path(&path).to_string()).collect();
    let mut found = Vacuumed { commits: commits[..removed].iter().map(|commit| commit.number).collect(), ..Vacuumed::default() };
    let mut paths = left_over(store).await?;
    found.files.extend(paths.iter().map(ToString::to_string));
    for folder in ["tables", "log"] {
        let mut listed = store.objects().list(Some(&store.path(folder)));
        while let Some(file) = listed.try_next().await? {
            if needed.contains(file.location.as_ref()) {
                continue;
            }
            if file.last_modified >= retention.grace && !planted("vacuum-without-grace") {
                found.spared += 1;
                continue;
            }
            found.bytes += file.size;
            found.files.push(file.location.to_string());
            paths.push(file.location);
        }
    }
    let since = named_since(store, commits.last()).await?;
    paths.retain(|path| !since.contains(path.as_ref()));
    found.files.retain(|path| !since.contains(path));
    let unfinished = store.unfinished()?;
    let (old, young): (Vec<_>, Vec<_>) = unfinished.into_iter().partition(|file| file.changed < retention.grace);
    found.spared += young.len() as u64;
    found.bytes += old.iter().map(|file| file.bytes).sum::<u64>();
    found.files.extend(old.iter().map(|file| file.path.display().to_string()));
    found.files.sort();
    let is_clean = found.commits.is_empty() && found.files.is_empty();
    if !dry_run && !is_clean {
        remove(store, &found.commits, paths).await?;
        store.remove_unfinished(&old)?;
    }
    Ok(found)
}

/// The files of commits that came while files were listed: a run may have been slow to commit what it wrote before the grace.
async fn named_since(store: &Store, last: Option<&Commit>) -> Result<BTreeSet<String>> {
    let mut named = BTreeSet::new();
    for number in commit::numbers(store).await?.into_iter().filter(|number| last.is_none_or(|last| *number > last.number)) {
        named.extend(files_of(&commit::at(store, number).await?).iter().map(|path| store.path(path).to_string()));
    }
    Ok(named)
}

/// Commits up to the boundary, and marks at such: a vacuum was interrupted, or a writer that was stalled.
async fn left_over(store: &Store) -> Result<Vec<Path>> {
    let boundary = commit::boundary(store).await?;
    let mut paths = Vec::new();
    for folder in ["commits", "published", "seen"] {
        let numbers = numbered(&store.names(folder, None).await?);
        paths.extend(numbers.into_iter().filter(|number| *number <= boundary).map(|n| store.path(&format!("{folder}/{}", file_name(n)))));
    }
    Ok(paths)
}

/// First the boundary, so that no stalled writer brings a removed commit back; then the commits, oldest first; then the files.
async fn remove(store: &Store, commits: &[u64], files: Vec<Path>) -> Result<()> {
    if let Some(last) = commits.last().filter(|_| !planted("vacuum-without-boundary")) {
        commit::note_boundary(store, *last).await?;
    }
    for number in commits {
        store.remove(vec![store.path(&format!("commits/{}", file_name(*number)))]).await?;
        let marks = ["published", "seen"].map(|folder| store.path(&format!("{folder}/{}", file_name(*number))));
        store.remove(marks.to_vec()).await?;
    }
    let removed = files.clone();
    let left = |error: Error| Error::new(Kind::Retry, format!("{}; what is left is removed by the next vacuum", error.message));
    store.remove(files).await.map_err(left)?;
    store.remove_run_folders(&removed);
    Ok(())
}

/// All files that a commit names.
fn files_of(commit: &Commit) -> Vec<String> {
    let tables = commit.tables.values().flat_map(Table::files).map(|file| file.path.clone());
    tables.chain(commit.inputs.iter().filter_map(|input| input.copy.clone())).collect()
}
