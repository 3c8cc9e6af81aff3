//! Each verb once with good input, as people read its answer.

use super::project::{Project, SHOP};

#[test]
fn check_finds_nothing_in_a_good_pipeline_and_reads_columns_if_asked() {
    let project = Project::shop();
    project.c360(&["check"]).is(0).says(&["shop.c360: no errors, no warnings"]);
    project.c360(&["check", "--data", "shop.c360"]).is(0);
    project.change("data/web.csv", "mail", "Mail_Address");
    project.c360(&["check"]).is(0);
    project.c360(&["check", "--data"]).is(3).says(&["C360-E0520", "no column `mail` in `web`"]);
    assert!(!project.path("state").exists(), "check leaves nothing behind");
}

#[test]
fn fmt_makes_the_one_layout() {
    let project = Project::shop();
    project.c360(&["fmt", "--check"]).is(0);
    project.write("shop.c360", SHOP.replace("  key      id", "  key id // the number"));
    let untidy = project.read("shop.c360");
    project.c360(&["fmt", "--check"]).is(1).answers(&["would change", "shop.c360"]);
    assert_eq!(project.read("shop.c360"), untidy, "--check changes nothing");
    project.c360(&["fmt"]).is(0).answers(&["formatted", "shop.c360"]);
    assert!(project.read("shop.c360").contains("// the number"), "comments stay");
    let answer = project.c360(&["fmt", "shop.c360"]);
    assert_eq!(answer.is(0).out, "", "nothing is left to do");
}

#[test]
fn init_makes_a_project_once() {
    let project = Project::empty();
    project.c360(&["init", "demo"]).is(0).answers(&["demo", "c360 run", "c360 show customer"]);
    project.c360(&["check", "demo"]).is(0).says(&["no errors"]);
    project.write("taken/note.txt", "mine");
    project.c360(&["init", "taken"]).is(1).says(&["taken", "not empty", "nothing was written"]);
    assert_eq!(std::fs::read_dir(project.path("taken")).expect("a folder").count(), 1);
}

#[test]
fn plan_says_what_a_run_would_do_and_why() {
    let project = Project::shop();
    project.c360(&["plan"]).is(0).answers(&[
        "crm: 1 file",
        "1. stage crm: records of customer",
        "3. cluster customer",
        "4. golden customer",
        "there is no commit yet",
    ]);
    project.c360(&["plan", "--detailed-exitcode"]).is(6);
    project.c360(&["plan", "--explain"]).is(0).answers(&["members.customer", "golden.customer", "exact email"]);
    assert!(!project.path("state").exists(), "plan leaves nothing behind");
    project.c360(&["run"]).is(0);
    project.c360(&["plan", "--detailed-exitcode"]).is(0).answers(&["nothing to do"]);
    project.write("data/web-2.csv", "id,name,mail\n9,Dora,dora@example.com\n");
    project.c360(&["plan", "--detailed-exitcode"]).is(6).answers(&["1 new or changed file"]);
    project.change("shop.c360", "precedence crm > web", "latest");
    project.c360(&["plan"]).is(0).answers(&["the pipeline changed since commit 1"]);
}

#[test]
fn run_tells_what_it_did_and_then_that_nothing_is_left() {
    let project = Project::shop();
    let answer = project.c360(&["run", "--as-of", "2026-10-01"]);
    answer.is(0).answers(&["commit 1, as of 2026-10-01T00:00:00Z", "3 objects from 4 records", "1 merges by exact email", "3 created"]);
    assert_eq!(answer.err, "", "no progress bar where nobody watches");
    project.c360(&["run"]).is(0).answers(&["nothing to do: commit 1 still holds"]);
    project.c360(&["run", "--full"]).is(0).answers(&["nothing to do: commit 1 still holds"]);
}

