//! Reading commits: the newest, one by its number, all.

use super::{Commit, FORMAT, file_name, sha256};
use crate::error::{Error, Kind, Result};
use crate::store::Store;

/// The newest commit and what its file hashes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The commit.
    pub commit: Commit,
    /// sha256 of its file.
    pub sha256: String,
}

/// The newest commit; `None` for a state without any.
///
/// # Errors
/// The storage does not answer, or the commit cannot be read.
pub async fn head(store: &Store) -> Result<Option<Head>> {
    match numbers(store).await?.last() {
        Some(&number) => {
            let mut head = read(store, number).await?;
            super::seen::apply(store, &mut head.commit).await?;
            Ok(Some(head))
        }
        None => Ok(None),
    }
}

/// The commit with this number.
///
/// # Errors
/// There is none, the storage does not answer, or it cannot be read.
pub async fn at(store: &Store, number: u64) -> Result<Commit> {
    Ok(read(store, number).await?.commit)
}

/// All commits, oldest first.
///
/// # Errors
/// The storage does not answer, or one cannot be read.
pub async fn list(store: &Store) -> Result<Vec<Commit>> {
    let mut commits = Vec::new();
    for number in numbers(store).await? {
        commits.push(read(store, number).await?.commit);
    }
    Ok(commits)
}

/// The numbers of all commits that are there, ascending.
pub(crate) async fn numbers(store: &Store) -> Result<Vec<u64>> {
    let names = store.names("commits", None).await?;
    let number = |name: &String| name.strip_suffix(".json").filter(|digits| digits.len() == 20).and_then(|digits| digits.parse().ok());
    Ok(names.iter().filter_map(number).collect())
}

async fn read(store: &Store, number: u64) -> Result<Head> {
    let name = format!("commits/{}", file_name(number));
    let Some(content) = store.read(&name).await? else {
        return Err(Error::new(Kind::FixConfiguration, format!("there is no commit {number} in `{}`", store.name())));
    };
    let commit = parse(&content).map_err(|(kind, reason)| Error::new(kind, format!("`{name}` in `{}` {reason}", store.name())))?;
    if commit.number != number {
        return Err(Error::new(Kind::Restore, format!("`{name}` says that it is commit {}: the state is damaged", commit.number)));
    }
    Ok(Head { commit, sha256: sha256(&content) })
}

/// The commit in a file's content. A newer format is told by its number before anything else is read.
pub(super) fn parse(content: &[u8]) -> Result<Commit, (Kind, String)> {
    #[derive(serde::Deserialize)]
    struct Version {
        format: u32,
    }
    let version: Version = serde_json::from_slice(content).map_err(|e| (Kind::Restore, format!("is no commit: {e}")))?;
    if version.format > FORMAT {
        let reason =
            format!("has format {}; this c360 reads up to {FORMAT}: use the version that wrote it, or a newer one", version.format);
        return Err((Kind::FixConfiguration, reason));
    }
    if version.format < FORMAT {
        let reason =
            format!("has format {}, from before the first release, which this c360 does not read: run into a new state", version.format);
        return Err((Kind::FixConfiguration, reason));
    }
    serde_json::from_slice(content).map_err(|e| (Kind::Restore, format!("is damaged: {e}")))
}
