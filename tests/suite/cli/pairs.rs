//! `plan --pairs` and the pairs that `plan --data` tells: counted by hand for a list, the same before and after a run, and nothing is compared.

use super::project::Project;
use serde_json::{Value, json};

const CLUB: &str = r#"pipeline club {
  state   "state"
  country DE
}

entity member {
  name  text
  born  date("%Y-%m-%d")
  town  text
  email email  many
  match {
    exact email at most 3
    fuzzy typo {
      block   town | born & prefix(name, 2) at most 4
      compare jaro_winkler(name) >= 0.9
    }
  }
}

source list {
  read   csv("data/list.csv")
  key    id
  member { name = name, born = born, town = town, email = [mail, second] }
}
"#;

/// Towns: Kiel has 5 records (over 4), Husum 3 (3 pairs), Plön 2 (1 pair). Births with beginnings: `an` of 1980 is shared by 3. Addresses: `a@` is
/// held by 4 records (over 3), `b@` by 2, and by one of them twice.
const LIST: &str = "id,name,born,town,mail,second\n1,Anna,1980-01-01,Kiel,a@example.com,\n2,Anne,1980-01-01,Kiel,a@example.com,\n\
3,Anna,1980-01-01,Kiel,a@example.com,\n4,Bert,1981-01-01,Kiel,a@example.com,\n5,Carl,1982-01-01,Kiel,b@example.com,b@example.com\n\
6,Dora,1983-01-01,Husum,b@example.com,\n7,Eva,1984-01-01,Husum,,\n8,Fritz,1985-01-01,Husum,,\n9,Gerd,1986-01-01,Plön,,\n10,Hans,,Plön,,\n";

fn club() -> Project {
    let project = Project::empty();
    project.write("club.c360", CLUB).write("data/list.csv", LIST);
    project
}

fn by_hand() -> Value {
    json!([
        {
            "rule": "exact email at most 3", "block": null, "at_most": 3, "values": 1, "pairs": 1, "largest": 2, "over": 1, "over_records": 4,
        },
        { "rule": "fuzzy typo", "block": "town", "at_most": 4, "values": 2, "pairs": 4, "largest": 3, "over": 1, "over_records": 5 },
        {
            "rule": "fuzzy typo", "block": "born & prefix(name, 2)", "at_most": 4, "values": 1, "pairs": 3, "largest": 3, "over": 0,
            "over_records": 0,
        },
    ])
}

#[test]
fn pairs_are_those_that_one_counts_by_hand() {
    let project = club();
    let counted = |arguments: &[&str], kind: &str| project.c360(&[arguments, &["--output", "json"]].concat()).is(0).json(kind);
    let before = counted(&["plan", "--pairs"], "plan-pairs");
    assert_eq!((&before["commit"], &before["pairs"][0]["rules"]), (&json!(null), &by_hand()));
    assert_eq!(before["pairs"][0]["compared"], json!([{ "rule": "fuzzy typo", "pairs": 7 }]));
    assert!(!project.path("state").exists(), "counting leaves nothing");
    assert_eq!(counted(&["plan", "--data"], "plan")["pairs"][0]["rules"], by_hand());
    project.c360(&["run"]).is(0);
    let after = counted(&["plan", "--pairs"], "plan-pairs");
    assert_eq!((&after["commit"], &after["behind"], &after["pairs"][0]["rules"]), (&json!(1), &json!(false), &by_hand()));
    assert_eq!(counted(&["plan", "--data"], "plan")["pairs"][0]["rules"], by_hand());
}

#[test]
fn another_rule_is_counted_over_the_commits_records() {
    let project = club();
    project.c360(&["run"]).is(0);
    project.change("club.c360", "town | born", "town & prefix(name, 1) | born").write("data/list.csv", &LIST[..300]);
    let counted = project.c360(&["plan", "--pairs", "--output", "json"]).is(0).json("plan-pairs");
    assert_eq!((&counted["commit"], &counted["behind"]), (&json!(1), &json!(true)));
    assert_eq!(counted["pairs"][0]["rules"][1]["block"], "town & prefix(name, 1)");
    assert_eq!(counted["pairs"][0]["rules"][1]["pairs"], 3, "the three of Kiel that begin with A");
    // Another format makes other records: the sources are read.
    project.change("club.c360", "  town  text", "  town  text | upper").write("data/list.csv", LIST);
    let staged = project.c360(&["plan", "--pairs"]);
    staged.is(0).answers(&["counted over the records that the sources hold now"]);
}

