//! `train --labels`: m and prior are the shares that one counts by hand, the file says what it was trained from, and labels that are no good say why.

use super::super::project::Project;
use super::club;
use serde_json::Value;

/// The true person of each of the 240 records, of those that `keep` lets through.
fn entities(keep: impl Fn(usize) -> bool) -> String {
    let kept = (0..120).filter(|person| keep(*person));
    let lines = kept.flat_map(|person| ["a", "b"].map(|side| format!("list,{side}{person},person {person}\n")));
    format!("source,key,entity_id\n{}", lines.collect::<String>())
}

fn trained(project: &Project) -> Value {
    project.c360(&["train", "member", "--labels", "labels.csv"]).is(0);
    serde_json::from_str(&project.read("member.model.json")).expect("the file is JSON")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
fn labels_of_all_records_give_m_and_prior() {
    let project = club();
    project.write("labels.csv", entities(|_| true));
    let answer = project.c360(&["train", "member", "--labels", "labels.csv"]);
    answer
        .is(0)
        .answers(&["m from 120 pairs of 240 labelled records that match; they also tell how many pairs match", "one of 239 random"]);
    assert_eq!(answer.err, "");
    let model = trained(&project);
    let comparison = |name: &str| {
        let all = model["comparisons"].as_array().expect("comparisons");
        all.iter().find(|comparison| comparison["name"] == name).expect("it is compared")["levels"].clone()
    };
    // 120 matches among 240 · 239 / 2 pairs. Of 120 matches, 20 lack the date of one and 100 agree: half a pair is added to each of five levels.
    assert_eq!(format!("{:.6}", number(&model["prior"])), format!("{:.6}", 120.0 / 28_680.0));
    assert_eq!(format!("{:.6}", number(&comparison("born")[0]["m"])), format!("{:.6}", 100.5 / 102.5));
    let said = model["trained"]["labels"].as_str().expect("a text");
    assert!(said.starts_with("labels.csv: 240 records, 120 pairs that match, "), "{said}");
    assert_eq!(model["trained"]["iterations"], 0);
    project.c360(&["check"]).is(0);
    project.c360(&["run"]).is(0);
    let objects = project.query("select count(*) as objects from member")[0]["objects"].as_i64().expect("a number");
    assert!((115..=140).contains(&objects), "{objects} of 120 people");
}

#[test]
fn the_same_labels_in_another_order_or_as_pairs_give_the_same_weights() {
    let project = club();
    project.write("labels.csv", entities(|_| true));
    project.c360(&["train", "member", "--labels", "labels.csv"]).is(0);
    let file = project.read("member.model.json");
    let text = entities(|_| true);
    let (header, rows) = text.split_once('\n').expect("a header");
    let reversed: Vec<&str> = rows.lines().rev().collect();
    project.write("labels.csv", format!("{header}\n{}\n", reversed.join("\n")));
    trained(&project);
    assert_eq!(project.read("member.model.json"), file);
    let pairs: String = (0..120).map(|person| format!("list,a{person},list,b{person},1\n")).collect();
    project.write("labels.csv", format!("source_l,key_l,source_r,key_r,match\n{pairs}list,a1,list,a2,0\n"));
    let by_pairs = trained(&project);
    let m = |model: &Value| model["comparisons"][2]["levels"][0]["m"].clone();
    let by_entities: Value = serde_json::from_str(&file).expect("JSON");
    assert_eq!(m(&by_pairs), m(&by_entities));
}

#[test]
fn few_records_with_labels_leave_the_prior_to_the_blocks() {
    let project = club();
    project.write("labels.csv", entities(|person| person < 40));
    let answer = project.c360(&["train", "member", "--labels", "labels.csv"]);
    answer.is(0).answers(&["m from 40 pairs of 80 labelled records that match; too few records for how many pairs match"]);
    // Had these 80 records told it, one of 79 pairs would match.
    let prior = number(&trained(&project)["prior"]);
    assert!((0.003..0.006).contains(&prior), "{prior}");
    let json = project.c360(&["train", "member", "--labels", "labels.csv", "--dry-run", "--output", "json"]).is(0).json("train");
    assert_eq!((&json["labels"]["pairs"], &json["labels"]["tell_prior"]), (&40.into(), &false.into()));
}

#[test]
fn labels_that_are_no_good_say_why_and_write_nothing() {
    let project = club();
    let good = entities(|_| true);
    let pairs = |more: &str| format!("source_l,key_l,source_r,key_r,match\n{more}");
    let cases = [
        (format!("{good}list,a1,somebody else\n"), "records with two different labels (list:a1 in lines"),
        (pairs("list,a1,list,b1,1\nlist,b1,list,a1,0\n"), "pairs that match and do not"),
        (pairs("list,a1,list,b1,1\nlist,b1,list,a2,1\nlist,a1,list,a2,0\n"), "1 labelled pairs do not match although a chain of pairs"),
        (
            good.replace("list,b7,", "lists,b7,"),
            "1 labelled records are of the source `lists`, which the pipeline does not have; did you mean `list`?",
        ),
        (good.replace(",a", ",x").replace(",b", ",y"), "no record of `member` has a label: the first of 240 is `list:x0`"),
        (entities(|person| person < 19), "labels make only 19 pairs of `member` that match, and 20 are the least"),
        ("source,key,entity_id\n".to_owned(), "no row has a label"),
    ];
    for (labels, piece) in cases {
        project.write("labels.csv", labels);
        project.c360(&["train", "member", "--labels", "labels.csv"]).is(1).says(&[piece]);
        assert!(!project.path("member.model.json").exists(), "{piece}");
    }
    project.c360(&["train", "member", "--labels", "none.csv"]).is(1).says(&["none.csv: no such file"]);
    project.c360(&["train", "member", "--truth-column", "person"]).is(2).says(&["--labels"]);
    project.write("labels.csv", format!("{good}list,gone,person 7\n"));
    let left_out = "1 labelled records are not among the records, such as list:gone; they were left out";
    project.c360(&["train", "member", "--labels", "labels.csv"]).is(0).says(&[left_out]);
}
