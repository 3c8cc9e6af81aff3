//! `c360 log`: the commits, newest first.

use crate::arguments::{Arguments, Log, Output};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::commit::{self, Commit};
use serde_json::json;

pub(super) async fn log(command: &Log, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let mut commits = match commit::list(&session.store).await {
        Ok(commits) => commits,
        Err(error) => return session.fail(&error),
    };
    commits.reverse();
    match arguments.output {
        Output::Json => output::print_json("log", json!({ "commits": commits.iter().map(as_json).collect::<Vec<_>>() })),
        _ => print(&commits),
    }
    exit::FINE
}

fn print(commits: &[Commit]) {
    let mut table = output::table(&["commit", "as of", "rows", "rejects", "records", "objects", "created", "merged", "split", "retired"]);
    for commit in commits {
        let sources = &commit.figures.sources;
        let entities = &commit.figures.entities;
        let objects: Vec<String> = entities.iter().map(|e| format!("{} {}", e.objects, e.entity)).collect();
        let sum = |of: fn(&c360_run::figures::EntityFigures) -> u64| entities.iter().map(of).sum::<u64>().to_string();
        table.add_row(vec![
            format!("@{}", commit.number),
            commit.as_of.clone(),
            sources.iter().map(|s| s.rows).sum::<u64>().to_string(),
            sources.iter().map(|s| s.rejects).sum::<u64>().to_string(),
            sources.iter().map(|s| s.records).sum::<u64>().to_string(),
            objects.join(", "),
            sum(|e| e.created),
            sum(|e| e.merged),
            sum(|e| e.split),
            sum(|e| e.retired),
        ]);
    }
    output::println!("{table}");
}

fn as_json(commit: &Commit) -> serde_json::Value {
    json!({
        "number": commit.number, "run": commit.run, "as_of": commit.as_of, "version": commit.version, "figures": commit.figures,
        "inputs": commit.inputs,
    })
}
