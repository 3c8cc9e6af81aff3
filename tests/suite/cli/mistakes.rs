//! What people get wrong on the command line and around it: each is told what happened and what to do, with the right exit code.

use super::project::{Project, SHOP};

#[test]
fn arguments_that_make_no_sense() {
    let project = Project::shop();
    project.c360(&["runn"]).is(2).says(&["unrecognized subcommand 'runn'", "run"]);
    project.c360(&[]).is(2).says(&["Usage"]);
    project.c360(&["show"]).is(2).says(&["<ENTITY>"]);
    project.c360(&["run", "--threads", "0"]).is(2);
    project.c360(&["run", "--memory", "1M"]).is(2).says(&["at least 32M"]);
    project.c360(&["run", "--memory", "many"]).is(2).says(&["512M"]);
    project.c360(&["run", "--as-of", "yesterday"]).is(2).says(&["--as-of yesterday", "2026-10-01"]);
    project.c360(&["completions", "tcsh"]).is(2).says(&["zsh"]);
    assert!(!project.path("state").exists());
}

#[test]
fn names_that_are_misspelt() {
    let project = Project::committed();
    project.c360(&["show", "custmer"]).is(1).says(&["no entity `custmer` in pipeline `shop`", "did you mean `customer`?"]);
    project.c360(&["show", "vehicle"]).is(1).says(&["no entity `vehicle`", "there are customer"]);
    project.c360(&["show", "customer", "99"]).is(1).says(&["no customer `99` in commit 1"]);
    project.c360(&["show", "customer", "Anna"]).is(1).says(&["no customer `Anna`", "write an id (17) or a record (crm:4711)"]);
    project.c360(&["explain", "customer", "crm:99"]).is(1).says(&["no customer `crm:99`"]);
    project.c360(&["explain", "customer", "1", "emial"]).is(1).says(&["no attribute `emial`"]);
    project.c360(&["why-not", "customer", "1", "99"]).is(1).says(&["no customer `99`"]);
    project.c360(&["show", "customer", "--at", "7"]).is(1).says(&["there is no commit 7 in `state`"]);
    project.c360(&["show", "customer", "--at", "monday"]).is(1).says(&["`monday`", "write its number"]);
    project.c360(&["query", "select emial from customer"]).is(1).says(&["emial", "customer.email"]);
    project.c360(&["query", "select * from custmer"]).is(1).says(&["custmer"]);
    for (sql, reason) in [
        ("select id frm customer", "found: customer at Line: 1, Column: 15"),
        ("select", "found: EOF"),
        ("select 'a", "Unterminated string"),
        ("select 1; select 2", "ask them one by one"),
    ] {
        let answer = project.c360(&["query", sql]);
        answer.is(1).says(&["the query cannot be run", reason]);
        assert!(!answer.err.contains("report it"), "{answer:?}");
    }
}

/// SQL knows no capitals in names without quotes.
#[test]
fn entities_with_capitals_can_be_queried() {
    let project = Project::shop();
    let text = project.read("shop.c360").replace("customer", "Customer");
    project.write("shop.c360", text).c360(&["run"]).is(0);
    for table in ["Customer", "customer", "\"Customer\"", "records.Customer", "members.\"Customer\"", "validity.customer"] {
        assert_ne!(project.query(&format!("select count(*) as n from {table}"))[0]["n"], 0, "{table}");
    }
}

#[test]
fn queries_only_read() {
    let project = Project::committed();
    let before = project.visible();
    for sql in ["drop table customer", "create table t as select 1", "insert into customer select * from customer", "set datafusion.x = 1"]
    {
        project.c360(&["query", sql]).is(1).says(&["not supported"]);
    }
    let target = project.path("stolen.csv");
    project.c360(&["query", &format!("copy (select 1) to '{}'", target.display())]).is(1);
    project.c360(&["query", &format!("create external table t stored as csv location '{}'", project.path("data/crm.csv").display())]).is(1);
    assert!(!target.exists(), "a query wrote a file");
    assert_eq!(project.visible(), before);
}

