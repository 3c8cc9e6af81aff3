//! What the files of sources hold, column by column, and how much of it the formats of a pipeline refuse. Reads files only: no state is needed.

mod validity;

use crate::error::{Error, Kind, Result};
use crate::ingest::{self, IngestStats, InputFile, ReadSpec};
use crate::inputs::{SourceFiles, find_files};
use crate::look::cell;
use crate::store::Location;
use c360_match::profile::{Column, Facts};
use c360_model::model::{ColumnPath, Model, ReadFormat};
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::DataType;
use futures::TryStreamExt;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
pub use validity::{Validity, validity};

/// What the files of one source hold.
#[derive(Debug)]
pub struct SourceProfile {
    /// How many files.
    pub files: usize,
    /// How they are written.
    pub format: ReadFormat,
    /// Rows that can be read.
    pub rows: u64,
    /// Rows that cannot.
    pub rejects: u64,
    /// The columns of the first file.
    pub columns: Vec<(String, Facts)>,
    /// Columns that the header names twice: nobody can say which is meant.
    pub ambiguous: Vec<String>,
}

/// Profiles the files of a place that no pipeline describes; format, delimiter and encoding are those of the first. Relative places start at `folder`.
///
/// # Errors
/// No file there; one that cannot be read.
pub async fn profile_place(place: &str, folder: &Path) -> Result<SourceProfile> {
    let (location, files) = find_files(place, folder).await?;
    let Some(first) = files.first() else {
        return Err(Error::new(Kind::FixConfiguration, format!("`{place}`: there are no such files")));
    };
    let format = ingest::guess(&location.store, first).await?;
    profile(&location, &files, &format).await
}

/// Profiles the files of a source.
///
/// # Errors
/// A file that cannot be read.
pub async fn profile_source(model: &Model, input: &SourceFiles) -> Result<SourceProfile> {
    let read = &model.source(input.source).read;
    profile(&input.location, &input.files, &read.format).await.map_err(|error| error.at(read.span))
}

async fn profile(location: &Location, files: &[InputFile], format: &ReadFormat) -> Result<SourceProfile> {
    let mut profile =
        SourceProfile { files: files.len(), format: format.clone(), rows: 0, rejects: 0, columns: Vec::new(), ambiguous: Vec::new() };
    let Some(first) = files.first() else { return Ok(profile) };
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let listed = ingest::column_names(&location.store, first, format).await?;
    listed.iter().for_each(|name| *names.entry(name.clone()).or_default() += 1);
    profile.ambiguous = names.iter().filter(|(name, count)| **count > 1 && !name.is_empty()).map(|(name, _)| name.clone()).collect();
    let named: Vec<String> = listed.into_iter().filter(|name| !name.is_empty() && names.get(name) == Some(&1)).collect();
    let paths: Vec<ColumnPath> = named.iter().map(|name| path(name, format)).collect();
    let spec = Arc::new(ingest::spec(&location.store, files, format, &paths).await?);
    let mut columns: Vec<Column> = named.iter().map(|_| Column::default()).collect();
    for (index, file) in files.iter().enumerate() {
        read(location, index, file, &spec, &mut columns, &mut profile).await?;
    }
    profile.columns = named.into_iter().zip(columns.into_iter().map(Column::facts)).collect();
    Ok(profile)
}

/// Columns of nested formats are named by their paths.
fn path(name: &str, format: &ReadFormat) -> ColumnPath {
    match format {
        ReadFormat::Parquet | ReadFormat::Avro | ReadFormat::Arrow => name.split('.').map(str::to_owned).collect(),
        ReadFormat::Csv { .. } | ReadFormat::Ndjson => vec![name.to_owned()],
    }
}

async fn read(
    location: &Location,
    index: usize,
    file: &InputFile,
    spec: &Arc<ReadSpec>,
    columns: &mut [Column],
    profile: &mut SourceProfile,
) -> Result<()> {
    let stats = IngestStats::new(index + 1);
    let mut batches = ingest::read_file(Arc::clone(&location.store), index, file.clone(), Arc::clone(spec), stats);
    while let Some(batch) = batches.try_next().await? {
        let rejected = batch.column(2).len() - batch.column(2).null_count();
        profile.rejects += rejected as u64;
        profile.rows += (batch.num_rows() - rejected) as u64;
        take(&batch, columns);
    }
    Ok(())
}

fn take(batch: &RecordBatch, columns: &mut [Column]) {
    let reject = batch.column(2);
    let rows = || (0..batch.num_rows()).filter(|row| reject.is_null(*row));
    for (column, values) in columns.iter_mut().zip(&batch.columns()[4..]) {
        match values.data_type() {
            DataType::Utf8 => {
                let texts = values.as_string::<i32>();
                rows().for_each(|row| column.add(texts.is_valid(row).then(|| texts.value(row))));
            }
            _ => rows().for_each(|row| column.add(cell::text(values, row).as_deref())),
        }
    }
}
