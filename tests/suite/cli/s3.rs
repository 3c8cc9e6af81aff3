//! A state and sources on S3, served by a small server of ours that can misbehave below the client's retries.

mod faults;
mod reads;
mod server;

use super::project::{Answer, Project, SHOP, program};
use server::Fault;
pub(super) use server::Server;
use std::process::Command;

const DAY_1: &str = "id,no,name,mail\n1,A1,Anna Muster,anna@example.com\n2,A2,Bert Klein,bert@example.com\n";
const DAY_2: &str = "id,no,name,mail\n3,A3,Cora Lang,cora@example.com\n";

/// A project whose state and crm are in a bucket.
pub(super) fn on_s3(server: &Server) -> Project {
    let project = Project::shop();
    project.change("shop.c360", "\"state\"", "\"s3://bucket/lake/state\"");
    project.change("shop.c360", "data/crm.csv", "s3://bucket/landing/*.csv");
    server.put("landing/day-1.csv", DAY_1);
    project
}

/// The program in the project's folder, with the server as its S3.
pub(super) fn on(server: &Server, project: &Project) -> Command {
    let mut command = program(&project.path(""));
    for name in ["AWS_PROFILE", "AWS_SESSION_TOKEN", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(name);
    }
    command.env("AWS_ENDPOINT", server.url()).env("AWS_ALLOW_HTTP", "true").env("AWS_REGION", "us-east-1");
    // What is never answered is given up soon.
    command.env("AWS_TIMEOUT", "2s");
    command.env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", "CANARY-secret");
    command
}

pub(super) fn c360(project: &Project, server: &Server, arguments: &[&str]) -> Answer {
    let answer = Answer::of(on(server, project).args(arguments).output().expect("the program starts"));
    assert!(!answer.err.contains("CANARY") && !answer.out.contains("CANARY"), "a secret was told: {answer:?}");
    answer
}

fn commits(server: &Server) -> Vec<String> {
    server.keys("lake/state/commits/")
}

#[test]
fn two_days() {
    let server = Server::start();
    let project = on_s3(&server);
    c360(&project, &server, &["run"]).is(0).answers(&["commit 1", "3 objects from 4 records"]);
    c360(&project, &server, &["run"]).is(0).answers(&["nothing to do: commit 1 still holds"]);
    server.put("landing/day-2.csv", DAY_2);
    c360(&project, &server, &["plan", "--detailed-exitcode"]).is(6).answers(&["1 new or changed file"]);
    c360(&project, &server, &["run"]).is(0).answers(&["commit 2", "4 objects from 5 records", "1 created"]);
    assert_eq!(commits(&server), ["lake/state/commits/00000000000000000001.json", "lake/state/commits/00000000000000000002.json"]);
    c360(&project, &server, &["show", "customer", "crm:3"]).is(0).answers(&["Cora Lang"]);
    c360(&project, &server, &["query", "select file from records.customer where key = '3'"]).is(0).answers(&["landing/day-2.csv"]);
    c360(&project, &server, &["show", "customer", "--at", "1"]).is(0).answers(&["3 rows"]);
}

#[test]
fn the_same_tables_as_on_a_disk() {
    let server = Server::start();
    let project = on_s3(&server);
    c360(&project, &server, &["run"]).is(0);
    let disk = Project::shop();
    disk.write("shop.c360", SHOP.replace("data/crm.csv", "landing/*.csv")).write("landing/day-1.csv", DAY_1);
    disk.c360(&["run"]).is(0);
    let hashes = |text: &str| {
        let commit: serde_json::Value = serde_json::from_str(text).expect("commits are JSON");
        let tables = commit["tables"].as_object().expect("a commit names its tables");
        let files = |table: &serde_json::Value| table["layers"].as_array().expect("a table has layers")[0]["files"].clone();
        let hash = |name: &str| files(&tables[name])[0]["sha256"].as_str().expect("a file has a hash").to_owned();
        ["golden.customer", "members.customer", "redirects.customer"].map(hash)
    };
    let there = server.get("lake/state/commits/00000000000000000001.json");
    let here = disk.read("state/commits/00000000000000000001.json");
    assert_eq!(hashes(&String::from_utf8(there).expect("UTF-8"))[..], hashes(&here)[..]);
}

#[test]
fn another_run_was_first() {
    let server = Server::start();
    let project = on_s3(&server);
    c360(&project, &server, &["run"]).is(0);
    server.put("landing/day-2.csv", DAY_2);
    let first = String::from_utf8(server.get("lake/state/commits/00000000000000000001.json")).expect("UTF-8");
    let other = first.replace("\"number\": 1", "\"number\": 2").replace("\"run\": \"", "\"run\": \"another-");
    server.before("commits/00000000000000000002.json", "lake/state/commits/00000000000000000002.json", &other);
    c360(&project, &server, &["run"]).is(5).says(&[
        "another run (another-",
        "made commit 2 first",
        "nothing of this run is visible",
        "run again",
    ]);
    assert_eq!(server.get("lake/state/commits/00000000000000000002.json"), other.as_bytes(), "never overwritten");
}

#[test]
fn a_store_that_ignores_conditions_is_refused() {
    let server = Server::start();
    server.ignore_conditions();
    let project = on_s3(&server);
    c360(&project, &server, &["run"]).is(1).says(&["`s3://bucket/lake/state` ignores conditional puts", "nothing was written"]);
    assert_eq!(commits(&server), Vec::<String>::new());
    assert_eq!(server.keys("lake/state/tables/"), Vec::<String>::new());
}

#[test]
fn no_access() {
    let server = Server::start();
    let project = on_s3(&server);
    server.misbehave("lake/state", Fault::Answer403, u32::MAX);
    c360(&project, &server, &["run"]).is(1).says(&["403 Forbidden", "AccessDenied", "nothing was committed"]);
    server.misbehave("landing", Fault::Answer403, u32::MAX);
    c360(&project, &server, &["check", "--data"]).is(1).says(&["s3://bucket/landing/*.csv"]);
}
