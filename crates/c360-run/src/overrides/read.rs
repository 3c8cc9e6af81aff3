//! The rows of all files of decisions. What cannot be used is told, row by row, and nothing of a row is repeated but its place: it may be personal.

use super::row::{COLUMNS, Row, Said, said};
use super::{Decision, Decisions};
use crate::error::{Error, Result};
use crate::ingest::{self, IngestStats, InputError, InputFile};
use crate::inputs::find_files;
use crate::step::arrays::{numbers, text};
use crate::store::Location;
use c360_model::model::{EntityId, Model, Overrides, ReadFormat};
use datafusion::arrow::array::{Array, RecordBatch};
use futures::StreamExt;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// All decisions, each once however many declarations name its file, and what is wrong with rows and headers.
pub(super) async fn read(model: &Model, folder: &Path) -> Result<(Decisions, Vec<String>)> {
    let mut files: BTreeMap<String, (Location, InputFile, &Overrides)> = BTreeMap::new();
    for declared in &model.overrides {
        let listed = list(declared, folder).await.map_err(|error| error.at(declared.span))?;
        for (name, location, file) in listed {
            files.entry(name).or_insert((location, file, declared));
        }
    }
    let mut found = Found::default();
    for (name, (location, file, declared)) in files {
        found.file(model, &name, &location, file).await.map_err(|error| error.at(declared.span))?;
    }
    Ok((Decisions { entities: found.entities, undecided: found.undecided }, found.problems))
}

/// The files of a declaration by the name that messages give them; of a store with its address, so that no two have the same.
async fn list(declared: &Overrides, folder: &Path) -> Result<Vec<(String, Location, InputFile)>> {
    let (location, files) = find_files(&declared.place, folder).await?;
    let named = |file: InputFile| {
        let name = if location.root.is_some() { file.name.clone() } else { format!("{}{}", location.base, file.name) };
        (name, location.clone(), file)
    };
    Ok(files.into_iter().map(named).collect())
}

#[derive(Default)]
struct Found {
    entities: BTreeMap<EntityId, Vec<Decision>>,
    undecided: u64,
    problems: Vec<String>,
}

impl Found {
    async fn file(&mut self, model: &Model, name: &str, location: &Location, file: InputFile) -> Result<()> {
        let format = ReadFormat::Csv { delimiter: b',', quote: b'"', encoding: "utf-8".into(), null: Vec::new() };
        let columns: Vec<Vec<String>> = COLUMNS.map(|column| vec![column.to_owned()]).to_vec();
        let spec = ingest::spec(&location.store, std::slice::from_ref(&file), &format, &columns).await?;
        let path = file.path.clone();
        let mut rows = ingest::read_file(Arc::clone(&location.store), 0, file, Arc::new(spec), IngestStats::new(1));
        while let Some(batch) = rows.next().await {
            match batch {
                Ok(batch) => self.batch(model, name, &batch),
                Err(error @ (InputError::Header { .. } | InputError::MissingColumn { .. })) => {
                    let reason = error.to_string().replacen(&path, name, 1);
                    self.problems
                        .push(format!("{reason}; a file of decisions has the columns {}, separated by commas", COLUMNS.join(", ")));
                    return Ok(());
                }
                Err(error) => return Err(Error::from(error)),
            }
        }
        Ok(())
    }

    fn batch(&mut self, model: &Model, name: &str, batch: &RecordBatch) {
        let (line, reject) = (numbers(batch, "_row"), text(batch, "_reject"));
        let columns = COLUMNS.map(|column| text(batch, column));
        for row in 0..batch.num_rows() {
            let place = format!("{name}:{}", line.value(row));
            if reject.is_valid(row) {
                self.problems.push(format!("{place}: {}", reject.value(row)));
                continue;
            }
            let cell = |column: usize| if columns[column].is_valid(row) { columns[column].value(row).trim() } else { "" };
            let [decision, entity, first, second, author, time, note] = [0, 1, 2, 3, 4, 5, 6].map(cell);
            match said(model, &Row { decision, entity, first, second, time }) {
                Ok(Said::Undecided) => self.undecided += 1,
                Ok(Said::Decided(entity, what, records)) => self.entities.entry(entity).or_default().push(Decision {
                    what,
                    records,
                    author: author.to_owned(),
                    time: time.to_owned(),
                    note: note.to_owned(),
                    file: name.to_owned(),
                    line: line.value(row),
                }),
                Err(reasons) => self.problems.extend(reasons.into_iter().map(|reason| format!("{place}: {reason}"))),
            }
        }
    }
}
