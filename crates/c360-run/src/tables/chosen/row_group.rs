//! The rows of a row group whose key is among some: the keys are read first, and of the other columns what the rows found need.

use super::file::{Chunk, StateFile};
use super::thin::thinned;
use c360_plan::{NumberSet, Sieved};
use datafusion::arrow::array::{AsArray, BooleanArray, RecordBatch};
use datafusion::arrow::buffer::BooleanBuffer;
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::datatypes::Int64Type;
use datafusion::error::Result as DataFusionResult;
use hashbrown::HashMap;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReader, RowGroups};
use parquet::arrow::{ProjectionMask, parquet_to_arrow_field_levels};
use parquet::column::page::{Page, PageIterator, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::serialized_reader::SerializedPageReader;
use std::cell::RefCell;
use std::sync::Arc;

/// One row in so many is few. More are read as a whole and sieved out.
const FEW: usize = 4;

/// A row group of a file.
#[derive(Debug, Clone)]
pub(super) struct RowGroup {
    pub(super) file: Arc<StateFile>,
    pub(super) number: usize,
}

/// Which rows are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// The Int64 column by which rows are chosen, and what must hold for it.
    pub(super) column: &'a str,
    pub(super) among: &'a Sieved<Arc<NumberSet>>,
    /// The table's key, and the keys that later layers replace.
    pub(super) key: &'a str,
    pub(super) replaced: &'a Sieved<Arc<NumberSet>>,
    /// The columns that are given, in their order.
    pub(super) columns: &'a [String],
}

impl RowGroup {
    /// The rows that are asked for, in their order; `None` where there are none.
    pub(super) async fn rows(&self, wanted: Wanted<'_>) -> DataFusionResult<Option<RecordBatch>> {
        let metadata = self.file.metadata().await?;
        let keys = match wanted.replaced.count() == 0 {
            true => vec![wanted.column],
            false => vec![wanted.column, wanted.key],
        };
        let kept = self.load(metadata, &keys).await?.keep(&wanted)?;
        let places: Vec<u32> = kept.values().set_indices_u32().collect();
        if places.is_empty() {
            return Ok(None);
        }
        let columns: Vec<&str> = wanted.columns.iter().map(String::as_str).collect();
        let loaded = self.load(metadata, &columns).await?;
        let thin = match places.len() * FEW <= kept.len() {
            true => loaded.thin(&places)?,
            false => None,
        };
        let rows = match thin {
            Some(thin) => thin,
            None => filter_record_batch(&loaded.batch(&loaded, kept.len())?, &kept)?,
        };
        let order = columns.iter().map(|name| rows.schema().index_of(name));
        Ok(Some(rows.project(&order.collect::<std::result::Result<Vec<_>, _>>()?)?))
    }

    /// Fetches columns.
    async fn load<'m>(&self, metadata: &'m ArrowReaderMetadata, columns: &[&str]) -> DataFusionResult<Loaded<'m>> {
        let row_group = metadata.metadata().row_groups().get(self.number).ok_or_else(|| ParquetError::EOF("no such row group".into()))?;
        let schema = metadata.parquet_schema();
        let is_asked = |leaf: &usize| columns.contains(&schema.get_column_root(*leaf).name());
        let leaves: Vec<usize> = (0..schema.num_columns()).filter(is_asked).collect();
        let chunks = self.file.chunks(&leaves.iter().map(|leaf| row_group.column(*leaf)).collect::<Vec<_>>()).await?;
        Ok(Loaded { metadata, row_group, chunks: leaves.into_iter().zip(chunks).collect() })
    }
}

/// Columns of a row group as they are stored.
struct Loaded<'m> {
    metadata: &'m ArrowReaderMetadata,
    row_group: &'m RowGroupMetaData,
    chunks: HashMap<usize, Chunk>,
}

