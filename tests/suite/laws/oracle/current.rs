//! Which row of each key of a source is the current one, and what becomes of all others. Does not decide which files count: `state.rs` does.

use super::facts::line;
use super::model::{Model, Source};
use super::records::{describes, refused_columns};
use super::values::day;
use std::collections::BTreeMap;

/// The cells of a row, one per column of its source's header.
pub(crate) type Row = Vec<String>;

/// The file of a row, and its line; the header is line 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place<'f> {
    pub(crate) file: &'f str,
    pub(crate) line: usize,
}

/// A row with a key. The first two fields are the order in which rows of one key win.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Version<'f> {
    pub(crate) updated: Option<i64>,
    pub(crate) place: Place<'f>,
    pub(crate) cells: &'f Row,
    deletes: bool,
}

/// What the rows of a source come to.
#[derive(Debug, Default)]
pub(crate) struct Current<'f> {
    /// By key: the rows that are records.
    pub(crate) rows: BTreeMap<String, Version<'f>>,
    /// `source|key|file|row|kept file|kept row`
    pub(crate) duplicates: Vec<String>,
    /// `source|file|row|column|class`; the column is empty where a whole row is rejected.
    pub(crate) rejects: Vec<String>,
    pub(crate) balance: Balance,
}

/// Where the rows of a source went.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Balance {
    pub(crate) rows: usize,
    pub(crate) records: usize,
    pub(crate) duplicates: usize,
    pub(crate) rejects: usize,
    pub(crate) filtered: usize,
    pub(crate) deleted: usize,
}

/// The current rows of a source, of the files that count.
pub(crate) fn current<'f>(model: &Model, source: &Source, files: &'f BTreeMap<String, Vec<Row>>) -> Current<'f> {
    let mut current = Current::default();
    let mut versions: BTreeMap<String, Vec<Version<'f>>> = BTreeMap::new();
    for (file, rows) in files {
        for (place, cells) in rows.iter().enumerate().map(|(index, cells)| (Place { file, line: index + 2 }, cells)) {
            current.balance.rows += 1;
            if source.filter.is_some_and(|condition| !source.satisfies(cells, condition)) {
                current.balance.filtered += 1;
            } else if let Some(class) = trouble(model, source, cells) {
                current.balance.rejects += 1;
                current.rejects.push(reject(source, place, "", class));
            } else {
                versions.entry(source.cell(cells, "id").to_owned()).or_default().push(version(source, place, cells));
            }
        }
    }
    for (key, versions) in versions {
        current.settle(model, source, &key, &versions);
    }
    current
}

/// Why a row is no record at all, if it is none.
fn trouble(model: &Model, source: &Source, cells: &Row) -> Option<&'static str> {
    if source.cell(cells, "id").is_empty() {
        return Some("no key");
    }
    let empty = !deletes(source, cells) && !source.blocks.iter().any(|block| describes(model, source, block, cells));
    empty.then_some("describes nothing")
}

fn deletes(source: &Source, cells: &Row) -> bool {
    source.delete.is_some_and(|condition| source.satisfies(cells, condition))
}

fn version<'f>(source: &Source, place: Place<'f>, cells: &'f Row) -> Version<'f> {
    // A time that is refused is none.
    let updated = source.updated.and_then(|column| day(source.cell(cells, column)).ok());
    Version { updated, place, cells, deletes: deletes(source, cells) }
}

fn reject(source: &Source, place: Place<'_>, column: &str, class: &str) -> String {
    line(&[source.name, place.file, &place.line.to_string(), column, class])
}

impl<'f> Current<'f> {
    /// One row of a key stays, or none if that one deletes it.
    fn settle(&mut self, model: &Model, source: &Source, key: &str, versions: &[Version<'f>]) {
        let kept = *versions.iter().max_by_key(|version| (version.updated, version.place)).expect("a key has a row");
        for old in versions.iter().filter(|version| version.place != kept.place) {
            let places = [old.place.line, kept.place.line].map(|line| line.to_string());
            self.duplicates.push(line(&[source.name, key, old.place.file, &places[0], kept.place.file, &places[1]]));
        }
        self.balance.duplicates += versions.len() - 1;
        if kept.deletes {
            self.balance.deleted += 1;
            return;
        }
        self.balance.records += 1;
        for column in refused_columns(model, source, kept.cells) {
            self.rejects.push(reject(source, kept.place, &column, "refused"));
        }
        self.rows.insert(key.to_owned(), kept);
    }
}

impl Balance {
    /// Every row is somewhere.
    pub(crate) fn holds(&self) -> bool {
        self.rows == self.records + self.duplicates + self.rejects + self.filtered + self.deleted
    }

    /// `source|rows|records|duplicates|rejects|filtered|deleted`
    pub(crate) fn line(&self, source: &str) -> String {
        let Balance { rows, records, duplicates, rejects, filtered, deleted } = *self;
        let counts = [rows, records, duplicates, rejects, filtered, deleted].map(|count| count.to_string());
        format!("{source}|{}", counts.join("|"))
    }
}
