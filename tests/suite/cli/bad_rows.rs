//! Rows and values that cannot be used: each ends in `rejects` or `duplicates` with its place and reason, and none is lost.

use super::project::{CRM, Project};
use serde_json::{Value, json};

/// Runs the shop with these rows behind the two good ones; gives the figures of `crm` and its rejects as (row, column, reason).
fn with_rows(rows: &[u8]) -> (Project, Value, Vec<(u64, Value, String)>) {
    let project = Project::committed();
    project.write("data/crm.csv", [CRM.as_bytes(), rows].concat());
    let figures = project.figures("crm");
    let rejects = project.query("select row, \"column\", reason, file from rejects where source = 'crm' order by row, \"column\"");
    let rejects = rejects.as_array().expect("rows").iter().map(|reject| {
        assert_eq!(reject["file"], "data/crm.csv");
        (reject["row"].as_u64().expect("a number"), reject["column"].clone(), reject["reason"].as_str().expect("a text").to_owned())
    });
    let rejects = rejects.collect();
    (project, figures, rejects)
}

/// Counts of rows, records, duplicates and rejects.
fn counts(figures: &Value) -> [u64; 4] {
    ["rows", "records", "duplicates", "rejects"].map(|name| figures[name].as_u64().expect("a count"))
}

#[test]
fn broken_quoting() {
    let (project, figures, rejects) = with_rows(b"3,A3,\"Cora,cora@example.com\n4,A4,Dora,dora@example.com\n5,A5,\"E\"x,e@example.com\n");
    assert_eq!(counts(&figures), [5, 3, 0, 2], "the rows between are read");
    assert_eq!(rejects.iter().map(|(row, ..)| *row).collect::<Vec<_>>(), [4, 6]);
    assert!(rejects.iter().all(|(_, _, reason)| reason.contains("quot")), "{rejects:?}");
    assert_eq!(project.query("select raw from rejects where row = 4")[0]["raw"], "3,A3,\"Cora,cora@example.com");
    assert_eq!(project.query("select count(*) as n from records.customer where key = '4'")[0]["n"], 1);
}

#[test]
fn invalid_utf8() {
    let (_, figures, rejects) = with_rows(b"3,A3,M\xfcller,m@example.com\n4,A4,M\xc3\xbcller,mm@example.com\n");
    assert_eq!(counts(&figures), [4, 3, 0, 1]);
    assert_eq!(rejects[0].0, 4);
    assert!(rejects[0].2.contains("not valid in the encoding"), "{rejects:?}");
}

#[test]
fn another_width() {
    let (_, figures, rejects) = with_rows(b"3,A3\n4,A4,Dora,dora@example.com,more\n5,A5,Eva,eva@example.com\n");
    assert_eq!(counts(&figures), [5, 3, 0, 2]);
    let reasons: Vec<&str> = rejects.iter().map(|(_, _, reason)| reason.as_str()).collect();
    assert_eq!(reasons, ["2 fields, the header has 4", "5 fields, the header has 4"]);
}

#[test]
fn keys_that_are_empty_or_stand_twice() {
    let (project, figures, rejects) = with_rows(b",A3,Cora,c@example.com\n  ,A4,Dora,d@example.com\n 2 ,A2,Berta,bert@example.com\n");
    assert_eq!(counts(&figures), [5, 2, 1, 2]);
    assert!(rejects.iter().all(|(_, _, reason)| reason == "no key"), "{rejects:?}");
    let expected = json!([{ "key": "2", "row": 3, "kept_row": 6, "reason": "same key" }]);
    assert_eq!(project.query("select key, row, kept_row, reason from duplicates"), expected);
    assert_eq!(project.query("select name['last'] as last from records.customer where key = '2'"), json!([{ "last": "Berta" }]));
}

#[test]
fn rows_that_say_nothing() {
    let (_, figures, rejects) = with_rows(b"3,,,\n\n4,A4,,\n");
    assert_eq!(counts(&figures), [4, 3, 0, 1], "a blank line is no row");
    assert!(rejects[0].2.starts_with("describes nothing"), "{rejects:?}");
}

