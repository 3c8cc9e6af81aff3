//! Decisions of people about pairs of records, in the oracle's words: rows of files like any other, and what they forbid and join.

use super::current::Row;
use super::records::{Name, Record};
use super::state::Files;

/// The folder of their files, and what they are called among [`Files`].
pub(crate) const FOLDER: &str = "overrides";

pub(crate) const COLUMNS: [&str; 7] = ["decision", "entity", "first", "second", "author", "time", "note"];

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    /// `always` or `never`.
    pub(crate) what: String,
    pub(crate) records: [Name; 2],
    /// `overrides/1.csv:2`
    pub(crate) place: String,
}

/// Those about records of an entity, in the order of files and lines.
pub(crate) fn decisions(files: &Files, entity: &str) -> Vec<Decision> {
    let mut found = Vec::new();
    for (path, rows) in files.get(FOLDER).into_iter().flatten() {
        for (number, row) in rows.iter().enumerate().filter(|(_, row)| row[1] == entity) {
            let place = format!("{path}:{}", number + 2);
            found.push(Decision { what: row[0].clone(), records: [name(&row[2]), name(&row[3])], place });
        }
    }
    found
}

pub(crate) fn name(text: &str) -> Name {
    let (source, key) = text.split_once(':').expect("source:key");
    Name::new(source, key)
}

impl Decision {
    /// The places of both records among these, the smaller in front, where both are there.
    pub(crate) fn pair(&self, records: &[Record<'_>]) -> Option<(usize, usize)> {
        let place = |name: &Name| records.iter().position(|record| record.name == *name);
        let (a, b) = (place(&self.records[0])?, place(&self.records[1])?);
        Some((a.min(b), a.max(b)))
    }

    /// `never overrides/1.csv:2`
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.what, self.place)
    }
}

/// Whether some rows make two records one that another row keeps apart: labels of records spread along `always` until nothing changes.
pub(crate) fn contradict(rows: &[Row]) -> bool {
    let record = |row: &Row, cell: usize| (row[1].clone(), row[cell].clone());
    let mut names: Vec<(String, String)> = rows.iter().flat_map(|row| [record(row, 2), record(row, 3)]).collect();
    names.sort();
    names.dedup();
    let place = |name: &(String, String)| names.iter().position(|known| known == name).expect("it is one of them");
    let mut label: Vec<usize> = (0..names.len()).collect();
    for _ in 0..names.len() {
        for row in rows.iter().filter(|row| row[0] == "always") {
            let (a, b) = (place(&record(row, 2)), place(&record(row, 3)));
            let least = label[a].min(label[b]);
            (label[a], label[b]) = (least, least);
        }
    }
    rows.iter().any(|row| row[0] == "never" && label[place(&record(row, 2))] == label[place(&record(row, 3))])
}