impl Loaded<'_> {
    /// Which rows are asked for.
    fn keep(&self, wanted: &Wanted<'_>) -> Result<BooleanArray> {
        let keys = self.batch(self, self.count())?;
        let numbers = |name: &str| {
            let column = keys.column_by_name(name).and_then(|column| column.as_primitive_opt::<Int64Type>());
            column.map(|column| column.values()).ok_or_else(|| ParquetError::General(format!("the column `{name}` holds no numbers")))
        };
        let column = numbers(wanted.column)?;
        if wanted.replaced.count() == 0 {
            return Ok(kept(column.len(), |row| wanted.among.holds(column[row])));
        }
        let key = numbers(wanted.key)?;
        Ok(kept(column.len(), |row| wanted.among.holds(column[row]) && !wanted.replaced.holds(key[row])))
    }

    /// The rows at these places; `None` where a column is kept in a way that cannot be thinned out.
    fn thin(&self, places: &[u32]) -> Result<Option<RecordBatch>> {
        let mut pages = HashMap::new();
        for leaf in self.chunks.keys() {
            let column = self.metadata.parquet_schema().column(*leaf);
            let Some(page) = thinned(self.pages(*leaf)?, &column, places)? else { return Ok(None) };
            pages.insert(*leaf, RefCell::new(Some(page)));
        }
        self.batch(&Thinned { pages }, places.len()).map(Some)
    }

    /// An array of each column, out of these pages.
    fn batch(&self, pages: &dyn Pages, rows: usize) -> Result<RecordBatch> {
        let schema = self.metadata.parquet_schema();
        let mask = ProjectionMask::leaves(schema, self.chunks.keys().copied());
        let levels = parquet_to_arrow_field_levels(schema, mask, Some(self.metadata.schema().fields()))?;
        let rows = Rows { loaded: self, pages, count: rows };
        let mut batches = ParquetRecordBatchReader::try_new_with_row_groups(&levels, &rows, rows.count, None)?;
        let batch = batches.next().transpose()?.filter(|batch| batch.num_rows() == rows.count);
        batch.ok_or_else(|| ParquetError::EOF("a row group has fewer rows than its footer says".into()))
    }

    fn count(&self) -> usize {
        usize::try_from(self.row_group.num_rows()).unwrap_or_default()
    }
}

fn kept(count: usize, is_kept: impl FnMut(usize) -> bool) -> BooleanArray {
    BooleanArray::new(BooleanBuffer::collect_bool(count, is_kept), None)
}

/// Where the pages of a column come from.
trait Pages {
    fn pages(&self, leaf: usize) -> Result<Box<dyn PageReader>>;
}

impl Pages for Loaded<'_> {
    fn pages(&self, leaf: usize) -> Result<Box<dyn PageReader>> {
        let chunk = self.chunks.get(&leaf).ok_or_else(|| ParquetError::General("a column was not loaded".into()))?;
        let reader = SerializedPageReader::new(Arc::new(chunk.clone()), self.row_group.column(leaf), self.count(), None)?;
        Ok(Box::new(reader))
    }
}

/// One page a column.
struct Thinned {
    pages: HashMap<usize, RefCell<Option<Page>>>,
}

impl Pages for Thinned {
    fn pages(&self, leaf: usize) -> Result<Box<dyn PageReader>> {
        let page = self.pages.get(&leaf).and_then(|page| page.take());
        Ok(Box::new(OnePage(page)))
    }
}

struct OnePage(Option<Page>);

impl Iterator for OnePage {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Result<Page>> {
        self.0.take().map(Ok)
    }
}

impl PageReader for OnePage {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        Ok(self.0.take())
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        Ok(self.0.as_ref().map(|page| PageMetadata { num_rows: None, num_levels: Some(page.num_values() as usize), is_dict: false }))
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.0 = None;
        Ok(())
    }
}

/// What the library reads arrays from.
struct Rows<'a> {
    loaded: &'a Loaded<'a>,
    pages: &'a dyn Pages,
    count: usize,
}

impl RowGroups for Rows<'_> {
    fn num_rows(&self) -> usize {
        self.count
    }

    fn column_chunks(&self, leaf: usize) -> Result<Box<dyn PageIterator>> {
        Ok(Box::new(OneChunk(Some(self.pages.pages(leaf)?))))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(std::iter::once(self.loaded.row_group))
    }

    fn metadata(&self) -> &ParquetMetaData {
        self.loaded.metadata.metadata()
    }
}

struct OneChunk(Option<Box<dyn PageReader>>);

impl Iterator for OneChunk {
    type Item = Result<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.take().map(Ok)
    }
}

impl PageIterator for OneChunk {}