#[test]
fn values_that_their_format_refuses() {
    let (project, figures, rejects) = with_rows(b"3,A3,Cora,no mail at all\n4,A4,Dora,dora@example.com\n");
    assert_eq!(counts(&figures), [4, 4, 0, 0], "the rows are records all the same");
    assert_eq!(figures["rejected_values"], 1);
    assert_eq!((rejects[0].0, &rejects[0].1), (4, &json!("customer.email")));
    assert_eq!(project.query("select raw, key from rejects"), json!([{ "raw": "no mail at all", "key": "3" }]));
    assert_eq!(project.query("select email from records.customer where source = 'crm' and key = '3'"), json!([{ "email": null }]));
}

#[test]
fn a_cell_of_10_megabytes_is_a_value_and_a_row_of_17_is_not() {
    let long = "x".repeat(10_000_000);
    let longer = "y".repeat(17 << 20);
    let (project, figures, rejects) = with_rows(format!("3,{long},Cora,\n4,{longer},Dora,\n5,A5,Eva,\n").as_bytes());
    assert_eq!(counts(&figures), [5, 4, 0, 1], "the row behind it is read");
    assert_eq!(rejects[0].0, 5);
    assert_eq!(project.query("select length(number) as n from customer where number like 'x%'"), json!([{ "n": 10_000_000 }]));
    assert!(project.query("select max(length(raw)) as n from rejects")[0]["n"].as_u64().is_some_and(|n| n <= 4096));
}

#[test]
fn lines_that_are_no_json() {
    let project = Project::committed();
    project.change("shop.c360", "csv(\"data/web*.csv\")", "ndjson(\"data/web.json\")");
    project.write(
        "data/web.json",
        "{\"id\": 7, \"name\": \"A. Muster\", \"mail\": \"anna@example.com\"}\n{\"id\": 8, \"name\"\n[1]\n\n{\"id\": 9, \"name\": \"Dora\", \"mail\": null}\n",
    );
    let figures = project.figures("web");
    assert_eq!(counts(&figures), [4, 2, 0, 2]);
    assert_eq!(project.query("select row from rejects order by row"), json!([{ "row": 2 }, { "row": 3 }]));
}

#[test]
fn messages_hold_no_value_of_a_customer() {
    let project = Project::committed();
    project.write("data/crm.csv", "id,no,name,mail\n1,CANARY,\"CANARY,CANARY\n2,CANARY,CANARY\n,CANARY,CANARY,CANARY\n");
    let answer = project.c360(&["run", "--allow-empty"]);
    answer.is(0);
    assert!(!answer.out.contains("CANARY") && !answer.err.contains("CANARY"), "{answer:?}");
}

/// Names that c360 gives to columns of its own, beside those that `check` refuses.
#[test]
fn attributes_can_be_called_almost_anything() {
    let project = Project::shop();
    let names =
        ["place", "path", "number", "unit", "name", "commit", "kind", "old", "new", "target", "root", "placed_record", "member_record"];
    let attributes: String = names.iter().map(|name| format!("  {name} text\n")).collect();
    let values: String = names.iter().map(|name| format!("{name} = name, ")).collect();
    project.write(
        "shop.c360",
        format!(
            "pipeline shop {{ state \"state\" }}\nentity customer {{\n{attributes}  match {{ exact place }}\n}}\n\
             source crm {{\n  read csv(\"data/crm.csv\")\n  key id\n  customer {{ {values} }}\n}}\n"
        ),
    );
    project.c360(&["run"]).is(0);
    project.change("data/crm.csv", "Bert", "Berta");
    project.c360(&["run"]).is(0);
    let verbs: [&[&str]; 6] = [
        &["show", "customer"],
        &["explain", "customer", "1"],
        &["history", "customer", "2"],
        &["diff"],
        &["verify"],
        &["query", "select * from rejects"],
    ];
    for verb in verbs {
        project.c360(verb).is(0);
    }
    let rows = project.query("select place, path, file, row from records.customer order by row");
    assert_eq!(rows[0], json!({ "place": "Anna Muster", "path": "Anna Muster", "file": "data/crm.csv", "row": 2 }));
}
