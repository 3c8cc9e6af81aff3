//! Parquet, Avro and Arrow: own types, nested columns, files that differ, truncated files.

use std::sync::Arc;

use c360_model::model::ReadFormat;
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, Int32Array, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray,
    StructArray,
};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::{DataType, Field, Fields, Int32Type, Int64Type, Schema};
use datafusion::arrow::ipc::writer::{FileWriter, StreamWriter};
use futures::TryStreamExt;

use super::super::{IngestStats, InputError, column_names, list, read_file, spec};
use super::files::{put_and_read, read, store};
use super::path;

type Write = fn(&[RecordBatch]) -> Vec<u8>;

const FORMATS: [(&str, ReadFormat, Write); 4] = [
    ("x.parquet", ReadFormat::Parquet, parquet),
    ("x.avro", ReadFormat::Avro, avro),
    ("x.arrow", ReadFormat::Arrow, arrow_file),
    ("x.arrows", ReadFormat::Arrow, arrow_stream),
];

fn parquet(batches: &[RecordBatch]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut bytes, batches[0].schema(), None).expect("a writer");
    batches.iter().for_each(|batch| writer.write(batch).expect("writing to memory"));
    writer.close().expect("writing to memory");
    bytes
}

fn avro(batches: &[RecordBatch]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = arrow_avro::writer::AvroWriter::new(&mut bytes, batches[0].schema().as_ref().clone()).expect("a writer");
    batches.iter().for_each(|batch| writer.write(batch).expect("writing to memory"));
    writer.finish().expect("writing to memory");
    drop(writer);
    bytes
}

fn arrow_file(batches: &[RecordBatch]) -> Vec<u8> {
    let mut writer = FileWriter::try_new(Vec::new(), &batches[0].schema()).expect("a writer");
    batches.iter().for_each(|batch| writer.write(batch).expect("writing to memory"));
    writer.into_inner().expect("writing to memory")
}

fn arrow_stream(batches: &[RecordBatch]) -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batches[0].schema()).expect("a writer");
    batches.iter().for_each(|batch| writer.write(batch).expect("writing to memory"));
    writer.into_inner().expect("writing to memory")
}

/// Columns `id`, `buyer {email, age}`; every third buyer is empty.
fn batch(start: i64, length: i64) -> RecordBatch {
    let ids = Int64Array::from_iter_values(start..start + length);
    let emails: StringArray = (start..start + length).map(|id| Some(format!("{id}@example.com"))).collect();
    let ages = Int32Array::from_iter((start..start + length).map(|id| (id % 2 == 0).then_some(40)));
    let fields = Fields::from(vec![Field::new("email", DataType::Utf8, true), Field::new("age", DataType::Int32, true)]);
    let nulls: NullBuffer = (start..start + length).map(|id| id % 3 != 0).collect();
    let buyers = StructArray::new(fields, vec![Arc::new(emails) as ArrayRef, Arc::new(ages) as ArrayRef], Some(nulls));
    let schema = Schema::new(vec![Field::new("id", DataType::Int64, false), Field::new("buyer", buyers.data_type().clone(), true)]);
    RecordBatch::try_new(Arc::new(schema), vec![Arc::new(ids), Arc::new(buyers)]).expect("a batch")
}

fn one(name: &str, column: ArrayRef) -> RecordBatch {
    RecordBatch::try_from_iter([(name, column)]).expect("a batch")
}

