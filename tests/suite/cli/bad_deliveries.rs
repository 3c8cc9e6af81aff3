//! Deliveries that misbehave between two runs or under one: files that change or go after they were listed, clocks that run backwards, logs out of
//! order. Each either counts as it should or is told, with the place and what to do, and leaves the state as it was.

use super::project::Project;
use super::s3::{Server, c360, on_s3};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::time::{Duration, SystemTime};

const NEW: &str = "id,no,name,mail\n3,A3,Cora Lang,cora@example.com\n";
const OTHER: &str = "id,no,name,mail\n3,A3,Carl Lang,carl@example.com\n";

/// All objects of the state.
fn state(server: &Server) -> BTreeMap<String, Vec<u8>> {
    server.keys("lake/state/").into_iter().map(|key| (key.clone(), server.get(&key))).collect()
}

/// After the first commit a file is delivered; it is listed, and then `moved` before it is read. The run says so, the next one takes what is there.
fn moves(mode: &str, moved: fn(&Server), objects: &str) {
    let server = Server::start();
    let project = on_s3(&server);
    project.change("shop.c360", "landing/*.csv\")\n", &format!("landing/*.csv\")\n  mode {mode}\n"));
    c360(&project, &server, &["run"]).is(0);
    server.put("landing/day-2.csv", NEW);
    let before = state(&server);
    let theirs = server.clone();
    server.meanwhile("GET landing/day-2.csv", move || moved(&theirs));
    let answer = c360(&project, &server, &["run"]);
    answer.is(1).says(&["landing/day-2.csv: changed while it was read; run again", "shop.c360:2", "the last commit still holds"]);
    assert!(server.has_happened(), "the file was not read");
    assert!(state(&server) == before, "the run left something: {:?}", server.keys("lake/state/"));
    c360(&project, &server, &["run"]).is(0);
    c360(&project, &server, &["show", "customer"]).is(0).answers(&[objects]);
    c360(&project, &server, &["verify"]).is(0);
}

#[test]
fn a_file_changes_after_it_was_listed() {
    for mode in ["snapshot", "changes"] {
        moves(mode, |server| server.put("landing/day-2.csv", OTHER), "Carl Lang");
    }
}

#[test]
fn a_file_is_listed_and_then_gone() {
    for mode in ["snapshot", "changes"] {
        moves(mode, |server| server.remove("landing/day-2.csv"), "Anna Muster");
    }
}

fn set_time(project: &Project, name: &str, time: SystemTime) {
    let file = File::options().write(true).open(project.path(name)).expect("it is there");
    file.set_modified(time).expect("it is ours");
}

/// A delivery with an older date than the one before, from a system whose clock is wrong or out of an archive: other content is other content.
#[test]
fn a_file_gets_older() {
    let project = Project::committed();
    let length = project.read("data/crm.csv").len();
    let mut day = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for (old, new) in [("Bert", "Kurt"), ("Kurt", "Emil"), ("Emil", "Bert")] {
        project.change("data/crm.csv", old, new);
        assert_eq!(project.read("data/crm.csv").len(), length, "the size must not tell");
        set_time(&project, "data/crm.csv", day);
        day -= Duration::from_secs(86_400 * 365);
        project.c360(&["run"]).is(0).answers(&["as of"]);
        project.c360(&["show", "customer", "2"]).is(0).answers(&[new]);
        project.c360(&["run"]).is(0).answers(&["nothing to do"]);
        project.c360(&["verify"]).is(0);
    }
}

/// The machine's clock went back between two runs: `--as-of` is what a run knows of time. Numbers of commits count, not their moments.
#[test]
fn the_clock_of_the_machine_runs_backwards() {
    let (forth, back) = (Project::shop(), Project::shop());
    for (project, days) in [(&forth, ["2026-03-01", "2026-03-02", "2026-03-03"]), (&back, ["2026-03-03", "2026-03-02", "2026-03-01"])] {
        for ((old, new), day) in [("Bert", "Bert"), ("Bert", "Kurt"), ("Kurt", "Emil")].into_iter().zip(days) {
            project.change("data/crm.csv", old, new);
            project.c360(&["run", "--as-of", day]).is(0).answers(&["as of"]);
        }
        project.c360(&["verify"]).is(0);
        project.c360(&["log"]).is(0).answers(&days);
        project.c360(&["show", "customer", "2"]).is(0).answers(&["Emil"]);
        project.c360(&["show", "customer", "2", "--at", "@1"]).is(0).answers(&["Bert"]);
    }
    let sql = "select * from changes.customer order by commit, id, kind, attribute";
    assert_eq!(forth.query(sql), back.query(sql), "time showed in the result");
}

/// A shop whose crm is a log of versions.
fn log() -> Project {
    let project = Project::shop();
    project.change(
        "shop.c360",
        "csv(\"data/crm.csv\")\n",
        "csv(\"data/crm*.csv\")\n  mode     changes\n  delete   gone = \"x\"\n  updated  at\n",
    );
    project.write("data/crm.csv", "id,no,name,mail,at,gone\n1,A1,Anna Muster,anna@example.com,2026-01-01,\n");
    project
}

fn crm(project: &Project) -> Value {
    project.query("select key, name['last'] as name from records.customer where source = 'crm' order by key")
}

#[test]
fn a_log_out_of_order_with_a_row_twice() {
    let project = log();
    project.c360(&["run"]).is(0);
    // The newest version first; one row word for word twice; a late delete that is older than what it deletes; one that counts.
    let rows = [
        "1,A1,Anna Newest,anna@example.com,2026-03-01,",
        "1,A1,Anna Middle,anna@example.com,2026-02-01,",
        "2,A2,Bert Klein,bert@example.com,2026-02-01,",
        "2,A2,Bert Klein,bert@example.com,2026-02-01,",
        "1,A1,Anna Middle,anna@example.com,2026-02-15,x",
        "4,A4,Dora Gross,dora@example.com,2026-02-01,",
        "4,A4,Dora Gross,dora@example.com,2026-02-02,x",
    ];
    project.write("data/crm-2.csv", format!("id,no,name,mail,at,gone\n{}\n", rows.join("\n")));
    let figures = project.figures("crm");
    let count = |name: &str| figures[name].as_u64().expect("a count");
    assert_eq!((count("rows"), count("records"), count("rejects")), (8, 2, 0), "{figures}");
    let expected = json!([{ "key": "1", "name": "Newest" }, { "key": "2", "name": "Klein" }]);
    assert_eq!(crm(&project), expected);
    project.c360(&["verify"]).is(0);
    // The same rows in another order, under a later name: nothing newer is said.
    let turned: Vec<&str> = rows.into_iter().rev().collect();
    project.write("data/crm-3.csv", format!("id,no,name,mail,at,gone\n{}\n", turned.join("\n")));
    assert_eq!(project.figures("crm")["rows"], 15);
    assert_eq!(crm(&project), expected);
    project.c360(&["verify"]).is(0);
}
