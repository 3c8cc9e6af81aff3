//! URLs and paths of users into object stores: `s3://bucket/folder`, `memory:`, or a folder on disk.

use super::whole_reads::WholeReads;
use crate::error::{Error, Kind, Result};
use object_store::ObjectStore;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use url::Url;

/// A store and a folder (or file, or pattern) in it.
#[derive(Debug, Clone)]
pub struct Location {
    /// As the user wrote it.
    pub name: String,
    /// The store.
    pub store: Arc<dyn ObjectStore>,
    /// The folder, file or pattern, without a slash in front.
    pub prefix: String,
    /// The folder on disk that the store's paths start from, where it is one.
    pub root: Option<PathBuf>,
    /// The store's own address, under which plans know it.
    pub base: Url,
}

impl Location {
    /// Reads a place of the pipeline. Relative paths start at `folder`. Credentials and endpoints come from the environment (`AWS_*`).
    ///
    /// # Errors
    /// An unknown scheme, or a store that cannot be configured.
    pub fn parse(place: &str, folder: &FilePath) -> Result<Location> {
        match place.split_once("://") {
            Some(("s3" | "s3a", _)) => Location::s3(place),
            Some(("file", path)) => Location::folder(place, FilePath::new(path)),
            Some((scheme, _)) => Err(Error::new(
                Kind::FixConfiguration,
                format!("`{place}`: the scheme `{scheme}` is not built yet; use s3:// or a path on this machine"),
            )),
            None if place == "memory:" => Location::memory(),
            None => Location::folder(place, &folder.join(place)),
        }
    }

    /// A store in memory, gone with the process: for tests and for a run that only looks.
    ///
    /// # Errors
    /// None in practice.
    pub fn memory() -> Result<Location> {
        let base = Url::parse("memory:///").map_err(|e| Error::new(Kind::Report, e.to_string()))?;
        Ok(Location { name: "memory:".into(), store: Arc::new(InMemory::new()), prefix: String::new(), root: None, base })
    }

    fn s3(place: &str) -> Result<Location> {
        let refused = |reason: String| Error::new(Kind::FixConfiguration, format!("`{place}`: {reason}"));
        let url = Url::parse(place).map_err(|e| refused(e.to_string()))?;
        let bucket = url.host_str().ok_or_else(|| refused("a bucket is missing".into()))?;
        // With all that the client reads there: AWS_ALLOW_HTTP, AWS_TIMEOUT ..
        let store = AmazonS3Builder::from_env().with_bucket_name(bucket).build().map_err(|e| refused(e.to_string()))?;
        let base = Url::parse(&format!("s3://{bucket}/")).map_err(|e| refused(e.to_string()))?;
        // Not the URL's own path: it would turn the question marks and stars of patterns into something else.
        let prefix = place.splitn(4, '/').nth(3).unwrap_or_default().trim_start_matches('/').to_owned();
        Ok(Location { name: place.into(), store: Arc::new(WholeReads(store)), prefix, root: None, base })
    }

    fn folder(place: &str, path: &FilePath) -> Result<Location> {
        let refused = |reason: String| Error::new(Kind::FixConfiguration, format!("`{place}`: {reason}"));
        let path = std::path::absolute(path).map_err(|e| refused(e.to_string()))?;
        let normal = normalized(&path);
        let text = normal.to_str().ok_or_else(|| refused("the path is not UTF-8".into()))?;
        let folder = if place.ends_with('/') { "/" } else { "" };
        let prefix = format!("{}{folder}", text.trim_matches('/'));
        let base = Url::parse("file:///").map_err(|e| refused(e.to_string()))?;
        Ok(Location { name: place.into(), store: Arc::new(LocalFileSystem::new()), prefix, root: Some(PathBuf::from("/")), base })
    }
}

/// The path without `.` and `..`: object stores know neither.
fn normalized(path: &FilePath) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                out.pop();
            }
            std::path::Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}
