//! The shipped pipelines: each is in the one layout, checks against its data, runs, gives what is expected, and has nothing to do when run again.

use crate::expected::{compare, figures, questions};
use crate::project::Project;
use crate::score::{Score, clusters, score, truth};
use serde_json::Value;

/// The moment of all runs, so that none depends on the clock.
const AS_OF: &str = "2026-03-01";

fn run(project: &Project) -> Value {
    project.json(&["run", "--as-of", AS_OF])
}

/// What holds for every pipeline; `expected/figures.txt` and the questions beside it.
fn checked_and_run(name: &str) -> Project {
    let project = Project::of(name);
    project.c360(&["fmt", "--check"]);
    let (_, findings) = project.c360(&["check", "--data"]);
    assert!(findings.contains("no errors, no warnings"), "{findings}");
    let first = run(&project);
    assert_eq!((&first["commit"], &first["committed"]), (&Value::from(1), &Value::from(true)));
    compare(&project.origin("expected/figures.txt"), &figures(&first));
    questions(&project, "expected");
    let second = run(&project);
    assert_eq!(
        (&second["commit"], &second["committed"]),
        (&Value::from(1), &Value::from(false)),
        "a run without new input commits nothing"
    );
    project
}

/// Compares the scores of clusters, each a truth file, its column and the entities whose members are meant.
fn scored(project: &Project, truths: &[(&str, &str, &[&str])]) -> Vec<Score> {
    let score = |(file, column, entities): &(&str, &str, &[&str])| score(&truth(&project.path(file), column), &clusters(project, entities));
    let scores: Vec<Score> = truths.iter().map(score).collect();
    let text = scores.iter().zip(truths).map(|(score, (_, column, _))| score.text(column)).collect::<String>();
    compare(&project.origin("expected/score.txt"), &text);
    scores
}

#[test]
fn childcare_finds_the_sites_of_nine_systems() {
    let project = checked_and_run("pipelines/childcare");
    let scores = scored(&project, &[("truth/site.csv", "entity_id", &["site"])]);
    assert!(scores[0].f1 >= 0.92, "{:?}", scores[0]);
}

#[test]
fn febrl3_finds_persons_despite_errors() {
    let project = checked_and_run("examples/febrl3");
    let scores = scored(&project, &[("truth/person.csv", "entity_id", &["person"])]);
    assert!(scores[0].f1 >= 0.92 && scores[0].precision >= 0.99 && scores[0].recall >= 0.9, "{:?}", scores[0]);
}

#[test]
fn typos_are_forgiven_where_a_rule_says_so() {
    checked_and_run("examples/typos");
}

#[test]
fn truthset_finds_persons_organisations_and_who_owns_whom() {
    let project = checked_and_run("pipelines/truthset");
    scored(&project, &[("truth/entity.csv", "entity_id", &["person", "organisation"])]);
}

#[test]
fn registers_find_persons_households_and_employers() {
    let project = checked_and_run("pipelines/registers");
    let file = "truth/register.csv.gz";
    scored(&project, &[(file, "person_id", &["person"]), (file, "household_id", &["household"]), (file, "employer_id", &["employer"])]);
}

#[test]
fn retail_follows_two_days() {
    let project = checked_and_run("pipelines/retail");
    let out = |name: &str| std::fs::read_to_string(project.path("out").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let objects = |project: &Project| project.query("select count(*) as n from customer")[0]["n"].as_u64().expect("a count");
    assert_eq!(out("customer.csv").lines().count() as u64, objects(&project) + 1, "a header and one line each");

    project.copy_over("data/day2", "data/landing");
    let second = run(&project);
    assert_eq!((&second["commit"], &second["committed"]), (&Value::from(2), &Value::from(true)));
    compare(&project.origin("expected/day2/figures.txt"), &figures(&second));
    questions(&project, "expected/day2");
    assert_eq!(out("customer.csv").lines().count() as u64, objects(&project) + 1, "what is published follows");

    // A state of its own that sees both days at once: ids may differ, objects may not.
    project.c360(&["run", "--state", "fresh", "--as-of", AS_OF]);
    let partition =
        "select string_agg(source || ':' || key, ' ' order by source, key) as records from members.customer group by id order by 1";
    let fresh = project.json(&["query", "--state", "fresh", partition]);
    assert_eq!(fresh["rows"].as_array().expect("rows"), &project.query(partition), "ids carry history, clusters do not");
}

#[test]
fn the_retail_template_is_the_retail_pipeline() {
    let project = Project::of("pipelines/retail");
    project.c360(&["init", "demo", "--template", "retail"]);
    for file in ["retail.c360", "formats.c360", "data/landing/crm/kunden.csv", "data/landing/billing/2026-02-28.parquet"] {
        let read = |path: &str| std::fs::read(project.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(read(file) == read(&format!("demo/{file}")), "{file} differs");
    }
    let run = project.json(&["run", "-p", "demo", "--as-of", AS_OF]);
    compare(&project.origin("expected/figures.txt"), &figures(&run));
}
