//! `explain` and `why-not` where rules compare pairs: edges with their evidence, the weakest link, waterfalls, blocks that make no pairs.

use super::project::Project;
use serde_json::{Value, json};

const PEOPLE: &str = r#"pipeline people {
  state   "state"
  country DE
}

entity person {
  number text
  name   person_name
  city   text
  born   date
  phone  phone  pii

  match {
    exact number
    exact phone   at most 2
    fuzzy same_person {
      block   soundex(name.last) | city at most 3
      compare jaro_winkler(name) >= 0.92 & same(born)
    }
    model "person.model.json" accept 0.95 review 0.70
    never differ(number)
  }

  golden {
    precedence crm > web
  }
}

source crm {
  read   csv("data/crm.csv")
  key    id
  person { number = no, name = name, city = city, born = born, phone = phone }
}

source web {
  read   csv("data/web.csv")
  key    id
  person { number = no, name = name, city = city, born = born, phone = phone }
}
"#;

/// A model that somebody wrote by hand.
const MODEL: &str = r#"{
  "version": 1,
  "entity": "person",
  "prior": 0.001,
  "blocks": ["soundex(name.last)"],
  "comparisons": [
    {
      "name": "name.first",
      "levels": [
        { "when": "same(name.first)", "m": 0.8, "u": 0.01, "weight": 6.322 },
        { "when": "jaro_winkler(name.first) >= 0.9", "m": 0.1, "u": 0.01, "weight": 3.322 },
        { "when": "else", "m": 0.1, "u": 0.98, "weight": -3.293 }
      ],
      "frequencies": { "term": "name.first", "share": 1.0, "values": { "anna": 0.04, "bert": 0.01 } }
    },
    {
      "name": "name.last",
      "levels": [
        { "when": "same(name.last)", "m": 0.8, "u": 0.002, "weight": 8.644 },
        { "when": "jaro_winkler(name.last) >= 0.85", "m": 0.15, "u": 0.003, "weight": 5.644 },
        { "when": "else", "m": 0.05, "u": 0.995, "weight": -4.315 }
      ]
    },
    {
      "name": "city",
      "levels": [
        { "when": "same(city)", "m": 0.7, "u": 0.05, "weight": 3.807 },
        { "when": "else", "m": 0.3, "u": 0.95, "weight": -1.663 }
      ]
    },
    {
      "name": "born",
      "levels": [
        { "when": "same(born)", "m": 0.9, "u": 0.001, "weight": 9.814 },
        { "when": "else", "m": 0.1, "u": 0.999, "weight": -3.320 }
      ]
    }
  ]
}
"#;

const CRM: &str = "id,no,name,city,born,phone
1,,Anna Schneider,Berlin,1980-01-01,
2,,Bert Klein,Hamburg,1975-05-05,
4,,Dora Neumann,Berlin,1980-01-01,
5,N5,Emil Vogt,Bonn,1990-03-03,030 1234567
6,,Frida Brandt,Trier,1991-01-01,030 1234567
";

const WEB: &str = "id,no,name,city,born,phone
7,,Anna Schneyder,Berlin,1980-01-01,
8,,Bert Klain,Hamburg,,
9,,Berta Kline,Munich,1990-09-09,
11,,Anna Schneider,Berlin,,
15,N15,Emil Vogt,Bonn,1990-03-03,
16,,Gerd Krause,Mainz,1992-02-02,030 1234567
";

pub(crate) fn people() -> Project {
    let project = Project::empty();
    project.write("people.c360", PEOPLE).write("person.model.json", MODEL).write("data/crm.csv", CRM).write("data/web.csv", WEB);
    project.c360(&["run"]).is(0);
    project
}

fn json_of(project: &Project, arguments: &[&str], kind: &str) -> Value {
    let answer = project.c360(&[arguments, &["--output", "json"]].concat());
    answer.is(0);
    answer.json(kind)
}

/// The rule of this name in an answer.
fn rule<'a>(answer: &'a Value, name: &str) -> &'a Value {
    let rules = answer["rules"].as_array().expect("rules");
    rules.iter().find(|rule| rule["rule"] == name).unwrap_or_else(|| panic!("no {name} in {answer:#}"))
}

