//! `train` and `model` rules: a model from the records alone, a run that scores by its file, pairs left to a person, and increments that stay
//! what a full run makes.

mod import;
mod labels;

use super::project::Project;

const MEMBERS: &str = r#"pipeline club {
  state   "state"
  country DE
}

entity member {
  name  person_name
  born  date("%Y-%m-%d")
  town  text         pii
  match {
    model "member.model.json" accept 0.9 review 0.1 {
      block   born | name.last | name.first & town
      compare name.first
      compare name.last
      compare born
      compare town
    }
    never looser(0.3)
    never larger(20)
  }
}

source list {
  read   csv("data/list.csv")
  key    id
  member { name = name(first: first, last: last), born = born, town = town }
}
"#;

const FIRST: [&str; 12] = ["Anna", "Bert", "Carla", "David", "Eva", "Frank", "Greta", "Hugo", "Ida", "Jonas", "Karla", "Lukas"];
const LAST: [&str; 14] = [
    "Schneider",
    "Fischer",
    "Weber",
    "Becker",
    "Hoffmann",
    "Koch",
    "Richter",
    "Klein",
    "Wolf",
    "Neumann",
    "Schwarz",
    "Braun",
    "Krause",
    "Lehmann",
];
const TOWNS: [&str; 5] = ["Kiel", "Husum", "Flensburg", "Rendsburg", "Plön"];

/// 120 people, each twice; of the second record of some, one value is mistyped or missing. `shift` moves which.
fn list(shift: usize) -> String {
    let mut text = String::from("id,first,last,born,town\n");
    for person in 0..120_usize {
        let (first, last, town) = (FIRST[person * 5 % 12], LAST[person * 3 % 14], TOWNS[person * 7 % 5]);
        let born = format!("19{:02}-{:02}-{:02}", 40 + person % 50, 1 + person * 11 % 12, 1 + person * 17 % 28);
        text += &format!("a{person},{first},{last},{born},{town}\n");
        let mistyped = format!("{}{}", &last[..last.len() - 2], &last[last.len() - 1..]);
        text += &match (person + shift) % 6 {
            0 => format!("b{person},{first},{mistyped},{born},{town}\n"),
            1 => format!("b{person},{first},{last},,{town}\n"),
            2 => format!("b{person},{first},{last},{born},\n"),
            3 => format!("b{person},,{last},{born},Kiel\n"),
            _ => format!("b{person},{first},{last},{born},{town}\n"),
        };
    }
    text
}

fn club() -> Project {
    let project = Project::empty();
    write_club(&project);
    project
}

pub(super) fn write_club(project: &Project) {
    project.write("club.c360", MEMBERS).write("data/list.csv", list(0));
}

#[test]
fn a_model_is_trained_without_labels_and_decides() {
    let project = club();
    project.c360(&["check"]).is(3).says(&["C360-E0311", "no such file", "c360 train member"]);
    project.c360(&["train", "member", "--dry-run"]).is(0).answers(&["nothing was written"]);
    assert!(!project.path("member.model.json").exists());
    project.c360(&["train", "member"]).is(0).answers(&["name.last", "same(name.last)", "240 records", "written to"]);
    let model = project.read("member.model.json");
    assert!(!model.contains("husum"), "personal values stand in the file as hashes");
    project.c360(&["check"]).is(0);
    project.c360(&["run"]).is(0).answers(&["merges by model member.model.json"]);
    let objects = project.query("select count(*) as objects from member")[0]["objects"].as_i64().expect("a number");
    assert!((115..=150).contains(&objects), "{objects} of 120 people");
    project.c360(&["train", "member"]).is(0);
    assert_eq!(project.read("member.model.json"), model, "the same records, the same file");
    project.c360(&["run"]).is(0).answers(&["nothing to do"]);
}

#[test]
fn increments_of_a_model_are_what_a_full_run_makes() {
    let project = club();
    project.c360(&["train", "member"]).is(0);
    project.c360(&["run"]).is(0);
    for shift in [1, 2, 3] {
        // Some days change a third of the list, some a single row.
        let text = list(shift);
        let changed: Vec<&str> = text.lines().take(if shift == 2 { 240 } else { 160 }).collect();
        project.write("data/list.csv", changed.join("\n"));
        project.c360(&["run"]).is(0);
        project.c360(&["verify"]).is(0).answers(&["is what a full run makes"]);
    }
    let pairs = project.query("select rule, probability, left_id, right_id from review.member");
    let pairs = pairs.as_array().expect("rows");
    assert!(!pairs.is_empty(), "some pairs are left to a person");
    for pair in pairs {
        let probability = pair["probability"].as_f64().expect("a number");
        assert!((0.1..0.9).contains(&probability) && pair["left_id"] != pair["right_id"], "{pair}");
    }
}

#[test]
fn what_cannot_be_trained_says_why() {
    let project = club();
    project.c360(&["train", "person"]).is(2).says(&["no entity `person`; there are: member"]);
    project.c360(&["train", "member", "--model", "b.json"]).is(2).says(&["no model `b.json`; there are: member.model.json"]);
    project.write("data/list.csv", "id,first,last,born,town\n");
    project.c360(&["train", "member"]).is(1).says(&["no model can be made from the 0 records of `member`"]);
    Project::committed().c360(&["train", "customer"]).is(2).says(&["`customer` has no `model` rule"]);
    project.write("member.model.json", "{ \"version\": 1").c360(&["check"]).is(3).says(&["C360-E0311"]);
}
