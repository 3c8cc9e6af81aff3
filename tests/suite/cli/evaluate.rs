//! `evaluate`: figures that another program gave for the same clusters, what goes wrong by name, floors, and labels that are no good.

use super::project::Project;
use serde_json::json;

const LABELS: &str = "source,record_id,entity_id\ncrm,1,anna\ncrm,2,bert\ncrm,3,anna\ncrm,4,\nweb,7,anna\nweb,8,carl\nweb,9,dora\nweb,10,dora\n\
                      web,11,bert\nweb,99,carl\n";

/// Clusters: crm 1 and web 7; crm 3 with web 9 and 10, wrongly; all others alone.
fn labelled() -> Project {
    let project = Project::shop();
    let crm = "id,no,name,mail\n1,A1,Anna Muster,anna@example.com\n2,A2,Bert Klein,bert@example.com\n3,A3,Anna Muster,dora@example.com\n4,A4,Eva,\n";
    let web = "id,name,mail\n7,A. Muster,ANNA@example.com\n8,Carl,carl@example.com\n9,Dora,dora@example.com\n10,D.,dora@example.com\n11,Bert,b@x.org\n";
    project.write("data/crm.csv", crm).write("data/web.csv", web).write("labels.csv", LABELS);
    project.c360(&["run"]).is(0);
    project
}

#[test]
fn the_figures_are_those_of_another_program() {
    let answer = labelled().c360(&["evaluate", "customer", "labels.csv", "--output", "json"]);
    let found = answer.is(0).json("evaluate");
    // What score.py, which Splink's figures come from, says of these labels and clusters, with four digits.
    let rounded =
        |shares: &serde_json::Value| ["precision", "recall", "f1"].map(|name| format!("{:.4}", shares[name].as_f64().expect("a share")));
    assert_eq!(rounded(&found["pairwise"]), ["0.5000", "0.3333", "0.4000"]);
    assert_eq!(rounded(&found["bcubed"]), ["0.8519", "0.6296", "0.7241"]);
    for (name, value) in [
        ("records", 9),
        ("true_entities", 4),
        ("entities", 6),
        ("true_pairs", 6),
        ("pairs", 4),
        ("right_pairs", 2),
        ("largest_true", 3),
        ("largest", 3),
        ("unlabelled", 1),
    ] {
        assert_eq!(found[name], value, "{name}");
    }
    assert_eq!(found["rules"][0], json!({ "rule": "exact number", "pairs": 0, "right_pairs": 0, "precision": null }));
    assert_eq!(found["rules"][1], json!({ "rule": "exact email", "pairs": 4, "right_pairs": 2, "precision": 0.5 }));
    assert_eq!(found["unknown"], json!({ "records": 1, "examples": ["web:99"], "sources": [] }));
    answer.says(&["1 of 9 labelled records are not in commit 1, such as web:99; each counts as a cluster of its own"]);
}

#[test]
fn the_worst_are_named_with_their_parts() {
    let project = labelled();
    let answer = project.c360(&["evaluate", "customer", "labels.csv"]);
    answer.is(0).answers(&[
        "customer of commit 1 against labels.csv: 9 records labelled, 1 not",
        "| exact email  | 4     | 2     | 2     | 0.5000",
    ]);
    answer.answers(&[
        "3 true entities are torn apart\n  anna: 2 missed pairs, 2 parts\n    customer 1: crm:1, web:7\n    customer 3: crm:3\n",
    ]);
    answer.answers(&["carl: 1 missed pair, 2 parts\n    customer 6: web:8\n    not in the commit: web:99\n"]);
    answer.answers(&[
        "1 clusters hold several true entities\n  customer 3: 2 wrong pairs, 2 parts\n    dora: web:10, web:9\n    anna: crm:3\n",
    ]);
    let one = project.c360(&["evaluate", "customer", "labels.csv", "--worst", "1"]);
    one.is(0).answers(&["3 true entities are torn apart; those with most missed pairs\n  anna"]);
    assert!(!one.out.contains("bert"), "{}", one.out);
}

#[test]
fn pairs_serve_as_labels() {
    let project = labelled();
    let pairs = "source_l,key_l,source_r,key_r,match\ncrm,1,web,7,1\nweb,7,crm,3,true\nweb,10,web,9,TRUE\ncrm,3,web,9,0\ncrm,1,web,8,false\nweb,8,web,9,\n";
    project.write("pairs.csv", pairs);
    let found = project.c360(&["evaluate", "customer", "pairs.csv", "--output", "json"]);
    assert_eq!(found.is(0).err, "");
    let found = found.json("evaluate");
    assert_eq!([&found["true_pairs"], &found["pairs"], &found["right_pairs"]], [3, 3, 2]);
    assert_eq!((&found["bcubed"], &found["rules"][1]["right_pairs"]), (&json!(null), &json!(2)));
    assert_eq!(found["torn"]["worst"][0]["parts"][0], json!({ "id": 1, "records": ["crm:1", "web:7"] }));
    assert_eq!((&found["merged"]["groups"], &found["merged"]["worst"][0]["id"]), (&json!(1), &json!(3)));
    project.write("pairs.csv", pairs.replace("crm,1,web,8,false", "crm,1,crm,3,false"));
    project.c360(&["evaluate", "customer", "pairs.csv"]).is(0).says(&["1 labelled pairs do not match although a chain of pairs"]);
}