#[test]
fn explain_names_the_pairs_and_the_weakest_link() {
    let project = people();
    let answer = project.c360(&["explain", "person", "crm:1"]);
    answer.is(0).answers(&[
        "joined pair by pair\n  fuzzy same_person: crm:1, web:7\n      compared by soundex(name.last) `S536`\n",
        "      jaro_winkler(name) >= 0.92: Anna Schneider | Anna Schneyder\n      same(born): 1980-01-01 | 1980-01-01\n",
        "  model person.model.json: crm:1, web:7, score 13.623 bits, probability 1.000\n",
        "  model person.model.json: crm:1, web:11, score 6.809 bits, probability 0.991\n",
        "weakest link\n  model person.model.json: crm:1, web:11, score 6.809 bits\n      without it, web:11 would be apart\n",
    ]);
    let found = json_of(&project, &["explain", "person", "web:11"], "explain");
    let edges = found["edges"].as_array().expect("edges");
    assert_eq!(edges.len(), 3, "{edges:#?}");
    assert_eq!(edges[0]["records"], json!(["crm:1", "web:7"]));
    assert_eq!(edges[0]["conditions"][0]["result"], "holds");
    assert_eq!(edges[0]["blocks"], json!([{ "block": "soundex(name.last)", "value": "S536", "too_many": null }]));
    assert_eq!((&edges[1]["bits"], &edges[2]["bits"]), (&json!(13.623), &json!(6.809)));
    assert_eq!(found["edges_left_out"], 0);
    assert_eq!(found["weakest"]["records"], json!(["crm:1", "web:11"]));
    assert_eq!(found["weakest"]["falls_off"], json!(["web:11"]));
}

#[test]
fn edges_join_all_records_of_every_object() {
    let project = people();
    for row in project.query("select id, records from person order by id").as_array().expect("rows") {
        let found = json_of(&project, &["explain", "person", &row["id"].to_string()], "explain");
        let expected: &[&str] = if row["records"] == 1 { &["one record"] } else { &["none", "link"] };
        let result = found["weakest"]["result"].as_str().expect("a result");
        assert!(expected.contains(&result), "{found:#}");
    }
    project.c360(&["explain", "person", "crm:4"]).is(0);
    project.change("people.c360", "accept 0.95", "accept 0.9999");
    project.c360(&["explain", "person", "crm:1"]).is(0).answers(&["the rules as they are now do not join all of these records"]);
}

#[test]
fn an_object_with_two_ways_round_has_no_weakest_link() {
    let project = people();
    project.change("data/web.csv", "11,,Anna Schneider,Berlin,,", "11,,Anna Schneider,Berlin,1980-01-01,");
    project.c360(&["run"]).is(0);
    project.c360(&["explain", "person", "crm:1"]).is(0).answers(&["none: each record is joined by more than one edge"]);
}

#[test]
fn explain_of_two_records_is_a_waterfall() {
    let project = people();
    let answer = project.c360(&["explain", "person", "crm:1", "web:11"]);
    answer.is(0).answers(&[
        "crm:1 and web:11 are one person: 1",
        "model person.model.json: crm:1 and web:11 score 6.809 bits, probability 0.991: joined",
    ]);
    let rows: Vec<Vec<String>> = answer.out.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect();
    let row = |cells: &[&str]| {
        let found = rows.iter().any(|row| cells.iter().all(|cell| row.iter().any(|own| own == cell)));
        assert!(found, "no row with {cells:?} in\n{}", answer.out);
    };
    row(&["prior", "-9.964"]);
    row(&["name.first", "1: same(name.first)", "Anna", "+6.322", "-3.642"]);
    row(&["name.first", "frequency of name.first", "anna", "-2.000", "-5.642"]);
    row(&["name.last", "1: same(name.last)", "Schneider", "+8.644", "3.002"]);
    row(&["city", "1: same(city)", "Berlin", "+3.807", "6.809", ":++++"]);
    row(&["born", "a value is missing", "1980-01-01", "nothing", "0.000", "6.809"]);
    row(&["score", "6.809", "0.991"]);
    row(&["accept from", "4.248", "0.950"]);
    row(&["review from", "1.223", "0.700"]);
    row(&["same(born)", "a value is missing", "1980-01-01", "nothing"]);

    let found = json_of(&project, &["explain", "person", "crm:1", "web:11"], "explain-pair");
    let closest = &rule(&found, "model person.model.json")["closest"];
    let bars = closest["waterfall"].as_array().expect("bars");
    let sum: f64 = bars.iter().map(|bar| bar["bits"].as_f64().expect("bits")).sum();
    assert!((sum - 6.809).abs() < 1e-9, "{bars:#?}");
    assert_eq!(
        bars.iter().map(|bar| bar["kind"].as_str().expect("a kind")).collect::<Vec<_>>(),
        ["prior", "level", "frequency", "level", "level", "missing"]
    );
    assert_eq!(
        bars[1],
        json!({
            "kind": "level", "comparison": "name.first", "level": 1, "when": "same(name.first)", "bits": 6.322, "total": -3.642,
            "values": [{ "term": "name.first", "first": ["Anna"], "second": ["Anna"] }],
        })
    );
    assert_eq!((&closest["bits"], &closest["missing_bits"], &closest["passes"]), (&json!(6.809), &json!(0.0), &json!(true)));
    assert_eq!(closest["accept"]["bits"], 4.248);
    let attribute = project.c360(&["explain", "person", "crm:1", "city"]);
    attribute.is(0).answers(&["city: Berlin"]);
}

