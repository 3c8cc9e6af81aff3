//! Files of sources that cannot be used: the run fails, names them and says why, and the last commit stays. Files without rows are fine.

use super::project::{CRM, Project, WEB};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// What every failure of a source's file says beside its reason.
const HOLDS: &str = "the last commit still holds";

#[test]
fn missing() {
    let project = Project::committed();
    std::fs::remove_file(project.path("data/crm.csv")).expect("it was there");
    project.run_fails_and_keeps(&["error: data/crm.csv: no such file", "shop.c360:22:3", HOLDS]);
    project.write("data/crm.csv/part.csv", CRM);
    project.run_fails_and_keeps(&["it is a folder; write `", "write `data/crm.csv/` to read all files in it"]);
}

#[test]
fn a_pattern_without_files_is_an_empty_source() {
    let project = Project::committed();
    std::fs::remove_file(project.path("data/web.csv")).expect("it was there");
    let figures = project.figures("web");
    assert_eq!((&figures["files"], &figures["rows"]), (&0.into(), &0.into()));
    assert_eq!(project.query("select id, sources from customer order by id")[0]["sources"], serde_json::json!(["crm"]));
}

#[test]
fn empty_or_only_a_header() {
    let project = Project::committed();
    project.write("data/crm.csv", "");
    assert_eq!(project.figures("crm")["rows"], 0);
    project.write("data/crm.csv", CRM);
    assert_eq!(project.figures("crm")["rows"], 2);
    project.write("data/crm.csv", CRM.lines().next().expect("a header"));
    assert_eq!(project.figures("crm")["rows"], 0);
    assert_eq!(project.query("select count(*) as n from customer"), serde_json::json!([{ "n": 2 }]));
}

#[test]
fn a_column_is_missing() {
    let project = Project::committed();
    project.change("data/crm.csv", "id,no,name,mail", "id,no,name,Email");
    project.run_fails_and_keeps(&[
        "error: data/crm.csv: no column `mail`, did you mean `Email`?",
        "it has `id`, `no`, `name`, `Email`",
        HOLDS,
    ]);
}

#[test]
fn another_delimiter() {
    let project = Project::committed();
    project.write("data/crm.csv", CRM.replace(',', ";"));
    project.run_fails_and_keeps(&["data/crm.csv: no column `id`", "is the delimiter `;`?", HOLDS]);
}

#[test]
fn a_column_stands_twice_in_the_header() {
    let project = Project::committed();
    project.change("data/crm.csv", "id,no,name,mail", "id,no,mail,mail");
    project.run_fails_and_keeps(&["data/crm.csv", "mail", HOLDS]);
}

/// A log is read from its copy in the state; people know the file that was delivered.
#[test]
fn of_a_log_the_delivered_file_is_named() {
    let project = Project::committed();
    project.change("shop.c360", "csv(\"data/web*.csv\")", "ndjson(\"data/web*.gz\")\n  mode append");
    project.write("data/web1.gz", "this is not packed at all");
    let answer = project.c360(&["run", "--allow-empty"]);
    answer.is(1).says(&["error: data/web1.gz: damaged after 0 rows"]);
    assert!(!answer.err.contains("/log/"), "{answer:?}");
}

#[test]
fn a_source_becomes_a_log_and_none_again() {
    let project = Project::committed();
    project.change("shop.c360", "csv(\"data/web*.csv\")", "csv(\"data/web*.csv\")\n  mode append");
    std::fs::rename(project.path("data/web.csv"), project.path("data/web2.csv")).expect("it was there");
    project.c360(&["run"]).is(0);
    project.c360(&["verify"]).is(0);
    std::fs::remove_file(project.path("data/web2.csv")).expect("it was there");
    project.write("data/web3.csv", "id,name,mail\n9,Dora Blau,dora@example.com\n");
    assert_eq!(project.figures("web")["records"], 3, "of a log nothing goes");
    project.c360(&["verify"]).is(0);
    project.change("shop.c360", "\n  mode append", "");
    assert_eq!(project.figures("web")["records"], 1);
    project.c360(&["verify"]).is(0);
}

#[test]
fn truncated_gzip() {
    let project = Project::committed();
    let mut rows = CRM.to_owned();
    for number in 3..3000 {
        rows.push_str(&format!("{number},A{number},Person {},p{number}@example.com\n", number * 7919 % 1000));
    }
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(rows.as_bytes()).expect("written to memory");
    let packed = out.finish().expect("written to memory");
    project.change("shop.c360", "data/crm.csv", "data/crm.csv.gz");
    project.write("data/crm.csv.gz", &packed[..packed.len() / 2]);
    project.run_fails_and_keeps(&["data/crm.csv.gz: damaged after", "deliver the file again or move it away", HOLDS]);
    project.write("data/crm.csv.gz", &packed[..packed.len() - 4]);
    project.run_fails_and_keeps(&["data/crm.csv.gz: damaged after", HOLDS]);
    project.write("data/crm.csv.gz", &packed);
    assert_eq!(project.figures("crm")["rows"], 2999);
}

