//! States whose history is not whole: commits damaged or missing, files of tables or copies of logs missing or cut, two states mixed. Every verb that
//! would build on it says which file, what is wrong and what to do, and changes nothing.

use super::kept::{self, content};
use super::project::Project;
use std::fs;

/// A commit's file, relative to the project.
fn commit(number: u64) -> String {
    format!("state/commits/{number:020}.json")
}

/// A kept project with commits, and a delivery that waits.
fn with_commits(count: u64) -> Project {
    let project = kept::project();
    for day in 1..=count {
        kept::deliver(&project, day);
        project.c360(&["run"]).is(0);
    }
    kept::deliver(&project, count + 1);
    project
}

/// Each of the verbs ends with 1 and these words, and leaves the state byte by byte as it is.
fn refused(project: &Project, verbs: &[&[&str]], pieces: &[&str]) {
    let before = content(&project.path("state"));
    for verb in verbs {
        let answer = project.c360(verb);
        answer.is(1);
        let said = format!("{}{}", answer.out, answer.err);
        for piece in pieces {
            assert!(said.contains(piece), "{verb:?}: no `{piece}` in:\n{said}");
        }
        assert!(!said.contains("report it"), "{verb:?} calls it a mistake of ours:\n{said}");
    }
    assert!(content(&project.path("state")) == before, "the state is another one");
}

const RUN: &[&str] = &["run"];
const VACUUM: &[&str] = &["vacuum", "--retention", "0s", "--grace", "0s"];

/// What builds on the last commit.
const BUILDING: [&[&str]; 6] = [RUN, &["run", "--full"], &["plan", "--data"], &["compact"], &["rollback", "@1"], &["verify"]];

/// What reads all commits.
const LOOKING_BACK: [&[&str]; 3] = [&["log"], &["doctor"], VACUUM];

#[test]
fn a_commit_is_missing() {
    let project = with_commits(3);
    for missing in [1, 2] {
        let whole = project.read(&commit(missing));
        fs::remove_file(project.path(&commit(missing))).expect("it was there");
        let name = format!("`commits/{missing:020}.json` is missing in `state`, where commit {} is", missing + 1);
        refused(&project, &BUILDING, &[&name, "restore the file"]);
        refused(&project, &LOOKING_BACK, &[&name, "restore"]);
        project.write(&commit(missing), whole);
    }
    project.c360(RUN).is(0).answers(&["commit 4"]);
}

#[test]
fn a_commit_is_damaged() {
    let project = with_commits(3);
    let whole = project.read(&commit(2));
    let damages = [
        (String::new(), "is no commit"),
        (whole[..whole.len() / 2].to_owned(), "is no commit"),
        // It reads well, and says something else than it did.
        (whole.replace("\"record\": ", "\"record\": 1"), "was made on top of another commit 2 than the one that is there"),
    ];
    for (damage, reason) in damages {
        project.write(&commit(2), &damage);
        refused(&project, &LOOKING_BACK, &["commits/0000000000000000000", reason, "restore"]);
        refused(&project, &[RUN, &["verify"]], &["`commits/00000000000000000003.json`", "another commit 2", "restore the file"]);
    }
    project.write(&commit(2), &whole);
    project.c360(RUN).is(0).answers(&["commit 4"]);
}

/// Every file of the last commit's tables and copies is missing, cut, or other bytes: a copy of the state broke off, or a disk.
#[test]
fn a_file_is_missing_or_cut() {
    let project = with_commits(1);
    let files: Vec<String> = content(&project.path("state")).into_keys().filter(|path| !path.starts_with("commits/")).collect();
    assert!(files.iter().any(|path| path.starts_with("log/")) && files.len() > 25, "this tests little: {files:?}");
    for path in files {
        let name = format!("state/{path}");
        let whole = fs::read(project.path(&name)).expect("it is there");
        fs::remove_file(project.path(&name)).expect("it was there");
        refused(&project, &[RUN], &[&format!("`{path}` is missing in `state`"), "restore the file"]);
        project.write(&name, &whole[..whole.len() / 2]);
        let cut = format!("`{path}` in `state` is damaged: it has {} bytes instead of {}", whole.len() / 2, whole.len());
        refused(&project, &[RUN], &[&cut, "restore the file"]);
        if path.starts_with("log/") {
            refused(&project, &[&["verify"]], &[&path, "is damaged"]);
        }
        project.write(&name, whole);
    }
    project.c360(RUN).is(0).answers(&["commit 2"]);
}

