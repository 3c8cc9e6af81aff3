//! A checked pipeline with its files in a temporary folder, run in this process. Does not know how stores fail.

use super::trained::models;
use c360_model::model::Model;
use c360_model::{Functions, check};
use c360_run::commit::{self, Commit, sha256};
use c360_run::engine::LocalEngine;
use c360_run::look::{View, collect, session};
use c360_run::store::{Location, Store};
use c360_run::{Budget, Error, Options, Outcome, Pipeline, Silent};
use c360_syntax::{Severity, Sources, parse};
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::util::pretty::pretty_format_batches;
use futures::TryStreamExt;
use object_store::memory::InMemory;
use object_store::{ObjectStore, ObjectStoreExt};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// One entity in two systems.
pub(crate) const SMALL: &str = r#"
pipeline small { country DE }
entity customer {
  number text
  email  email many
  match { exact number strong, exact email }
  golden { precedence crm > web }
}
source crm { read csv("crm/*.csv"), key id, customer { number = no, email = mail } }
source web { read csv("web/*.csv"), key id, customer { email = mail } }
"#;

/// A pipeline with its files.
pub(crate) struct World {
    folder: TempDir,
    model: Model,
    fingerprint: String,
}

impl World {
    /// The pipeline `text`, which must have no error, without files.
    pub(crate) fn new(text: &str) -> World {
        let folder = tempfile::tempdir().expect("a temporary folder");
        World { folder, model: compiled(text), fingerprint: sha256(text.as_bytes()) }
    }

    /// Puts another pipeline over the same files.
    pub(crate) fn declare(&mut self, text: &str) {
        self.model = compiled(text);
        self.fingerprint = sha256(text.as_bytes());
    }

    /// The small pipeline with its first day.
    pub(crate) fn small() -> World {
        World::small_of(SMALL)
    }

    /// Another pipeline with the first day of the small one.
    pub(crate) fn small_of(text: &str) -> World {
        let world = World::new(text);
        world.write("crm/1.csv", "id,no,mail\n1,A1,anna@example.com\n2,A2,bert@example.com\n");
        world.write("web/1.csv", "id,mail\n7,ANNA@example.com\n8,carl@example.com\n");
        world
    }

