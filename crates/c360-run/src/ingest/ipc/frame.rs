//! Cuts Arrow IPC into messages. Memory grows with what is there, never with what a corrupt length claims.

use std::io::{self, ErrorKind, Read};

use datafusion::arrow::ipc::root_as_message;

const CONTINUATION: [u8; 4] = [0xFF; 4];

/// One message, as written.
pub(super) struct Message {
    /// Its length and what describes it.
    pub(super) head: Vec<u8>,
    /// Its buffers.
    pub(super) body: Vec<u8>,
}

/// The next message; `None` at the mark of the end.
///
/// # Errors
/// A file that ends before that mark, or that is corrupt.
pub(super) fn next(bytes: &mut impl Read) -> io::Result<Option<Message>> {
    let mut head = take(bytes, 4)?;
    if head == CONTINUATION {
        head.extend(take(bytes, 4)?);
    }
    // Before version 0.15 there was no continuation marker.
    let length = head.last_chunk().map_or(0, |length| u32::from_le_bytes(*length));
    if length == 0 {
        return Ok(None);
    }
    let metadata = take(bytes, length.into())?;
    let message = root_as_message(&metadata).map_err(|error| io::Error::new(ErrorKind::InvalidData, error.to_string()))?;
    let length = u64::try_from(message.bodyLength()).map_err(|_| io::Error::new(ErrorKind::InvalidData, "a length is negative"))?;
    head.extend(&metadata);
    Ok(Some(Message { head, body: take(bytes, length)? }))
}

fn take(bytes: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut taken = Vec::new();
    if bytes.take(length).read_to_end(&mut taken)? as u64 == length {
        return Ok(taken);
    }
    Err(io::Error::new(ErrorKind::UnexpectedEof, "it has no mark of its end"))
}
