//! What commits did to objects: stories, differences, ids of old, values of old. The truth to compare with is what each commit itself shows.

use super::project::{CRM, Project, WEB};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The retail template after its two days.
fn two_days() -> Project {
    let project = Project::empty();
    project.c360(&["init", "."]).is(0);
    project.c360(&["run", "--as-of", "2026-03-01"]).is(0);
    for (new, landing) in [
        ("crm/kunden.csv", "crm/kunden.csv"),
        ("service/devices.csv", "service/devices.csv"),
        ("billing/2026-03-01.parquet", "billing/2026-03-01.parquet"),
        ("shop/2026-03-01.ndjson", "shop/2026-03-01.ndjson"),
    ] {
        let content = std::fs::read(project.path(&format!("data/day2/{new}"))).expect("the template has a second day");
        project.write(&format!("data/landing/{landing}"), content);
    }
    project.c360(&["run", "--as-of", "2026-03-02T06:00:00Z"]).is(0);
    project
}

/// The shop: 3 goes into 2, then 2 into 1, then 1 falls apart, then all is taken back.
fn eventful() -> Project {
    let project = Project::shop();
    project.c360(&["run", "--as-of", "2026-01-01"]).is(0);
    project.change("data/web.csv", "carl@", "bert@").c360(&["run", "--as-of", "2026-01-02"]).is(0);
    project.change("data/crm.csv", "2,A2", "2,A1").c360(&["run", "--as-of", "2026-01-03"]).is(0);
    project.write("data/crm.csv", CRM).write("data/web.csv", WEB).c360(&["run", "--as-of", "2026-01-04"]).is(0);
    project.c360(&["rollback", "@1"]).is(0);
    project
}

fn at(project: &Project, commit: u64, sql: &str) -> Vec<Value> {
    let answer = project.c360(&["query", sql, "--at", &commit.to_string(), "--output", "json"]);
    answer.is(0);
    answer.json("query")["rows"].as_array().expect("rows").clone()
}

/// The values of an attribute of all objects, as a commit shows them and as `validity` has them.
fn assert_validity_holds(project: &Project, commits: u64, attributes: &[(&str, &str)]) {
    for commit in 1..=commits {
        for (attribute, text) in attributes {
            let shown = at(project, commit, &format!("select id, {text} as value from customer where {text} <> '' order by id"));
            let sql = format!(
                "select id, value from validity.customer where attribute = '{attribute}'
                 and valid_from <= {commit} and (valid_to is null or valid_to > {commit}) order by id"
            );
            assert!(!shown.is_empty(), "commit {commit} has no {attribute}: nothing is compared");
            assert_eq!(Value::from(shown), project.query(&sql), "{attribute} as of commit {commit}");
        }
    }
}

#[test]
fn objects_have_stories() {
    let project = two_days();
    let story = project.c360(&["history", "customer", "crm:KD-1009"]);
    story.is(0).answers(&[
        "customer 27\n\ncommit 1, as of 2026-03-01T00:00:00Z, run 0",
        "  created from crm:KD-1009\n      number: 1009\n",
        "\ncommit 2, as of 2026-03-02T06:00:00Z, run 0",
        "  45 was merged into it, with shop:S-5006\n",
        "  cookie: (none) -> c-j1  (from shop:S-5006)\n",
        "  channel: filiale -> online  (from shop:S-5006)\n",
    ]);
    let merged = project.c360(&["history", "customer", "45"]);
    merged.is(0).answers(&[
        "created from shop:S-5006",
        "merged into 27; until then it had\n      name: Julia Weber",
        "`c360 history customer 27`",
    ]);
    assert!(!merged.out.contains("->"), "a value that ends with its object does not change:\n{}", merged.out);
    project.c360(&["history", "customer", "52"]).is(0).answers(&["split off from 7, with crm:KD-1011", "name: Frau Petra Lang"]);
    let origin = project.c360(&["history", "customer", "7"]);
    origin.is(0).answers(&["created from billing:77010, crm:KD-1010, crm:KD-1011", "52 was split off from it, with crm:KD-1011"]);
    origin.answers(&["name: Frau Petra Lang -> Herr Peter Lange  (from crm:KD-1010)"]);
    project.c360(&["history", "customer", "29"]).is(0).answers(&["retired, since none of its records is left; until then it had"]);
    let document = project.c360(&["history", "customer", "27", "--output", "json"]).json("history");
    assert_eq!(document["commits"][1]["as_of"], "2026-03-02T06:00:00Z");
    let events = document["commits"][1]["events"].as_array().expect("events");
    assert_eq!(events[0], serde_json::json!({ "kind": "absorbed", "id": 45, "records": ["shop:S-5006"] }));
    assert_eq!(document["commits"][0]["events"][0]["values"]["number"], "1009");
    let early = project.c360(&["history", "customer", "27", "--at", "1"]);
    assert!(!early.is(0).out.contains("commit 2"), "commit 1 knows nothing of what came later");
}

