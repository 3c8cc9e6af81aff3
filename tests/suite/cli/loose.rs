//! A model does not make one of two whole objects by a single pair, unless the pipeline says that it may.

use super::project::Project;

const PEOPLE: &str = r#"pipeline people { state "state" }

entity person {
  number text
  name   text

  match {
    exact number
    model "person.model.json" accept 0.95
  }
}

source crm {
  read   csv("crm.csv")
  key    id
  person { number = no, name = name }
}
"#;

const MODEL: &str = r#"{
  "version": 1,
  "entity": "person",
  "prior": 0.5,
  "blocks": ["name"],
  "comparisons": [
    {
      "name": "name",
      "levels": [
        { "when": "same(name)", "m": 0.9, "u": 0.0001, "weight": 13.136 },
        { "when": "else", "m": 0.1, "u": 0.9999, "weight": -3.322 }
      ]
    }
  ]
}
"#;

/// Two customers with four records each, of whom one record each bears the same name: one pair of sixteen.
const CRM: &str = "id,no,name\n1,A,Smith\n2,A,\n3,A,\n4,A,\n5,B,Smith\n6,B,\n7,B,\n8,B,\n";

fn project(text: &str) -> Project {
    let project = Project::empty();
    project.write("people.c360", text).write("person.model.json", MODEL).write("crm.csv", CRM);
    project
}

const OBJECTS: [&str; 4] = ["query", "select count(*) as n from golden.person", "--output", "csv"];

#[test]
fn one_pair_of_sixteen_does_not_join_two_objects() {
    let project = project(PEOPLE);
    project.c360(&["plan"]).is(0).answers(&["2. cluster person", "\n   never looser(0.1)\n"]);
    project.c360(&["run"]).is(0);
    project.c360(&OBJECTS).is(0).answers(&["n\n2"]);
    let why = "select \"rule\", reason from refused";
    project.c360(&["query", why, "--output", "csv"]).is(0).answers(&["model person.model.json,never looser(0.1)"]);
}

#[test]
fn a_pipeline_can_say_that_it_does() {
    let project = project(&PEOPLE.replace("    exact number\n", "    exact number\n    never looser(0)\n"));
    assert!(!project.c360(&["plan"]).is(0).out.contains("looser"));
    project.c360(&["run"]).is(0);
    project.c360(&OBJECTS).is(0).answers(&["n\n1"]);
    // The guard is part of what the objects follow from.
    project.change("people.c360", "never looser(0)", "never looser(0.05)");
    project.c360(&["run"]).is(0);
    project.c360(&OBJECTS).is(0).answers(&["n\n1"]);
    project.change("people.c360", "    never looser(0.05)\n", "");
    project.c360(&["run"]).is(0);
    project.c360(&OBJECTS).is(0).answers(&["n\n2"]);
}
