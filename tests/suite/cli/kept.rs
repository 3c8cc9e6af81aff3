//! A project with a delivery a day, for states that are run again and again: two entities, a snapshot and two logs. Deliveries follow from their day
//! alone. Knows what a state holds, file by file and row by row; does not judge it.

use super::project::Project;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const PIPELINE: &str = r#"pipeline kept {
  state   "state"
  country DE
}

entity customer {
  number text
  name   person_name
  email  email  many

  match {
    exact number  strong
    exact email   at most 6
  }

  golden {
    precedence crm > web
    name       latest
  }
}

entity account {
  number text
  owner  -> customer

  match {
    exact number
  }
}

source crm {
  read     csv("crm/*.csv")
  key      id
  updated  at
  customer { number = no, name = name, email = mail }
}

source web {
  read     csv("web/*.csv")
  mode     changes
  key      id
  delete   gone = "x"
  customer { name = name, email = mail }
}

source desk {
  read     csv("desk/*.csv")
  mode     append
  key      id
  account  { number = no, owner = crm(customer) }
}
"#;

/// Files of crm: a day brings one of them anew.
const CRM_FILES: u64 = 3;

/// Rows of a file.
const ROWS: u64 = 12;

/// The project with its first day.
pub(crate) fn project() -> Project {
    let project = Project::empty();
    project.write("kept.c360", PIPELINE);
    for file in 1..CRM_FILES {
        project.write(&format!("crm/{file}.csv"), crm(file, 0));
    }
    deliver(&project, 1);
    project
}

/// What is new on this day: another version of a file of crm, and a file more of each log.
pub(crate) fn deliver(project: &Project, day: u64) {
    project.write(&format!("crm/{}.csv", (day - 1) % CRM_FILES), crm((day - 1) % CRM_FILES, day));
    let (mut web, mut desk) = (String::from("id,name,mail,gone\n"), String::from("id,no,customer\n"));
    for row in 0..ROWS {
        let (key, person) = (spread(day, row, 3) % 40, spread(day, row, 5) % 60);
        let gone = if spread(day, row, 7).is_multiple_of(5) { "x" } else { "" };
        web.push_str(&format!("w{key},Web {person},p{person}@example.com,{gone}\n"));
        desk.push_str(&format!("d{day}-{row},K{},c{}\n", spread(day, row, 11) % 50, spread(day, row, 13) % 50));
    }
    project.write(&format!("web/{day:04}.csv"), web).write(&format!("desk/{day:04}.csv"), desk);
}

fn crm(file: u64, day: u64) -> String {
    let mut text = String::from("id,no,name,mail,at\n");
    for row in 0..ROWS {
        let key = file * ROWS + row + spread(day, row, 17) % 3 * 20;
        let (person, number) = (spread(day, key, 19) % 60, spread(0, key, 23) % 45);
        text.push_str(&format!("c{key},N{number},Person {person},p{person}@example.com,2026-01-{:02}\n", day % 28 + 1));
    }
    text
}

/// A number that looks like chance and is none.
fn spread(day: u64, row: u64, by: u64) -> u64 {
    (day * 131 + row + 1).wrapping_mul(2_654_435_761).rotate_left(11).wrapping_mul(by * 2 + 1) >> 7
}

/// All files below a folder with their bytes, by their paths in it; nothing where there is no such folder.
pub(crate) fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("it is below").to_string_lossy().into_owned();
            found.insert(name, fs::read(&path).expect("a readable file"));
        }
    }
    found
}

/// The commits of a state as it lies on disk, oldest first.
pub(crate) fn commits(project: &Project, state: &str) -> Vec<Value> {
    let files = content(&project.path(&format!("{state}/commits")));
    let whole = files.iter().filter(|(name, _)| !name.contains('#'));
    whole.map(|(name, bytes)| serde_json::from_slice(bytes).unwrap_or_else(|e| panic!("{name}: {e}"))).collect()
}

/// What two states with the same history have in common in a commit: the hashes of tables, ids, numbers, figures, and what was read.
pub(crate) fn essence(commit: &Value) -> Value {
    let file = |file: &Value| json!([file["rows"], file["sha256"]]);
    let layer = |layer: &Value| {
        let files: Vec<Value> = layer["files"].as_array().into_iter().flatten().map(file).collect();
        json!([files, file(&layer["replaced"])])
    };
    let table = |(name, table): (&String, &Value)| {
        let layers: Vec<Value> = table["layers"].as_array().into_iter().flatten().map(layer).collect();
        (name.clone(), Value::from(layers))
    };
    let tables: serde_json::Map<String, Value> = commit["tables"].as_object().expect("it has tables").iter().map(table).collect();
    let input = |input: &Value| json!([input["path"], input["number"], input["size"], input["rows"], input["rejects"], input["filtered"]]);
    let inputs: Vec<Value> = commit["inputs"].as_array().into_iter().flatten().map(input).collect();
    json!([commit["number"], tables, inputs, commit["next_ids"], commit["next"], commit["figures"]])
}

/// Files of tables and copies of logs that no commit names.
pub(crate) fn strays(paths: impl IntoIterator<Item = String>, commits: &[Value]) -> Vec<String> {
    let named: BTreeSet<&str> = commits.iter().flat_map(named).collect();
    let ours = |path: &String| path.starts_with("tables/") || path.starts_with("log/") || path.contains('#');
    paths.into_iter().filter(|path| ours(path) && !named.contains(path.as_str())).collect()
}

/// The paths that a commit names.
fn named(commit: &Value) -> Vec<&str> {
    let layers = commit["tables"].as_object().into_iter().flatten().flat_map(|(_, table)| table["layers"].as_array().into_iter().flatten());
    let files = layers.flat_map(|layer| layer["files"].as_array().into_iter().flatten().chain([&layer["replaced"]]));
    let copies = commit["inputs"].as_array().into_iter().flatten().map(|input| &input["copy"]);
    files.map(|file| &file["path"]).chain(copies).filter_map(Value::as_str).collect()
}
