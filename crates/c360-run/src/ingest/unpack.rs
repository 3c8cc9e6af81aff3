//! Unpacks gzip, zstd and bzip2 as told by the file's ending, and stops at files that are truncated or unpack to absurd sizes.
//! Does not decode what is inside.

use std::io::{self, BufReader, ErrorKind, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;

/// A file may unpack to this many bytes whatever its own size is.
const UNPACKED_FREELY: u64 = 256 << 20;

/// Beyond [`UNPACKED_FREELY`], a file may unpack to this many times its own size: more is no data but an attack or an accident.
/// Text of real systems packs to between a fifth and a fiftieth.
const UNPACKED_RATIO: u64 = 500;

const BUFFER: usize = 128 << 10;

/// The bytes inside `stored`, which is called `name` and has `size` bytes. Several gzip members, zstd frames or bzip2 streams in
/// one file follow each other.
///
/// # Errors
/// The reader that is returned fails where the file ends too early or is corrupt.
pub(super) fn unpack(stored: Box<dyn Read + Send>, name: &str, size: u64) -> io::Result<Box<dyn Read + Send>> {
    let read = Arc::new(AtomicU64::new(0));
    let stored = BufReader::with_capacity(BUFFER, Stored { inner: stored, size, read: Arc::clone(&read) });
    let inner: Box<dyn Read + Send> = match packing(name) {
        None => return Ok(Box::new(stored)),
        Some(Packing::Gzip) => Box::new(MultiGzDecoder::new(stored)),
        Some(Packing::Zstd) => Box::new(zstd::stream::read::Decoder::with_buffer(stored)?),
        Some(Packing::Bzip2) => Box::new(MultiBzDecoder::new(stored)),
    };
    Ok(Box::new(Unpacked { inner, stored: read, unpacked: 0 }))
}

/// What the file looks like it is packed with although its name does not say so.
pub(super) fn unannounced(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 4] = [
        (b"\x1f\x8b", "gzip; such a file's name ends in .gz"),
        (b"\x28\xb5\x2f\xfd", "zstd; such a file's name ends in .zst"),
        (b"PK\x03\x04", "a zip archive or a workbook; unpack or export it first"),
        (b"PAR1", "Parquet; declare `parquet(..)`"),
    ];
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what)
}

enum Packing {
    Gzip,
    Zstd,
    Bzip2,
}

fn packing(name: &str) -> Option<Packing> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "gz" => Some(Packing::Gzip),
        "zst" => Some(Packing::Zstd),
        "bz2" => Some(Packing::Bzip2),
        _ => None,
    }
}

/// A file as stored: counts its bytes and fails where they are fewer than listed.
struct Stored {
    inner: Box<dyn Read + Send>,
    size: u64,
    read: Arc<AtomicU64>,
}

impl Read for Stored {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let read = self.read.fetch_add(length as u64, Ordering::Relaxed) + length as u64;
        if length == 0 && !buffer.is_empty() && read < self.size {
            return Err(io::Error::new(ErrorKind::UnexpectedEof, format!("it ends after {read} of {} bytes", self.size)));
        }
        Ok(length)
    }
}

/// What came out of a packed file: fails where it is too much.
struct Unpacked {
    inner: Box<dyn Read + Send>,
    stored: Arc<AtomicU64>,
    unpacked: u64,
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.unpacked += length as u64;
        let allowed = self.stored.load(Ordering::Relaxed).saturating_mul(UNPACKED_RATIO).max(UNPACKED_FREELY);
        if self.unpacked > allowed {
            return Err(io::Error::new(ErrorKind::InvalidData, format!("it unpacks to more than {UNPACKED_RATIO} times its size")));
        }
        Ok(length)
    }
}
