//! Whole files out of a store: packed, truncated, replaced, empty.

use std::io::Write;
use std::sync::Arc;

use c360_model::model::ReadFormat;
use datafusion::arrow::array::RecordBatch;
use futures::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use super::super::{FileCounts, IngestStats, InputError, InputFile, column_names, list, read_file, spec};
use super::{csv_format, path};

/// A store with these files.
pub(super) async fn store(files: &[(&str, Vec<u8>)]) -> Arc<dyn ObjectStore> {
    let store = InMemory::new();
    for (name, content) in files {
        store.put(&(*name).into(), PutPayload::from(content.clone())).await.expect("memory takes it");
    }
    Arc::new(store)
}

/// Reads the only file.
pub(super) async fn read(
    store: &Arc<dyn ObjectStore>,
    file: &InputFile,
    format: &ReadFormat,
    columns: &[&str],
) -> Result<(Vec<RecordBatch>, FileCounts), InputError> {
    let columns: Vec<_> = columns.iter().map(|column| path(column)).collect();
    let spec = Arc::new(spec(store, std::slice::from_ref(file), format, &columns).await?);
    let stats = IngestStats::new(1);
    let batches = read_file(Arc::clone(store), 0, file.clone(), spec, Arc::clone(&stats)).try_collect().await?;
    Ok((batches, stats.files().remove(0).expect("the file was read to its end")))
}

/// Puts one file into a store and reads it.
pub(super) async fn put_and_read(
    name: &str,
    content: Vec<u8>,
    format: &ReadFormat,
    columns: &[&str],
) -> Result<(usize, FileCounts), InputError> {
    let store = store(&[(name, content)]).await;
    let file = list(&store, name).await?.remove(0);
    let (batches, counts) = read(&store, &file, format, columns).await?;
    Ok((batches.iter().map(RecordBatch::num_rows).sum(), counts))
}

fn lines(count: usize) -> Vec<u8> {
    let mut content = b"a,b\n".to_vec();
    (0..count).for_each(|row| writeln!(content, "{row},{}", row * row % 9973).expect("writing to memory"));
    content
}

fn gz(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(content).and_then(|()| packer.finish()).expect("writing to memory")
}

fn bz2(content: &[u8]) -> Vec<u8> {
    let mut packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    packer.write_all(content).and_then(|()| packer.finish()).expect("writing to memory")
}

fn zst(content: &[u8]) -> Vec<u8> {
    zstd::encode_all(content, 1).expect("writing to memory")
}

#[tokio::test]
async fn packed_files_are_unpacked_also_in_several_parts() {
    let content = lines(30_000);
    let (first, second) = content.split_at(100_001);
    for (name, pack) in [("x.csv.gz", gz as fn(&[u8]) -> Vec<u8>), ("x.csv.zst", zst), ("x.CSV.BZ2", bz2), ("x.csv", <[u8]>::to_vec)] {
        let stored = [pack(first), pack(second)].concat();
        let size = stored.len() as u64;
        let (rows, counts) = put_and_read(name, stored, &csv_format(), &["b"]).await.expect("it is whole");
        assert_eq!((rows, counts), (30_000, FileCounts { rows: 30_000, rejects: 0, bytes: size, unseen: Vec::new() }), "{name}");
    }
}

#[tokio::test]
async fn a_truncated_or_corrupt_packed_file_is_damaged_wherever_it_is_cut() {
    let content = lines(300);
    for (name, packed) in [("x.csv.gz", gz(&content)), ("x.csv.zst", zst(&content)), ("x.csv.bz2", bz2(&content))] {
        for cut in [packed.len() - 1, packed.len() - 9, packed.len() / 2, 5, 1] {
            let error = put_and_read(name, packed[..cut].to_vec(), &csv_format(), &["a"]).await.expect_err("it is truncated");
            assert!(matches!(&error, InputError::Damaged { file, .. } if file == name), "{name} cut at {cut}: {error}");
        }
    }
    let mut corrupt = gz(&content);
    let middle = corrupt.len() / 2;
    corrupt[middle] ^= 0xff;
    assert!(matches!(put_and_read("x.gz", corrupt, &csv_format(), &["a"]).await, Err(InputError::Damaged { .. })));
    let garbage = [gz(&content), b"garbage".to_vec()].concat();
    assert!(matches!(put_and_read("x.gz", garbage, &csv_format(), &["a"]).await, Err(InputError::Damaged { .. })));
}

#[tokio::test]
async fn rows_before_the_damage_are_counted() {
    let content = lines(400_000);
    let packed = gz(&content);
    let error = put_and_read("x.gz", packed[..packed.len() * 9 / 10].to_vec(), &csv_format(), &["a"]).await.expect_err("it is truncated");
    let InputError::Damaged { rows, .. } = error else { panic!("{error}") };
    assert!((300_000..400_000).contains(&rows), "{rows}");
}

#[tokio::test]
async fn a_bomb_does_not_go_off() {
    let bomb = zst(&[b"a\n".to_vec(), vec![b'x'; 300 << 20]].concat());
    let error = put_and_read("x.zst", bomb, &csv_format(), &["a"]).await.expect_err("it is a bomb");
    assert!(error.to_string().contains("unpacks to more than 500 times its size"), "{error}");
}

#[tokio::test]
async fn a_packed_file_without_its_ending_says_so() {
    let error = put_and_read("x.csv", gz(b"a,b\n"), &csv_format(), &["a"]).await.expect_err("it is packed");
    assert_eq!(error.to_string(), "x.csv: this is gzip; such a file's name ends in .gz");
}

