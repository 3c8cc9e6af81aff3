//! The schema of a source before anything is read, and the columns that a file has. Reads headers and footers only.

use std::io::Read;
use std::sync::Arc;

use c360_model::model::{ColumnPath, ReadFormat};
use datafusion::arrow::datatypes::{DataType, Schema, SchemaRef};
use object_store::ObjectStore;

use super::columns::{joined, output_schema, text_schema};
use super::open::{damaged, open};
use super::typed::{common_type, leaves, locate, missing};
use super::{InputError, InputFile, ReadSpec, avro, csv, ipc, ndjson, parquet, unpack};

/// How much of an NDJSON file is looked at for names.
const NDJSON_LOOKED_AT: u64 = 1 << 20;

/// The schema of the output of a source with these files. Sources of text have Utf8 columns; for others the types are those of the
/// first file. Without files, every column is Utf8.
///
/// # Errors
/// A wanted column that the first file does not have; a first file that cannot be opened.
pub async fn schema(
    store: &Arc<dyn ObjectStore>,
    files: &[InputFile],
    format: &ReadFormat,
    columns: &[ColumnPath],
) -> Result<SchemaRef, InputError> {
    let (ReadFormat::Parquet | ReadFormat::Avro | ReadFormat::Arrow, Some(first)) = (format, files.first()) else {
        return Ok(text_schema(columns));
    };
    let found = own_schema(store, first, format).await?;
    let typed = columns.iter().map(|path| {
        let field = locate(&found, path).ok_or_else(|| missing(&first.name, path, &found))?;
        Ok((joined(path), common_type(field.data_type())))
    });
    Ok(output_schema(typed.collect::<Result<Vec<(String, DataType)>, InputError>>()?))
}

/// All that is needed to read these files with [`super::read_file`]: looks up their schema.
///
/// # Errors
/// As [`schema`].
pub async fn spec(
    store: &Arc<dyn ObjectStore>,
    files: &[InputFile],
    format: &ReadFormat,
    columns: &[ColumnPath],
) -> Result<ReadSpec, InputError> {
    let schema = schema(store, files, format, columns).await?;
    let first = files.first().map(|file| file.name.clone()).unwrap_or_default();
    Ok(ReadSpec { format: format.clone(), columns: columns.to_vec(), schema, first, projection: None })
}

/// The columns that a file has, nested ones by their paths joined with dots; of NDJSON the names at the top of the objects in
/// the first MiB. For `check --data`.
///
/// # Errors
/// A file that cannot be opened or whose header cannot be used.
pub async fn column_names(store: &Arc<dyn ObjectStore>, file: &InputFile, format: &ReadFormat) -> Result<Vec<String>, InputError> {
    match (csv::CsvOptions::of(format), format) {
        (Some(options), _) => on_bytes(store, file, move |file, bytes| csv::column_names(file, bytes, &options)).await,
        (None, ReadFormat::Ndjson) => on_bytes(store, file, |file, bytes| ndjson::column_names(file, bytes.take(NDJSON_LOOKED_AT))).await,
        (None, _) => Ok(leaves(own_schema(store, file, format).await?.as_ref())),
    }
}

async fn own_schema(store: &Arc<dyn ObjectStore>, file: &InputFile, format: &ReadFormat) -> Result<Arc<Schema>, InputError> {
    match format {
        ReadFormat::Parquet => parquet::schema(store, file).await,
        ReadFormat::Avro => on_bytes(store, file, avro::schema).await,
        _ => on_bytes(store, file, ipc::schema).await,
    }
}

/// Applies `look` to the file's unpacked bytes on a blocking thread.
pub(super) async fn on_bytes<T: Send + 'static>(
    store: &Arc<dyn ObjectStore>,
    file: &InputFile,
    look: impl FnOnce(&str, Box<dyn Read + Send>) -> Result<T, InputError> + Send + 'static,
) -> Result<T, InputError> {
    let stored = open(store, file).await?;
    let (path, name, size) = (file.path.clone(), file.name.clone(), file.size);
    let task = tokio::task::spawn_blocking(move || {
        let bytes = unpack::unpack(stored, &path, size).map_err(|error| damaged(&name, 0, &error))?;
        look(&name, bytes)
    });
    task.await.unwrap_or_else(|_| Err(damaged(&file.name, 0, &"its reader gave up")))
}
