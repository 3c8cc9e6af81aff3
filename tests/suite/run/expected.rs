//! What a run is expected to give: text files in `expected/` beside the pipeline. `figures.txt` is written from the run's own figures;
//! each `NAME.sql` is asked of the commit and its rows stand in `NAME.txt`.

use crate::project::Project;
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Compares a text with an expected one; with `C360_BLESS=1` it becomes the expected one.
pub(crate) fn compare(path: &Path, got: &str) {
    if std::env::var_os("C360_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the repository can be written");
        return fs::write(path, got).expect("the repository can be written");
    }
    let expected = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}; C360_BLESS=1 writes it", path.display()));
    assert!(
        expected == got,
        "{} differs; C360_BLESS=1 writes it anew.\n--- expected\n{expected}--- got\n{got}--- first difference\n{}",
        path.display(),
        first_difference(&expected, got)
    );
}

fn first_difference(expected: &str, got: &str) -> String {
    let mut lines = expected.lines().zip(got.lines()).enumerate().filter(|(_, (a, b))| a != b);
    lines.next().map_or("one is longer".to_owned(), |(number, (a, b))| format!("line {}\n- {a}\n+ {b}", number + 1))
}

/// Asks all questions of `folder` (relative to the project) and compares the answers.
pub(crate) fn questions(project: &Project, folder: &str) {
    let entries = fs::read_dir(project.origin(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    assert!(!files.is_empty(), "no questions in {folder}");
    for file in files {
        let sql = fs::read_to_string(&file).expect("a readable question");
        let rows = project.query(sql.trim());
        compare(&file.with_extension("txt"), &rows.iter().fold(String::new(), |text, row| text + &line(row) + "\n"));
    }
}

/// One row: its values in the order of the columns.
fn line(row: &Value) -> String {
    let cells = row.as_object().expect("a row is an object").values().map(|value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    cells.collect::<Vec<_>>().join(" | ").trim_end().to_owned()
}

/// The figures of a run, without the moment and the times.
pub(crate) fn figures(run: &Value) -> String {
    let mut out = String::new();
    let figures = &run["figures"];
    for source in figures["sources"].as_array().expect("figures of sources") {
        let _ = write!(out, "source {}:", text(source, "source"));
        for name in ["files", "rows", "records", "duplicates", "rejects", "filtered", "deleted", "rejected_values"] {
            let _ = write!(out, " {name} {}", source[name]);
        }
        out.push('\n');
    }
    for entity in figures["entities"].as_array().expect("figures of entities") {
        let _ = write!(out, "\nentity {}:", text(entity, "entity"));
        for name in ["records", "objects", "created", "merged", "split", "retired", "refused", "hubs", "orphans"] {
            let _ = write!(out, " {name} {}", entity[name]);
        }
        let _ = writeln!(out, "\n  objects by number of sources: {}", entity["by_sources"]);
        for merge in entity["merges"].as_array().expect("merges by rule") {
            let _ = writeln!(out, "  {} merges by {}", merge[1], merge[0].as_str().expect("a rule has a name"));
        }
    }
    out
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no `{name}` in {value}"))
}
