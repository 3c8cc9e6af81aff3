//! Remembers how a file ended. The readers of Avro and Arrow take a file that ends too early for one that ends: its last bytes
//! tell.

use std::io::{self, Read};

/// How many bytes are remembered.
const LENGTH: usize = 16;

/// Reads on and remembers the last bytes read.
pub(super) struct Tail<R> {
    inner: R,
    last: Vec<u8>,
}

impl<R> Tail<R> {
    pub(super) fn new(inner: R) -> Tail<R> {
        Tail { inner, last: Vec::with_capacity(2 * LENGTH) }
    }

    /// Whether the last bytes read are `bytes`, at most 16.
    pub(super) fn is(&self, bytes: &[u8]) -> bool {
        self.last.ends_with(bytes)
    }
}

impl<R: Read> Read for Tail<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.last.extend_from_slice(&buffer[length.saturating_sub(LENGTH)..length]);
        let surplus = self.last.len().saturating_sub(LENGTH);
        self.last.drain(..surplus);
        Ok(length)
    }
}
