//! Queries over the table of a source.

use std::sync::Arc;

use c360_model::model::ReadFormat;
use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::{Int32Type, Int64Type};
use datafusion::error::DataFusionError;
use datafusion::physical_plan::displayable;
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext, col};
use object_store::memory::InMemory;
use object_store::{ObjectStore, ObjectStoreExt};

use super::super::{FileCounts, IngestStats, InputError, list, spec};
use super::IngestTable;

async fn table(files: &[(&str, &str)], format: &ReadFormat, columns: &[&str]) -> IngestTable {
    let store: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
    for (name, content) in files {
        store.put(&(*name).into(), (*content).to_owned().into()).await.expect("memory takes it");
    }
    let listed = list(&store, "in/").await.expect("they are there");
    let columns: Vec<Vec<String>> = columns.iter().map(|column| vec![(*column).to_owned()]).collect();
    let spec = spec(&store, &listed, format, &columns).await.expect("text has a schema");
    IngestTable::new(store, listed, spec)
}

fn csv() -> ReadFormat {
    ReadFormat::Csv { delimiter: b',', quote: b'"', encoding: "utf-8".to_owned(), null: Vec::new() }
}

const FILES: [(&str, &str); 3] = [("in/1.csv", "a,b\n1,x\n2\n3,y\n"), ("in/2.csv", "b,a\nz,4\n"), ("in/3.csv", "a,b\n5,\"v\n")];

async fn three() -> (DataFrame, Arc<IngestStats>) {
    let table = table(&FILES, &csv(), &["a", "b"]).await;
    let stats = table.stats();
    let context = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(2));
    (context.read_table(Arc::new(table)).expect("a table"), stats)
}

async fn plan(frame: &DataFrame) -> String {
    let plan = frame.clone().create_physical_plan().await.expect("a plan");
    displayable(plan.as_ref()).indent(false).to_string()
}

fn whole(batches: &[RecordBatch]) -> RecordBatch {
    concat_batches(&batches[0].schema(), batches).expect("one schema")
}

#[tokio::test]
async fn rows_and_rejects_come_in_order_and_are_counted() {
    let (frame, stats) = three().await;
    let sorted = frame.sort(vec![col("_file").sort(true, false), col("_row").sort(true, false)]).expect("a plan");
    assert!(!plan(&sorted).await.contains("SortExec"), "partitions are sorted already: {}", plan(&sorted).await);
    let rows = whole(&sorted.collect().await.expect("nothing is wrong with whole files"));
    let places: Vec<(i32, i64)> = (0..rows.num_rows())
        .map(|row| (rows.column(0).as_primitive::<Int32Type>().value(row), rows.column(1).as_primitive::<Int64Type>().value(row)))
        .collect();
    assert_eq!(places, [(0, 2), (0, 3), (0, 4), (1, 2), (2, 2)]);
    let texts = |column: usize| rows.column(column).as_string::<i32>().iter().map(Option::<&str>::unwrap_or_default).collect::<Vec<_>>();
    assert_eq!(texts(4), ["1", "", "3", "4", ""]);
    assert_eq!(texts(5), ["x", "", "y", "z", ""]);
    assert_eq!(texts(2)[1], "1 fields, the header has 2");
    assert_eq!(texts(3)[4], "5,\"v");
    let counts = |rows, rejects, file: usize| Some(FileCounts { rows, rejects, bytes: FILES[file].1.len() as u64, unseen: Vec::new() });
    assert_eq!(stats.files(), [counts(3, 1, 0), counts(1, 0, 1), counts(1, 1, 2)]);
}

#[tokio::test]
async fn only_the_columns_that_a_query_needs_are_built() {
    let (frame, _) = three().await;
    let some = frame.filter(col("_reject").is_null()).and_then(|frame| frame.select(vec![col("b")])).expect("a plan");
    assert!(plan(&some).await.contains("IngestExec: files=3, columns=[_reject, b]"), "{}", plan(&some).await);
    assert_eq!(whole(&some.collect().await.expect("nothing is wrong with whole files")).num_rows(), 3);
    let (frame, _) = three().await;
    assert_eq!(frame.count().await.expect("nothing is wrong with whole files"), 5);
}

#[tokio::test]
async fn a_query_may_run_twice() {
    let (frame, stats) = three().await;
    let first = frame.clone().count().await.expect("nothing is wrong with whole files");
    let counts = stats.files();
    assert_eq!((first, counts), (frame.count().await.expect("nothing is wrong with whole files"), stats.files()));
}

#[tokio::test]
async fn an_error_of_input_comes_through_as_it_is() {
    let table = table(&[("in/1.csv", "a\n1\n"), ("in/2.csv", "c\n1\n")], &csv(), &["a"]).await;
    let context = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(1));
    let error = context.read_table(Arc::new(table)).expect("a table").collect().await.expect_err("a column is missing");
    let DataFusionError::External(inner) = error.find_root() else { panic!("{error}") };
    let Some(InputError::MissingColumn { file, column, .. }) = inner.downcast_ref() else { panic!("{error}") };
    assert_eq!((file.as_str(), column.as_str()), ("in/2.csv", "a"));
}

#[tokio::test]
async fn a_source_without_files_has_no_rows() {
    let table = table(&[], &csv(), &["a"]).await;
    let frame = SessionContext::new().read_table(Arc::new(table)).expect("a table");
    assert_eq!(frame.count().await.expect("nothing is read"), 0);
}

#[tokio::test]
async fn columns_that_no_file_has_are_told() {
    let files = [("in/1.json", "{\"a\":1}\n"), ("in/2.json", "{\"b\":1}\nx\n"), ("in/3.json", "x\n")];
    let table = table(&files, &ReadFormat::Ndjson, &["a", "b", "c"]).await;
    let stats = table.stats();
    SessionContext::new().read_table(Arc::new(table)).expect("a table").collect().await.expect("lines are never errors");
    assert_eq!(stats.unseen(), ["c"]);
}
