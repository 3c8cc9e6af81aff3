//! Reading commits: the newest, one by its number, all. A history with a gap, or of which a commit follows another one than is there, is damaged.

use super::{Commit, FORMAT, boundary, file_name, sha256};
use crate::error::{Error, Kind, Result};
use crate::store::Store;
use c360_match::planted::planted;

/// How often is looked again where others go on meanwhile.
const TRIES: u32 = 3;

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
/// The storage does not answer, the commit cannot be read, or it does not follow what is there.
pub async fn head(store: &Store) -> Result<Option<Head>> {
    let mut tries = 0;
    let (mut head, numbers) = loop {
        let numbers = numbers(store).await?;
        let Some(&number) = numbers.last() else { return Ok(None) };
        match read(store, number).await {
            Ok(head) => break (head, numbers),
            // Others went on, and vacuum removed it between the listing and the reading.
            Err(_) if tries < TRIES && number <= boundary(store).await? => tries += 1,
            Err(error) => return Err(error),
        }
    };
    let earlier = &numbers[..numbers.len() - 1];
    // Where it is gone, vacuum removed it just now.
    if let Some(&before) = earlier.last()
        && let Some(content) = store.read(&name_of(before)).await?
    {
        check_follows(store, &head.commit, before, &sha256(&content))?;
    }
    super::seen::apply(store, &mut head.commit).await?;
    Ok(Some(head))
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
/// The storage does not answer, one cannot be read, or one does not follow the one before.
pub async fn list(store: &Store) -> Result<Vec<Commit>> {
    let mut commits: Vec<Commit> = Vec::new();
    let mut hash = String::new();
    for number in numbers(store).await? {
        let head = read(store, number).await?;
        if let Some(before) = commits.last() {
            check_follows(store, &head.commit, before.number, &hash)?;
        }
        hash = head.sha256;
        commits.push(head.commit);
    }
    Ok(commits)
}

/// The numbers of all commits, ascending. What vacuum removed is not among them, even where a writer that was stalled brought it back.
///
/// # Errors
/// The storage does not answer, or one is missing.
pub(crate) async fn numbers(store: &Store) -> Result<Vec<u64>> {
    let mut tries = 0;
    let (numbers, boundary) = loop {
        let listed = numbered(&store.names("commits", None).await?);
        // After the listing: of all that vacuum removed while it was made, the boundary tells.
        let boundary = boundary(store).await?;
        let listed = listed.into_iter().filter(|number| *number > boundary).collect();
        let numbers = with_unlisted(store, boundary, listed).await?;
        // Vacuum leaves the last commit: where there is none, others went on since the listing.
        if boundary == 0 || !numbers.is_empty() {
            break (numbers, boundary);
        }
        if tries == TRIES {
            let message = format!(
                "`commits` in `{}` has no commit after {boundary}, the last that vacuum removed: the state is not whole",
                store.name()
            );
            return Err(Error::new(Kind::Restore, message));
        }
        tries += 1;
    };
    match (boundary + 1..).zip(&numbers).find(|(expected, there)| expected != *there) {
        None => Ok(numbers),
        Some((missing, there)) => {
            let message =
                format!("`{}` is missing in `{}`, where commit {there} is: the state is not whole", name_of(missing), store.name());
            Err(Error::new(Kind::Restore, message))
        }
    }
}

/// Adds commits that a listing left out: some stores list behind what they hold, and a read of one object tells the truth. Looks for the first that is
/// missing in between and for those behind the last.
async fn with_unlisted(store: &Store, boundary: u64, mut listed: Vec<u64>) -> Result<Vec<u64>> {
    let mut position = 0;
    loop {
        let expected = boundary + 1 + position as u64;
        if listed.get(position) != Some(&expected) {
            if planted("listing-believed") || !store.has(&name_of(expected)).await? {
                return Ok(listed);
            }
            listed.insert(position, expected);
        }
        position += 1;
    }
}

/// The numbers that names of files of commits, or of marks at commits, say.
pub(crate) fn numbered(names: &[String]) -> Vec<u64> {
    let number = |name: &String| name.strip_suffix(".json").filter(|digits| digits.len() == 20).and_then(|digits| digits.parse().ok());
    names.iter().filter_map(number).collect()
}

/// Fails unless `commit` was made on top of the commit `before` whose file has this hash.
fn check_follows(store: &Store, commit: &Commit, before: u64, sha256: &str) -> Result<()> {
    if commit.parent.as_ref().is_some_and(|parent| (parent.number, parent.sha256.as_str()) == (before, sha256)) {
        return Ok(());
    }
    let message = format!(
        "`{}` in `{}` was made on top of another commit {before} than the one that is there: one of the two files was changed, or comes from \
         another state",
        name_of(commit.number),
        store.name()
    );
    Err(Error::new(Kind::Restore, message))
}

fn name_of(number: u64) -> String {
    format!("commits/{}", file_name(number))
}

async fn read(store: &Store, number: u64) -> Result<Head> {
    let name = name_of(number);
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
