//! Where files live: a folder on disk, memory, or S3. Every write of ours is durable before it is relied on.

mod durable;
mod location;
mod whole_reads;

pub(crate) use durable::Unfinished;
pub use location::Location;

use crate::error::{Error, Kind, Result};
use bytes::Bytes;
use c360_match::planted::planted;
use futures::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinHandle;

/// An object store and the folder in it that is ours.
#[derive(Debug, Clone)]
pub struct Store {
    location: Location,
    /// Files that were written and are being made durable, while other things are done.
    unsynced: Arc<Mutex<Vec<Unsynced>>>,
}

/// A file and the task that makes it durable.
type Unsynced = (Path, JoinHandle<Result<()>>);

/// What lies directly in a state: other files there are not ours.
const FOLDERS: [&str; 7] = ["commits", "doctor", "log", "published", "seen", "tables", "vacuum"];

/// Folders that are flushed at the same time.
const AT_ONCE: usize = 16;

/// Flushes a file or a folder.
async fn sync_one(path: std::path::PathBuf) -> Result<()> {
    let place = path.display().to_string();
    let synced = tokio::task::spawn_blocking(move || std::fs::File::open(path)?.sync_all()).await;
    let synced = synced.unwrap_or_else(|broken| Err(std::io::Error::other(broken)));
    synced.map_err(|e| Error::from_io(&format!("`{place}` could not be made durable"), &e))
}

/// How a conditional put ended.
#[derive(Debug)]
pub(crate) enum Created {
    /// The object is new and ours.
    Yes,
    /// Something went wrong or was there before; only reading it back tells.
    Unclear(object_store::Error),
}

impl Store {
    /// A store at this location.
    #[must_use]
    pub fn new(location: Location) -> Store {
        Store { location, unsynced: Arc::default() }
    }

    /// The underlying store.
    #[must_use]
    pub fn objects(&self) -> Arc<dyn ObjectStore> {
        Arc::clone(&self.location.store)
    }

