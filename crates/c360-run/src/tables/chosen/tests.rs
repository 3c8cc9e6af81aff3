//! Some rows of a file against all of them sieved: whatever their types, nulls, lists and encodings.

use super::runs::{Runs, pack};
use super::thin::thinned;
use super::{Chosen, FileLayer, StateFile};
use crate::engine::LocalEngine;
use crate::store::{Location, Store};
use crate::tables::{RowsOf, TableWriter};
use c360_plan::{NumberSet, Sieved};
use datafusion::arrow::array::{
    ArrayRef, AsArray, BooleanArray, Date32Array, Decimal128Array, Int64Array, Int64Builder, ListBuilder, RecordBatch, StringArray,
    StringBuilder, StructArray,
};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::arrow::compute::{concat_batches, filter_record_batch};
use datafusion::arrow::datatypes::{Field, Fields, Int64Type};
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::LogicalPlanBuilder;
use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::sync::Arc;

/// A row: its key, and what its values are made of; `None` for null.
type Row = (i64, Option<u8>, Option<Vec<Option<u8>>>);

/// How a file is written.
#[derive(Debug, Clone)]
struct Written {
    rows: Vec<Row>,
    row_group: usize,
    page: usize,
    dictionary: bool,
    differences: bool,
    lz4: bool,
}

fn written() -> impl Strategy<Value = Written> {
    let list = prop::option::of(prop::collection::vec(prop::option::of(0_u8..20), 0..4));
    let row = (-40_i64..40, prop::option::weighted(0.8, 0_u8..20), list);
    let rows = prop::collection::vec(row, 1..400);
    (rows, 1_usize..200, 1_usize..60, any::<bool>(), any::<bool>(), any::<bool>())
        .prop_map(|(rows, row_group, page, dictionary, differences, lz4)| Written { rows, row_group, page, dictionary, differences, lz4 })
}

fn text(of: u8) -> String {
    "Ω".repeat(of as usize % 5) + &of.to_string()
}

/// Columns of all kinds that a state has.
fn batch(rows: &[Row]) -> RecordBatch {
    let whole: ArrayRef = Arc::new(rows.iter().map(|row| row.0).collect::<Int64Array>());
    let texts: ArrayRef = Arc::new(rows.iter().map(|row| row.1.map(text)).collect::<StringArray>());
    let every: ArrayRef = Arc::new(rows.iter().map(|row| Some(text(row.0.unsigned_abs() as u8))).collect::<StringArray>());
    let numbers: ArrayRef = Arc::new(rows.iter().map(|row| row.1.map(|of| i64::from(of) << of)).collect::<Int64Array>());
    let bits: ArrayRef = Arc::new(rows.iter().map(|row| row.1.map(|of| of % 2 == 0)).collect::<BooleanArray>());
    let days: ArrayRef = Arc::new(rows.iter().map(|row| row.1.map(i32::from)).collect::<Date32Array>());
    let money = rows.iter().map(|row| row.1.map(i128::from)).collect::<Decimal128Array>();
    let money: ArrayRef = Arc::new(money.with_precision_and_scale(30, 2).expect("it fits"));
    let (mut lists, mut records) = (ListBuilder::new(StringBuilder::new()), ListBuilder::new(Int64Builder::new()));
    for (.., list) in rows {
        let items = list.iter().flatten();
        items.clone().for_each(|item| lists.values().append_option(item.map(text)));
        items.for_each(|item| records.values().append_option(item.map(i64::from)));
        lists.append(list.is_some());
        records.append(list.is_some());
    }
    let (lists, records): (ArrayRef, ArrayRef) = (Arc::new(lists.finish()), Arc::new(records.finish()));
    let inner = |name: &str, array: &ArrayRef| Field::new(name, array.data_type().clone(), true);
    let fields = Fields::from(vec![inner("text", &texts), inner("numbers", &numbers), inner("records", &records)]);
    let there = NullBuffer::from(rows.iter().map(|row| row.0 % 3 != 0).collect::<Vec<_>>());
    let nested = StructArray::new(fields, vec![Arc::clone(&texts), Arc::clone(&numbers), Arc::clone(&records)], Some(there));
    let columns = [
        ("key", whole, false),
        ("text", texts, true),
        ("every", every, true),
        ("numbers", numbers, true),
        ("bits", bits, true),
        ("days", days, true),
        ("money", money, true),
        ("lists", lists, true),
        ("nested", Arc::new(nested) as ArrayRef, true),
    ];
    RecordBatch::try_from_iter_with_nullable(columns).expect("columns are of one length")
}

fn bytes(written: &Written, batch: &RecordBatch) -> Vec<u8> {
    let mut properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(written.row_group))
        .set_data_page_row_count_limit(written.page)
        .set_write_batch_size(written.page)
        .set_dictionary_enabled(written.dictionary)
        .set_dictionary_page_size_limit(64)
        .set_compression(if written.lz4 { Compression::LZ4_RAW } else { Compression::UNCOMPRESSED });
    if written.differences {
        for column in ["key", "numbers", "nested.numbers", "nested.records.list.item"] {
            properties = properties
                .set_column_dictionary_enabled(column.into(), false)
                .set_column_encoding(column.into(), Encoding::DELTA_BINARY_PACKED);
        }
    }
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties.build())).expect("it has a schema");
    writer.write(batch).expect("it fits");
    writer.close().expect("it is in memory");
    bytes
}

