//! Cells that an expression cannot read: they never stop a run, give no value, and are told with their row.

use super::project::Project;
use serde_json::{Value, json};

/// A source of which the entries are given; the pipeline, its data and nothing else.
fn project(entries: &str, data: &str) -> Project {
    let project = Project::empty();
    project.write(
        "shop.c360",
        format!(
            "pipeline shop {{ state \"state\" }}\nentity customer {{\n  number text\n  worth number\n  boss -> customer\n  \
             match {{ exact number }}\n}}\nsource crm {{\n  read csv(\"data/crm.csv\")\n{entries}}}\n"
        ),
    );
    project.write("data/crm.csv", data);
    project
}

const POINTS: &str = "id,points\n1,7\n2,abc\n3,3\n4,\n5,9\n";

fn rejects(project: &Project) -> Value {
    project.query("select row, key, \"column\", raw, reason from rejects order by row, key, \"column\"")
}

#[test]
fn a_condition_that_is_not_known_rejects_its_row() {
    let project = project("  key id\n  where points > 5\n  customer { number = id }\n", POINTS);
    let figures = project.figures("crm");
    assert_eq!([&figures["rows"], &figures["records"], &figures["rejects"], &figures["filtered"]], [5, 2, 1, 2]);
    let expected = json!([{ "row": 3, "key": "2", "column": null, "raw": "{\"id\":\"2\",\"points\":\"abc\"}",
        "reason": "`where`: `points` cannot be read as a whole number" }]);
    assert_eq!(rejects(&project), expected);
    project.change("data/crm.csv", "abc", "8");
    let figures = project.figures("crm");
    assert_eq!([&figures["records"], &figures["rejects"], &figures["filtered"]], [3, 0, 2], "the reject went with the cell");
    project.change("data/crm.csv", "1,7", "1,x");
    let figures = project.figures("crm");
    assert_eq!([&figures["records"], &figures["rejects"], &figures["filtered"]], [2, 1, 2], "a row that was a record");
}

#[test]
fn what_the_rest_of_a_condition_decides_needs_no_reading() {
    let conditions = [
        ("id = '2' or points > 5", 3, 0),
        ("id <> '2' and points > 5", 2, 0),
        ("case when id = '2' then true else points > 5 end", 3, 0),
        ("not (points > 5)", 1, 1),
        ("points in (7, 3)", 2, 1),
        ("points between 1 and 5", 1, 1),
        ("coalesce(arrow_cast(points, 'Int64') + 1, 0) = 0", 1, 1),
        ("case when points > 5 then true else false end", 2, 1),
        ("arrow_cast(points, 'Int64') > 5", 2, 1),
        ("arrow_try_cast(points, 'Int64') is null", 2, 0),
    ];
    for (condition, records, rejects) in conditions {
        let project = project(&format!("  key id\n  where {condition}\n  customer {{ number = id }}\n"), POINTS);
        let figures = project.figures("crm");
        assert_eq!((&figures["records"], &figures["rejects"]), (&json!(records), &json!(rejects)), "{condition}: {figures}");
    }
}

#[test]
fn a_key_that_cannot_be_read_is_none() {
    let project =
        project("  key concat('C', arrow_cast(points, 'Int64') + 1)\n  customer { number = id }\n", "id,points\n1,7\n2,abc\n3,xyz\n");
    let figures = project.figures("crm");
    assert_eq!([&figures["records"], &figures["duplicates"], &figures["rejects"]], [1, 0, 2]);
    assert_eq!(rejects(&project)[0]["reason"], "`key`: `points` cannot be read as a whole number");
    assert_eq!(project.query("select key from records.customer"), json!([{ "key": "C8" }]));
}

#[test]
fn values_and_references_that_cannot_be_read_are_empty_and_told() {
    let mapping = "  key id\n  updated arrow_cast(points, 'Date32')\n  \
                   customer { number = id, worth = arrow_cast(points, 'Int64') * 2, boss = crm(arrow_cast(points, 'Int64') + 1) }\n";
    let project = project(mapping, "id,points\n1,7\n2,abc\n3,\n");
    let figures = project.figures("crm");
    assert_eq!([&figures["records"], &figures["rejects"], &figures["rejected_values"]], [3, 0, 4]);
    let told = rejects(&project);
    let told: Vec<_> = told.as_array().expect("rows").iter().map(|r| (&r["key"], &r["column"], &r["raw"], &r["reason"])).collect();
    let [day, number] = ["`points` cannot be read as a date", "`points` cannot be read as a whole number"].map(Value::from);
    let [one, two, seven, abc] = ["1", "2", "7", "abc"].map(Value::from);
    let [updated, worth, boss] = ["updated", "customer.worth", "customer.boss"].map(Value::from);
    assert_eq!(
        told,
        [(&one, &updated, &seven, &day), (&two, &boss, &abc, &number), (&two, &worth, &abc, &number), (&two, &updated, &abc, &day)]
    );
    assert_eq!(project.query("select key, worth from records.customer order by key")[0]["worth"], json!(14.0));
}

#[test]
fn a_deletion_that_is_not_known_deletes_nothing() {
    let entries = "  mode changes\n  key id\n  delete gone > 0\n  customer { number = id }\n";
    let project = project(entries, "id,gone\n1,0\n2,yes\n3,1\n");
    let figures = project.figures("crm");
    assert_eq!([&figures["records"], &figures["rejects"], &figures["deleted"]], [1, 1, 1]);
    assert_eq!(rejects(&project)[0]["reason"], "`delete`: `gone` cannot be read as a whole number");
}

#[test]
fn check_with_data_tells_what_does_not_fit_at_its_place() {
    let entries = "  key id\n  where points\n  customer { number = upper(id), worth = id * points }\n";
    let project = project(entries, POINTS);
    project.c360(&["check"]).is(0);
    let answer = project.c360(&["check", "--data"]);
    answer.is(3).says(&["shop.c360:11:9", "a condition is true or false, this is text"]);
    answer.says(&["shop.c360:12:42", "`id` is text, `points` is text; write `arrow_cast(id, 'Int64')`", "2 errors"]);
    project.change("shop.c360", "where points", "where id < points");
    project.c360(&["run"]).is(1).says(&["shop.c360:12:42", "`id` is text"]);
    project.change("shop.c360", "id * points", "arrow_cast(id, 'Int64') * arrow_cast(points, 'Int64')");
    project.c360(&["check", "--data"]).is(0);
    project.c360(&["run"]).is(0);
}