#[test]
fn floors_decide_the_exit_code() {
    let project = labelled();
    let call = |more: &[&str]| project.c360(&[&["evaluate", "customer", "labels.csv"], more].concat());
    call(&["--min-precision", "0.5", "--min-recall", "0.33", "--min-f1", "0.3"]).is(0);
    call(&["--min-f1", "0.95"]).is(4).says(&["F1 over pairs is 0.4000, under the floor of 0.95"]).answers(&["torn apart"]);
    call(&["--min-recall", "0.34", "--min-precision", "0.51"])
        .is(4)
        .says(&["precision over pairs is 0.5000", "recall over pairs is 0.3333"]);
    let floors = call(&["--min-f1", "0.95", "--output", "json"]).is(4).json("evaluate")["floors"].clone();
    assert_eq!((&floors[0]["measure"], &floors[0]["met"]), (&json!("F1"), &json!(false)));
    call(&["--min-f1", "95"]).is(2).says(&["from 0 to 1"]);
}

#[test]
fn the_page_needs_nothing_else_and_is_safe() {
    let project = labelled();
    project.write("labels.csv", LABELS.replace("anna", "<script>a</script>"));
    let page = project.c360(&["evaluate", "customer", "labels.csv", "--output", "html"]);
    page.is(0).answers(&["<!doctype html>", "<svg role=\"img\"", "&lt;script&gt;a&lt;/script&gt;", "exact email", "0.4000", "</html>"]);
    for outside in ["<script", "http:", "https:", "<link", "@import", "url("] {
        assert!(!page.out.contains(outside), "the page has {outside}");
    }
    project.c360(&["show", "customer", "--output", "html"]).is(2).says(&["only `evaluate`, `profile`, `train`"]);
}

#[test]
fn earlier_commits_and_other_rules() {
    let project = labelled();
    project.change("data/web.csv", "9,Dora,dora@", "9,Dora,d@");
    project.c360(&["run"]).is(0);
    let pairs = |more: &[&str]| {
        let answer = project.c360(&[&["evaluate", "customer", "labels.csv", "--output", "json"], more].concat());
        answer.is(0).json("evaluate")["pairs"].clone()
    };
    assert_eq!((pairs(&[]), pairs(&["--at", "@1"])), (json!(2), json!(4)));
    project.change("shop.c360", "    exact email\n", "    exact email\n    exact name\n");
    let changed = project.c360(&["evaluate", "customer", "labels.csv", "--output", "json"]);
    changed.is(0).says(&["commit 2 was made by other rules than the pipeline has now"]);
    assert_eq!(changed.json("evaluate")["rules"], json!(null));
}

#[test]
fn labels_that_are_no_good_say_why() {
    let project = labelled();
    for (labels, pieces) in [
        ("", &["no column `source`", "it is empty"][..]),
        ("source,key,entity_id\n", &["no row has a label in `entity_id`"]),
        ("source,key,entity_id\ncrm,1,\n", &["no row has a label"]),
        ("source,id,entity_id\ncrm,1,a\n", &["no column `record_id` or `key`", "`id`", "labels have"]),
        ("source,key,entityid\ncrm,1,a\n", &["no column `entity_id`, did you mean `entityid`?"]),
        (
            "source,key,entity_id\ncrm,1,a\ncrm,1,a\ncrm,1,b\n",
            &["contradict", "1 records with two different labels (crm:1 in lines 2 and 4)"],
        ),
        ("source,key,entity_id\ncrm,,a\n", &["line 2 has a label and no key"]),
        ("source,key,entity_id\ncrm,1,a\ncrm,2\n", &["line 3 cannot be read"]),
        ("source,key,entity_id\nshop,1,a\n", &["commit 1 has no customer for any of the 1 labelled records", "`shop:1`", "crm, web"]),
        ("source_l,key_l,source_r,key_r,match\ncrm,1,web,7,yes\n", &["`match` in line 2 is none of 1, 0, true, false"]),
        ("source_l,key_l,source_r,key_r,match\ncrm,1,crm,1,1\n", &["line 2 pairs a record with itself"]),
        ("source_l,key_l,source_r,key_r,match\ncrm,1,web,7,1\nweb,7,crm,1,0\n", &["1 pairs that match and do not (lines 2 and 3)"]),
    ] {
        project.write("bad.csv", labels);
        let answer = project.c360(&["evaluate", "customer", "bad.csv"]);
        assert_eq!(answer.is(1).says(pieces).out, "", "{labels}");
    }
    project.write("some.csv", "source,key,entity_id\ncrm,1,a\nWeb,7,a\n");
    project.c360(&["evaluate", "customer", "some.csv"]).is(0).says(&["1 labelled records are of the source `Web`", "did you mean `web`?"]);
    project.c360(&["evaluate", "customer", "none.csv"]).is(1).says(&["none.csv: no such file"]);
    project.c360(&["evaluate", "customer", "shop.c360"]).is(1).says(&["its ending says nothing of its format"]);
    project.c360(&["evaluate", "customr", "labels.csv"]).is(1).says(&["did you mean `customer`?"]);
    project.c360(&["evaluate", "customer", "labels.csv", "--truth-column", "person"]).is(1).says(&["no column `person`"]);
}
