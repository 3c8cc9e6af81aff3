//! The files of sources: which there are, what columns they have.

mod keep;
mod planned;

pub(crate) use keep::{as_committed, keep};
pub use planned::planned;

use crate::commit::Input;
use crate::error::{Error, Result};
use crate::ingest::{self, IngestTable, InputFile};
use crate::store::Location;
use c360_model::model::{Mode, Model, SourceId};
use c360_plan::SourceSchemas;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The files of one source.
#[derive(Debug, Clone)]
pub struct SourceFiles {
    /// Which source.
    pub source: SourceId,
    /// Where they lie.
    pub location: Location,
    /// Which there are, by path. Tables and messages call them by names that are relative to the pipeline's folder where they lie in it.
    pub files: Vec<InputFile>,
    /// The same as commits list them, once their numbers are known.
    pub(crate) inputs: Vec<Input>,
}

/// Lists the files of all sources. Relative places start at `folder`.
///
/// # Errors
/// A place that cannot be read; a file that is named and missing.
pub async fn list_inputs(model: &Model, folder: &Path) -> Result<Vec<SourceFiles>> {
    let mut all = Vec::new();
    for (index, source) in model.sources.iter().enumerate() {
        let listed = find_files(&source.read.place, folder).await;
        let (location, files) = listed.map_err(|error| error.at(source.read.span))?;
        all.push(SourceFiles { source: SourceId(index), location, files, inputs: Vec::new() });
    }
    Ok(all)
}

/// The files of a place that somebody wrote, with the names by which messages call them. Relative places start at `folder`.
pub(crate) async fn find_files(place: &str, folder: &Path) -> Result<(Location, Vec<InputFile>)> {
    let location = Location::parse(place, folder)?;
    let listed = ingest::list(&location.store, &location.prefix).await;
    let mut files = listed.map_err(|error| error.about(place))?;
    files.iter_mut().for_each(|file| file.name = display_name(&location, &file.path, folder));
    Ok((location, files))
}

/// How messages name a file: relative to the pipeline's folder where it lies in it.
fn display_name(location: &Location, path: &str, folder: &Path) -> String {
    match &location.root {
        None => path.to_owned(),
        Some(root) => {
            let full = root.join(path);
            let base = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
            full.strip_prefix(&base).unwrap_or(&full).to_string_lossy().into_owned()
        }
    }
}

/// The columns of each source's files, as plans need them.
///
/// # Errors
/// A file that cannot be opened or lacks a column.
pub async fn source_schemas(model: &Model, inputs: &[SourceFiles]) -> Result<SourceSchemas> {
    let mut schemas = SourceSchemas::new();
    for input in inputs {
        let source = model.source(input.source);
        let columns: Vec<_> = source.columns.iter().map(|(path, _)| path.clone()).collect();
        let schema = ingest::schema(&input.location.store, &input.files, &source.read.format, &columns).await;
        schemas.insert(input.source, schema.map_err(|error| Error::from(error).at(source.read.span))?);
    }
    Ok(schemas)
}

impl SourceFiles {
    /// The rows of some of the files as a table.
    pub(crate) async fn table(&self, model: &Model, read: &[usize]) -> Result<IngestTable> {
        let source = model.source(self.source);
        let columns: Vec<_> = source.columns.iter().map(|(path, _)| path.clone()).collect();
        let spec = ingest::spec(&self.location.store, &self.files, &source.read.format, &columns).await;
        let spec = spec.map_err(|error| Error::from(error).at(source.read.span))?;
        let files = read.iter().map(|file| self.files[*file].clone()).collect();
        Ok(IngestTable::new(self.location.store.clone(), files, spec))
    }
}

/// The files as a commit would list them, without what only a run knows: their numbers and counts.
pub fn read_inputs(model: &Model, inputs: &[SourceFiles]) -> Vec<Input> {
    let of_source = |input: &SourceFiles| {
        let source = &model.source(input.source).name;
        input.files.iter().map(|file| listed(source, file)).collect::<Vec<_>>()
    };
    inputs.iter().flat_map(of_source).collect()
}

/// A file before it was read.
fn listed(source: &str, file: &InputFile) -> Input {
    Input {
        source: source.to_owned(),
        path: file.name.clone(),
        number: 0,
        size: file.size,
        etag: file.etag.clone(),
        rows: 0,
        rejects: 0,
        filtered: 0,
        copy: None,
    }
}

/// How the files that are there differ from those of the last commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileChanges {
    /// Files that are new.
    pub new: Vec<Input>,
    /// Files with other content.
    pub changed: Vec<Input>,
    /// Files of the last commit that are gone, where that takes their rows along.
    pub gone: Vec<Input>,
}

/// Compares what is there with the last commit. Files of logs that are gone have been read; their rows stay.
#[must_use]
pub fn file_changes(model: &Model, now: &[Input], before: &[Input]) -> FileChanges {
    let key = |input: &Input| (input.source.clone(), input.path.clone());
    let known: BTreeMap<_, _> = before.iter().map(|input| (key(input), input)).collect();
    let there: BTreeSet<_> = now.iter().map(key).collect();
    let mut changes = FileChanges::default();
    for input in now {
        match known.get(&key(input)) {
            None => changes.new.push(input.clone()),
            Some(old) if !old.same_content(input) => changes.changed.push(input.clone()),
            Some(_) => {}
        }
    }
    let stays = |input: &Input| model.sources.iter().any(|s| s.name == input.source && s.mode != Mode::Snapshot);
    changes.gone = before.iter().filter(|input| !there.contains(&key(input)) && !stays(input)).cloned().collect();
    changes
}

impl FileChanges {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }
}
