//! Operations on files and pipelines. Each names what it is about, so that it means the same in any sequence; where that is not there, it
//! does nothing. So every subsequence of a sequence is one, too.

use super::current::Row;
use super::decisions;
use super::state::State;
use super::variant::Flavour;

/// One thing that happens between two runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Op {
    /// A file of a new path.
    AddFile {
        source: &'static str,
        path: String,
        rows: Vec<Row>,
    },
    /// Other content under a path that exists.
    ReplaceFile {
        source: &'static str,
        path: String,
        rows: Vec<Row>,
    },
    RemoveFile {
        source: &'static str,
        path: String,
    },
    /// The last row of a key gets another value in its file.
    UpdateRow {
        source: &'static str,
        key: String,
        column: &'static str,
        value: String,
    },
    /// A log with deletes gets a row that deletes the key; elsewhere the key's rows vanish from their files.
    DeleteRow {
        source: &'static str,
        key: String,
    },
    /// All rows of a key go to the end of another file, new or not.
    MoveKey {
        source: &'static str,
        key: String,
        path: String,
    },
    /// A new file whose path sorts before all that are there.
    LateFile {
        source: &'static str,
        rows: Vec<Row>,
    },
    /// The content of a file once more, under a new path.
    Redeliver {
        source: &'static str,
        path: String,
        to: String,
    },
    /// What [`Op::DeleteRow`] took comes back as it was.
    Return {
        source: &'static str,
        key: String,
    },
    AddSource(&'static str),
    RemoveSource(&'static str),
    ChangePipeline(Flavour),
    /// A person decides about two records, or otherwise than before. Not where that contradicts other decisions, or a source is not there.
    Decide {
        /// `always` or `never`.
        what: &'static str,
        entity: &'static str,
        records: [String; 2],
        /// The file; all but the first get new lines at their beginning, so that others move.
        file: usize,
    },
    /// A person takes the decision about two records back.
    Undecide {
        entity: String,
        records: [String; 2],
    },
    /// Another time of modification.
    Touch {
        source: &'static str,
        path: String,
    },
    Nothing,
}

/// The kinds of operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    AddFile,
    ReplaceFile,
    RemoveFile,
    UpdateRow,
    DeleteRow,
    MoveKey,
    LateFile,
    Redeliver,
    Return,
    AddSource,
    RemoveSource,
    ChangePipeline,
    Touch,
    Decide,
    Undecide,
    Nothing,
}

pub(crate) const KINDS: [Kind; 16] = [
    Kind::AddFile,
    Kind::ReplaceFile,
    Kind::RemoveFile,
    Kind::UpdateRow,
    Kind::DeleteRow,
    Kind::MoveKey,
    Kind::LateFile,
    Kind::Redeliver,
    Kind::Return,
    Kind::AddSource,
    Kind::RemoveSource,
    Kind::ChangePipeline,
    Kind::Touch,
    Kind::Decide,
    Kind::Undecide,
    Kind::Nothing,
];

impl State {
    /// Applies an operation to the disk and the choice of pipeline.
    pub(super) fn alter(&mut self, op: &Op) {
        match op {
            Op::AddFile { source, path, rows } => self.add(source, path, rows.clone()),
            Op::ReplaceFile { source, path, rows } => self.replace(source, path, rows),
            Op::RemoveFile { source, path } => drop(self.disk.entry(source).or_default().remove(path)),
            Op::UpdateRow { source, key, column, value } => self.update(source, key, column, value),
            Op::DeleteRow { source, key } => self.delete(source, key),
            Op::MoveKey { source, key, path } => self.move_key(source, key, path),
            Op::LateFile { source, rows } => self.late(source, rows),
            Op::Redeliver { source, path, to } => self.file(source, path).cloned().into_iter().for_each(|rows| self.add(source, to, rows)),
            Op::Return { source, key } => self.bring_back(source, key),
            Op::AddSource(source) => self.variant.without = self.variant.without.filter(|gone| gone != source),
            Op::RemoveSource(source) => self.remove_source(source),
            Op::ChangePipeline(flavour) => self.variant.flavour = *flavour,
            Op::Decide { what, entity, records, file } => self.decide(what, entity, records, *file),
            Op::Undecide { entity, records } => self.undecide(entity, records),
            Op::Touch { .. } | Op::Nothing => {}
        }
    }

    fn add(&mut self, source: &'static str, path: &str, rows: Vec<Row>) {
        self.disk.entry(source).or_default().entry(path.to_owned()).or_insert(rows);
    }

    fn replace(&mut self, source: &'static str, path: &str, rows: &[Row]) {
        if let Some(file) = self.disk.entry(source).or_default().get_mut(path) {
            *file = rows.to_vec();
        }
    }

    fn update(&mut self, source: &'static str, key: &str, column: &str, value: &str) {
        let position = self.column(source, column);
        let rows = self.disk.entry(source).or_default().values_mut().flatten();
        if let Some(row) = rows.filter(|row| row[0] == key).last() {
            row[position] = value.to_owned();
        }
    }

