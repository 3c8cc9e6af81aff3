//! Runs the tables of cases in `similarity/*.tsv` and the examples of `docs/similarity.md` against the similarities.
//!
//! Columns, separated by tabs: function, left, right, expected. Lines that begin with `#` are comments.
//! - function: its name, with arguments in brackets where it takes any (`qgram_dice(2)`, `company(bank: 0.1)`, `absolute(10)`).
//! - left, right: texts, numbers, dates (2024-02-29) or places (48.14,11.58). Functions of one value have `-` as right.
//! - expected: as many digits as are to be checked; a text; `true`, `false`.
//!
//! `published.tsv` holds vectors of papers and standards, `reference.tsv` what other implementations say (`reference.py` made it), `examples.tsv`
//! what the documentation shows, and other cases of our own.

#[path = "similarity/call.rs"]
mod call;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use call::call;

struct Case {
    place: String,
    function: String,
    left: String,
    right: String,
    expected: String,
}

#[test]
fn similarities_are_what_the_tables_say() {
    let cases = tables();
    assert!(cases.len() > 1000, "only {} cases", cases.len());
    report(&cases);
}

#[test]
fn the_examples_of_the_documentation_are_true() {
    let cases = documented();
    assert!(cases.len() > 20, "only {} examples", cases.len());
    report(&cases);
    let line = |case: &Case| [&case.function, &case.left, &case.right, &case.expected].map(String::as_str).join("\t");
    let lines: BTreeSet<String> = tables().iter().map(line).collect();
    let missing: Vec<String> = cases.iter().map(line).filter(|example| !lines.contains(example)).collect();
    assert!(missing.is_empty(), "examples that no table holds:\n{}", missing.join("\n"));
}

fn report(cases: &[Case]) {
    let wrong: Vec<String> = cases.iter().filter_map(|case| check(case).err().map(|why| format!("{}: {why}", case.place))).collect();
    assert!(wrong.is_empty(), "{} of {} cases are wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn check(case: &Case) -> Result<(), String> {
    let actual = call(&case.function, &case.left, &case.right, &case.expected)?;
    let back = if case.right == "-" { actual.clone() } else { call(&case.function, &case.right, &case.left, &case.expected)? };
    if actual != case.expected {
        return Err(format!("{} of {:?}, {:?} is {actual} instead of {}", case.function, case.left, case.right, case.expected));
    }
    if back != actual { Err(format!("{} is not symmetric: {back} the other way", case.function)) } else { Ok(()) }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/similarity")
}

fn tables() -> Vec<Case> {
    let entries = fs::read_dir(folder()).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "tsv"));
    files.sort();
    files.iter().flat_map(|file| rows(file, "\t", |line| !line.starts_with('#'))).collect()
}

/// The rows of tables in the documentation that show a function of two values and its result.
fn documented() -> Vec<Case> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/similarity.md");
    rows(&file, " | ", |line| line.starts_with("| `") && line.ends_with("` |"))
}

fn rows(file: &Path, separator: &str, is_row: fn(&str) -> bool) -> Vec<Case> {
    let name = file.file_name().expect("a file").to_string_lossy().into_owned();
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{name}: {error}"));
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && is_row(line));
    lines.map(|(number, line)| case(format!("{name}:{}", number + 1), line, separator)).collect()
}

fn case(place: String, line: &str, separator: &str) -> Case {
    let line = if separator == "\t" { line } else { line.trim_start_matches("| ").trim_end_matches(" |") };
    let columns: Vec<&str> = line.split(separator).map(|column| column.trim_matches('`')).collect();
    let [function, left, right, expected] = columns[..] else { panic!("{place}: {} columns instead of 4", columns.len()) };
    let [function, left, right, expected] = [function, left, right, expected].map(str::to_owned);
    Case { place, function, left, right, expected }
}
