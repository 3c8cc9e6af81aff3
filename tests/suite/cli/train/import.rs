//! `train --import`: settings as Splink saves them become a model that `check` and `run` accept; what has no counterpart is said with its place.

use super::super::project::Project;
use super::club;
use serde_json::{Value, json};

/// In the form that `linker.misc.save_model_to_json` documents, after training.
const SETTINGS: &str = include_str!("splink.json");

/// The club with settings beside it. Its columns are called `first`, `last`, `dob` and `TOWN` there.
fn with_settings(settings: &str) -> Project {
    let project = club();
    project.write("splink.json", settings);
    project
}

const IMPORT: [&str; 6] = ["train", "member", "--import", "splink.json", "--term", "dob=born"];

fn model(project: &Project) -> Value {
    serde_json::from_str(&project.read("member.model.json")).expect("the file is JSON")
}

#[test]
fn settings_become_a_model_that_decides() {
    let project = with_settings(SETTINGS);
    let answer = project.c360(&IMPORT);
    answer.is(0).answers(&[
        "TOWN is town",
        "dob is born",
        "first is name.first",
        "last is name.last",
        "compared if they share born | name.last & year(born) | name.first & town; one of 239 random pairs matches",
        "`dob` compares a date as a text: taken as `date(born) >= 0.9`",
        "written to",
    ]);
    let model = model(&project);
    assert_eq!(model["blocks"], json!(["born", "name.last & year(born)", "name.first & town"]));
    assert_eq!((&model["prior"], &model["trained"]), (&json!(0.004184), &json!(null)));
    let comparisons = model["comparisons"].as_array().expect("comparisons");
    let levels = |number: usize| {
        let levels = comparisons[number]["levels"].as_array().expect("levels");
        levels.iter().map(|level| (level["when"].as_str().expect("a text"), level["m"].as_f64().expect("m"))).collect::<Vec<_>>()
    };
    assert_eq!(levels(1), [("same(name.last)", 0.82), ("damerau_edits(name.last) <= 1", 0.16), ("else", 0.02)]);
    assert_eq!(levels(2)[1..], [("date(born) >= 0.9", 0.01), ("days(born) <= 365", 0.01), ("else", 0.005)]);
    // Frequencies were counted in the data: of 220 records with a town, and as hashes, for towns are personal here.
    let town = &comparisons[3]["frequencies"];
    assert_eq!((&town["term"], &town["share"], &town["hashed"]), (&json!("town"), &json!(0.5), &json!(true)));
    assert_eq!(comparisons[0]["frequencies"]["values"].as_object().expect("values").len(), 12, "the first names");
    project.c360(&["check"]).is(0);
    project.c360(&["run"]).is(0).answers(&["merges by model member.model.json"]);
    let objects = project.query("select count(*) as objects from member")[0]["objects"].as_i64().expect("a number");
    assert!((115..=150).contains(&objects), "{objects} of 120 people");
}

#[test]
fn what_is_imported_is_told_to_programs_and_a_dry_run_writes_nothing() {
    let project = with_settings(SETTINGS);
    let told = project.c360(&[&IMPORT[..], &["--dry-run", "--output", "json"]].concat()).is(0).json("train-import");
    assert_eq!(told["terms"], json!({ "TOWN": "town", "dob": "born", "first": "name.first", "last": "name.last" }));
    assert_eq!(told["notes"].as_array().expect("notes").len(), 1, "{}", told["notes"]);
    assert!(!project.path("member.model.json").exists());
    project.c360(&IMPORT).is(0);
    assert_eq!(told["model"], model(&project));
}

#[test]
fn what_has_no_counterpart_is_said_with_its_place() {
    let refused = |settings: &str, arguments: &[&str], code: i32, pieces: &[&str]| {
        let project = with_settings(settings);
        project.c360(arguments).is(code).says(pieces);
        assert!(!project.path("member.model.json").exists());
    };
    let place = "splink.json: comparisons[2].comparison_levels[1].sql_condition: in `dob`, `\"dob_l\" = \"dob_r\"` cannot be translated";
    let without_term = &IMPORT[..4];
    refused(
        SETTINGS,
        without_term,
        1,
        &[place, "nothing says which attribute `dob` is", "so nothing was written", "--term COLUMN=EXPRESSION"],
    );
    let hamming = SETTINGS.replace("damerau_levenshtein(\\\"last_l", "hamming(\\\"last_l");
    refused(&hamming, &IMPORT, 1, &["comparisons[1].comparison_levels[2].sql_condition", "`hamming` has no counterpart", "1 place of"]);
    let range = SETTINGS.replace("l.\\\"dob\\\" = r.\\\"dob\\\"\"", "l.\\\"dob\\\" <= r.\\\"dob\\\"\"");
    refused(&range, &IMPORT, 1, &["blocking_rules_to_generate_predictions[0].blocking_rule", "a block is of equal values only"]);
    refused("{ \"comparisons\": [", &IMPORT, 1, &["splink.json: line 1", "this is no JSON"]);
    refused(&SETTINGS.replace("0.93", "9.3"), &IMPORT, 1, &["m_probability", "9.3 is not between 0 and 1"]);
    // What our language cannot say of the attribute is found by its own checks.
    let wrong = [&IMPORT[..4], &["--term", "dob=born", "--term", "first=born"]].concat();
    refused(SETTINGS, &wrong, 3, &["splink.json: comparisons[0].levels[1]", "jaro_winkler(born)", "does not suit the pipeline"]);
    let unknown = [&IMPORT[..4], &["--term", "dob=birthday"]].concat();
    refused(SETTINGS, &unknown, 3, &["splink.json: blocks[0]", "birthday"]);
    refused(SETTINGS, &["train", "member", "--import", "none.json"], 1, &["none.json: no such file"]);
    refused(SETTINGS, &["train", "member", "--import", "splink.json", "--labels", "labels.csv"], 2, &["--labels"]);
    refused(SETTINGS, &["train", "member", "--import", "splink.json", "--term", "dob"], 2, &["write a column, = and what it stands for"]);
}

#[test]
fn settings_without_blocking_rules_take_those_of_the_pipeline() {
    let from = SETTINGS.find("\"blocking_rules").expect("rules");
    let until = SETTINGS.find("\"comparisons\"").expect("comparisons");
    let project = with_settings(&format!("{}{}", &SETTINGS[..from], &SETTINGS[until..]));
    let answer = project.c360(&[&IMPORT[..], &["--term", "ZIP=town"]].concat());
    answer.is(0).answers(&["those of the pipeline were taken, born | name.last | name.first & town"]);
    answer.says(&["splink.json has no column `ZIP`, for which --term says what it stands for"]);
    assert_eq!(model(&project)["blocks"], json!(["born", "name.last", "name.first & town"]));
    project.c360(&["check"]).is(0);
}
