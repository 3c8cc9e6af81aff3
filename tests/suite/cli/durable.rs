//! On a disk, what a commit names is durable before the commit is there, and the commit before the run says so. Watches the program's system calls.

use super::project::{Project, program};
use serde_json::Value;
use std::process::Command;

const COMMIT: &str = "state/commits/00000000000000000001.json";

/// The system calls of a run that flush a file or give it a name, in order; `None` where this machine has no `strace`, or forbids it.
fn traced(project: &Project) -> Option<Vec<String>> {
    let run = program(&project.path(""));
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-qq", "-o"]).arg(project.path("trace")).arg("-e").arg("trace=fsync,fdatasync,link,linkat");
    let traced = strace.arg(run.get_program()).args(run.get_args()).arg("run").current_dir(project.path("")).output().ok()?;
    // A run that strace could not watch made no commit.
    let committed = traced.status.success() && project.path(COMMIT).exists();
    committed.then(|| project.read("trace").lines().map(str::to_owned).collect())
}

#[test]
fn what_a_commit_names_is_flushed_before_it_is_named() {
    let project = Project::shop();
    let Some(calls) = traced(&project) else { return };
    let linked = calls.iter().position(|call| call.contains("link") && call.contains(COMMIT)).expect("a commit is a link");
    let flushed = |calls: &[String], path: &str| calls.iter().any(|call| call.contains("sync(") && call.contains(&format!("{path}>")));
    let commit: Value = serde_json::from_str(&project.read(COMMIT)).expect("commits are JSON");
    let layers = commit["tables"].as_object().expect("tables").values().flat_map(|table| table["layers"].as_array().expect("layers"));
    let files: Vec<&str> = layers.flat_map(|l| l["files"].as_array().expect("files")).filter_map(|file| file["path"].as_str()).collect();
    assert!(files.len() >= 5, "only {files:?}");
    for file in files {
        assert!(flushed(&calls[..linked], &format!("/state/{file}")), "`{file}` was not flushed before the commit");
        let folder = file.rsplit_once('/').expect("files are in folders").0;
        assert!(flushed(&calls[..linked], &format!("/state/{folder}")), "the name of `{file}` was not flushed before the commit");
    }
    assert!(flushed(&calls[linked..], "/state/commits"), "the name of the commit was not flushed");
}
