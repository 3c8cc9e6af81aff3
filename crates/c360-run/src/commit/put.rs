//! Making a commit: one conditional put, and finding out what became of it.
//!
//! The client of the store repeats a put by itself, so "already exists" may mean our own, and an error may hide a success. After anything
//! but a plain yes the object is read back, and its run id tells.

use super::log::parse;
use super::sweep::{Swept, boundary, check_kept, check_there};
use super::{Commit, file_name};
use crate::error::{Error, Kind, Result};
use crate::store::{Created, Store};
use bytes::Bytes;
use c360_match::planted::planted;
use std::time::Duration;

/// How often an unclear put is looked at before it is given up; the pauses between grow from 50 ms and take 6 seconds in all.
const LOOKS: u32 = 8;

/// Why there is no commit.
pub(crate) struct NotPut {
    pub(crate) error: Error,
    /// Whether it was stored, if only for a moment: then others may have built on its files, and nobody but vacuum may remove them.
    pub(crate) stored: bool,
}

/// Publishes the commit; takes it back where this run was stalled and vacuum went by: it removed a commit of that number, or files of this run, of which it
/// could not know that somebody needs them. `swept` is what vacuum's mark said before the run wrote anything.
pub(crate) async fn put(store: &Store, commit: &Commit, swept: Swept) -> Result<(), NotPut> {
    let before = |error| NotPut { error, stored: false };
    check_kept(store, commit, swept).await.map_err(before)?;
    // What a commit names is on disk before the commit is.
    store.flush().await.map_err(before)?;
    put_once(store, commit).await.map_err(before)?;
    check_counts(store, commit, swept).await.map_err(|error| NotPut { error, stored: true })
}

/// Fails unless the commit that was put counts; then it is gone again.
async fn check_counts(store: &Store, commit: &Commit, swept: Swept) -> Result<()> {
    let unclear = |error: Error| {
        let message =
            format!("commit {} was written, but whether it counts is unclear ({}); the next run finds out", commit.number, error.message);
        Error::new(Kind::Unknown, message)
    };
    let stalled = if commit.number <= boundary(store).await.map_err(unclear)? {
        let message =
            format!("other runs went beyond commit {} while this one was stalled; run again to see what is left to do", commit.number);
        Error::new(Kind::Rerun, message)
    } else {
        match check_there(store, commit, swept).await {
            Ok(()) => return Ok(()),
            Err(error) if error.kind == Kind::Rerun => error,
            Err(error) => return Err(unclear(error)),
        }
    };
    store.remove(vec![store.path(&format!("commits/{}", file_name(commit.number)))]).await.map_err(unclear)?;
    Err(stalled)
}

/// Publishes the commit, or fails with `Rerun` where another run was first, or `Unknown` where the storage does not say.
async fn put_once(store: &Store, commit: &Commit) -> Result<()> {
    let name = format!("commits/{}", file_name(commit.number));
    let content = Bytes::from(serde_json::to_vec_pretty(commit).expect("commits have only keys that are text"));
    let mut reason = String::new();
    for look in 0..LOOKS {
        match store.create(&name, content.clone()).await {
            Created::Yes => return Ok(()),
            Created::Unclear(object_store::Error::AlreadyExists { .. }) if planted("already-exists-is-ours") => return Ok(()),
            Created::Unclear(error) if planted("unclear-is-failure") => return Err(error.into()),
            Created::Unclear(error) => reason = error.to_string(),
        }
        match store.read(&name).await {
            Ok(Some(found)) => return settle(commit, &found),
            Ok(None) => {}
            Err(error) => reason = error.message,
        }
        tokio::time::sleep(Duration::from_millis(50 << look.min(6))).await;
    }
    Err(unresolved(store, commit, &name, &reason).await)
}

/// What the object under our name says: it is ours, or another's.
fn settle(commit: &Commit, found: &[u8]) -> Result<()> {
    match parse(found) {
        Ok(there) if there.run == commit.run => Ok(()),
        Ok(there) => Err(Error::new(
            Kind::Rerun,
            format!("another run ({}) made commit {} first; nothing of this run is visible", there.run, commit.number),
        )),
        Err((kind, reason)) => Err(Error::new(kind, format!("commit {} {reason}", commit.number))),
    }
}

/// After the last look: surely absent is a failure like any other; no answer is unknown.
async fn unresolved(store: &Store, commit: &Commit, name: &str, reason: &str) -> Error {
    match store.read(name).await {
        Ok(Some(found)) => match settle(commit, &found) {
            Ok(()) => Error::new(Kind::Unknown, format!("commit {} was stored late", commit.number)),
            Err(error) => error,
        },
        Ok(None) => Error::new(Kind::Retry, format!("commit {} could not be written: {reason}", commit.number)),
        Err(_) => Error::new(
            Kind::Unknown,
            format!("the storage does not say whether commit {} was written ({reason}); the next run finds out", commit.number),
        ),
    }
}
