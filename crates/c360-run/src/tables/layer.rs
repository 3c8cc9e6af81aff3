//! Writes what a run does to one table: new rows, and the keys of the rows that count no more. Writes nothing where nothing changed.

use super::read::{key_of, provider, rows_of};
use super::{RowsOf, TableWriter};
use crate::commit::{File, Layer, Table};
use crate::error::{Error, Result};
use crate::run::Run;
use crate::step::arrays::numbers;
use crate::store::Store;
use c360_match::planted::planted;
use c360_plan::NumberSet;
use c360_plan::tables::TableName;
use datafusion::arrow::array::{Int64Array, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::common::runtime::SpawnedTask;
use futures::StreamExt;
use std::sync::Arc;

/// A layer under construction.
pub(crate) struct LayerWriter {
    name: TableName,
    schema: SchemaRef,
    store: Store,
    /// Where files of the layer go.
    folder: String,
    out: Option<TableWriter>,
    files: Vec<File>,
    replaced: NumberSet,
}

impl LayerWriter {
    /// A layer of the table `name` made by the run with this id.
    pub(crate) fn new(store: &Store, run: &str, name: TableName, schema: Schema) -> LayerWriter {
        let folder = format!("tables/{name}/{run}");
        LayerWriter {
            name,
            schema: Arc::new(schema),
            store: store.clone(),
            folder,
            out: None,
            files: Vec::new(),
            replaced: NumberSet::new(),
        }
    }

    /// The columns of the table.
    pub(crate) fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// Appends rows of the table's schema.
    pub(crate) async fn write(&mut self, batch: RecordBatch) -> Result<()> {
        if batch.num_rows() == 0 {
            return Ok(());
        }
        if self.out.is_none() {
            let path = format!("{}/part-{}.parquet", self.folder, self.files.len());
            self.out = Some(TableWriter::try_new(&self.store, path, Arc::clone(&self.schema), RowsOf::State)?);
        }
        self.out.as_mut().expect("just opened").write(batch).await
    }

    /// Appends all of these while other things are done.
    pub(crate) fn write_all(mut self, batches: impl Iterator<Item = Result<RecordBatch>> + Send + 'static) -> Writing {
        Writing(SpawnedTask::spawn(async move {
            for batch in batches {
                self.write(batch?).await?;
            }
            self.close().await?;
            Ok(self)
        }))
    }

    /// Adds a file that was written already.
    pub(crate) fn add(&mut self, file: File) {
        self.files.push(file);
    }

    /// The rows of earlier layers with this key count no more.
    pub(crate) fn replace(&mut self, key: i64) {
        self.replaced.insert(key);
    }

    /// The rows of earlier layers with these keys count no more.
    pub(crate) fn replace_all(&mut self, keys: impl IntoIterator<Item = i64>) {
        self.replaced.extend(keys);
    }

    /// Puts the layer on top of the table, if it says anything.
    pub(crate) async fn seal(mut self, run: &mut Run<'_>) -> Result<()> {
        let Some(before) = run.made.get(&self.name.to_string()).cloned() else {
            return self.seal_as_base(run).await;
        };
        self.close().await?;
        self.forget_unknown(run).await?;
        let replaced = match self.replaced.is_empty() {
            true => None,
            false => Some(self.write_replaced().await?),
        };
        if self.files.is_empty() && replaced.is_none() {
            return Ok(());
        }
        let mut table = before;
        table.layers.push(Layer { files: self.files, replaced });
        run.put(self.name, table).await
    }

    /// Makes the layer all there is of the table.
    pub(crate) async fn seal_as_base(mut self, run: &mut Run<'_>) -> Result<()> {
        self.close().await?;
        if self.files.is_empty() {
            let path = format!("{}/part-0.parquet", self.folder);
            let mut empty = TableWriter::try_new(&self.store, path, Arc::clone(&self.schema), RowsOf::State)?;
            self.files.push(empty.finish().await?);
        }
        run.put(self.name, Table::of(self.files)).await
    }

    /// Keeps only keys of rows that are there: steps name the units of reports without a look at them, and most have no rows.
    async fn forget_unknown(&mut self, run: &Run<'_>) -> Result<()> {
        if self.name.kind != "reports" || self.replaced.is_empty() {
            return Ok(());
        }
        let key = key_of(self.name.kind);
        let mut there = NumberSet::new();
        let mut rows = rows_of(run.tables.get(&self.name).expect("it was made before"), &[key], run.engine).await?;
        while let Some(batch) = rows.next().await {
            there.extend(numbers(&batch?, key).values());
        }
        self.replaced.retain(|key| there.contains(key));
        Ok(())
    }

    async fn close(&mut self) -> Result<()> {
        if let Some(mut out) = self.out.take() {
            self.files.push(out.finish().await?);
        }
        Ok(())
    }

    async fn write_replaced(&self) -> Result<File> {
        let mut keys: Vec<i64> = self.replaced.iter().copied().collect();
        if !planted("hash-order") {
            keys.sort_unstable();
        }
        keys_file(&self.store, format!("{}/replaced.parquet", self.folder), keys).await
    }
}

/// A layer whose rows are being written.
pub(crate) struct Writing(SpawnedTask<Result<LayerWriter>>);

impl Writing {
    /// The layer with all of them.
    pub(crate) async fn done(self) -> Result<LayerWriter> {
        self.0.join().await.map_err(|error| Error::broke_off("writing a table", &error))?
    }
}

/// Writes keys that count no more.
pub(super) async fn keys_file(store: &Store, path: String, keys: Vec<i64>) -> Result<File> {
    let schema = Arc::new(Schema::new(vec![Field::new("key", DataType::Int64, false)]));
    let mut out = TableWriter::try_new(store, path, Arc::clone(&schema), RowsOf::State)?;
    out.write(RecordBatch::try_new(schema, vec![Arc::new(Int64Array::from(keys))])?).await?;
    out.finish().await
}

impl Run<'_> {
    /// Opens a layer of a table.
    pub(crate) fn layer(&self, name: TableName, schema: Schema) -> LayerWriter {
        LayerWriter::new(self.store, &self.id, name, schema)
    }

    /// Makes a table part of the commit and lets later plans read it.
    pub(crate) async fn put(&mut self, name: TableName, table: Table) -> Result<()> {
        let provider = provider(&table, key_of(name.kind), self.store).await?;
        self.tables.insert(name.clone(), provider);
        self.made.insert(name.to_string(), table);
        Ok(())
    }
}
