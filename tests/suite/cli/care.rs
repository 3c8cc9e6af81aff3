//! Care of a state: what a run would do, guards that stop it, verification, rollback, compaction, vacuum, doctor.

use super::project::{CRM, Project, WEB};
use serde_json::Value;
use std::path::PathBuf;

/// Carl of web turns out to be Bert of crm: one object goes into another.
const MERGING: &str = "carl@";

/// The shop after a first run, with a second day that merges two of its objects.
fn about_to_merge() -> Project {
    let project = Project::committed();
    project.change("data/web.csv", MERGING, "bert@");
    project
}

fn objects(project: &Project) -> Value {
    project.query("select * except (lineage) from customer order by id")
}

fn files(project: &Project, folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![project.path(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

#[test]
fn a_plan_tells_what_the_run_then_does() {
    let project = about_to_merge();
    let before = files(&project, "state");
    let plan = project.c360(&["plan", "--data", "--output", "json"]);
    plan.is(0);
    let told = plan.json("plan")["entities"][0].clone();
    assert_eq!(files(&project, "state"), before, "a plan leaves nothing");
    assert_eq!((told["merged"].as_u64(), told["merged_into"].as_u64()), (Some(1), Some(1)), "{told}");
    project.c360(&["run"]).is(0);
    let log = project.c360(&["log", "--output", "json"]).json("log");
    let figures = &log["commits"][0]["figures"]["entities"][0];
    for name in ["created", "merged", "split", "retired"] {
        assert_eq!(figures[name], told[name], "{name}");
    }
    assert_eq!(figures["objects"], told["after"]);
    // Of the object that went into another, each value became nothing: that is told once, as the merge.
    let still_there =
        "select count(distinct id) as n from changes.customer where commit = 2 and kind = 'changed' and id in (select id from customer)";
    assert_eq!(project.query(still_there)[0]["n"], told["changed"]);
    let ended = told["samples"]
        .as_array()
        .expect("examples")
        .iter()
        .filter(|sample| sample["new"].is_null() && sample["kind"] == "changed")
        .count();
    assert_eq!(ended, 0, "{told}");
    let diff = project.c360(&["diff", "--output", "json"]).json("diff")["entities"][0].clone();
    assert_eq!(diff["changed"], told["changed"], "{diff}");
}

#[test]
fn plans_for_people_and_pull_requests() {
    let project = about_to_merge();
    project.c360(&["plan", "--data"]).is(0).answers(&["merge 1 into 1", "merged into"]);
    let markdown = project.c360(&["plan", "--data", "--output", "markdown"]);
    markdown.is(0).answers(&["| customer |", "1 into 1"]);
    project.c360(&["plan", "--data", "--detailed-exitcode"]).is(6);
    project.c360(&["run"]).is(0);
    project.c360(&["plan", "--data", "--detailed-exitcode"]).is(0).answers(&["nothing would change"]);
    project.c360(&["plan", "--output", "markdown"]).is(2);
}

/// Delivers something else.
type Delivery = fn(&Project);

#[test]
fn each_budget_stops_plan_and_run() {
    let tripped: [(&str, Delivery); 5] = [
        ("--max-merged", |p| {
            p.change("data/web.csv", MERGING, "bert@");
        }),
        ("--max-retired", |p| {
            p.write("data/web.csv", WEB.lines().take(2).map(|l| format!("{l}\n")).collect::<String>());
        }),
        ("--max-changed", |p| {
            p.change("data/crm.csv", "Anna", "Hanna");
        }),
        ("--max-split", |p| {
            p.change("data/web.csv", "ANNA@", "emma@");
        }),
        ("--max-cluster", |p| {
            p.change("data/web.csv", MERGING, "anna@");
        }),
    ];
    for (budget, change) in tripped {
        let project = Project::committed();
        change(&project);
        let limit = if budget == "--max-cluster" { "1" } else { "0%" };
        project.c360(&["plan", "--data", budget, limit]).is(7);
        project.c360(&["run", budget, limit]).is(7).says(&["the budget is", "nothing was committed"]);
        assert_eq!(files(&project, "state/commits").len(), 1, "{budget}: a commit was made");
        let enough = if budget == "--max-cluster" { "9" } else { "100%" };
        project.c360(&["run", budget, enough]).is(0);
    }
}

#[test]
fn verification_finds_damage_of_any_kind_in_any_file() {
    let project = about_to_merge();
    project.c360(&["run"]).is(0);
    project.c360(&["verify"]).is(0).answers(&["commit 2 is what a full run makes"]);
    let damages: [fn(&mut Vec<u8>); 3] = [
        |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        },
        |bytes| bytes.truncate(bytes.len() / 2),
        |bytes| bytes.iter_mut().for_each(|byte| *byte = 0),
    ];
    for (number, file) in files(&project, "state/tables").into_iter().enumerate() {
        let whole = std::fs::read(&file).expect("readable");
        let mut bytes = whole.clone();
        damages[number % damages.len()](&mut bytes);
        std::fs::write(&file, bytes).expect("ours");
        let name = file.file_name().expect("a file").to_string_lossy().into_owned();
        // Files of a run that nothing names any more may be damaged.
        let commits = files(&project, "state/commits");
        let last = std::fs::read_to_string(commits.last().expect("there is one")).expect("readable");
        let folder = file.parent().and_then(|p| p.file_name()).expect("a run's folder").to_string_lossy().into_owned();
        if last.contains(&folder) && last.contains(&format!("{folder}/{name}")) {
            project.c360(&["verify"]).is(1).answers(&["is damaged", &name]);
        }
        std::fs::write(&file, whole).expect("ours");
    }
    project.c360(&["verify"]).is(0);
}

#[test]
fn verification_sees_rows_that_differ() {
    let project = Project::committed();
    project.change("data/crm.csv", "Anna", "Hanna").c360(&["verify"]).is(1).says(&["run first, then verify"]);
    project.c360(&["run"]).is(0);
    project.c360(&["verify"]).is(0);
    // A pipeline of the same fingerprint cannot differ; another one is not the one to verify with.
    project.change("shop.c360", "exact email", "exact name");
    project.c360(&["verify"]).is(1).says(&["the pipeline changed since commit 2"]);
}

#[test]
fn back_to_an_earlier_commit_and_on_from_there() {
    let project = Project::committed();
    let first = objects(&project);
    project.change("data/web.csv", MERGING, "bert@").c360(&["run"]).is(0);
    let second = objects(&project);
    project.c360(&["rollback", "@1"]).is(0).answers(&["commit 3 equals commit 1"]);
    assert_eq!(objects(&project), first);
    let feed = project.query("select kind, count(*) as n from changes.customer where commit = 3 group by kind order by kind");
    assert!(feed.to_string().contains("restored"), "{feed}");
    project.c360(&["run"]).is(0);
    assert_eq!(objects(&project), second, "the same delivery leads to the same objects with the same ids");
    project.c360(&["verify"]).is(0);
    project.c360(&["rollback", "@4"]).is(1).says(&["nothing to roll back"]);
    project.c360(&["rollback", "@9"]).is(1).says(&["there is no commit 9"]);
    project.c360(&["rollback", "yesterday"]).is(2);
}

#[test]
fn compacting_and_cleaning_up_change_no_row() {
    let project = about_to_merge();
    project.c360(&["run"]).is(0);
    let before = objects(&project);
    project.c360(&["compact"]).is(0).answers(&["commit 3"]);
    project.c360(&["compact"]).is(0).answers(&["nothing to do"]);
    assert_eq!(objects(&project), before);
    let all = files(&project, "state/tables");
    project.c360(&["vacuum", "--retention", "0s", "--grace", "0s", "--dry-run"]).is(0).answers(&["would remove commits 1 to 2"]);
    assert_eq!(files(&project, "state/tables"), all);
    project
        .c360(&["vacuum", "--retention", "0s", "--grace", "1h"])
        .is(0)
        .answers(&["removed commits 1 to 2 and 0 files", "younger than the grace"]);
    project.c360(&["vacuum", "--retention", "0s", "--grace", "0s"]).is(0);
    assert!(files(&project, "state/tables").len() < all.len());
    assert_eq!(objects(&project), before);
    project.c360(&["show", "customer", "--at", "1"]).is(1);
    project.c360(&["verify"]).is(0);
    project.write("data/web.csv", WEB).write("data/crm.csv", CRM).c360(&["run"]).is(0);
    project.c360(&["verify"]).is(0);
}

#[test]
fn a_state_that_is_well() {
    let project = Project::committed();
    let before = files(&project, "state");
    project.c360(&["doctor"]).is(0).answers(&["honoured", "state format 2", "the last is 1 of pipeline"]);
    assert_eq!(files(&project, "state"), before, "it leaves nothing");
    project.write("state/commits/00000000000000000001.json", "{");
    project.c360(&["doctor"]).is(1).answers(&["BAD", "commits", "is no commit"]);
}

#[test]
fn watching_ends_with_what_repeating_does_not_mend() {
    let project = Project::committed();
    std::fs::remove_file(project.path("data/crm.csv")).expect("it was there");
    project.c360(&["run", "--watch", "1s"]).is(1).says(&["data/crm.csv"]);
    project.c360(&["run", "--watch", "soon"]).is(2).says(&["30s, 5m"]);
}
