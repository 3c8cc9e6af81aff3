//! Durable writes on a local disk: what `object_store` leaves to the operating system, done here.

use chrono::{DateTime, Utc};
use object_store::path::Path;
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path as FilePath, PathBuf};

/// Flushes a written file and the folders that name it.
pub(super) fn sync(root: &FilePath, path: &Path) -> io::Result<()> {
    File::open(root.join(path.as_ref()))?.sync_all()?;
    folders(root, std::slice::from_ref(path)).iter().rev().try_for_each(|folder| File::open(folder)?.sync_all())
}

/// The folders below `root` that name these files, and `root` itself; without repeats.
pub(super) fn folders(root: &FilePath, paths: &[Path]) -> Vec<PathBuf> {
    let mut folders = BTreeSet::new();
    for path in paths {
        let file = root.join(path.as_ref());
        folders.extend(file.ancestors().skip(1).take_while(|folder| folder.starts_with(root)).map(FilePath::to_owned));
    }
    folders.into_iter().collect()
}

/// Creates `path` with all of `content` or not at all. The content is on disk before the name is: a hard link of a flushed temporary
/// file, which fails if the name is taken.
pub(super) fn create(root: &FilePath, path: &Path, content: &[u8]) -> object_store::Result<()> {
    let file = root.join(path.as_ref());
    let temporary = temporary_name(&file);
    let linked = write_and_link(&file, &temporary, content);
    // A leftover temporary file harms nobody; the result of the link is what counts.
    let _ = std::fs::remove_file(&temporary);
    linked.and_then(|()| sync(root, path)).map_err(|error| as_store_error(path, error))
}

fn write_and_link(file: &FilePath, temporary: &FilePath, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut out = OpenOptions::new().write(true).create_new(true).open(temporary)?;
    out.write_all(content)?;
    out.sync_all()?;
    std::fs::hard_link(temporary, file)
}

/// In the same folder; hidden from listings by the `#`, which the local store skips.
fn temporary_name(file: &FilePath) -> PathBuf {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    file.with_file_name(format!("{name}#{}", uuid::Uuid::now_v7().as_u128()))
}

/// A part of a file.
#[derive(Debug, Clone)]
pub(crate) struct Unfinished {
    /// On disk.
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
    pub(crate) changed: DateTime<Utc>,
}

/// Files below `folder` whose names end in `#` and digits: ours, and those of `object_store`, before they get their names.
pub(super) fn unfinished(folder: &FilePath) -> io::Result<Vec<Unfinished>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(unfinished(&entry.path())?);
        } else if is_temporary(&entry.file_name().to_string_lossy()) {
            match entry.metadata() {
                // Its writer was still at it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                metadata => {
                    let metadata = metadata?;
                    found.push(Unfinished { path: entry.path(), bytes: metadata.len(), changed: metadata.modified()?.into() });
                }
            }
        }
    }
    Ok(found)
}

fn is_temporary(name: &str) -> bool {
    name.rsplit_once('#').is_some_and(|(_, digits)| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

fn as_store_error(path: &Path, error: io::Error) -> object_store::Error {
    let path = path.to_string();
    match error.kind() {
        io::ErrorKind::AlreadyExists => object_store::Error::AlreadyExists { path, source: error.into() },
        io::ErrorKind::PermissionDenied => object_store::Error::PermissionDenied { path, source: error.into() },
        _ => object_store::Error::Generic { store: "local folder", source: error.into() },
    }
}
