//! The files of sources: which there are, what columns they have.

use crate::commit::Input;
use crate::error::{Error, Kind, Result};
use crate::ingest::{self, IngestTable, InputFile};
use crate::store::Location;
use c360_model::model::{Mode, Model, SourceId};
use c360_plan::SourceSchemas;
use std::path::Path;

/// The files of one source.
#[derive(Debug, Clone)]
pub struct SourceFiles {
    /// Which source.
    pub source: SourceId,
    /// Where they lie.
    pub location: Location,
    /// Which there are, by path.
    pub files: Vec<InputFile>,
    /// How tables and messages name them: relative to the pipeline's folder where they lie in it.
    pub names: Vec<String>,
}

/// Lists the files of all sources. Relative places start at `folder`.
///
/// # Errors
/// A place that cannot be read; a file that is named and missing.
pub async fn list_inputs(model: &Model, folder: &Path) -> Result<Vec<SourceFiles>> {
    let mut all = Vec::new();
    for (index, source) in model.sources.iter().enumerate() {
        let listed = list_source(&source.read.place, folder).await;
        let (location, files) = listed.map_err(|error| error.at(source.read.span))?;
        let names = files.iter().map(|file| display_name(&location, &file.path, folder)).collect();
        all.push(SourceFiles { source: SourceId(index), location, files, names });
    }
    Ok(all)
}

async fn list_source(place: &str, folder: &Path) -> Result<(Location, Vec<InputFile>)> {
    let location = Location::parse(place, folder)?;
    let files = ingest::list(&location.store, &location.prefix).await?;
    Ok((location, files))
}

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
    /// The rows of the files as a table.
    pub(crate) async fn table(&self, model: &Model) -> Result<IngestTable> {
        let source = model.source(self.source);
        let columns: Vec<_> = source.columns.iter().map(|(path, _)| path.clone()).collect();
        let spec = ingest::spec(&self.location.store, &self.files, &source.read.format, &columns).await;
        let spec = spec.map_err(|error| Error::from(error).at(source.read.span))?;
        Ok(IngestTable::new(self.location.store.clone(), self.files.clone(), spec))
    }
}

/// The files as commits list them.
pub fn read_inputs(model: &Model, inputs: &[SourceFiles]) -> Vec<Input> {
    let of_source = |input: &SourceFiles| {
        let source = model.source(input.source).name.clone();
        let file = |(file, name): (&InputFile, &String)| Input {
            source: source.clone(),
            path: name.clone(),
            size: file.size,
            etag: file.etag.clone(),
        };
        input.files.iter().zip(&input.names).map(file).collect::<Vec<_>>()
    };
    inputs.iter().flat_map(of_source).collect()
}

/// Fails where files of a log are gone that the last commit still had: their rows are part of the result, and carrying them over
/// from the state is not built yet.
pub(crate) fn check_logs(model: &Model, now: &[Input], before: &[Input]) -> Result<()> {
    for source in model.sources.iter().filter(|s| s.mode != Mode::Snapshot) {
        let gone = before
            .iter()
            .find(|old| old.source == source.name && !now.iter().any(|new| (&new.source, &new.path) == (&old.source, &old.path)));
        if let Some(gone) = gone {
            return Err(Error::new(
                Kind::FixInput,
                format!(
                    "`{}` of source `{}` is gone, but its rows still count (mode {}); keep the files of a log where they are: carrying rows over from \
                     removed files is not built yet",
                    gone.path,
                    source.name,
                    if source.mode == Mode::Append { "append" } else { "changes" },
                ),
            )
            .at(source.span));
        }
    }
    Ok(())
}
