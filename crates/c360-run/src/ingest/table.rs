//! A source's files as a table of DataFusion. Reads through [`IngestExec`]; pushes down which columns are built.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::error::Result;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_plan::ExecutionPlan;
use object_store::ObjectStore;

use super::exec::IngestExec;
use super::{IngestStats, InputFile, ReadSpec};

/// The rows of a source's files, rejects among them; columns as [`super::output_schema`] says.
pub struct IngestTable {
    store: Arc<dyn ObjectStore>,
    files: Arc<[InputFile]>,
    spec: ReadSpec,
    stats: Arc<IngestStats>,
}

impl IngestTable {
    /// A table over `files`, as listed; `spec` as [`super::spec`] gives it.
    #[must_use]
    pub fn new(store: Arc<dyn ObjectStore>, files: Vec<InputFile>, spec: ReadSpec) -> IngestTable {
        let stats = IngestStats::new(files.len());
        IngestTable { store, files: files.into(), spec, stats }
    }

    /// What the files gave; complete when a query over the whole table has ended.
    #[must_use]
    pub fn stats(&self) -> Arc<IngestStats> {
        Arc::clone(&self.stats)
    }
}

impl fmt::Debug for IngestTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IngestTable").field("files", &self.files.len()).field("spec", &self.spec).finish_non_exhaustive()
    }
}

#[async_trait]
impl TableProvider for IngestTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.spec.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        _state: &dyn Session,
        projection: Option<&Vec<usize>>,
        _filters: &[Expr],
        _limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let spec = ReadSpec { projection: projection.cloned(), ..self.spec.clone() };
        Ok(Arc::new(IngestExec::new(Arc::clone(&self.store), Arc::clone(&self.files), spec, Arc::clone(&self.stats))))
    }
}

#[cfg(test)]
mod tests;
