//! Numbers files, and copies those of logs into the state: a log's files may be cleaned away once they were read, and their rows still count.

use super::SourceFiles;
use crate::commit::{Commit, Expected, Input, check_copies};
use crate::error::{Error, Kind, Result};
use crate::ingest::{InputError, InputFile, refused};
use crate::run::Run;
use crate::store::Store;
use c360_model::model::{Mode, Model};
use futures::StreamExt;
use object_store::buffered::BufWriter;
use object_store::{GetOptions, ObjectStoreExt};
use std::collections::BTreeMap;
use std::path::Path;
use tokio::io::AsyncWriteExt;

/// Gives every file its number, the one that its path had in the last commit or the next one, and makes those of logs be read from the state.
pub(crate) async fn keep(run: &mut Run<'_>, sources: &mut [SourceFiles], before: &[Input]) -> Result<()> {
    for files in sources {
        let source = run.model.source(files.source);
        let known: BTreeMap<&str, &Input> = before.iter().filter(|i| i.source == source.name).map(|i| (i.path.as_str(), i)).collect();
        let mut inputs = Vec::new();
        for file in &files.files {
            inputs.push(numbered(run, &source.name, file, known.get(file.name.as_str()).copied()));
        }
        if source.mode != Mode::Snapshot {
            copy_log(run, files, &mut inputs, &known).await.map_err(|error| error.at(source.read.span))?;
        }
        files.inputs = inputs;
    }
    Ok(())
}

/// The files of a commit, to be read again: those of logs from their copies, others from where they are.
///
/// # Errors
/// A file that is not there any more, or not as it was.
pub(crate) async fn as_committed(model: &Model, folder: &Path, commit: &Commit, store: &Store) -> Result<Vec<SourceFiles>> {
    let mut all = Vec::new();
    for mut files in super::list_inputs(model, folder).await? {
        let source = model.source(files.source);
        let inputs: Vec<Input> = commit.inputs.iter().filter(|input| input.source == source.name).cloned().collect();
        if source.mode == Mode::Snapshot {
            let there: BTreeMap<&str, &InputFile> = files.files.iter().map(|file| (file.name.as_str(), file)).collect();
            let mut read = Vec::new();
            for input in &inputs {
                match there.get(input.path.as_str()) {
                    Some(file) if (file.size, &file.etag) == (input.size, &input.etag) => read.push((*file).clone()),
                    _ => {
                        let message = format!("`{}` is not there as commit {} read it; run first, then verify", input.path, commit.number);
                        return Err(Error::new(Kind::FixInput, message).at(source.read.span));
                    }
                }
            }
            files.files = read;
        } else {
            files.files = copies(store, &inputs);
            files.location = store.location().clone();
        }
        files.inputs = inputs;
        all.push(files);
    }
    Ok(all)
}

/// The copies of files of a log.
fn copies(store: &Store, inputs: &[Input]) -> Vec<InputFile> {
    let copy = |input: &Input| {
        let copy = input.copy.as_deref().expect("every file of a log has a copy");
        InputFile { path: store.path(copy).to_string(), name: input.path.clone(), size: input.size, etag: None }
    };
    inputs.iter().map(copy).collect()
}

/// The file as a commit lists it; with the counts of the last commit where its content is the same.
fn numbered(run: &mut Run<'_>, source: &str, file: &InputFile, known: Option<&Input>) -> Input {
    let number = known.map_or_else(
        || {
            run.next.file += 1;
            run.next.file
        },
        |known| known.number,
    );
    let input = Input { number, ..super::listed(source, file) };
    match known {
        Some(known) if known.same_content(&input) => {
            run.unchanged.insert(number);
            known.clone()
        }
        _ => input,
    }
}

/// Copies new and changed files of a log, and reads all of it, also what is gone by now, from the copies.
async fn copy_log(run: &mut Run<'_>, files: &mut SourceFiles, inputs: &mut Vec<Input>, known: &BTreeMap<&str, &Input>) -> Result<()> {
    let source = &run.model.source(files.source).name;
    check_copies(run.store, source, &Expected::of_copies(known.values().copied())).await?;
    for (file, input) in files.files.iter().zip(inputs.iter_mut()).filter(|(_, input)| input.copy.is_none()) {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let copy = format!("log/{}/{}/{}-{name}", input.source, run.id, input.number);
        run.copies.push(copy.clone());
        copy_file(run, files, file, &copy).await?;
        input.copy = Some(copy);
    }
    let here: Vec<String> = inputs.iter().map(|input| input.path.clone()).collect();
    // A file without a copy was read while the source was no log; with it went its rows.
    let gone = known.values().filter(|known| known.copy.is_some() && !here.contains(&known.path));
    gone.for_each(|known| {
        run.unchanged.insert(known.number);
        inputs.push((*known).clone());
    });
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    files.files = copies(run.store, inputs);
    files.location = run.store.location().clone();
    Ok(())
}

/// Copies one version of the file, the one that was listed.
async fn copy_file(run: &Run<'_>, files: &SourceFiles, file: &InputFile, copy: &str) -> Result<()> {
    let path = run.store.path(copy);
    let from = object_store::path::Path::parse(&file.path).map_err(object_store::Error::from)?;
    let failed = |error| Error::from(refused(&file.name, error));
    let options = GetOptions { if_match: file.etag.clone(), ..GetOptions::default() };
    let listed = files.location.store.get_opts(&from, options).await.map_err(failed)?;
    let mut bytes = listed.into_stream();
    let mut out = BufWriter::new(run.store.objects(), path.clone());
    let mut size = 0;
    while let Some(chunk) = bytes.next().await {
        let chunk = chunk.map_err(failed)?;
        size += chunk.len() as u64;
        out.put(chunk).await?;
    }
    out.shutdown().await.map_err(|e| Error::from_io(&format!("`{copy}` could not be written"), &e))?;
    if size != file.size || is_another(files, file, &from).await? {
        return Err(InputError::Changed { file: file.name.clone() }.into());
    }
    run.store.note_written(path);
    Ok(())
}

/// Whether a file on this machine was written to while it was copied; stores give whole versions only.
async fn is_another(files: &SourceFiles, file: &InputFile, path: &object_store::path::Path) -> Result<bool> {
    if files.location.root.is_none() {
        return Ok(false);
    }
    match files.location.store.head(path).await {
        Ok(there) => Ok((there.size, there.e_tag) != (file.size, file.etag.clone())),
        // What was copied is the version that was listed.
        Err(object_store::Error::NotFound { .. }) => Ok(false),
        Err(error) => Err(refused(&file.name, error).into()),
    }
}
