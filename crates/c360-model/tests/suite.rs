//! Text in, text out: each `tests/suite/check/NAME.c360` yields the findings in `NAME.out`. `C360_BLESS=1` rewrites them.

#[path = "suite/case.rs"]
mod case;
#[path = "suite/functions.rs"]
mod functions;

use case::{Case, apply};
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite/check")
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the suite is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    paths
}

fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|stem| stem.to_str()).expect("names are UTF-8")
}

fn cases() -> Vec<(String, Case)> {
    let read = |path: &PathBuf| (stem(path).to_owned(), Case::new(stem(path), &fs::read_to_string(path).expect("readable")));
    files(&folder(), "c360").iter().map(read).collect()
}

#[test]
fn findings_are_as_written() {
    let bless = std::env::var_os("C360_BLESS").is_some();
    let mut wrong = Vec::new();
    for (name, case) in cases() {
        let path = folder().join(format!("{name}.out"));
        let found = case.render();
        if bless {
            fs::write(&path, &found).expect("writable");
        } else if fs::read_to_string(&path).unwrap_or_default() != found {
            wrong.push(format!("--- {name}\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} differ; C360_BLESS=1 rewrites them", wrong.join("\n"), wrong.len());
}

#[test]
fn each_file_yields_what_it_is_called_after() {
    for (name, case) in cases() {
        let found = case.render();
        match name.split_once('-') {
            Some(("ok", _)) => assert_eq!(found, "", "{name}"),
            Some((code, _)) => assert!(found.contains(&format!("[C360-{code}]")), "{name} does not yield its code:\n{found}"),
            None => panic!("{name}: call it CODE-slug"),
        }
    }
}

#[test]
fn a_model_is_made_exactly_where_there_is_no_error() {
    for (name, case) in cases() {
        let has_error = case.render().contains(": error[");
        assert_eq!(case.has_model(), !has_error || name == "E0520-no-column", "{name}");
    }
}

#[test]
fn every_code_has_a_case() {
    let syntax = files(&folder().join("../syntax"), "out");
    let syntax = syntax.iter().map(|path| fs::read_to_string(path).expect("readable"));
    let outs: Vec<String> = cases().iter().map(|(_, case)| case.render()).chain(syntax).collect();
    let missing: Vec<&str> = c360_syntax::codes::all().map(|code| code.id).filter(|id| !outs.iter().any(|out| out.contains(id))).collect();
    assert!(missing.is_empty(), "no case yields {missing:?}");
}

/// A suggestion that does not remove its finding, or that brings a new error of the parser, is no suggestion.
#[test]
fn suggestions_help() {
    for (name, case) in cases() {
        for (index, finding) in case.findings().iter().enumerate().filter(|(_, finding)| finding.suggestion.is_some()) {
            let mended = apply(&case, index);
            let again = mended.findings();
            let same = |other: &&c360_syntax::Diagnostic| other.message == finding.message && other.span.start == finding.span.start;
            assert!(again.iter().find(same).is_none(), "{name}: the suggestion changes nothing:\n{}", finding.message);
            assert!(!mended.has_syntax_errors() || case.has_syntax_errors(), "{name}: the suggestion cannot be read:\n{}", finding.message);
        }
    }
}
