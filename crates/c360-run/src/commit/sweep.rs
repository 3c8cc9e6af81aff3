//! What vacuum tells runs that were stalled while it went by: up to which commit it removed all, and from which age on files that no commit names go.

use super::whole::{self, Expected};
use super::{Commit, Head};
use crate::error::{Error, Kind, Result};
use crate::store::Store;
use c360_match::planted::planted;
use chrono::{DateTime, SecondsFormat, Utc};
use std::time::Duration;

/// Names the last commit that vacuum removed.
const BOUNDARY: &str = "vacuum/boundary";

/// Names the moment before which files that no commit named were removed, and whether that is still under way.
const GRACE: &str = "vacuum/grace";

/// Stands behind the moment while vacuum is at work.
const AT_WORK: &str = "at work";

/// How often a run that has just put its commit looks whether vacuum is done, with a pause before each look: half a minute, which is many times what
/// removing files takes.
const LOOKS: u32 = 150;
const PAUSE: Duration = Duration::from_millis(200);

/// Files changed before this moment are gone unless a commit names them; `None` where there was no vacuum yet.
pub(crate) type Swept = Option<DateTime<Utc>>;

/// The number of the last commit that vacuum removed, 0 if it never removed one.
pub(crate) async fn boundary(store: &Store) -> Result<u64> {
    let content = store.read(BOUNDARY).await?;
    Ok(content.and_then(|content| std::str::from_utf8(&content).ok()?.trim().parse().ok()).unwrap_or(0))
}

/// What vacuum's mark says now.
pub(crate) async fn swept(store: &Store) -> Result<Swept> {
    Ok(mark(store).await?.0)
}

/// The moment, and whether vacuum is at work.
async fn mark(store: &Store) -> Result<(Swept, bool)> {
    let content = store.read(GRACE).await?.unwrap_or_default();
    let text = std::str::from_utf8(&content).unwrap_or_default().trim();
    let moment = text.split_whitespace().next().and_then(|moment| moment.parse().ok());
    Ok((moment, text.ends_with(AT_WORK)))
}

/// Says that commits up to this number go. Must be written before they do.
pub(crate) async fn note_boundary(store: &Store, last: u64) -> Result<()> {
    let boundary = boundary(store).await?.max(last);
    store.write(BOUNDARY, boundary.to_string().into_bytes().into()).await
}

/// Says that files that are older than this moment go where no commit names them. Must be written before commits are listed: whoever commits after that
/// listing sees the mark.
pub(crate) async fn note_grace(store: &Store, grace: DateTime<Utc>) -> Result<()> {
    let grace = swept(store).await?.map_or(grace, |before| before.max(grace));
    write_mark(store, grace, &format!(" {AT_WORK}")).await
}

/// Says that all that was to go is gone. Runs wait for it that committed while vacuum was at work.
pub(crate) async fn note_done(store: &Store) -> Result<()> {
    match swept(store).await? {
        Some(grace) => write_mark(store, grace, "").await,
        None => Ok(()),
    }
}

async fn write_mark(store: &Store, grace: DateTime<Utc>, state: &str) -> Result<()> {
    let grace = grace.to_rfc3339_opts(SecondsFormat::Nanos, true);
    store.write(GRACE, format!("{grace}{state}").into_bytes().into()).await
}

/// Fails with `Rerun` where vacuum went by since `before` and takes, or may be about to take, files of the run that is to make this commit.
pub(super) async fn check_kept(store: &Store, commit: &Commit, before: Swept) -> Result<()> {
    check_since(store, commit, before, |grace| grace).await
}

/// The same once the commit is there: vacuum may have seen it and spared its files, so only what is gone counts. Which files those are is known when
/// vacuum is done: the commit may have come between its last look at the commits and the removal of files.
pub(super) async fn check_there(store: &Store, commit: &Commit, before: Swept) -> Result<()> {
    let mut looks = 0;
    while let (now, true) = mark(store).await?
        && now != before
        && !planted("vacuum-not-awaited")
    {
        if looks == LOOKS {
            return Err(Error::new(Kind::Unknown, "vacuum is at work and does not end".to_owned()));
        }
        looks += 1;
        tokio::time::sleep(PAUSE).await;
    }
    check_since(store, commit, before, |_| DateTime::<Utc>::MIN_UTC).await
}

async fn check_since(store: &Store, commit: &Commit, before: Swept, oldest: fn(DateTime<Utc>) -> DateTime<Utc>) -> Result<()> {
    let Some(grace) = swept(store).await?.filter(|now| Some(*now) != before) else { return Ok(()) };
    let Some(gone) = whole::first_swept(store, &Expected::of_run(commit), oldest(grace)).await? else { return Ok(()) };
    let message = format!(
        "vacuum took `{gone}` for a file that nobody needs, since this run was stalled for longer than its grace; commit {} was not made",
        commit.number
    );
    Err(Error::new(Kind::Rerun, message))
}

/// Why a run failed: a file that it needs and that is not there (any more) is no damage where vacuum went by since `before`.
pub(crate) async fn explained(store: &Store, head: Option<&Head>, before: Swept, error: Error) -> Error {
    if !matches!(error.kind, Kind::Retry | Kind::FixConfiguration | Kind::Restore | Kind::Report) {
        return error;
    }
    let (Ok(now), Ok(boundary)) = (swept(store).await, boundary(store).await) else { return error };
    if now == before && head.is_none_or(|head| head.commit.number > boundary) {
        return error;
    }
    let message = format!("vacuum went by while this run was under way ({}); nothing of this run is visible", error.message);
    Error { kind: Kind::Rerun, message, place: error.place }
}
