//! The files of a place: a file, a folder (ends in `/`) or a pattern. Lists; does not open.

mod glob;

use std::sync::Arc;

use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};

use super::{InputError, InputFile};
use glob::Pattern;

/// The files that `place`, a path in the store, stands for, sorted by path. A folder means every file below it. In patterns, `*`
/// and `?` stand for characters of a name, `**` for any number of folders; none of them stands for a name that begins with `.` or
/// `_`. A pattern or folder without files gives an empty list: the caller decides what that means.
///
/// # Errors
/// [`InputError::Missing`] for a file that is not there; [`InputError::Store`].
pub async fn list(store: &Arc<dyn ObjectStore>, place: &str) -> Result<Vec<InputFile>, InputError> {
    let pattern = Pattern::new(place);
    let prefix = Path::parse(pattern.prefix()).map_err(|error| InputError::Store { place: place.to_owned(), source: error.into() })?;
    if pattern.is_literal() {
        return Ok(vec![single(store, place, &prefix).await?]);
    }
    let found = below(store, &prefix, &pattern).await;
    let found = found.map_err(|source| InputError::Store { place: place.to_owned(), source })?;
    let mut files: Vec<InputFile> = found.into_iter().filter(|meta| pattern.matches(meta.location.as_ref())).map(file).collect();
    files.sort();
    Ok(files)
}

/// Whether `place` stands for any number of files, none among them.
#[must_use]
pub fn is_pattern(place: &str) -> bool {
    !Pattern::new(place).is_literal()
}

async fn single(store: &Arc<dyn ObjectStore>, place: &str, path: &Path) -> Result<InputFile, InputError> {
    match store.head(path).await {
        Ok(meta) => Ok(file(meta)),
        Err(object_store::Error::NotFound { .. }) => {
            let hint = is_folder(store, path).await.then(|| format!("it is a folder; write `{place}/` to read all files in it"));
            Err(InputError::Missing { place: place.to_owned(), hint })
        }
        Err(source) => Err(InputError::Store { place: place.to_owned(), source }),
    }
}

async fn is_folder(store: &Arc<dyn ObjectStore>, path: &Path) -> bool {
    let listed = store.list_with_delimiter(Some(path)).await;
    listed.is_ok_and(|listed| !listed.objects.is_empty() || !listed.common_prefixes.is_empty())
}

async fn below(store: &Arc<dyn ObjectStore>, prefix: &Path, pattern: &Pattern) -> object_store::Result<Vec<ObjectMeta>> {
    let listed = if pattern.is_flat() {
        store.list_with_delimiter(Some(prefix)).await.map(|listed| listed.objects)
    } else {
        store.list(Some(prefix)).try_collect().await
    };
    match listed {
        Err(object_store::Error::NotFound { .. }) => Ok(Vec::new()),
        listed => listed,
    }
}

fn file(meta: ObjectMeta) -> InputFile {
    let path = meta.location.to_string();
    InputFile { name: path.clone(), path, size: meta.size, etag: meta.e_tag }
}
