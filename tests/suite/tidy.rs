//! The house's own rules, read from the tree: who imports whom, one version of what everything hangs on, files that say what they do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace is above").to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The rows of the crate table in ARCHITECTURE.md: crate → (crates of ours, outside crates that only it may use).
fn table() -> BTreeMap<String, (String, Vec<String>)> {
    let text = read("ARCHITECTURE.md");
    let rows = text.lines().filter(|line| line.starts_with("| `c360-"));
    rows.map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let only = cells[4].split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        (cells[1].trim_matches('`').to_owned(), (cells[3].to_owned(), only))
    })
    .collect()
}

/// The names in `[dependencies]` of a manifest.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let text = read(manifest);
    let section = text.split("\n[dependencies]").nth(1).unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    let names = section.lines().filter_map(|line| line.split(['.', '=', ' ']).next()).map(str::to_owned);
    names.filter(|name| !name.is_empty() && !name.starts_with('#')).collect()
}

fn crates() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root().join("crates"))
        .expect("there are crates")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn crates_import_only_what_the_architecture_allows() {
    let table = table();
    for name in crates() {
        let (allowed, _) = table.get(&name).unwrap_or_else(|| panic!("{name} is missing in the table of ARCHITECTURE.md"));
        for dependency in dependencies(&format!("crates/{name}/Cargo.toml")) {
            if let Some(ours) = dependency.strip_prefix("c360-") {
                let listed = allowed == "all" || allowed.split(',').any(|a| a.trim() == ours);
                assert!(listed, "{name} imports {dependency}; ARCHITECTURE.md allows it only: {allowed}");
            }
        }
    }
}

#[test]
fn outside_crates_stay_where_the_architecture_puts_them() {
    for (owner, (_, only)) in table() {
        for outside in only {
            for name in crates().into_iter().filter(|name| *name != owner && *name != "c360-cli") {
                let used = dependencies(&format!("crates/{name}/Cargo.toml")).contains(&outside);
                assert!(!used, "{name} uses {outside}, which only {owner} may");
            }
        }
    }
}

#[test]
fn one_version_of_what_everything_hangs_on() {
    let lock = read("Cargo.lock");
    for name in ["arrow", "parquet", "datafusion", "object_store"] {
        let versions = lock.lines().filter(|line| *line == format!("name = \"{name}\"")).count();
        assert_eq!(versions, 1, "Cargo.lock holds {versions} versions of {name}");
    }
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("readable folder") {
        let path = entry.expect("readable entry").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn shipped() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for name in crates() {
        rust_files(&root().join("crates").join(name).join("src"), &mut files);
    }
    files.sort();
    let relative = |path: &Path| path.strip_prefix(root()).expect("inside").to_string_lossy().into_owned();
    files.iter().map(|path| (relative(path), fs::read_to_string(path).expect("UTF-8"))).collect()
}

#[test]
fn files_open_with_what_they_do_and_stay_short() {
    for (name, text) in shipped() {
        assert!(text.starts_with("//!"), "{name} does not open with a sentence on what it does");
        let lines = text.lines().count();
        assert!(lines <= 500, "{name} has {lines} lines: one thing per file");
    }
}

#[test]
fn nothing_unfinished_is_shipped() {
    for (name, text) in shipped() {
        let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in ["todo!(", "unimplemented!(", ".unwrap()", "dbg!("] {
            assert!(!shipped.contains(word), "{name} contains {word}");
        }
    }
}

#[test]
fn every_pipeline_has_a_readme_and_the_readmes_commands_exist() {
    for entry in fs::read_dir(root().join("pipelines")).expect("pipelines") {
        let folder = entry.expect("readable").path();
        if folder.is_dir() {
            assert!(folder.join("README.md").exists(), "{} has no README.md", folder.display());
        }
    }
    let readme = read("README.md");
    assert!(readme.contains("cargo run -- run -p pipelines/retail"), "README.md lost its first command");
    assert!(readme.contains("\ncargo test\n"), "README.md lost its second command");
    assert!(read(".ci/run").contains("cargo test"), ".ci/run does not call the README's test command");
}

#[test]
fn every_planted_bug_is_planted_and_has_a_test_that_must_catch_it() {
    let code: String = shipped().into_iter().filter(|(name, _)| !name.ends_with("/planted.rs")).map(|(_, text)| text).collect();
    let planted = code.split("planted(\"").skip(1).map(|rest| rest.split('"').next().expect("a name ends").to_owned());
    let table = read("tests/planted/bugs.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').next().unwrap_or_default().to_owned());
    let mut known: Vec<String> = c360_match::planted::BUGS.map(str::to_owned).to_vec();
    let (mut planted, mut rows): (Vec<String>, Vec<String>) = (planted.collect(), rows.collect());
    known.sort();
    planted.sort();
    rows.sort();
    assert_eq!(planted, known, "each bug is planted at one place");
    assert_eq!(rows, known, "each bug has a line in tests/planted/bugs.tsv");
    let promises = read("docs/promises.md");
    for bug in known {
        assert!(promises.contains(&format!("`{bug}`")), "docs/promises.md does not name `{bug}`");
    }
}