    /// Where it is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// The location as the user wrote it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.location.name
    }

    /// The full path of a file of ours.
    #[must_use]
    pub fn path(&self, relative: &str) -> Path {
        let prefix = self.location.prefix.trim_end_matches('/');
        let full = if prefix.is_empty() { relative.to_owned() } else { format!("{prefix}/{relative}") };
        // As it is: `Path::from` would write `Jürgen` as `J%C3%BCrgen`, another folder. It is left for what no file can be called.
        Path::parse(&full).unwrap_or_else(|_| Path::from(full))
    }

    /// The whole content; `None` where there is no such file.
    pub(crate) async fn read(&self, relative: &str) -> Result<Option<Bytes>> {
        match self.location.store.get(&self.path(relative)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether there is such a file.
    pub(crate) async fn has(&self, relative: &str) -> Result<bool> {
        match self.location.store.head(&self.path(relative)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes a file under a name that nobody else uses, durably.
    pub(crate) async fn write(&self, relative: &str, content: PutPayload) -> Result<()> {
        let path = self.path(relative);
        self.location.store.put(&path, content).await?;
        self.sync(&path)
    }

    /// Begins to make a file durable that was written by other means; [`Store::flush`] waits for it.
    pub(crate) fn note_written(&self, path: Path) {
        if let Some(root) = self.location.root.as_ref().filter(|_| !planted("unsynced")) {
            let syncing = tokio::spawn(sync_one(root.join(path.as_ref())));
            self.unsynced.lock().unwrap_or_else(PoisonError::into_inner).push((path, syncing));
        }
    }

    /// Waits until all files that were noted are durable, and the folders that name them.
    pub(crate) async fn flush(&self) -> Result<()> {
        let Some(root) = self.location.root.clone() else { return Ok(()) };
        let written = std::mem::take(&mut *self.unsynced.lock().unwrap_or_else(PoisonError::into_inner));
        let (paths, syncing): (Vec<Path>, Vec<_>) = written.into_iter().unzip();
        for syncing in syncing {
            syncing.await.map_err(|error| Error::broke_off("making files durable", &error))??;
        }
        // Folders come behind the files that they name.
        let folders = durable::folders(&root, &paths);
        let synced = futures::stream::iter(folders.into_iter().map(sync_one)).buffer_unordered(AT_ONCE);
        synced.try_collect().await
    }

    /// Makes a file that was written by other means durable.
    pub(crate) fn sync(&self, path: &Path) -> Result<()> {
        match &self.location.root {
            Some(root) => durable::sync(root, path).map_err(|e| Error::from_io(&format!("`{path}` could not be made durable"), &e)),
            None => Ok(()),
        }
    }

    /// Creates a file that must not exist yet: the one conditional put.
    pub(crate) async fn create(&self, relative: &str, content: Bytes) -> Created {
        let path = self.path(relative);
        let created = match &self.location.root {
            Some(root) => durable::create(root, &path, &content),
            None => {
                let options = PutOptions::from(PutMode::Create);
                self.location.store.put_opts(&path, content.into(), options).await.map(|_| ())
            }
        };
        created.map_or_else(Created::Unclear, |()| Created::Yes)
    }

    /// The names of all files directly in a folder that sort behind `after`.
    pub(crate) async fn names(&self, folder: &str, after: Option<&str>) -> Result<Vec<String>> {
        let prefix = self.path(folder);
        let listing = match after {
            Some(name) => self.location.store.list_with_offset(Some(&prefix), &prefix.clone().join(name)),
            None => self.location.store.list(Some(&prefix)),
        };
        let mut names: Vec<String> =
            listing.map_ok(|object| object.location.filename().unwrap_or_default().to_owned()).try_collect().await?;
        names.sort();
        Ok(names)
    }

    /// Removes files; those that are gone already do not matter.
    pub(crate) async fn remove(&self, paths: Vec<Path>) -> Result<()> {
        self.unsynced.lock().unwrap_or_else(PoisonError::into_inner).retain(|(path, _)| !paths.contains(path));
        let paths = futures::stream::iter(paths.into_iter().map(Ok)).boxed();
        let mut removed = self.location.store.delete_stream(paths);
        while let Some(result) = removed.next().await {
            match result {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Removes the folders of runs in which these files were the last: nobody writes there any more. Only folders on disk are things of their own.
    pub(crate) fn remove_run_folders(&self, files: &[Path]) {
        let Some(root) = &self.location.root else { return };
        let ours = ["tables", "log"].map(|folder| self.path(folder));
        let of_runs = files.iter().filter(|file| ours.iter().any(|folder| file.prefix_matches(folder)));
        let folders: BTreeSet<_> = of_runs.filter_map(|file| root.join(file.as_ref()).parent().map(ToOwned::to_owned)).collect();
        for folder in folders {
            // Refused by the disk where something is left in it.
            let _ = std::fs::remove_dir(folder);
        }
    }

    /// Files of which a process that was killed left only a part, under names that listings leave out; none but in a folder on disk.
    pub(crate) fn unfinished(&self) -> Result<Vec<Unfinished>> {
        let Some(root) = &self.location.root else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for folder in FOLDERS {
            let below = durable::unfinished(&root.join(self.path(folder).as_ref()));
            found.extend(below.map_err(|e| Error::from_io(&format!("`{folder}` in `{}` could not be looked through", self.name()), &e))?);
        }
        Ok(found)
    }

    /// Removes such files; those that are gone already do not matter.
    pub(crate) fn remove_unfinished(&self, files: &[Unfinished]) -> Result<()> {
        for file in files {
            match std::fs::remove_file(&file.path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::from_io(&format!("`{}` could not be removed", file.path.display()), &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Fails unless the store honours `create`: a second one must be refused, or two runs could both believe that they committed.
    pub(crate) async fn probe(&self) -> Result<()> {
        if planted("store-unprobed") || self.location.root.is_some() || self.read("probe").await?.is_some() {
            return Ok(());
        }
        let content = Bytes::from_static(b"c360 made this to see that the store refuses to create it twice\n");
        self.create("probe", content.clone()).await;
        match self.create("probe", content).await {
            Created::Unclear(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => Ok(()),
            Created::Unclear(error) => Err(error.into()),
            Created::Yes => Err(Error::new(
                Kind::FixConfiguration,
                format!(
                    "the store at `{}` ignores conditional puts: two runs could overwrite each other; nothing was written",
                    self.name()
                ),
            )),
        }
    }
}
