//! Decisions of people from the table `review` to a file and back: never asked again, explained, counted; and every way in which such a file can be wrong.

use super::explain_pairs::people;
use super::project::Project;
use serde_json::{Value, json};
use std::fs;

/// What docs/overrides.md tells people to write.
const EXPORT: &str = "select '' as decision, 'person' as entity, left_source || ':' || left_key as first, \
                      right_source || ':' || right_key as second, '' as author, '' as time, '' as note, probability \
                      from review.person order by probability desc, first, second";

const HEADER: &str = "decision,entity,first,second,author,time,note\n";

/// Persons of whom web:20 may be two others, who are one.
fn asked() -> Project {
    let project = people();
    project.change("people.c360", "source crm", "overrides \"overrides/*.csv\"\n\nsource crm");
    project.change("data/web.csv", "15,N15", "20,,Anna Schneider,Bonn,,\n15,N15");
    project.c360(&["run"]).is(0);
    project
}

fn decide(project: &Project, rows: &str) {
    project.write("overrides/2026.csv", format!("{HEADER}{rows}"));
}

/// All commits byte by byte.
fn commits(project: &Project) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(project.path("state/commits")).expect("there is a commit");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a readable commit")).collect()
}

fn pairs(project: &Project) -> Value {
    project.query("select left_source || ':' || left_key as l, right_source || ':' || right_key as r from review.person order by l, r")
}

#[test]
fn from_review_to_a_decision_that_is_never_asked_again() {
    let project = asked();
    assert_eq!(pairs(&project), json!([{ "l": "crm:1", "r": "web:20" }, { "l": "web:11", "r": "web:20" }]));
    let export = project.c360(&["query", EXPORT, "--output", "csv"]);
    export.is(0);
    let lines: Vec<&str> = export.out.lines().collect();
    assert_eq!(lines[0], "decision,entity,first,second,author,time,note,probability");
    assert_eq!(lines.len(), 3, "{}", export.out);
    // A person decides about the first, and leaves the second for later.
    let decided = lines[1].strip_prefix("\"\"").unwrap_or(lines[1]);
    project.write("overrides/2026.csv", format!("{}\nnever{decided}\n{}\n", lines[0], lines[2]));
    project.c360(&["check", "--data"]).is(0);
    let plan = project.c360(&["plan"]);
    assert!(plan.out.contains("decisions of people: 1") && plan.out.contains("decisions of people changed"), "{}", plan.out);
    project.c360(&["plan", "--data"]).is(0).answers(&["decisions of people: 0 always, 1 never\n"]);
    let run = project.c360(&["run"]);
    run.is(0);
    assert!(run.out.contains("decisions of people: 0 always, 1 never\n"), "{}", run.out);
    assert_eq!(pairs(&project), json!([]), "the other pair would make one what is never one");
    assert!(project.c360(&["run"]).out.contains("nothing to do"));
    project.c360(&["verify"]).is(0);
}

