//! A shipped pipeline, copied into a folder of its own, and the program run on it.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A copy of a pipeline with its data. Its state and what it publishes go with it.
pub(crate) struct Project {
    folder: TempDir,
    origin: PathBuf,
}

impl Project {
    /// Copies a folder of the repository, such as `pipelines/retail`.
    pub(crate) fn of(name: &str) -> Project {
        let origin = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&origin, folder.path());
        Project { folder, origin }
    }

    /// Where a file of the copy is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where a file of the repository is: for what is compared, and written anew with `C360_BLESS`.
    pub(crate) fn origin(&self, name: &str) -> PathBuf {
        self.origin.join(name)
    }

    /// Copies files of the project over others of it.
    pub(crate) fn copy_over(&self, from: &str, to: &str) {
        copy(&self.path(from), &self.path(to));
    }

    /// The program with these arguments, in the project's folder; what it wrote to standard output and to standard error. It must succeed.
    pub(crate) fn c360(&self, arguments: &[&str]) -> (String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_c360"));
        command.current_dir(self.folder.path()).args(arguments);
        for name in ["C360_OUTPUT", "C360_THREADS", "C360_PIPELINE", "C360_STATE", "C360_MEMORY"] {
            command.env_remove(name);
        }
        let output = command.output().expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert!(output.status.success(), "c360 {}: {}\n{out}\n{err}", arguments.join(" "), output.status);
        (out, err)
    }

    /// The same, as JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let (out, _) = self.c360(&[arguments, &["--output", "json"]].concat());
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("no JSON: {error}\n{out}"))
    }

    /// The rows of a query.
    pub(crate) fn query(&self, sql: &str) -> Vec<Value> {
        self.json(&["query", sql])["rows"].as_array().expect("a query gives rows").clone()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder in a temporary folder");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let entry = entry.expect("a readable folder");
        let (path, name) = (entry.path(), entry.file_name());
        if [".c360-state", "out"].iter().any(|left| name.to_string_lossy() == *left) {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
}
