//! A folder for the records that a verb stages and nobody keeps.

use c360_run::store::Location;
use c360_run::{Error, Kind};
use std::path::{Path, PathBuf};

/// Lies in the system's folder for temporary files, and goes with this value.
pub(crate) struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// A new one for this process.
    ///
    /// # Errors
    /// Where the system does not let us have it.
    pub(crate) fn new(verb: &str) -> Result<Scratch, Error> {
        let folder = std::env::temp_dir().join(format!("c360-{verb}-{}", std::process::id()));
        match std::fs::create_dir_all(&folder) {
            Ok(()) => Ok(Scratch { folder }),
            Err(error) => Err(Error::new(Kind::Retry, format!("`{}`: {error}; records are staged there", folder.display()))),
        }
    }

    /// Where it is.
    ///
    /// # Errors
    /// Where its path is none of a location.
    pub(crate) fn location(&self) -> Result<Location, Error> {
        Location::parse(&self.folder.to_string_lossy(), Path::new("."))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left of it is in the system's own folder for such things.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