#[test]
fn what_people_decided_is_told_with_line_author_time_and_note() {
    let project = asked();
    decide(&project, "always,person,crm:1,web:20,Ann Lee,2026-10-01,\"same person, she said\"\nnever,person,web:9,crm:2,,,\n");
    let run = project.c360(&["run"]);
    assert!(run.out.contains("1 merges by always") && run.out.contains("1 always, 1 never"), "{}", run.out);
    let text = project.c360(&["explain", "person", "web:20"]).out;
    for line in [
        "\n  always: crm:1, web:20\n",
        "\n  always overrides/2026.csv:2: crm:1, web:20\n      by Ann Lee, 2026-10-01: same person, she said\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let explained = project.c360(&["explain", "person", "web:20", "--output", "json"]).json("explain");
    let decision = json!({
        "decision": "always", "records": ["crm:1", "web:20"], "status": "holds", "author": "Ann Lee", "time": "2026-10-01",
        "note": "same person, she said", "file": "overrides/2026.csv", "line": 2,
    });
    assert_eq!(explained["decisions"], json!([decision]));
    assert_eq!(explained["joins"][0], json!({ "rule": "always", "value": null, "records": ["crm:1", "web:20"] }));
    let apart = project.c360(&["why-not", "person", "crm:2", "web:9"]).out;
    assert!(apart.contains("never overrides/2026.csv:3: web:9, crm:2"), "{apart}");
    let apart = project.c360(&["why-not", "person", "crm:2", "web:9", "--output", "json"]).json("why-not");
    assert_eq!(apart["decisions"][0]["line"], 3);
}

#[test]
fn a_decision_that_waits_is_counted_and_listed() {
    let project = asked();
    decide(&project, "always,person,crm:1,web:99,,2026-10-01T06:30:00Z,\n");
    let run = project.c360(&["run"]);
    assert!(run.out.contains("1 always, 0 never; 1 of them wait for a record"), "{}", run.out);
    let waiting = project.query("select second, file, line from decisions.person where status = 'waits'");
    assert_eq!(waiting, json!([{ "second": "web:99", "file": "overrides/2026.csv", "line": 2 }]));
}

#[test]
fn every_bad_row_is_told_with_its_place_and_the_last_commit_stays() {
    let project = asked();
    let before = commits(&project);
    let rows = [
        ("maybe,person,crm:1,web:20,,,", "`decision` must be `always`, `never`, or empty"),
        ("set,person,crm:1,web:20,,,", "`set` is not built yet"),
        ("always,persn,crm:1,web:20,,,", "`entity` is none of this pipeline; did you mean `person`?"),
        ("always,person,crn:1,web:20,,,", "`first` names no source of this pipeline; did you mean `crm`?"),
        ("always,person,crm:1,17,,,", "`second` is an id"),
        ("always,person,crm:1,,,,", "`second` is empty"),
        ("always,person,crm:,web:20,,,", "`first` has no key"),
        ("never,person,crm:1,crm:1,,,", "the same record"),
        ("never,person,crm:1,crm:2,,yesterday,", "`time` is no date or time"),
        ("never,person,crm:1", "3"),
        ("maybe,persn,crm:1,crm:2,,,", "`decision` must be"),
    ];
    decide(&project, &rows.map(|(row, _)| format!("{row}\n")).concat());
    for verb in [vec!["run"], vec!["check", "--data"], vec!["plan"], vec!["plan", "--data"]] {
        let answer = project.c360(&verb);
        answer.is(1);
        for (number, (_, reason)) in rows.iter().enumerate() {
            let place = format!("overrides/2026.csv:{}: ", number + 2);
            let told = answer.err.lines().find(|line| line.contains(&place) && line.contains(reason));
            assert!(told.is_some(), "{verb:?}: {place}{reason}\n{}", answer.err);
        }
    }
    assert_eq!(commits(&project), before);
    decide(&project, "");
    project.c360(&["run"]).is(0);
}

#[test]
fn headers_and_files_that_are_none() {
    let project = asked();
    project.write("overrides/2026.csv", "decision,entity,first,secund,author,time,note\n");
    let answer = project.c360(&["run"]);
    answer.is(1);
    assert!(answer.err.contains("overrides/2026.csv: no column `second`, did you mean `secund`?"), "{}", answer.err);
    project.write("overrides/2026.csv", "decision;entity;first;second;author;time;note\n");
    let answer = project.c360(&["run"]);
    assert!(answer.err.contains("separated by commas"), "{}", answer.err);
    project.change("people.c360", "overrides/*.csv", "overrides/none.csv");
    let answer = project.c360(&["run"]);
    answer.is(1);
    assert!(answer.err.contains("none.csv: no such file") && answer.err.contains("people.c360"), "{}", answer.err);
}

#[test]
fn contradictions_name_all_lines_of_the_chain() {
    let project = asked();
    let before = commits(&project);
    decide(&project, "always,person,crm:1,web:20,,,\nalways,person,crm:5,web:20,,,\nalways,person,crm:5,web:16,,,\n");
    project.write("overrides/later.csv", format!("{HEADER}never,person,web:16,crm:1,,,\n"));
    let answer = project.c360(&["run"]);
    answer.is(1);
    let told = "overrides/later.csv:2: `never` for two records of `person` that overrides/2026.csv:4, overrides/2026.csv:3, overrides/2026.csv:2 \
                together make one by `always`; take one of these lines away";
    assert!(answer.err.contains(told), "{}", answer.err);
    assert_eq!(commits(&project), before);
}