#[test]
fn truncated_parquet() {
    let project = Project::shop();
    let publishing = format!("{}\npublish customer to parquet(\"data/crm.parquet\")\n", project.read("shop.c360"));
    project.write("make/shop.c360", publishing).write("make/data/crm.csv", CRM).write("make/data/web.csv", WEB);
    project.c360(&["run", "-p", "make"]).is(0);
    let whole = std::fs::read(project.path("make/data/crm.parquet")).expect("it was published");
    project.change("shop.c360", "csv(\"data/crm.csv\")", "parquet(\"data/crm.parquet\")");
    project.change("shop.c360", "number = no, name = name, email = mail", "number = number, email = each(email)");
    project.write("data/crm.parquet", &whole);
    assert_eq!(project.figures("crm")["records"], 3);
    for length in [0, 3, 8, whole.len() / 2, whole.len() - 1] {
        project.write("data/crm.parquet", &whole[..length]);
        project.run_fails_and_keeps(&["data/crm.parquet", HOLDS]);
    }
    project.write("data/crm.parquet", CRM);
    project.run_fails_and_keeps(&["data/crm.parquet", HOLDS]);
}

#[test]
fn no_permission_to_read() {
    let project = Project::committed();
    let file = project.path("data/crm.csv");
    project.change("data/crm.csv", "Bert", "Berta");
    let mut permissions = std::fs::metadata(&file).expect("it is there").permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o000);
    std::fs::set_permissions(&file, permissions).expect("it is ours");
    if std::fs::read(&file).is_ok() {
        // Nothing is forbidden to root; `bad_state` has a place that refuses everybody.
        return;
    }
    project.run_fails_and_keeps(&["data/crm.csv"]);
}

#[test]
fn a_file_of_a_log_may_go() {
    let project = Project::shop();
    project.change("shop.c360", "  key      id\n  customer { name", "  mode     changes\n  key      id\n  customer { name");
    project.write("data/web-2.csv", "id,name,mail\n9,Dora,dora@example.com\n");
    project.c360(&["run"]).is(0);
    std::fs::remove_file(project.path("data/web-2.csv")).expect("it was there");
    project.c360(&["run"]).is(0).answers(&["nothing to do"]);
    // Its rows are there even where everything is computed anew.
    project.c360(&["run", "--full"]).is(0);
    project.c360(&["show", "customer", "web:9"]).is(0).answers(&["Dora"]);
    project.c360(&["verify"]).is(0).answers(&["is what a full run makes"]);
}

#[test]
fn a_delivery_without_content() {
    let project = Project::shop();
    project.c360(&["run"]).is(0);
    project.write("data/crm.csv", "");
    project.c360(&["run"]).is(7).says(&["source `crm` has no records now", "--allow-empty"]);
    project.c360(&["plan", "--data"]).is(7).says(&["source `crm` has no records now"]);
}

fn utf16(text: &str, mark: &[u16], bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.iter().copied().chain(text.encode_utf16()).flat_map(bytes).collect()
}

/// Runs, which may find nothing new in the same rows.
fn web_records(project: &Project) -> serde_json::Value {
    project.c360(&["run"]).is(0);
    project.query("select count(*) as n from records.customer where source = 'web'")[0]["n"].clone()
}

#[test]
fn utf_16_is_told_by_its_mark_or_named() {
    let project = Project::shop();
    for (bytes, name) in [(u16::to_le_bytes as fn(u16) -> [u8; 2], "utf-16le"), (u16::to_be_bytes, "utf-16be")] {
        project.write("data/web.csv", utf16(WEB, &[0xFEFF], bytes));
        project.c360(&["check", "--data"]).is(0);
        assert_eq!(web_records(&project), 2, "{name} with a mark");
        project.write("data/web.csv", utf16(WEB, &[], bytes));
        project.run_fails_and_keeps(&["data/web.csv: the header cannot be read", &format!("write `encoding: \"{name}\"`")]);
        project.change("shop.c360", "csv(\"data/web*.csv\")", &format!("csv(\"data/web*.csv\", encoding: \"{name}\")"));
        assert_eq!(web_records(&project), 2, "{name} by name");
        project.change("shop.c360", &format!(", encoding: \"{name}\""), "");
    }
    project.change("shop.c360", "csv(\"data/web*.csv\")", "ndjson(\"data/web.json\")");
    let lines = "{\"id\": 7, \"name\": \"A. Müller\", \"mail\": \"anna@example.com\"}\n";
    project.write("data/web.json", utf16(lines, &[0xFEFF], u16::to_le_bytes));
    project.c360(&["check", "--data"]).is(0);
    assert_eq!(project.figures("web")["records"], 1, "with a mark");
    project.write("data/web.json", utf16(lines, &[], u16::to_le_bytes));
    assert_eq!(project.figures("web")["rejects"], 2, "the end of a line is in two bytes, too");
    let reasons = project.query("select distinct reason from rejects where source = 'web'");
    assert!(reasons[0]["reason"].as_str().is_some_and(|reason| reason.contains("UTF-16")), "{reasons}");
    let pipeline = utf16(&project.read("shop.c360"), &[0xFEFF], u16::to_le_bytes);
    project.write("shop.c360", pipeline);
    project.c360(&["check", "shop.c360"]).says(&["shop.c360: it is UTF-16", "save it as UTF-8"]);
}
