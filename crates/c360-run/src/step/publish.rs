//! Files for others, after the commit: each is put in place whole, so that readers see the old or the new one.

mod flat;

use crate::commit::{Commit, file_name};
use crate::engine::{Engine, LocalEngine, Tables};
use crate::error::{Error, Result};
use crate::store::{Location, Store};
use crate::tables::{RowsOf, TableWriter};
use c360_model::model::{Model, PublishFormat, Published};
use c360_plan::Publish;
use datafusion::execution::SendableRecordBatchStream;
use futures::StreamExt;
use object_store::buffered::BufWriter;
use std::path::Path;
use tokio::io::AsyncWriteExt;

/// Whether all that the pipeline publishes of this commit is in place.
pub(crate) async fn is_published(store: &Store, commit: &Commit) -> Result<bool> {
    let mark = store.read(&mark(commit)).await?;
    Ok(mark.is_some_and(|content| content == commit.fingerprint.as_bytes()))
}

/// Notes that it is.
pub(crate) async fn mark_published(store: &Store, commit: &Commit) -> Result<()> {
    store.write(&mark(commit), commit.fingerprint.clone().into_bytes().into()).await
}

fn mark(commit: &Commit) -> String {
    format!("published/{}", file_name(commit.number))
}

/// Writes one publication.
pub(crate) async fn publish(step: &Publish, model: &Model, tables: &Tables, engine: &LocalEngine, folder: &Path) -> Result<()> {
    let name = match step.what {
        Published::Golden(id) => model.entity(id).name.clone(),
        Published::Duplicates(id) => format!("{}-duplicates", model.source(id).name),
        Published::Rejects(id) => format!("{}-rejects", model.source(id).name),
    };
    write(step, &name, tables, engine, folder).await.map_err(|error| error.at(step.span))
}

async fn write(step: &Publish, name: &str, tables: &Tables, engine: &LocalEngine, folder: &Path) -> Result<()> {
    let location = Location::parse(&step.place, folder)?;
    let rows = engine.execute(&step.plan, tables).await?;
    let ending = match step.format {
        PublishFormat::Parquet => "parquet",
        PublishFormat::Csv => "csv",
        PublishFormat::Ndjson => "ndjson",
    };
    let file = if step.place.ends_with('/') { format!("{name}.{ending}") } else { String::new() };
    match step.format {
        PublishFormat::Parquet => parquet(rows, location, file).await,
        PublishFormat::Csv => text(rows, location, file, flat::csv).await,
        PublishFormat::Ndjson => text(rows, location, file, flat::ndjson).await,
    }
}

async fn parquet(mut rows: SendableRecordBatchStream, location: Location, file: String) -> Result<()> {
    let store = Store::new(location);
    let mut out = TableWriter::try_new(&store, file, rows.schema(), RowsOf::Publication)?;
    while let Some(batch) = rows.next().await {
        out.write(batch?).await?;
    }
    out.finish().await?;
    store.flush().await
}

/// Encodes one batch; the first one with what stands before all rows.
type Encode = fn(&datafusion::arrow::array::RecordBatch, first: bool) -> Result<Vec<u8>>;

async fn text(mut rows: SendableRecordBatchStream, location: Location, file: String, encode: Encode) -> Result<()> {
    let store = Store::new(location);
    let path = store.path(&file);
    let mut out = BufWriter::new(store.objects(), path.clone());
    let empty = datafusion::arrow::array::RecordBatch::new_empty(rows.schema());
    out.put(encode(&empty, true)?.into()).await?;
    while let Some(batch) = rows.next().await {
        out.put(encode(&batch?, false)?.into()).await?;
    }
    out.shutdown().await.map_err(|e| Error::from_io(&format!("`{path}` could not be written"), &e))?;
    store.sync(&path)
}
