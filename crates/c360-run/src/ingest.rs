//! Turns the files of one source into Arrow batches, in file order and row order, losing nothing: a row that cannot be used
//! comes out with a reason and its raw text instead of its values. Does not know keys, expressions or formats of values.
//!
//! Every batch has four columns of its own, then one per wanted column, named by its path joined with dots:
//! `_file` Int32 (index in the list of files), `_row` Int64 (CSV: the physical line where the row starts; NDJSON: the line;
//! else the row; from 1), `_reject` Utf8 (why the row cannot be used), `_raw` Utf8 (its text, at most 4 KiB).

mod avro;
mod columns;
pub mod csv;
mod error;
mod exec;
mod guess;
mod ipc;
mod list;
pub mod ndjson;
mod nearest;
mod open;
mod parquet;
mod read;
mod rows;
mod schema;
mod spec;
mod table;
mod tail;
mod text;
mod text_file;
mod typed;
mod unpack;

pub use columns::output_schema;
pub use error::InputError;
pub use exec::IngestExec;
pub use guess::guess;
pub use list::{is_pattern, list};
pub(crate) use nearest::nearest;
pub(crate) use open::refused;
pub(crate) use parquet::in_order;
pub use read::{BatchStream, read_file};
pub use schema::{column_names, schema, spec};
pub use spec::{FileCounts, IngestStats, ReadSpec};
pub use table::IngestTable;
pub use text_file::TextDecoder;

/// The longest row that is read, in bytes of UTF-8 text; also how far an opening quote is followed in search of its end.
pub const ROW_LIMIT: usize = 16 << 20;

/// How much of a rejected row is kept.
pub const RAW_LIMIT: usize = 4 << 10;

/// Rows of a batch.
pub const BATCH_ROWS: usize = 8192;

/// Bytes of text at which a batch is handed on although it has fewer than [`BATCH_ROWS`] rows.
pub const BATCH_TEXT: usize = 1 << 20;

/// One file of a source, as listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputFile {
    /// Its path in the object store.
    pub path: String,
    /// What messages call it: its path, unless the caller knows a name that says more to people.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// What the store says changes with its content.
    pub etag: Option<String>,
}

#[cfg(test)]
mod tests;