#[test]
fn a_day_changes_what_data_tells() {
    let project = club();
    project.c360(&["run"]).is(0);
    project.change("data/list.csv", "7,Eva,1984-01-01,Husum", "7,Eva,1984-01-01,Plön");
    let told = project.c360(&["plan", "--data", "--output", "json"]).is(0).json("plan")["pairs"][0]["rules"][1].clone();
    assert_eq!((&told["values"], &told["pairs"], &told["largest"]), (&json!(2), &json!(4), &json!(3)), "two of Husum, three of Plön");
    let behind = project.c360(&["plan", "--pairs"]);
    behind.is(0).answers(&["counted over the records of commit 1; files changed since, which are not counted"]);
}

#[test]
fn text_markdown_and_page_hold_the_same_figures() {
    let project = club();
    let text = project.c360(&["plan", "--pairs"]);
    text.is(0).answers(&["fuzzy typo compares up to 7 pairs", "Values over `at most` make no pairs."]);
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>();
    let town = text.out.lines().find(|line| line.contains("block town")).map(cells);
    assert_eq!(town.expect("a row"), ["fuzzy typo: block town", "2", "4", "3", "4", "1", "5"]);
    project.c360(&["plan", "--data"]).is(0).answers(&["fuzzy typo compares up to 7 pairs", "fuzzy typo: block born & prefix(name, 2)"]);
    let row = "| fuzzy typo: block town | 2 | 4 | 3 | 4 | 1 | 5 |";
    for verb in ["--pairs", "--data"] {
        project.c360(&["plan", verb, "--output", "markdown"]).is(0).answers(&[row, "fuzzy typo compares up to 7 pairs"]);
    }
    project.c360(&["plan", "--pairs", "--output", "html"]).is(0).answers(&["<svg", "4 pairs, 1 over", "fuzzy typo: block town"]);
    project.c360(&["plan", "--data", "--output", "html"]).is(2).says(&["`plan --pairs` write html"]);
    project.c360(&["plan", "--pairs", "--data"]).is(2);
}

#[test]
fn nothing_to_count_is_said_without_failing() {
    let project = club();
    project.write("data/list.csv", "id,name,born,town,mail,second\n");
    let empty = project.c360(&["plan", "--pairs", "--output", "json"]).is(0).json("plan-pairs");
    assert_eq!(empty["pairs"][0]["rules"][1]["pairs"], 0);
    std::fs::remove_file(project.path("data/list.csv")).expect("a file");
    project.c360(&["plan", "--pairs"]).is(1).says(&["data/list.csv"]);
}

#[test]
fn references_in_rules_are_resolved_before_they_are_counted() {
    let project = club();
    let with_cards = CLUB.replace(
        "source list {",
        "entity card {\n  no text\n  owner -> member\n  match {\n    exact owner\n    fuzzy same {\n      block owner | no\n      compare edits(no) <= 1\n    }\n  }\n}\n\n\
         source list {",
    );
    let with_cards = with_cards.replace("  member { name", "  card { no = town, owner = member }\n  member { name");
    project.write("club.c360", with_cards);
    let counted = project.c360(&["plan", "--pairs", "--output", "json"]).is(0).json("plan-pairs");
    let card = counted["pairs"].as_array().expect("entities").iter().find(|entity| entity["entity"] == "card").expect("cards").clone();
    // Objects of several records: {5, 6} by address, {1, 3} by the rule of typing errors.
    assert_eq!((&card["rules"][0]["rule"], &card["rules"][0]["pairs"]), (&json!("exact owner"), &json!(2)));
    assert_eq!((&card["rules"][1]["block"], &card["rules"][1]["pairs"]), (&json!("owner"), &json!(2)));
}