#[tokio::test]
async fn own_types_and_nested_columns_come_out_with_row_numbers() {
    for (name, format, write) in FORMATS {
        let store = store(&[(name, write(&[batch(0, 20_000), batch(20_000, 5)]))]).await;
        let file = list(&store, name).await.expect("it is there").remove(0);
        let (batches, counts) = read(&store, &file, &format, &["buyer.email", "id", "buyer.age"]).await.expect("it is whole");
        assert_eq!((counts.rows, counts.rejects, counts.bytes), (20_005, 0, file.size), "{name}");
        assert!(batches.iter().all(|batch| batch.num_rows() <= 8192), "{name}");
        let all = concat_batches(&batches[0].schema(), &batches).expect("one schema");
        let types: Vec<String> = all.schema().fields().iter().map(|field| format!("{} {}", field.name(), field.data_type())).collect();
        assert_eq!(
            types,
            ["_file Int32", "_row Int64", "_reject Utf8", "_raw Utf8", "buyer.email Utf8", "id Int64", "buyer.age Int32"],
            "{name}"
        );
        assert_eq!((all.column(2).null_count(), all.column(3).null_count()), (20_005, 20_005));
        let (numbers, ids) = (all.column(1).as_primitive::<Int64Type>(), all.column(5).as_primitive::<Int64Type>());
        let (emails, ages) = (all.column(4).as_string::<i32>(), all.column(6).as_primitive::<Int32Type>());
        for row in 0..20_005 {
            let id = row as i64;
            assert_eq!((numbers.value(row), ids.value(row)), (id + 1, id), "{name}");
            assert_eq!(emails.is_valid(row), id % 3 != 0, "{name} {row}");
            assert_eq!(ages.is_valid(row), id % 3 != 0 && id % 2 == 0, "{name} {row}");
            assert!(emails.is_null(row) || emails.value(row) == format!("{id}@example.com"));
        }
        assert_eq!(column_names(&store, &file, &format).await.expect("it is whole"), ["id", "buyer.email", "buyer.age"], "{name}");
    }
}

/// Columns without values have no buffers: their messages are empty.
#[tokio::test]
async fn arrow_messages_without_a_body_count() {
    let nulls = || one("v", Arc::new(datafusion::arrow::array::NullArray::new(3)));
    for write in [arrow_file, arrow_stream] {
        let (rows, counts) = put_and_read("x.arrow", write(&[nulls(), nulls()]), &ReadFormat::Arrow, &["v"]).await.expect("it is whole");
        assert_eq!((rows, counts.rows), (6, 6));
    }
}

#[tokio::test]
async fn a_missing_column_is_an_error_that_suggests() {
    for (name, format, write) in FORMATS {
        let error = put_and_read(name, write(&[batch(0, 3)]), &format, &["buyer.emial"]).await.expect_err("there is none");
        let expected = "no column `buyer.emial`, did you mean `buyer.email`?; it has `id`, `buyer.email`, `buyer.age`";
        assert_eq!(error.to_string(), format!("{name}: {expected}"));
    }
}

/// A cut file never reads as a shorter one; Avro is the exception between blocks, of which this file has one.
#[tokio::test]
async fn a_truncated_file_is_damaged_wherever_it_is_cut() {
    for (name, format, write) in FORMATS {
        let whole = write(&[batch(0, 50)]);
        let step = (whole.len() / 97).max(1);
        let header = avro_header(&whole, &format);
        for cut in (0..whole.len()).rev().step_by(step).filter(|cut| Some(*cut) != header) {
            let error = put_and_read(name, whole[..cut].to_vec(), &format, &["id"]).await;
            assert!(matches!(error, Err(InputError::Damaged { .. })), "{name} cut at {cut} of {}: {error:?}", whole.len());
        }
    }
}

/// Where an Avro file may end without a block.
fn avro_header(whole: &[u8], format: &ReadFormat) -> Option<usize> {
    let sync = whole.get(whole.len() - 16..).filter(|_| *format == ReadFormat::Avro)?;
    whole.windows(16).position(|window| window == sync).map(|at| at + 16)
}

#[tokio::test]
async fn a_corrupt_file_never_panics() {
    for (name, format, write) in FORMATS {
        let whole = write(&[batch(0, 200)]);
        for at in (0..whole.len()).step_by((whole.len() / 61).max(1)) {
            let mut corrupt = whole.clone();
            corrupt[at] ^= 0x55;
            match put_and_read(name, corrupt, &format, &["id", "buyer.email"]).await {
                Ok(_) | Err(InputError::Damaged { .. } | InputError::MissingColumn { .. } | InputError::ColumnType { .. }) => {}
                Err(error) => panic!("{name} corrupt at {at}: {error}"),
            }
        }
    }
}

