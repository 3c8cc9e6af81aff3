//! The renderers for machines: what a reader of the format looks for is there, and hostile text is escaped.

use c360_syntax::{Diagnostic, Sources, parse, render};
use serde_json::Value;

const TEXT: &str = "entity kunde {\n  größe text manny\n}\nsource crm {\n  key a\n  key b\n  where x == '100%, a: b'\n";

fn findings() -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let id = sources.add("pipelines/a, b: 100%/ä.c360", TEXT);
    let (_, diagnostics) = parse(&sources, id);
    (sources, diagnostics)
}

#[test]
fn json_has_places_suggestions_and_related() {
    let (sources, diagnostics) = findings();
    let report: Value = serde_json::from_str(&render::json(&sources, &diagnostics)).expect("valid JSON");
    assert_eq!(report["version"], 1);
    let list = report["diagnostics"].as_array().expect("a list");
    assert_eq!(list.len(), 4, "{report:#}");
    let option = &list[0];
    assert_eq!(option["code"], "C360-E0015");
    assert_eq!(option["severity"], "error");
    assert_eq!(option["file"], "pipelines/a, b: 100%/ä.c360");
    assert_eq!((&option["start"]["line"], &option["start"]["column"]), (&2.into(), &14.into()), "columns count characters");
    assert_eq!((&option["end"]["line"], &option["end"]["column"]), (&2.into(), &19.into()));
    assert_eq!(option["suggestion"]["replacement"], "many");
    assert_eq!(option["suggestion"]["start"], option["start"]);
    let twice = list.iter().find(|finding| finding["code"] == "C360-E0012").expect("two keys");
    assert_eq!(twice["related"][0]["message"], "first here");
    assert_eq!(twice["related"][0]["start"]["line"], 5);
}

#[test]
fn sarif_refers_to_its_rules() {
    let (sources, diagnostics) = findings();
    let log: Value = serde_json::from_str(&render::sarif(&sources, &diagnostics, "0.1.0")).expect("valid JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().expect("a list");
    assert_eq!(results.len(), diagnostics.len());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "pipelines/a%2C%20b%3A%20100%25/%C3%A4.c360");
        assert!(place["region"]["endColumn"].is_u64());
    }
    let fix = &results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(fix["insertedContent"]["text"], "many");
    assert_eq!(fix["deletedRegion"]["startColumn"], 14);
    assert!(results.iter().any(|result| result["relatedLocations"][0]["id"] == 0));
}

#[test]
fn github_escapes_what_would_end_a_command() {
    let (sources, diagnostics) = findings();
    let text = render::github(&sources, &diagnostics);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), diagnostics.len(), "one line a finding");
    let first = "::error file=pipelines/a%2C b%3A 100%25/ä.c360,line=2,col=14,endColumn=18,title=C360-E0015 an unknown option::";
    assert!(lines[0].starts_with(first), "{}", lines[0]);
    assert!(lines[0].contains("%0Ahelp: did you mean `many`?"), "{}", lines[0]);
}
