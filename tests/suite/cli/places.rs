//! Where a project lies and where its answers go: folders with any name, and standard output that takes nothing more.

use super::project::{Answer, CRM, Project, SHOP, WEB, program};
use std::path::Path;

/// Letters beyond ASCII, blanks, and what URLs and patterns read as something else.
const FOLDER: &str = "Jürgen 王/a%20b #1 [x]{y} &+";

/// The program in a folder below the project's.
fn c360(project: &Project, folder: &str, arguments: &[&str]) -> Answer {
    Answer::of(program(&project.path(folder)).args(arguments).output().expect("the program starts"))
}

/// The names in a folder, without those of commits.
fn names(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn folders_have_any_name() {
    let project = Project::empty();
    let text = SHOP.replace("customer", "käufer").replace("data/web*.csv\")", "data/zürich?/*.csv\")\n  mode append");
    project.write(&format!("{FOLDER}/shop.c360"), format!("{text}\npublish käufer to csv(\"öut/\")\n"));
    project.write(&format!("{FOLDER}/data/crm.csv"), CRM).write(&format!("{FOLDER}/data/zürich1/ö#2.csv"), WEB);
    c360(&project, FOLDER, &["run"]).is(0);
    assert_eq!(names(&project.path("")), ["Jürgen 王"], "a folder beside it");
    assert_eq!(names(&project.path(FOLDER)), ["data", "shop.c360", "state", "öut"]);
    assert_eq!(names(&project.path(&format!("{FOLDER}/öut"))), ["käufer.csv"]);
    c360(&project, FOLDER, &["run"]).is(0).answers(&["nothing to do"]);
    project.write(&format!("{FOLDER}/data/crm.csv"), format!("{CRM}3,A3,Cora Lang,carl@example.com\n"));
    c360(&project, FOLDER, &["run"]).is(0).answers(&["commit 2"]);
    c360(&project, FOLDER, &["vacuum", "--retention", "0s", "--grace", "0s"]).is(0).answers(&["removed commit 1 and"]);
    let runs = project.path(&format!("{FOLDER}/state/tables/changes.käufer"));
    assert!(names(&runs).iter().all(|run| !names(&runs.join(run)).is_empty()), "vacuum left an empty folder");
    c360(&project, FOLDER, &["verify"]).is(0);
    c360(&project, FOLDER, &["show", "käufer", "crm:3"]).is(0).answers(&["carl@example.com"]);
    c360(&project, "", &["run", "-p", FOLDER, "--state", "stäte %25"]).is(0);
    c360(&project, "", &["verify", "-p", FOLDER, "--state", "stäte %25"]).is(0);
    assert_eq!(names(&project.path("")), ["Jürgen 王", "stäte %25"]);
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_does_not_arrive_is_an_error() {
    let project = Project::committed();
    project.change("data/crm.csv", "Anna", "Anne");
    let full = || std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let verbs: [&[&str]; 9] = [
        &["plan", "--data"],
        &["run"],
        &["show", "customer"],
        &["query", "select 1", "--output", "csv"],
        &["explain", "customer", "1", "--output", "json"],
        &["log"],
        &["diff"],
        &["profile", "--output", "html"],
        &["completions", "bash"],
    ];
    for verb in verbs {
        let output = program(&project.path("")).args(verb).stdout(full()).output().expect("the program starts");
        Answer::of(output).is(1).says(&["the answer could not be written to standard output", "No space left on device"]);
    }
    project.c360(&["run"]).is(0).answers(&["nothing to do: commit 2 still holds"]);
    let answer = program(&project.path("")).args(["show", "custmer"]).stderr(full()).output().expect("the program starts");
    Answer::of(answer).is(1);
}

#[test]
fn who_has_read_enough_may_close_the_pipe() {
    let project = Project::committed();
    let mut command = program(&project.path(""));
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    Answer::of(
        command.args(["query", "select value from generate_series(1, 100000)"]).stdout(writer).output().expect("the program starts"),
    )
    .is(0);
}