#[tokio::test]
async fn a_file_of_another_format_is_damaged() {
    for (name, format, _) in FORMATS {
        let error = put_and_read(name, b"a,b\n1,2\n3,4\n5,6\n7,8\n".to_vec(), &format, &["a"]).await;
        assert!(matches!(error, Err(InputError::Damaged { .. })), "{name}: {error:?}");
    }
}

#[tokio::test]
async fn one_way_of_holding_text() {
    let dictionary: DictionaryArray<Int32Type> = ["x", "y"].into_iter().collect();
    for column in [
        Arc::new(LargeStringArray::from(vec!["x", "y"])) as ArrayRef,
        Arc::new(StringViewArray::from(vec!["x", "y"])),
        Arc::new(dictionary),
    ] {
        let store = store(&[("x.arrow", arrow_file(&[one("v", Arc::clone(&column))]))]).await;
        let file = list(&store, "x.arrow").await.expect("it is there").remove(0);
        let (batches, _) = read(&store, &file, &ReadFormat::Arrow, &["v"]).await.expect("it is whole");
        assert_eq!(batches[0].column(4).as_string::<i32>(), &StringArray::from(vec!["x", "y"]), "{}", column.data_type());
    }
}

/// Reads a second file with the types of the first.
async fn second(first: ArrayRef, second: ArrayRef) -> Result<ArrayRef, InputError> {
    let store = store(&[("1.parquet", parquet(&[one("v", first)])), ("2.parquet", parquet(&[one("v", second)]))]).await;
    let files = list(&store, "*.parquet").await?;
    let spec = Arc::new(spec(&store, &files, &ReadFormat::Parquet, &[path("v")]).await?);
    let batches: Vec<RecordBatch> = read_file(Arc::clone(&store), 1, files[1].clone(), spec, IngestStats::new(2)).try_collect().await?;
    Ok(Arc::clone(batches[0].column(4)))
}

#[tokio::test]
async fn files_that_differ_are_cast_where_nothing_can_change() {
    let (int, long) = (Arc::new(Int32Array::from(vec![1])) as ArrayRef, Arc::new(Int64Array::from(vec![7])) as ArrayRef);
    let (big, text) = (Arc::new(Int64Array::from(vec![1 << 40])) as ArrayRef, Arc::new(StringArray::from(vec!["7"])) as ArrayRef);
    let word = Arc::new(StringArray::from(vec!["seven"])) as ArrayRef;
    let float = Arc::new(datafusion::arrow::array::Float64Array::from(vec![1.5])) as ArrayRef;
    assert_eq!(second(Arc::clone(&int), Arc::clone(&long)).await.expect("it fits").as_primitive::<Int32Type>().value(0), 7);
    assert_eq!(second(Arc::clone(&text), Arc::clone(&long)).await.expect("it fits").as_string::<i32>().value(0), "7");
    assert_eq!(second(Arc::clone(&long), Arc::clone(&text)).await.expect("it fits").as_primitive::<Int64Type>().value(0), 7);
    for misfit in [big, word, float] {
        let error = second(Arc::clone(&int), Arc::clone(&misfit)).await.expect_err("it does not fit");
        let expected = format!("2.parquet: column `v` is {}, but Int32 in 1.parquet; write the files with one schema", misfit.data_type());
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn parquet_without_wanted_columns_still_counts_rows() {
    let store = store(&[("x.parquet", parquet(&[batch(0, 10)]))]).await;
    let file = list(&store, "x.parquet").await.expect("it is there").remove(0);
    let mut spec = spec(&store, std::slice::from_ref(&file), &ReadFormat::Parquet, &[path("id")]).await.expect("it is whole");
    spec.projection = Some(Vec::new());
    let batches: Vec<RecordBatch> =
        read_file(store, 0, file, Arc::new(spec), IngestStats::new(1)).try_collect().await.expect("it is whole");
    assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), 10);
}
