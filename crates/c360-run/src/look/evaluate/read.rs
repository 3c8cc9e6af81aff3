//! Reads a file of labels: a table of texts with a header, in any format that sources have. Does not know what its columns mean.

use crate::error::{Error, Kind, Result};
use crate::ingest::{self, IngestStats, InputFile};
use crate::inputs::find_files;
use crate::look::cell;
use crate::store::Location;
use c360_model::model::ReadFormat;
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::Int64Type;
use futures::TryStreamExt;
use std::path::Path;
use std::sync::Arc;

/// A file, opened as far as its header.
pub(super) struct Table {
    /// As the user wrote it.
    pub(super) place: String,
    /// Its columns.
    pub(super) columns: Vec<String>,
    location: Location,
    file: InputFile,
    format: ReadFormat,
}

/// A row: its number as editors count lines, and the texts of the wanted columns; blank ones are missing.
pub(super) type Row = (i64, Vec<Option<String>>);

impl Table {
    /// Opens a file. Relative paths start at `folder`.
    pub(super) async fn open(place: &str, folder: &Path) -> Result<Table> {
        let (location, files) = find_files(place, folder).await?;
        let file = match files.as_slice() {
            [only] => only.clone(),
            files => {
                let message = format!("`{place}` stands for {} files; labels are in one", files.len());
                return Err(Error::new(Kind::FixConfiguration, message));
            }
        };
        let format = ingest::guess(&location.store, &file).await?;
        let columns = ingest::column_names(&location.store, &file, &format).await?;
        Ok(Table { place: place.to_owned(), columns, location, file, format })
    }

    /// Whether there is a column of this name.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// Its rows, these columns of them.
    pub(super) async fn rows(&self, columns: &[&str]) -> Result<Vec<Row>> {
        let paths: Vec<_> = columns.iter().map(|name| vec![(*name).to_owned()]).collect();
        let files = std::slice::from_ref(&self.file);
        let spec = ingest::spec(&self.location.store, files, &self.format, &paths).await?;
        let store = Arc::clone(&self.location.store);
        let mut batches = ingest::read_file(store, 0, self.file.clone(), Arc::new(spec), IngestStats::new(1));
        let mut rows = Vec::new();
        while let Some(batch) = batches.try_next().await? {
            for row in 0..batch.num_rows() {
                rows.push(self.row(&batch, row)?);
            }
        }
        Ok(rows)
    }

    fn row(&self, batch: &RecordBatch, row: usize) -> Result<Row> {
        let number = batch.column(1).as_primitive::<Int64Type>().value(row);
        let reject = batch.column(2).as_string::<i32>();
        if reject.is_valid(row) {
            return Err(self.wrong(&format!("line {number} cannot be read: {}", reject.value(row))));
        }
        let trimmed = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let values = batch.columns()[4..].iter().map(|column| cell::text(column, row).and_then(trimmed));
        Ok((number, values.collect()))
    }

    /// The error for what is wrong with the file.
    pub(super) fn wrong(&self, what: &str) -> Error {
        Error::new(Kind::FixConfiguration, format!("`{}`: {what}", self.place))
    }
}
