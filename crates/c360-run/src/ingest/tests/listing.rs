//! Which files a place stands for.

use std::sync::Arc;

use object_store::ObjectStore;
use object_store::local::LocalFileSystem;

use super::super::{InputError, is_pattern, list};
use super::files::store;

const FILES: [&str; 8] =
    ["in/b.csv", "in/a.csv", "in/a.csv.gz", "in/.hidden.csv", "in/_tmp.csv", "in/2026/c.csv", "in/_log/d.csv", "input.csv"];

const TABLE: [(&str, &[&str]); 9] = [
    ("in/*.csv", &["in/a.csv", "in/b.csv"]),
    ("in/a*", &["in/a.csv", "in/a.csv.gz"]),
    ("in/", &["in/2026/c.csv", "in/a.csv", "in/a.csv.gz", "in/b.csv"]),
    ("in/**/*.csv", &["in/2026/c.csv", "in/a.csv", "in/b.csv"]),
    ("in/*/?.csv", &["in/2026/c.csv"]),
    ("input.csv", &["input.csv"]),
    ("in/_tmp.csv", &["in/_tmp.csv"]),
    ("none/*.csv", &[]),
    ("none/", &[]),
];

async fn check(store: &Arc<dyn ObjectStore>) {
    for (place, expected) in TABLE {
        let files = list(store, place).await.expect("nothing is missing");
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, expected, "{place}");
        assert!(files.iter().all(|file| file.size == 4 && file.etag.is_some()));
    }
    let missing = |place: &'static str| async move { list(store, place).await.expect_err("it is not there").to_string() };
    assert_eq!(missing("in/none.csv").await, "in/none.csv: no such file");
    assert_eq!(missing("in").await, "in: no such file; it is a folder; write `in/` to read all files in it");
}

#[tokio::test]
async fn places_in_memory() {
    let files: Vec<(&str, Vec<u8>)> = FILES.iter().map(|name| (*name, b"a,b\n".to_vec())).collect();
    check(&store(&files).await).await;
}

#[tokio::test]
async fn places_on_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in FILES {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
        std::fs::write(path, "a,b\n").expect("a file");
    }
    let store: Arc<dyn ObjectStore> = Arc::new(LocalFileSystem::new_with_prefix(folder.path()).expect("a store"));
    check(&store).await;
}

#[tokio::test]
async fn names_that_stores_encode_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a#1.csv", "a 100%.csv", "a+b=c.csv"] {
        std::fs::write(folder.path().join(name), "a,b\n").expect("a file");
    }
    let store: Arc<dyn ObjectStore> = Arc::new(LocalFileSystem::new_with_prefix(folder.path()).expect("a store"));
    for file in list(&store, "*.csv").await.expect("a list") {
        list(&store, &file.path).await.unwrap_or_else(|error| panic!("{error}"));
    }
    assert_eq!(list(&store, "*.csv").await.expect("a list").len(), 3);
}

#[test]
fn a_literal_place_is_no_pattern() {
    assert!(!is_pattern("in/a.csv") && is_pattern("in/") && is_pattern("in/a?.csv"));
}

#[tokio::test]
async fn a_bad_place_is_an_error_not_a_panic() {
    let store = store(&[]).await;
    assert!(matches!(list(&store, "in/../x.csv").await, Err(InputError::Store { .. })));
}
