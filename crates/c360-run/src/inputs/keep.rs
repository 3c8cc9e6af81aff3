//! Numbers files, and copies those of logs into the state: a log's files may be cleaned away once they were read, and their rows still count.

use super::SourceFiles;
use crate::commit::{Commit, Expected, Input, check_copies};
use crate::error::{Error, Kind, Result};
use crate::ingest::{InputError, InputFile, refused};
use crate::run::Run;
use crate::store::Store;
use c360_model::model::{Mode, Model};
use futures::future::try_join_all;
use futures::{StreamExt, TryStreamExt, stream};
use object_store::buffered::BufWriter;
use object_store::{GetOptions, ObjectStoreExt};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tokio::io::AsyncWriteExt;

/// Files that are copied at the same time.
const AT_ONCE: usize = 8;

/// Gives every file its number, the one that its path had in the last commit or the next one, and makes those of logs be read from the state.
pub(crate) async fn keep(run: &mut Run<'_>, sources: &mut [SourceFiles], before: &[Input]) -> Result<()> {
    for files in sources.iter_mut() {
        let known = known_of(run, files, before);
        let mut inputs = Vec::new();
        for file in &files.files {
            let mut input = numbered(run, &run.model.source(files.source).name, file, known.get(file.name.as_str()).copied());
            if is_log(run, files) && input.copy.is_none() {
                input.copy = Some(copy_of(run, file, &input));
                run.copies.extend(input.copy.clone());
            }
            inputs.push(input);
        }
        files.inputs = inputs;
    }
    let logs: Vec<&SourceFiles> = sources.iter().filter(|files| is_log(run, files)).collect();
    try_join_all(logs.iter().map(|files| check_known(run, files, before))).await?;
    let new = logs.iter().flat_map(|files| files.files.iter().zip(&files.inputs).map(move |(file, input)| (*files, file, input)));
    let new = new.filter(|(_, _, input)| input.copy.as_ref().is_some_and(|copy| copy.contains(&run.id)));
    let copied = stream::iter(new.collect::<Vec<_>>()).map(|(files, file, input)| copy_file(run, files, file, input));
    copied.buffered(AT_ONCE).try_collect::<Vec<()>>().await?;
    for files in sources {
        if is_log(run, files) {
            read_from_copies(run, files, before);
        }
    }
    Ok(())
}

fn is_log(run: &Run<'_>, files: &SourceFiles) -> bool {
    run.model.source(files.source).mode != Mode::Snapshot
}

/// The source's files in the last commit, by path.
fn known_of<'b>(run: &Run<'_>, files: &SourceFiles, before: &'b [Input]) -> BTreeMap<&'b str, &'b Input> {
    let source = &run.model.source(files.source).name;
    before.iter().filter(|input| &input.source == source).map(|input| (input.path.as_str(), input)).collect()
}

/// Where the copy of a new or changed file of a log goes.
fn copy_of(run: &Run<'_>, file: &InputFile, input: &Input) -> String {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    format!("log/{}/{}/{}-{name}", input.source, run.id, input.number)
}

/// Whether the copies of a log are still there.
async fn check_known(run: &Run<'_>, files: &SourceFiles, before: &[Input]) -> Result<()> {
    let source = run.model.source(files.source);
    let copies = Expected::of_copies(known_of(run, files, before).into_values());
    check_copies(run.store, &source.name, &copies).await.map_err(|error| error.at(source.read.span))
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

/// Reads all of a log, also what is gone by now, from the copies.
fn read_from_copies(run: &mut Run<'_>, files: &mut SourceFiles, before: &[Input]) {
    let known = known_of(run, files, before);
    let here: BTreeSet<&str> = files.inputs.iter().map(|input| input.path.as_str()).collect();
    // A file without a copy was read while the source was no log; with it went its rows.
    let gone = known.into_values().filter(|known| known.copy.is_some() && !here.contains(known.path.as_str()));
    let gone: Vec<Input> = gone.cloned().collect();
    run.unchanged.extend(gone.iter().map(|known| known.number));
    files.inputs.extend(gone);
    files.inputs.sort_by(|a, b| a.path.cmp(&b.path));
    files.files = copies(run.store, &files.inputs);
    files.location = run.store.location().clone();
}

/// Copies one version of the file, the one that was listed.
async fn copy_file(run: &Run<'_>, files: &SourceFiles, file: &InputFile, input: &Input) -> Result<()> {
    copied(run, files, file, input).await.map_err(|error| error.at(run.model.source(files.source).read.span))
}

async fn copied(run: &Run<'_>, files: &SourceFiles, file: &InputFile, input: &Input) -> Result<()> {
    let copy = input.copy.as_deref().expect("every file of a log has a copy");
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
