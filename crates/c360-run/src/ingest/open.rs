//! Opens a file of an object store for reading from its start to its end on a blocking thread. A file that is no longer the
//! one that was listed is an error. Does not unpack or decode.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::StreamExt;
use object_store::path::Path;
use object_store::{GetOptions, GetResultPayload, ObjectMeta, ObjectStore};
use tokio::sync::mpsc;

use super::{InputError, InputFile};

/// How many pieces of a remote file may wait for the decoder.
const PIECES_AHEAD: usize = 2;

/// Opens `file`. Must be called within a tokio runtime; what it returns must be read outside of it, on a blocking thread.
///
/// # Errors
/// [`InputError::Changed`] where the file is gone or another one; [`InputError::Store`].
pub(super) async fn open(store: &Arc<dyn ObjectStore>, file: &InputFile) -> Result<Box<dyn Read + Send>, InputError> {
    let options = GetOptions { if_match: file.etag.clone(), ..GetOptions::default() };
    let result = store.get_opts(&path(file)?, options).await.map_err(|error| refused(&file.name, error))?;
    if result.meta.size != file.size {
        return Err(InputError::Changed { file: file.name.clone() });
    }
    Ok(match result.payload {
        GetResultPayload::File(opened, _) => Box::new(InPlace { opened, listed: result.meta }),
        GetResultPayload::Stream(mut pieces) => {
            let (sender, receiver) = mpsc::channel(PIECES_AHEAD);
            tokio::spawn(async move {
                while let Some(piece) = pieces.next().await {
                    if sender.send(piece).await.is_err() {
                        break;
                    }
                }
            });
            Box::new(Pieces { receiver, rest: Bytes::new() })
        }
    })
}

/// The file's path as object stores take it.
pub(super) fn path(file: &InputFile) -> Result<Path, InputError> {
    Path::parse(&file.path).map_err(|error| InputError::Store { place: file.name.clone(), source: error.into() })
}

/// The error for a file that was listed and that the store does not give.
pub(crate) fn refused(file: &str, error: object_store::Error) -> InputError {
    match error {
        object_store::Error::NotFound { .. } | object_store::Error::Precondition { .. } => InputError::Changed { file: file.to_owned() },
        source => InputError::Store { place: file.to_owned(), source },
    }
}

/// The error for a file whose bytes stopped making sense: the store's own errors stay what they are.
pub(super) fn broken(file: &str, rows: u64, error: io::Error) -> InputError {
    match error.downcast::<object_store::Error>() {
        Ok(error) => refused(file, error),
        Err(error) => damaged(file, rows, &error),
    }
}

/// The error for a file that its decoder cannot read on.
pub(super) fn damaged(file: &str, rows: u64, reason: &dyn std::fmt::Display) -> InputError {
    InputError::Damaged { file: file.to_owned(), rows, reason: reason.to_string() }
}

/// A file on this machine. Whoever writes to it does so under our eyes: at its end it must be what it was.
struct InPlace {
    opened: File,
    listed: ObjectMeta,
}

impl Read for InPlace {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.opened.read(buffer)?;
        if length == 0 && !buffer.is_empty() {
            let now = self.opened.metadata()?;
            if (now.len(), DateTime::<Utc>::from(now.modified()?)) != (self.listed.size, self.listed.last_modified) {
                let path = self.listed.location.to_string();
                return Err(io::Error::other(object_store::Error::Precondition { path, source: "it was written to".into() }));
            }
        }
        Ok(length)
    }
}

/// A remote file, piece by piece.
struct Pieces {
    receiver: mpsc::Receiver<object_store::Result<Bytes>>,
    rest: Bytes,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.receiver.blocking_recv() {
                Some(piece) => self.rest = piece.map_err(io::Error::other)?,
                None => return Ok(0),
            }
        }
        let length = self.rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest.split_to(length));
        Ok(length)
    }
}
