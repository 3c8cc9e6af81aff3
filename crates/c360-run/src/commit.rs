//! The commit: one small file that names everything a run made. What no commit names is not there.

mod log;
mod put;

pub use log::{Head, at, head, list};
pub(crate) use put::put;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The newest format that this version reads, and the one that it writes.
pub const FORMAT: u32 = 1;

/// One commit, as it stands in `commits/<number>.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Commit {
    /// The format of this file.
    pub format: u32,
    /// From 1, without gaps.
    pub number: u64,
    /// The run that made it: a UUID, version 7.
    pub run: String,
    /// The pipeline's name: a state belongs to one pipeline.
    pub pipeline: String,
    /// sha256 of the pipeline's canonical text.
    pub fingerprint: String,
    /// The version of c360.
    pub version: String,
    /// The moment for which the tables hold, RFC 3339: the run's `--as-of`.
    pub as_of: String,
    /// The commit before.
    pub parent: Option<Parent>,
    /// The files that were read.
    pub inputs: Vec<Input>,
    /// All tables of the state.
    pub tables: BTreeMap<String, Table>,
    /// Per entity the next id that was never given.
    pub next_ids: BTreeMap<String, u64>,
    /// What happened, in numbers.
    pub figures: crate::figures::Figures,
}

/// The commit before, and what its file hashes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// Its number.
    pub number: u64,
    /// sha256 of its file.
    pub sha256: String,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Input {
    /// Of which source.
    pub source: String,
    /// Where.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// What the store says changes with the content.
    pub etag: Option<String>,
}

/// A table of the state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Rows of all files.
    pub rows: u64,
    /// Its files in order.
    pub files: Vec<File>,
}

/// A file of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Relative to the state.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// Rows.
    pub rows: u64,
    /// Of its content, in hexadecimal digits.
    pub sha256: String,
}

impl Table {
    /// Whether both hold the same bytes, wherever their files lie.
    #[must_use]
    pub fn same_content(&self, other: &Table) -> bool {
        self.files.len() == other.files.len() && self.files.iter().zip(&other.files).all(|(a, b)| a.sha256 == b.sha256)
    }
}

/// The name of a commit's file: numbers with leading zeros, so that listings are in order.
#[must_use]
pub fn file_name(number: u64) -> String {
    format!("{number:020}.json")
}

/// sha256 of `content` in hexadecimal digits.
#[must_use]
pub fn sha256(content: &[u8]) -> String {
    use sha2::Digest;
    hexadecimal(&sha2::Sha256::digest(content))
}

/// Two digits a byte.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