#[test]
fn there_is_no_commit_yet() {
    let project = Project::shop();
    for verb in [&["show", "customer"][..], &["query", "select 1"], &["explain", "customer", "1"], &["why-not", "customer", "1", "2"]] {
        project.c360(verb).is(1).says(&["there is no commit in `state` yet", "`c360 run` makes one"]);
    }
    project.c360(&["log"]).is(0);
    assert!(!project.path("state").exists(), "looking makes no state");
}

#[test]
fn there_is_no_pipeline_or_there_are_several() {
    let project = Project::empty();
    project.c360(&["check"]).is(2).says(&["no .c360 file", "c360 init"]);
    project.c360(&["run", "-p", "nowhere"]).is(2).says(&["nowhere", "no such file"]);
    project.write("a.c360", SHOP).write("b.c360", SHOP.replace("pipeline shop", "pipeline other"));
    project.c360(&["run"]).is(2).says(&["several pipelines", "a.c360, ", "b.c360", "--pipeline"]);
    project.c360(&["check", "a.c360", "b.c360"]).is(0);
    project.c360(&["check", "a.c360", "nowhere.c360"]).is(2).says(&["nowhere.c360: no such file", "a.c360: no errors"]);
    project.write("c/part.c360", "format code = text | upper\n");
    project.c360(&["check", "c/part.c360"]).is(3).says(&["C360-E0601"]);
}

#[test]
fn every_verb_refuses_a_pipeline_with_errors() {
    let project = Project::committed();
    project.change("shop.c360", "exact email", "exact emial");
    let verbs: [&[&str]; 6] = [&["plan"], &["run"], &["show", "customer"], &["query", "select 1"], &["explain", "customer", "1"], &["log"]];
    for verb in verbs {
        let answer = project.c360(verb);
        answer.is(3).says(&["C360-E0106", "did you mean `email`?"]);
        assert_eq!(answer.out, "");
    }
    project.change("shop.c360", "golden {", "golden {{");
    project.c360(&["run"]).is(3).says(&["C360-E00"]);
    project.c360(&["fmt"]).is(3);
}

#[test]
fn use_stays_inside_of_the_project() {
    let project = Project::empty();
    project.write("secret.c360", "format code = text | upper\n");
    project.write("inner/shop.c360", format!("{SHOP}\nuse \"../secret.c360\"\n"));
    project.c360(&["check", "inner"]).is(2).says(&["secret.c360", "outside of the project"]);
    project.change("inner/shop.c360", "../secret.c360", "gone.c360");
    project.c360(&["check", "inner"]).is(2).says(&["gone.c360: no such file", "used by", "shop.c360"]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(project.path("secret.c360"), project.path("inner/gone.c360")).expect("a link");
        project.c360(&["check", "inner"]).is(2).says(&["outside of the project"]);
    }
    project.write(".git/HEAD", "");
    project.change("inner/shop.c360", "gone.c360", "../secret.c360");
    project.c360(&["check", "inner"]).is(0).says(&["no errors, 1 warning"]);
}

#[test]
fn a_pipeline_that_is_no_text() {
    let project = Project::empty();
    project.write("latin.c360", b"pipeline shop {\n  owner \"M\xfcller\"\n}\n");
    project.c360(&["check", "latin.c360"]).is(2).says(&["latin.c360: not UTF-8 at byte 26", "save it as UTF-8"]);
    project.write("empty.c360", "");
    project.c360(&["check", "empty.c360"]).is(3).says(&["C360-E0601"]);
}

#[test]
fn places_that_no_store_knows() {
    let project = Project::shop();
    project.c360(&["run", "--state", "gs://lake/state"]).is(1).says(&["`gs://lake/state`", "scheme `gs` is not built yet"]);
    project.c360(&["run", "--state", "memory:"]).is(0).answers(&["commit 1"]);
    assert!(!project.path("state").exists(), "--state did not win over the pipeline");
    project.change("shop.c360", "  state   \"state\"\n", "");
    project.c360(&["run"]).is(1).says(&["`shop` does not say where its state is", "--state"]);
}