#[test]
fn two_days_differ_as_their_commits_show() {
    let project = two_days();
    let answer = project.c360(&["diff"]);
    answer.is(0).answers(&[
        "from commit 1 (as of 2026-03-01T00:00:00Z) to commit 2 (as of 2026-03-02T06:00:00Z)",
        "customer: 50 -> 52 objects\n  3 created\n      51 from billing:77051, crm:KD-1117, shop:S-5021\n",
        "  1 merged into 1 other\n      45 into 27\n  1 split off\n      52 from 7, with crm:KD-1011\n  1 retired\n      29\n",
        "    tier: 2\n      1: gold -> silver  (from billing:77001)\n      10: basic -> (none)\n",
        "asset: 22 objects\n",
    ]);
    assert_eq!(project.c360(&["diff", "@2", "2026-03-01"]).is(0).out, answer.out, "the order does not matter, and a date is a commit");
    project.c360(&["diff", "--samples", "1"]).is(0).answers(&["    name: 4\n      5: ", "      and 3 more"]);
    project.c360(&["diff", "2", "2"]).is(0).answers(&["both are commit 2"]);

    let document = project.c360(&["diff", "--output", "json"]).json("diff");
    let customer = &document["entities"][0];
    assert_eq!((&customer["ids"]["merged"]["count"], &customer["ids"]["merged"]["into"]), (&1.into(), &1.into()));
    for attribute in ["number", "tier", "channel"] {
        let values = |commit| -> BTreeMap<i64, Value> {
            let rows = at(&project, commit, &format!("select id, {attribute} as value from customer"));
            rows.iter().map(|row| (row["id"].as_i64().expect("an id"), row["value"].clone())).collect()
        };
        let (before, after) = (values(1), values(2));
        let differing = before.iter().filter(|(id, value)| after.get(id).is_some_and(|now| now != *value)).count();
        let told = customer["attributes"].as_array().expect("attributes").iter().find(|told| told["attribute"] == attribute);
        assert_eq!(told.map_or(0, |told| told["count"].as_u64().expect("a count")), differing as u64, "{attribute}");
        assert!(differing > 0, "{attribute} does not change: nothing is compared");
    }
    assert_validity_holds(
        &project,
        2,
        &[("number", "number"), ("tier", "tier"), ("name", "concat_ws(' ', name.title, name.first, name.last)")],
    );
}

#[test]
fn ids_stay_where_members_stay() {
    let project = two_days();
    let objects = |commit| -> BTreeMap<i64, BTreeSet<String>> {
        let mut objects: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
        for row in at(&project, commit, "select id, concat(source, ':', key) as record from members.customer") {
            let record = row["record"].as_str().expect("a record").to_owned();
            objects.entry(row["id"].as_i64().expect("an id")).or_default().insert(record);
        }
        objects
    };
    let (before, after) = (objects(1), objects(2));
    let now: BTreeMap<&BTreeSet<String>, i64> = after.iter().map(|(id, records)| (records, *id)).collect();
    let same: Vec<(i64, i64)> = before.iter().filter_map(|(id, records)| Some((*id, *now.get(records)?))).collect();
    assert!(same.len() > 30, "hardly any object keeps its records: {}", same.len());
    let churned: Vec<_> = same.iter().filter(|(old, new)| old != new).collect();
    assert!(churned.is_empty(), "ids changed although members did not: {churned:?}");
}

#[test]
fn ids_of_old_lead_somewhere() {
    let project = eventful();
    let chain = project.c360(&["resolve", "customer", "3", "--at", "3"]);
    chain.is(0).answers(&[
        "customer 3 was merged into 2 in commit 2, as of 2026-01-02T00:00:00Z\n",
        "customer 2 was merged into 1 in commit 3, as of 2026-01-03T00:00:00Z\nnow it is customer 1\n",
    ]);
    let document = project.c360(&["resolve", "customer", "3", "--at", "@3", "--output", "json"]).json("resolve");
    assert_eq!((&document["asked"], &document["id"], &document["way"][1]["end"]["into"]), (&3.into(), &1.into(), &1.into()));
    let story = project.c360(&["history", "customer", "1", "--at", "3"]);
    story.is(0).answers(&["3 was merged into 2, which came here later", "2 was merged into it, with crm:2, web:8"]);

    project.c360(&["resolve", "customer", "3"]).is(0).answers(&["customer 3 is still 3"]);
    project.c360(&["resolve", "customer", "web:8"]).is(0).answers(&["web:8 is customer 3"]);
    let gone = project.c360(&["resolve", "customer", "4"]);
    gone.is(0).answers(&["customer 4 was taken away by a rollback in commit 5", "it leads to nothing now"]);
    project.c360(&["resolve", "customer", "99"]).is(1).says(&["there never was a customer 99 up to commit 5"]);
    project.c360(&["resolve", "customer", "5", "--at", "1"]).is(1).says(&["there never was a customer 5 up to commit 1: ids go up to 3"]);
    project.c360(&["history", "customer", "99"]).is(1).says(&["there never was a customer 99"]);
    project.c360(&["history", "customer", "crm:9"]).is(1).says(&["there is no customer `crm:9` in commit 5"]);
    project.c360(&["history", "costumer", "1"]).is(1).says(&["did you mean `customer`?"]);
}