#[test]
fn looks_into_a_commit() {
    let project = Project::committed();
    project.c360(&["show", "customer"]).is(0).answers(&["Anna Muster", "Bert Klein", "Carl Groß", "3 rows"]);
    project.c360(&["show", "customer", "--limit", "1"]).is(0).answers(&["1 row"]);
    project.c360(&["show", "customer", "web:7"]).is(0).answers(&["id       1", "anna@example.com", "crm, web"]);
    project.c360(&["query", "select count(*) as n from customer where records > 1"]).is(0).answers(&["1 row"]);
    project.c360(&["query", "select file, row from records.customer"]).is(0).answers(&["data/crm.csv", "4 rows"]);
    project.c360(&["log"]).is(0).answers(&["@1", "3 customer"]);
}

#[test]
fn explain_names_records_joins_winners_and_losers() {
    let project = Project::committed();
    let answer = project.c360(&["explain", "customer", "1"]);
    answer.is(0).answers(&["crm:1  data/crm.csv:2", "web:7  data/web.csv:2", "exact email on `anna@example.com`: crm:1, web:7"]);
    answer.answers(&["name: Anna Muster\n      from crm:1 by precedence crm > web\n      not web:7: A. Muster"]);
    let one = project.c360(&["explain", "customer", "crm:1", "number"]);
    one.is(0).answers(&["number: A1"]);
    assert!(!one.out.contains("name:"), "only the attribute that was asked for");
}

#[test]
fn why_not_names_the_values_and_the_guard() {
    let project = Project::shop();
    project.c360(&["run"]).is(0);
    project.c360(&["why-not", "customer", "crm:1", "web:7"]).is(0).answers(&["are one customer: 1"]);
    project.c360(&["why-not", "customer", "1", "2"]).is(0).answers(&["exact number: 0 of 1 equal", "number: A1 | A2"]);
    project.change("data/crm.csv", "bert@", "anna@");
    project.c360(&["run"]).is(0).answers(&["1 joins refused by guards"]);
    project.c360(&["why-not", "customer", "crm:1", "crm:2"]).is(0).answers(&["exact email would join them, but was refused"]);
}

#[test]
fn earlier_commits_can_be_looked_at() {
    let project = Project::committed();
    project.change("data/crm.csv", "Bert Klein", "Berta Klein");
    project.c360(&["run"]).is(0).answers(&["commit 2"]);
    project.c360(&["show", "customer", "2"]).is(0).answers(&["Berta Klein"]);
    for at in ["1", "@1"] {
        project.c360(&["show", "customer", "2", "--at", at]).is(0).answers(&["Bert Klein"]);
    }
    project.c360(&["log"]).is(0).answers(&["@2", "@1"]);
}

#[test]
fn publishing_that_was_cut_short_is_made_up_for() {
    let project = Project::shop();
    project
        .write("shop.c360", format!("{SHOP}\npublish customer to csv(\"out/customer.csv\")\npublish rejects(crm) to ndjson(\"out/\")\n"));
    project.c360(&["run"]).is(0);
    let published = project.read("out/customer.csv");
    assert!(published.starts_with("id,number,") && published.contains("anna@example.com"), "{published}");
    let mark = "state/published/00000000000000000001.json";
    let done = project.read(mark);
    for stale in [None, Some("of another pipeline")] {
        std::fs::remove_file(project.path("out/customer.csv")).expect("it was published");
        match stale {
            None => std::fs::remove_file(project.path(mark)).expect("it was there"),
            Some(stale) => {
                project.write(mark, stale);
            }
        }
        project.c360(&["run"]).is(0).answers(&["nothing to do: commit 1 still holds"]);
        assert_eq!((project.read("out/customer.csv"), project.read(mark)), (published.clone(), done.clone()));
    }
}

#[test]
fn every_shell_gets_completions() {
    let project = Project::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        project.c360(&["completions", shell]).is(0).answers(&["c360", "why-not"]);
    }
}

#[test]
fn every_verb_explains_itself() {
    let project = Project::empty();
    project.c360(&["--version"]).is(0).answers(&["c360 "]);
    for verb in [
        "init",
        "check",
        "fmt",
        "plan",
        "run",
        "show",
        "query",
        "explain",
        "why-not",
        "evaluate",
        "profile",
        "history",
        "diff",
        "resolve",
        "log",
        "completions",
    ] {
        project.c360(&[verb, "--help"]).is(0).answers(&["Usage: c360", verb]);
        project.c360(&["--help"]).is(0).answers(&[verb]);
    }
}