/// The rows of a file with these keys, without those that are replaced; the columns in reverse order.
async fn chosen(bytes: Vec<u8>, keys: &[i64], replaced: &[i64]) -> datafusion::error::Result<RecordBatch> {
    let store = Store::new(Location::memory().expect("there is memory"));
    let (path, size) = (Path::from("file"), bytes.len() as u64);
    store.objects().put(&path, PutPayload::from(bytes)).await?;
    let file = Arc::new(StateFile::new(store.objects(), path, size));
    let schema = Arc::clone(file.metadata().await?.schema());
    let set = |keys: &[i64]| Sieved::of(Arc::new(keys.iter().copied().collect::<NumberSet>()));
    let layers = Arc::from([FileLayer { files: vec![file], replaced: Arc::new(set(replaced)) }]);
    let table = Chosen { schema: Arc::clone(&schema), layers, key: "key", column: "key".into(), among: Arc::new(set(keys)) };
    let engine = LocalEngine::try_new(1, None, &store).expect("it needs nothing");
    let names: Vec<&str> = schema.fields().iter().rev().map(|field| field.name().as_str()).collect();
    let plan = LogicalPlanBuilder::scan("file", provider_as_source(Arc::new(table)), None)?.build()?;
    let rows: Vec<RecordBatch> = engine.run(&plan).await.expect("it is planned").try_collect().await?;
    let all = concat_batches(&schema, &rows)?;
    Ok(all.project(&names.iter().map(|name| schema.index_of(name)).collect::<Result<Vec<_>, _>>()?)?)
}

#[test]
fn chosen_rows_are_the_sieved_ones() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let keys = || prop::collection::vec(-40_i64..40, 0..12);
    TestRunner::default()
        .run(&(written(), keys(), keys()), |(written, keys, replaced)| {
            let batch = batch(&written.rows);
            let wanted = |key: Option<i64>| key.map(|key| keys.contains(&key) && !replaced.contains(&key));
            let column = batch.column(0).as_primitive::<Int64Type>();
            let kept = filter_record_batch(&batch, &column.iter().map(wanted).collect()).expect("of one length");
            let order: Vec<usize> = (0..kept.num_columns()).rev().collect();
            let found = runtime.block_on(chosen(bytes(&written, &batch), &keys, &replaced)).expect("it is whole");
            prop_assert_eq!(found, kept.project(&order).expect("they are there"));
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

/// Else tables would be read as a whole, correctly and slowly, and nobody would notice.
#[tokio::test]
async fn what_our_writer_writes_is_thinned_out() -> Result<(), Box<dyn std::error::Error>> {
    let rows: Vec<Row> = (0..3000).map(|row| (row, Some(row as u8 % 20), Some(vec![Some(1), None]))).collect();
    let batch = batch(&rows);
    let store = Store::new(Location::memory()?);
    let mut out = TableWriter::try_new(&store, "file".into(), batch.schema(), RowsOf::State)?;
    out.write(batch).await?;
    out.finish().await?;
    let file = SerializedFileReader::new(store.read("file").await?.expect("it was written"))?;
    let row_group = file.get_row_group(0)?;
    let schema = row_group.metadata().schema_descr();
    for leaf in 0..schema.num_columns() {
        let column = schema.column(leaf);
        let page = thinned(row_group.get_column_page_reader(leaf)?, &column, &[3, 77, 2500])?;
        assert!(page.is_some(), "{} is not", column.path());
    }
    Ok(())
}

#[test]
fn damage_is_an_error() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let rows: Vec<Row> = (0..300).map(|row| (row, Some(row as u8 % 20), Some(vec![Some(1), None]))).collect();
    let written = Written { rows, row_group: 1000, page: 50, dictionary: true, differences: true, lz4: false };
    let whole = bytes(&written, &batch(&written.rows));
    TestRunner::default()
        .run(&(4..whole.len() / 2, any::<u8>()), |(place, with)| {
            let mut damaged = whole.clone();
            damaged[place] ^= with;
            // It may be read as something else, which the file's checksum tells; it must not break off.
            let _ = runtime.block_on(chosen(damaged, &[3, 77, 250], &[]));
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn levels_of_any_width_are_found() {
    TestRunner::default()
        .run(&(1_usize..8, prop::collection::vec(any::<u8>(), 1..200), any::<u8>()), |(width, numbers, asked)| {
            let low = |number: u8| number & (u8::MAX >> (8 - width));
            let (numbers, asked): (Vec<u8>, u8) = (numbers.into_iter().map(low).collect(), low(asked));
            let packed = pack(&numbers, width);
            let mut all = Vec::new();
            Runs::new(&packed, width).expect("it is narrow").all(numbers.len(), &mut all).expect("it is whole");
            prop_assert_eq!(&all, &numbers);
            let places: Vec<u32> = (0..numbers.len() as u32).step_by(3).collect();
            let mut found = Vec::new();
            let runs = Runs::new(&packed, width).expect("it is narrow");
            runs.ranks(&places, asked, |number, before| found.push((number, before))).expect("it is whole");
            let before = |place: usize| numbers[..place].iter().filter(|number| **number == asked).count();
            let expected: Vec<(u8, usize)> = places.iter().map(|place| (numbers[*place as usize], before(*place as usize))).collect();
            prop_assert_eq!(found, expected);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}