#[test]
fn values_of_old_survive_merges_splits_and_a_rollback() {
    let project = eventful();
    assert_validity_holds(&project, 5, &[("number", "number"), ("email", "array_to_string(email, ', ')")]);
    project
        .c360(&["history", "customer", "3"])
        .is(0)
        .answers(&["merged into 2; until then it had", "brought back by a rollback, with web:8"]);
    let answer = project.c360(&["diff", "@1", "@5"]);
    answer.is(0).answers(&[
        "customer: 3 objects\n  2 came and went in between\n      4\n      5\n  2 ended and came back in between\n      2 from crm:2\n      3 from web:8\n",
    ]);
    assert!(!answer.out.contains("email: "), "in the end all is as it was:\n{}", answer.out);
    project.c360(&["diff", "@3", "@4"]).is(0).answers(&["customer: 1 -> 3 objects\n  2 split off\n      4 from 1, with "]);
    project.c360(&["diff", "@1", "@3"]).is(0).answers(&["2 merged into 1 other\n      2 into 1\n      3 into 1\n"]);
}

#[test]
fn a_date_is_the_last_commit_up_to_it() {
    let project = Project::shop();
    project.c360(&["log"]).is(0);
    project.c360(&["show", "customer", "--at", "2026-01-01"]).is(1).says(&["there is no commit", "`c360 run` makes one"]);
    project.c360(&["run", "--as-of", "2026-01-01T08:00:00Z"]).is(0);
    project.change("data/crm.csv", "Bert Klein", "Berta Klein").c360(&["run", "--as-of", "2026-02-01"]).is(0);
    for (moment, name) in [
        ("2026-01-01", "Bert Klein"),
        ("2026-01-01T08:00:00Z", "Bert Klein"),
        ("2026-02-01T00:59:59+01:00", "Bert Klein"),
        ("2026-02-01T01:00:00+01:00", "Berta Klein"),
        ("2026-02-01", "Berta Klein"),
        ("2030-01-01", "Berta Klein"),
    ] {
        project.c360(&["show", "customer", "2", "--at", moment]).is(0).answers(&[&format!(" {name}\n")]);
        project.c360(&["explain", "customer", "2", "--at", moment]).is(0).answers(&[&format!("name: {name}\n")]);
    }
    let early = project.c360(&["query", "select 1", "--at", "2026-01-01T07:59:59Z"]);
    early.is(1).says(&["nothing is known as of 2026-01-01T07:59:59Z", "the oldest commit here is 1, as of 2026-01-01T08:00:00Z"]);
    project.c360(&["query", "select 1", "--at", "yesterday"]).is(1).says(&["no commit is called `yesterday`", "a date (2026-10-01)"]);
    let sql = "select c.commit from history.commits c where as_of < '2026-01-15'";
    assert_eq!(project.query(sql), serde_json::json!([{ "commit": 1 }]));
    project.c360(&["log"]).is(0).answers(&["records", "@2", "2026-02-01T00:00:00Z", "3 customer"]);
}

#[test]
fn what_retention_removed_is_told_without_its_moment() {
    let project = eventful();
    project.c360(&["vacuum", "--retention", "0d", "--grace", "0d", "--keep", "2"]).is(0).answers(&["removed commits 1 to 3"]);
    let story = project.c360(&["history", "customer", "1"]);
    story.is(0).answers(&["commit 1 (no longer kept)\n  created\n", "commit 3 (no longer kept)\n  2 was merged into it\n"]);
    story.answers(&["commit 4, as of 2026-01-04T00:00:00Z", "email: anna@example.com, bert@example.com -> anna@example.com  (from crm:1)"]);
    let sql = "select valid_from, from_moment from validity.customer where id = 1 and attribute = 'email' order by valid_from";
    let told = |commit, moment: Option<&str>| serde_json::json!({ "valid_from": commit, "from_moment": moment });
    let expected = vec![told(1, None), told(3, None), told(4, Some("2026-01-04T00:00:00Z"))];
    assert_eq!(project.query(sql), Value::from(expected));
    project.c360(&["show", "customer", "--at", "1"]).is(1).says(&["there is no commit 1"]);
    project.c360(&["show", "customer", "--at", "2026-01-01"]).is(1).says(&["the oldest commit here is 4, as of 2026-01-04T00:00:00Z"]);
}