    fn delete(&mut self, source: &'static str, key: &str) {
        let Some((path, last)) = self.last(source, key) else { return };
        self.gone.insert((source, key.to_owned()), (path, last.clone()));
        if self.variant.family.source(source).delete.is_some() {
            self.log(source, last, "D");
        } else {
            self.take(source, key);
        }
    }

    fn bring_back(&mut self, source: &'static str, key: &str) {
        let Some((path, row)) = self.gone.remove(&(source, key.to_owned())) else { return };
        if self.variant.family.source(source).delete.is_some() {
            self.log(source, row, "");
        } else {
            self.disk.entry(source).or_default().entry(path).or_default().push(row);
        }
    }

    /// A row in a file of its own, newer than all before it.
    fn log(&mut self, source: &'static str, mut row: Row, op: &str) {
        let front = format!("{source}/9-");
        let number = self.paths(source).iter().filter(|path| path.starts_with(&front)).count();
        let (at, what) = (self.column(source, "at"), self.column(source, "op"));
        row[at] = format!("{}-01-01", 2027 + number);
        row[what] = op.to_owned();
        self.add(source, &format!("{front}{number:03}.csv"), vec![row]);
    }

    fn move_key(&mut self, source: &'static str, key: &str, path: &str) {
        let rows = self.take(source, key);
        if !rows.is_empty() {
            self.disk.entry(source).or_default().entry(path.to_owned()).or_default().extend(rows);
        }
    }

    fn late(&mut self, source: &'static str, rows: &[Row]) {
        let earlier = self.paths(source).iter().filter(|path| path.starts_with(&format!("{source}/0-"))).count();
        let number = 999_usize.saturating_sub(earlier);
        self.add(source, &format!("{source}/0-{number:03}.csv"), rows.to_vec());
    }

    fn remove_source(&mut self, source: &'static str) {
        if self.variant.family.removable().contains(&source) && self.variant.without.is_none() {
            self.variant.without = Some(source);
            // Nobody can decide about records of a source that the pipeline does not have.
            let front = format!("{source}:");
            let rows = self.disk.entry(decisions::FOLDER).or_default().values_mut();
            rows.for_each(|rows| rows.retain(|row| !row[2].starts_with(&front) && !row[3].starts_with(&front)));
        }
    }

    fn decide(&mut self, what: &str, entity: &str, records: &[String; 2], file: usize) {
        let model = self.variant.model();
        let describing = model.describing(entity);
        let known = |record: &String| describing.contains(&decisions::name(record).source.as_str());
        if !records.iter().all(known) || records[0] == records[1] {
            return;
        }
        let mut files = self.disk.get(decisions::FOLDER).cloned().unwrap_or_default();
        let row = [what, entity, &records[0], &records[1], "ann", "2026-10-01", ""].map(str::to_owned).to_vec();
        match files.values_mut().flatten().find(|known| known[1..4] == row[1..4]) {
            Some(known) => *known = row,
            None => {
                let rows = files.entry(format!("{}/{file}.csv", decisions::FOLDER)).or_default();
                let place = if file == 1 { rows.len() } else { 0 };
                rows.insert(place, row);
            }
        }
        let all: Vec<Row> = files.values().flatten().cloned().collect();
        if !decisions::contradict(&all) {
            self.disk.insert(decisions::FOLDER, files);
        }
    }

    fn undecide(&mut self, entity: &str, records: &[String; 2]) {
        let about = |row: &Row| row[1] == entity && row[2..4] == records[..];
        self.disk.entry(decisions::FOLDER).or_default().values_mut().for_each(|rows| rows.retain(|row| !about(row)));
    }

    /// All decisions: entity and records.
    pub(super) fn decided(&self) -> Vec<(String, [String; 2])> {
        let rows = self.disk.get(decisions::FOLDER).into_iter().flat_map(|files| files.values().flatten());
        rows.map(|row| (row[1].clone(), [row[2].clone(), row[3].clone()])).collect()
    }

    /// The last row of a key, and its path.
    fn last(&self, source: &str, key: &str) -> Option<(String, Row)> {
        let files = self.disk.get(source)?.iter();
        let mut rows = files.flat_map(|(path, rows)| rows.iter().map(move |row| (path, row)));
        rows.rfind(|(_, row)| row[0] == key).map(|(path, row)| (path.clone(), row.clone()))
    }

    /// What [`Op::UpdateRow`] would write over.
    pub(super) fn cell(&self, source: &str, key: &str, column: &str) -> Option<String> {
        self.last(source, key).map(|(_, row)| row[self.column(source, column)].clone())
    }

    /// Takes all rows of a key out of their files.
    fn take(&mut self, source: &'static str, key: &str) -> Vec<Row> {
        let mut taken = Vec::new();
        for rows in self.disk.entry(source).or_default().values_mut() {
            taken.extend(rows.iter().filter(|row| row[0] == key).cloned());
            rows.retain(|row| row[0] != key);
        }
        taken
    }

    fn column(&self, source: &str, column: &str) -> usize {
        let columns = self.variant.family.source(source).columns;
        columns.iter().position(|known| *known == column).expect("operations name columns of their source")
    }
}
