//! Files on the disk, and which rows of them count: those that exist for a snapshot, everything that was ever delivered for a log. What an
//! operation does to the disk is told in `op.rs`.

use super::current::Row;
use super::decisions;
use super::model::{Mode, Source};
use super::op::Op;
use super::start;
use super::variant::{Family, Variant};
use std::collections::BTreeMap;

/// By source and path (`crm/1.csv`): rows, without the header. Decisions of people are there as those of a source of their own.
pub(crate) type Files = BTreeMap<&'static str, BTreeMap<String, Vec<Row>>>;

/// Whether a source that leaves the pipeline starts from nothing when it returns. If not, files of its log that are gone by then still count.
const FORGETS_SOURCES: bool = true;

/// Where a sequence of operations has led.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) variant: Variant,
    pub(super) disk: Files,
    counted: Files,
    /// Rows that were taken out, with the path that they stood in.
    pub(super) gone: BTreeMap<(&'static str, String), (String, Row)>,
}

/// What has to be done to the project before the next run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Write {
        path: String,
        text: String,
    },
    Remove {
        path: String,
    },
    /// Another time of modification, nothing else.
    Touch {
        path: String,
    },
    Pipeline(Variant),
}

impl State {
    /// The first day of a family, delivered.
    pub(crate) fn start(family: Family) -> State {
        let mut state = State::empty(family);
        for (source, path, text) in start::files(family) {
            let rows = text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
            state.disk.entry(source).or_default().insert((*path).to_owned(), rows);
        }
        let decided = start::decisions(family).iter().map(|row| row.split(',').map(str::to_owned).collect());
        state.disk.entry(decisions::FOLDER).or_default().insert(format!("{}/1.csv", decisions::FOLDER), decided.collect());
        for (source, path, row) in start::gone(family) {
            let row: Row = row.split(',').map(str::to_owned).collect();
            state.gone.insert((source, row[0].clone()), ((*path).to_owned(), row));
        }
        state.deliver();
        state
    }

    /// The base pipeline of a family, without files.
    pub(crate) fn empty(family: Family) -> State {
        State { variant: family.base(), disk: Files::new(), counted: Files::new(), gone: BTreeMap::new() }
    }

    /// The changes that lead from an empty project to this one.
    pub(crate) fn project(&self) -> Vec<Change> {
        std::iter::once(Change::Pipeline(self.variant)).chain(changes(self.variant.family, &Files::new(), &self.disk)).collect()
    }

    /// Applies an operation and delivers: a run has to follow.
    pub(crate) fn step(&mut self, op: &Op) -> Vec<Change> {
        let changes = self.apply(op);
        self.deliver();
        changes
    }

    /// Applies an operation without a run behind it. Where it does not apply, nothing changes.
    pub(crate) fn apply(&mut self, op: &Op) -> Vec<Change> {
        let (disk, variant) = (self.disk.clone(), self.variant);
        self.alter(op);
        let mut changes = changes(variant.family, &disk, &self.disk);
        if let Op::Touch { source, path } = op
            && self.file(source, path).is_some()
        {
            changes.push(Change::Touch { path: path.clone() });
        }
        if self.variant != variant {
            changes.push(Change::Pipeline(self.variant));
        }
        changes
    }

    /// A run reads what is there: from now on it counts as the modes say.
    pub(crate) fn deliver(&mut self) {
        self.counted.insert(decisions::FOLDER, self.disk.get(decisions::FOLDER).cloned().unwrap_or_default());
        let model = self.variant.model();
        for source in self.variant.family.sources() {
            let Some(Source { mode, .. }) = model.source(source) else {
                if FORGETS_SOURCES {
                    self.counted.remove(source);
                }
                continue;
            };
            let there = self.disk.get(source).cloned().unwrap_or_default();
            let counted = self.counted.entry(source).or_default();
            match mode {
                Mode::Snapshot => *counted = there,
                Mode::Changes | Mode::Append => counted.extend(there),
            }
        }
    }

    /// The rows that count, for [`super::expected`].
    pub(crate) fn counted(&self) -> &Files {
        &self.counted
    }

    /// The rows of a file that exists.
    pub(super) fn file(&self, source: &str, path: &str) -> Option<&Vec<Row>> {
        self.disk.get(source)?.get(path)
    }

    /// The paths of a source's files that exist.
    pub(crate) fn paths(&self, source: &str) -> Vec<String> {
        self.disk.get(source).into_iter().flat_map(|files| files.keys().cloned()).collect()
    }

    /// The keys that stand in a source's files that exist.
    pub(crate) fn keys(&self, source: &str) -> Vec<String> {
        let rows = self.disk.get(source).into_iter().flat_map(|files| files.values().flatten());
        let mut keys: Vec<String> = rows.map(|row| row[0].clone()).filter(|key| !key.is_empty()).collect();
        keys.sort();
        keys.dedup();
        keys
    }

    /// The keys of rows that were taken out of a source, or deleted by a later row.
    pub(crate) fn gone_keys(&self, source: &str) -> Vec<String> {
        self.gone.keys().filter(|(of, _)| *of == source).map(|(_, key)| key.clone()).collect()
    }
}

/// What has to be removed and written to get from some files to others.
fn changes(family: Family, before: &Files, after: &Files) -> Vec<Change> {
    let mut changes = Vec::new();
    let none = BTreeMap::new();
    for source in family.sources().iter().chain([&decisions::FOLDER]) {
        let [old, new] = [before, after].map(|files| files.get(source).unwrap_or(&none));
        let gone = old.keys().filter(|path| !new.contains_key(*path));
        changes.extend(gone.map(|path| Change::Remove { path: path.clone() }));
        let written = new.iter().filter(|(path, rows)| old.get(*path) != Some(rows));
        let columns = if *source == decisions::FOLDER { &decisions::COLUMNS } else { family.source(source).columns };
        changes.extend(written.map(|(path, rows)| Change::Write { path: path.clone(), text: csv(columns, rows) }));
    }
    changes
}

/// A file as text: the header and the rows. No value has a comma, a quote or a line end.
pub(crate) fn csv(columns: &[&str], rows: &[Row]) -> String {
    let header = columns.join(",");
    rows.iter().map(|row| row.join(",")).fold(header + "\n", |text, row| text + &row + "\n")
}
