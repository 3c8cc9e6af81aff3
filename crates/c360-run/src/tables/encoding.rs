//! How columns are put into bytes: what is chosen by hand because Parquet's defaults try something else first.

use datafusion::arrow::datatypes::SchemaRef;
use parquet::arrow::add_encoded_arrow_schema_to_metadata;
use parquet::basic::{Compression, Encoding, Type, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::schema::types::{ColumnDescriptor, SchemaDescriptor};

/// Values that hardly repeat need no dictionary: up to this size one is tried. The default of 1 MiB is as much as a row group has of most
/// columns, so that nearly all of it is looked up first and written plainly in the end.
const DICTIONARY_BYTES: usize = 128 << 10;

/// Columns of hashes, which neither repeat nor can be compressed.
const HASHES: [&str; 6] = ["content", "high", "key", "low", "name", "unit"];

/// How a file is to be compressed: tables of the state quickly, files for others well.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RowsOf {
    /// LZ4.
    State,
    /// Zstandard.
    Publication,
}

/// The properties of a file with row groups of `row_group` rows.
pub(super) fn properties(rows: RowsOf, schema: &SchemaRef, columns: &SchemaDescriptor, row_group: usize) -> WriterProperties {
    let compression = match rows {
        RowsOf::State => Compression::LZ4_RAW,
        RowsOf::Publication => Compression::ZSTD(ZstdLevel::default()),
    };
    let builder = WriterProperties::builder()
        .set_compression(compression)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_created_by("c360".into())
        .set_max_row_group_row_count(Some(row_group));
    let numbers = columns.columns().iter().filter(|column| is_number(column));
    let mut properties = numbers.fold(builder, |builder, column| number(builder, rows, column)).build();
    add_encoded_arrow_schema_to_metadata(schema, &mut properties);
    properties
}

/// Whether it holds our own numbers: of records, objects, files, and hashes. Values of users are decimals, dates and moments.
fn is_number(column: &ColumnDescriptor) -> bool {
    column.physical_type() == Type::INT64 && column.logical_type_ref().is_none()
}

/// Numbers hardly repeat; a dictionary would be tried, filled and given up. Those of records and objects mostly grow from row to row: of
/// neighbours the difference is kept, which takes less room than compressed numbers and less time to read.
fn number(builder: WriterPropertiesBuilder, rows: RowsOf, column: &ColumnDescriptor) -> WriterPropertiesBuilder {
    let path = column.path().clone();
    let builder = builder.set_column_dictionary_enabled(path.clone(), false);
    match rows {
        _ if HASHES.contains(&path.string().as_str()) => builder.set_column_compression(path, Compression::UNCOMPRESSED),
        RowsOf::State => {
            builder.set_column_encoding(path.clone(), Encoding::DELTA_BINARY_PACKED).set_column_compression(path, Compression::UNCOMPRESSED)
        }
        RowsOf::Publication => builder,
    }
}