#[test]
fn why_not_says_how_close_each_rule_came() {
    let project = people();
    let answer = project.c360(&["why-not", "person", "crm:2", "web:9"]);
    answer.is(0).answers(&[
        "fuzzy same_person: crm:2 and web:9 meet 1 of 2 conditions: too little\n      block soundex(name.last): both have `K450`\n",
        "model person.model.json: crm:2 and web:9 score -5.981 bits, probability 0.016, 10.229 bits short of `accept`: too little\n",
    ]);
    let found = json_of(&project, &["why-not", "person", "crm:2", "web:9"], "why-not");
    let fuzzy = rule(&found, "fuzzy same_person");
    assert_eq!(fuzzy["kind"], "fuzzy");
    assert_eq!(fuzzy["closest"]["conditions"][1]["result"], "does not hold");
    let model = &rule(&found, "model person.model.json")["closest"];
    assert_eq!((&model["compared"], &model["passes"]), (&json!(true), &json!(false)));
    let closeness: Vec<f64> =
        found["rules"].as_array().expect("rules").iter().map(|rule| rule["closeness"].as_f64().expect("a share")).collect();
    assert!(closeness.is_sorted_by(|a, b| a >= b), "{closeness:?}");
}

#[test]
fn why_not_names_blocks_with_too_many_records() {
    let project = people();
    let answer = project.c360(&["why-not", "person", "crm:1", "crm:4"]);
    answer.is(0).answers(&[
        "meet 1 of 2 conditions: too little, and they were never compared",
        "block city: both have `Berlin`, but so have 4 records: more than 3 are not compared",
        "block soundex(name.last): S536 | N550",
    ]);
    let found = json_of(&project, &["why-not", "person", "crm:1", "crm:4"], "why-not");
    let fuzzy = rule(&found, "fuzzy same_person");
    assert_eq!(fuzzy["blocks"], json!([{ "block": "city", "value": "Berlin", "too_many": 4 }]));
    assert_eq!(fuzzy["apart"][0]["first"], json!(["S536"]));
    assert_eq!(fuzzy["closest"]["compared"], false);
    // One record less, and the block is compared.
    project.write("data/web.csv", WEB.replace("11,,Anna Schneider,Berlin,,\n", ""));
    project.c360(&["run"]).is(0);
    let answer = project.c360(&["why-not", "person", "crm:1", "crm:4"]);
    answer.is(0).answers(&["meet 1 of 2 conditions: too little\n      block city: both have `Berlin`\n"]);
}

#[test]
fn why_not_names_keys_with_too_many_records_and_guards() {
    let project = people();
    let answer = project.c360(&["why-not", "person", "crm:5", "crm:6"]);
    answer.is(0).answers(&["exact phone at most 2: both have `+49301234567`, but so have 3 records: more than 2 prove nothing"]);
    let found = json_of(&project, &["why-not", "person", "crm:5", "crm:6"], "why-not");
    assert_eq!(rule(&found, "exact phone at most 2")["over_at_most"], json!([{ "value": "+49301234567", "records": 3, "at_most": 2 }]));
    let answer = project.c360(&["why-not", "person", "crm:5", "web:15"]);
    answer
        .is(0)
        .answers(&["fuzzy same_person would join them, but was refused: never differ(number)", "enough, yet a guard held them apart"]);
    project.c360(&["explain", "person", "crm:5", "web:99"]).is(1).says(&["there is no person `web:99`"]);
}