#[tokio::test]
async fn empty_files_have_no_rows() {
    for (name, content) in [("x.csv", Vec::new()), ("x.csv.gz", gz(b"")), ("x.csv", b"a,b\n".to_vec())] {
        let size = content.len() as u64;
        let found = put_and_read(name, content, &csv_format(), &["a"]).await.expect("nothing is no error");
        assert_eq!(found, (0, FileCounts { bytes: size, ..FileCounts::default() }), "{name}");
    }
}

#[tokio::test]
async fn a_file_that_changed_since_it_was_listed_is_an_error() {
    let store = store(&[("x.csv", lines(3)), ("y.csv", lines(3))]).await;
    let files = list(&store, "*.csv").await.expect("they are there");
    store.put(&"x.csv".into(), PutPayload::from(lines(4))).await.expect("memory takes it");
    store.delete(&"y.csv".into()).await.expect("memory forgets it");
    for file in &files {
        let error = read(&store, file, &csv_format(), &["a"]).await.expect_err("it is another one");
        assert!(matches!(error, InputError::Changed { .. }), "{error}");
    }
    let shorter = InputFile { size: 1000, etag: None, ..list(&store, "x.csv").await.expect("it is there").remove(0) };
    assert!(matches!(read(&store, &shorter, &csv_format(), &["a"]).await, Err(InputError::Changed { .. })));
}

/// On a disk, whoever writes into a file writes into what is being read.
#[tokio::test]
async fn a_local_file_that_is_written_to_while_it_is_read_is_an_error() {
    let moves: [fn(&std::path::Path); 2] = [
        |file| {
            let other = String::from_utf8(lines(400_000)).expect("digits").replace('7', "8");
            std::fs::write(file, other).expect("it is ours");
        },
        |file| {
            let mut file = std::fs::File::options().append(true).open(file).expect("it is there");
            file.write_all(b"1,1\n").expect("it is ours");
        },
    ];
    for act in moves {
        let folder = tempfile::tempdir().expect("a folder");
        let path_of_file = folder.path().join("x.csv");
        std::fs::write(&path_of_file, lines(400_000)).expect("a file");
        let store: Arc<dyn ObjectStore> = Arc::new(LocalFileSystem::new_with_prefix(folder.path()).expect("a store"));
        let file = list(&store, "x.csv").await.expect("a list").remove(0);
        let spec = Arc::new(spec(&store, std::slice::from_ref(&file), &csv_format(), &[path("a")]).await.expect("text has a schema"));
        let stats = IngestStats::new(1);
        let mut stream = read_file(Arc::clone(&store), 0, file, spec, Arc::clone(&stats));
        stream.try_next().await.expect("so far it is whole").expect("it has rows");
        act(&path_of_file);
        let error = stream.try_collect::<Vec<_>>().await.expect_err("its rows are of two versions");
        assert!(matches!(error, InputError::Changed { .. }), "{error}");
        assert_eq!(stats.files(), [None]);
    }
}

#[tokio::test]
async fn local_files_read_like_others() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("Kunden äöü 1.csv"), lines(20_000)).expect("a file");
    let store: Arc<dyn ObjectStore> = Arc::new(LocalFileSystem::new_with_prefix(folder.path()).expect("a store"));
    let files = list(&store, "*.csv").await.expect("a list");
    assert_eq!(files[0].path, "Kunden äöü 1.csv");
    let (batches, counts) = read(&store, &files[0], &csv_format(), &["a"]).await.expect("it is whole");
    assert_eq!((batches.len(), counts.rows), (3, 20_000));
}

#[tokio::test]
async fn the_stream_may_be_dropped_before_its_end() {
    let store = store(&[("x.csv", lines(200_000))]).await;
    let file = list(&store, "x.csv").await.expect("it is there").remove(0);
    let spec = Arc::new(spec(&store, std::slice::from_ref(&file), &csv_format(), &[path("a")]).await.expect("text has a schema"));
    let stats = IngestStats::new(1);
    let mut stream = read_file(Arc::clone(&store), 0, file, spec, Arc::clone(&stats));
    assert!(stream.try_next().await.expect("it is whole").is_some());
    drop(stream);
    assert_eq!(stats.files(), [None], "a file that was not read to its end has no counts");
}

#[tokio::test]
async fn the_columns_of_text_files_can_be_asked_for() {
    for (name, content, format, expected) in [
        ("x.csv", &b"\n\" a \",b,\n1,2,3\n"[..], csv_format(), &["a", "b", ""][..]),
        ("x.csv", b"", csv_format(), &[]),
        ("x.json", b"{\"a\":1,\"b\":{\"c\":1}}\nx\n{\"\\u0064\":1,\"a\":2}\n{\"e\":1,\"f", ReadFormat::Ndjson, &["a", "b", "d", "e"]),
    ] {
        let store = store(&[(name, content.to_vec())]).await;
        let file = list(&store, name).await.expect("it is there").remove(0);
        assert_eq!(column_names(&store, &file, &format).await.expect("it is whole"), expected);
    }
}

#[test]
fn a_store_that_stops_early_is_noticed() {
    for name in ["x.csv", "x.csv.gz"] {
        let mut stored = super::super::unpack::unpack(Box::new(&b"a,b\n"[..]), name, 5).expect("it is read later");
        let error = std::io::read_to_string(&mut stored).expect_err("a byte is missing");
        assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof, "{name}: {error}");
    }
}