    /// The small pipeline's second day: Carl gets a number, Dora comes.
    pub(crate) fn second_day(&self) {
        self.write("crm/2.csv", "id,no,mail\n3,A3,carl@example.com\n4,A4,dora@example.com\n");
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).expect("it was there");
    }

    /// Gives a file another time of modification.
    pub(crate) fn touch(&self, name: &str) {
        let file = fs::File::options().write(true).open(self.path(name)).expect("it is there");
        let before = file.metadata().and_then(|m| m.modified()).expect("files have times");
        file.set_modified(before + std::time::Duration::from_secs(60)).expect("it is ours");
    }

    /// Runs on two threads.
    pub(crate) async fn run(&self, store: &Store) -> Result<Outcome, Error> {
        self.run_with(store, 2, None).await
    }

    pub(crate) async fn run_with(&self, store: &Store, threads: usize, memory: Option<usize>) -> Result<Outcome, Error> {
        c360_run::run(self.pipeline(), store, &options(threads, memory), &Silent).await
    }

    /// Runs with operators that hand on so many rows at once.
    pub(crate) async fn run_in_batches(&self, store: &Store, rows: usize) -> Result<Outcome, Error> {
        let options = Options { batch_rows: Some(rows), ..options(2, None) };
        c360_run::run(self.pipeline(), store, &options, &Silent).await
    }

    /// What `verify` finds wrong with the last commit.
    pub(crate) async fn verify(&self, store: &Store) -> Vec<String> {
        let scratch = Location::memory().expect("memory is always there");
        let verified = c360_run::care::verify(self.pipeline(), store, scratch, &options(2, None), &Silent).await;
        verified.expect("it can be verified").problems
    }

    fn pipeline(&self) -> Pipeline<'_> {
        Pipeline { model: &self.model, fingerprint: &self.fingerprint, folder: self.folder.path() }
    }

    /// Runs, and there is a new commit.
    pub(crate) async fn commits(&self, store: &Store) -> Commit {
        match self.run(store).await {
            Ok(Outcome::Committed(commit)) => *commit,
            other => panic!("no commit: {other:?}"),
        }
    }

    /// The rows of a query as a table of text.
    pub(crate) async fn query(&self, store: &Store, sql: &str) -> String {
        pretty_format_batches(&self.rows(store, sql).await).expect("printable").to_string()
    }

    /// The rows of a query.
    pub(crate) async fn rows(&self, store: &Store, sql: &str) -> Vec<RecordBatch> {
        let head = commit::head(store).await.expect("readable").expect("there is a commit");
        let engine = LocalEngine::try_new(2, None, store).expect("an engine");
        let view = View::open(&self.model, &head.commit, store, &engine).await.expect("readable tables");
        collect(&view, sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"))
    }

    /// The rows of several queries of one commit, which is opened once.
    pub(crate) async fn answers(&self, store: &Store, queries: &[String]) -> Vec<Vec<RecordBatch>> {
        let head = commit::head(store).await.expect("readable").expect("there is a commit");
        let engine = LocalEngine::try_new(2, None, store).expect("an engine");
        let view = View::open(&self.model, &head.commit, store, &engine).await.expect("readable tables");
        let session = session(&view).await.expect("a session");
        let mut answers = Vec::new();
        for sql in queries {
            let rows = session.sql(sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
            answers.push(rows.collect().await.unwrap_or_else(|e| panic!("{sql}: {e}")));
        }
        answers
    }

    /// `source:key` of every record of `customer` with its id.
    pub(crate) async fn ids(&self, store: &Store) -> BTreeMap<String, u64> {
        let rows = self.query(store, "select source || ':' || key as record, id from members.customer").await;
        let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        rows.lines().skip(3).map(cells).filter(|c| c.len() == 4).map(|c| (c[1].clone(), c[2].parse().expect("an id"))).collect()
    }
}

fn options(threads: usize, memory: Option<usize>) -> Options {
    let budget = Budget { empty: true, ..Budget::default() };
    Options { as_of: "2026-10-01T00:00:00Z".into(), threads, memory, batch_rows: None, full: false, budget }
}

/// The model of a pipeline that has no error.
fn compiled(text: &str) -> Model {
    let mut sources = Sources::new();
    let id = sources.add("test.c360", text);
    let (file, mut findings) = parse(&sources, id);
    let functions = c360_plan::scalar_functions();
    let models = models(&file, &mut sources, &mut findings);
    let (model, checked) = check(&[file], &Functions::new(&functions), &models);
    findings.extend(checked);
    let errors: Vec<_> = findings.iter().filter(|f| f.code.severity == Severity::Error).map(|f| &f.message).collect();
    assert!(errors.is_empty(), "{errors:?}");
    model.expect("there is no error")
}

/// A state in these objects.
pub(crate) fn store_over(objects: Arc<dyn ObjectStore>) -> Store {
    let mut location = Location::memory().expect("memory is always there");
    location.store = objects;
    Store::new(location)
}

/// A state in memory of its own.
pub(crate) fn memory() -> (Arc<InMemory>, Store) {
    let objects = Arc::new(InMemory::new());
    (Arc::clone(&objects), store_over(objects))
}

/// Table → sha256 of its files: what two runs with the same result have in common.
pub(crate) fn hashes(commit: &Commit) -> BTreeMap<String, Vec<String>> {
    commit.tables.iter().map(|(name, table)| (name.clone(), table.files().map(|file| file.sha256.clone()).collect())).collect()
}

/// All objects with their content.
pub(crate) async fn content(objects: &InMemory) -> BTreeMap<String, Vec<u8>> {
    let listed: Vec<_> = objects.list(None).try_collect().await.expect("memory is readable");
    let mut all = BTreeMap::new();
    for meta in listed {
        let bytes = objects.get(&meta.location).await.expect("listed").bytes().await.expect("in memory");
        all.insert(meta.location.to_string(), bytes.to_vec());
    }
    all
}

/// Asserts that every file of every commit is there with the bytes that the commit says.
pub(crate) async fn assert_whole(objects: &InMemory, store: &Store) {
    let content = content(objects).await;
    for commit in commit::list(store).await.expect("readable commits") {
        for file in commit.tables.values().flat_map(|table| table.files()) {
            let bytes = content.get(&file.path).unwrap_or_else(|| panic!("commit {}: no {}", commit.number, file.path));
            assert_eq!(sha256(bytes), file.sha256, "{}", file.path);
        }
    }
}
