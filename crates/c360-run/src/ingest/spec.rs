//! What to read out of the files of one source, and what came of it. Does not read.

use std::sync::{Arc, Mutex, PoisonError};

use c360_model::model::{ColumnPath, ReadFormat};
use datafusion::arrow::datatypes::SchemaRef;

use super::columns::{Layout, joined};

/// How the files of one source are read and into which columns.
#[derive(Debug, Clone)]
pub struct ReadSpec {
    /// How the files are written.
    pub format: ReadFormat,
    /// The wanted columns. Every file is checked for all of them, built or not.
    pub columns: Vec<ColumnPath>,
    /// The schema of the output before projection, as [`super::schema`] gives it.
    pub schema: SchemaRef,
    /// The file whose types count, for messages.
    pub first: String,
    /// The columns of `schema` that are built; all where `None`.
    pub projection: Option<Vec<usize>>,
}

impl ReadSpec {
    /// The schema of the batches that come out.
    #[must_use]
    pub fn projected_schema(&self) -> SchemaRef {
        self.layout().schema
    }

    pub(super) fn layout(&self) -> Layout {
        Layout::new(&self.schema, self.projection.as_deref())
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.columns.iter().map(joined).collect()
    }
}

/// What one file gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileCounts {
    /// Rows, rejected ones among them; blank lines and headers are none.
    pub rows: u64,
    /// Rows that came out with a reason instead of values.
    pub rejects: u64,
    /// Bytes of the file as stored.
    pub bytes: u64,
    /// Wanted columns whose first name stood in no row, in order of the wish; only NDJSON can have such.
    pub unseen: Vec<String>,
}

/// What the files of a source gave, file by file. Reading the same file again replaces its entry.
#[derive(Debug, Default)]
pub struct IngestStats {
    files: Mutex<Vec<Option<FileCounts>>>,
}

impl IngestStats {
    /// For as many files.
    #[must_use]
    pub fn new(files: usize) -> Arc<IngestStats> {
        Arc::new(IngestStats { files: Mutex::new(vec![None; files]) })
    }

    /// The counts of each file in the order of the list; `None` for a file that was not read to its end.
    #[must_use]
    pub fn files(&self) -> Vec<Option<FileCounts>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Wanted columns that no row of any file had; empty where there were no rows.
    #[must_use]
    pub fn unseen(&self) -> Vec<String> {
        let files = self.files();
        let mut with_rows = files.iter().flatten().filter(|counts| counts.rows > counts.rejects);
        let first = with_rows.next().map(|counts| counts.unseen.clone()).unwrap_or_default();
        with_rows.fold(first, |unseen, counts| unseen.into_iter().filter(|name| counts.unseen.contains(name)).collect())
    }

    pub(super) fn set(&self, file: usize, counts: FileCounts) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)[file] = Some(counts);
    }
}