/// The size is right, the bytes are not: what a run reads of it, it does not take for a mistake of ours; `verify` knows in any case (`care.rs`: of each file).
#[test]
fn a_file_has_other_bytes() {
    let project = with_commits(1);
    for path in content(&project.path("state/tables")).into_keys().step_by(3) {
        let name = format!("state/tables/{path}");
        let whole = fs::read(project.path(&name)).expect("it is there");
        project.write(&name, vec![0; whole.len()]);
        refused(&project, &[&["verify"]], &[&path, "is damaged"]);
        if path.ends_with("part-0.parquet") {
            refused(&project, &[RUN], &["a table of the state cannot be read", "`c360 verify` names the file", "restore the file"]);
        }
        project.write(&name, whole);
    }
    project.c360(RUN).is(0).answers(&["commit 2"]);
}

fn copy(project: &Project, from: &str, to: &str) {
    for (path, bytes) in content(&project.path(from)) {
        project.write(&format!("{to}/{path}"), bytes);
    }
}

/// Two that were one: a copy of the state went on by itself, and then files of it came back.
#[test]
fn two_states_are_mixed() {
    let project = with_commits(2);
    copy(&project, "state", "fork");
    project.c360(&["run", "--state", "fork"]).is(0);
    kept::deliver(&project, 4);
    project.c360(&["run", "--state", "fork"]).is(0);
    project.c360(RUN).is(0).answers(&["commit 3"]);
    kept::deliver(&project, 5);
    // The fork's last commit with all of its files, on top of our third.
    copy(&project, "fork/tables", "state/tables");
    copy(&project, "fork/log", "state/log");
    project.write(&commit(4), project.read(&commit(4).replace("state", "fork")));
    refused(&project, &BUILDING, &["`commits/00000000000000000004.json`", "another commit 3", "comes from another state"]);
    refused(&project, &LOOKING_BACK, &["another commit 3"]);
    // Its commits without their files.
    fs::remove_file(project.path(&commit(4))).expect("it was there");
    project.c360(&["vacuum", "--retention", "9999d", "--grace", "0s"]).is(0);
    copy(&project, "fork/commits", "state/commits");
    refused(&project, &[RUN, &["plan", "--data"], &["compact"]], &["is missing in `state`", "restore the file"]);
    refused(&project, &[&["verify"]], &["is missing"]);
}

/// The commits of another pipeline's state, with its tables.
#[test]
fn anothers_commits_are_copied_in() {
    let project = with_commits(1);
    project.write("other/kept.c360", project.read("kept.c360").replace("pipeline kept", "pipeline other"));
    copy(&project, "crm", "other/crm");
    copy(&project, "web", "other/web");
    copy(&project, "desk", "other/desk");
    for day in 3..5 {
        project.c360(&["run", "-p", "other"]).is(0);
        kept::deliver(&project, day);
        copy(&project, "crm", "other/crm");
    }
    copy(&project, "other/state/tables", "state/tables");
    copy(&project, "other/state/log", "state/log");
    project.write(&commit(2), project.read("other/state/commits/00000000000000000002.json"));
    refused(&project, &BUILDING, &["another commit 1"]);
    project.write(&commit(1), project.read("other/state/commits/00000000000000000001.json"));
    refused(&project, &BUILDING, &["`state` belongs to the pipeline `other`, this one is `kept`", "a state of its own"]);
}
