//! The commit: one small file that names everything a run made. What no commit names is not there.

mod log;
mod put;
mod seen;
mod sweep;
mod whole;

pub use log::{Head, at, head, list};
pub(crate) use log::{numbered, numbers};
pub(crate) use put::{NotPut, put};
pub(crate) use seen::note_seen;
pub(crate) use sweep::{Swept, boundary, explained, note_boundary, note_done, note_grace, swept};
pub(crate) use whole::{Expected, check_copies, check_tables, problems};

use c360_match::planted::planted;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The newest format that this version reads, and the one that it writes.
pub const FORMAT: u32 = 2;

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
    /// The files whose rows count.
    pub inputs: Vec<Input>,
    /// sha256 of the decisions of people that the tables follow; empty where the pipeline names none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decisions: String,
    /// What the result of each step depends on, by its title.
    pub steps: BTreeMap<String, String>,
    /// All tables of the state.
    pub tables: BTreeMap<String, Table>,
    /// Per entity the next id that was never given.
    pub next_ids: BTreeMap<String, u64>,
    /// The next number of a record and of a file that was never given.
    pub next: Next,
    /// What there is, in numbers.
    pub figures: crate::figures::Figures,
}

/// Numbers that are given once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// Of records.
    pub record: i64,
    /// Of files.
    pub file: i64,
}

/// The commit before, and what its file hashes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// Its number.
    pub number: u64,
    /// sha256 of its file.
    pub sha256: String,
}

/// A file whose rows count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Input {
    /// Of which source.
    pub source: String,
    /// Where.
    pub path: String,
    /// Its number, which stays with the path.
    pub number: i64,
    /// Bytes.
    pub size: u64,
    /// What the store says changes with the content.
    pub etag: Option<String>,
    /// Rows in it.
    pub rows: u64,
    /// Of these, rows that could not be read or have no key.
    pub rejects: u64,
    /// Of these, rows that `where` left out.
    pub filtered: u64,
    /// Its copy in the state, relative to it, where the source is a log: such a file may be cleaned away once it was read.
    pub copy: Option<String>,
}

/// A table of the state: layers, oldest first. A row counts unless a later layer replaces its key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The layers.
    pub layers: Vec<Layer>,
}

/// What one run did to a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// New rows.
    pub files: Vec<File>,
    /// The keys of all rows of earlier layers that count no more.
    pub replaced: Option<File>,
}

impl Layer {
    /// All files, that of keys among them.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.files.iter().chain(&self.replaced)
    }
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
    /// A table of one layer.
    #[must_use]
    pub fn of(files: Vec<File>) -> Table {
        Table { layers: vec![Layer { files, replaced: None }] }
    }

    /// All files, those of keys among them.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.layers.iter().flat_map(Layer::files)
    }

    /// The rows of all layers, with those that count no more.
    #[must_use]
    pub fn rows(&self) -> usize {
        let rows: u64 = self.layers.iter().flat_map(|layer| &layer.files).map(|file| file.rows).sum();
        usize::try_from(rows).unwrap_or_default()
    }

    /// Whether both hold the same bytes, wherever their files lie.
    #[must_use]
    pub fn same_content(&self, other: &Table) -> bool {
        self.files().map(|f| &f.sha256).eq(other.files().map(|f| &f.sha256))
    }
}

impl Input {
    /// Whether `other` is the same file with the same content, as far as the store tells.
    #[must_use]
    pub fn same_content(&self, other: &Input) -> bool {
        self.etag.is_some() && (self.size, &self.etag) == (other.size, &other.etag) || planted("size-is-content") && self.size == other.size
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
