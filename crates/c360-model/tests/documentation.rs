//! `docs/diagnostics.md` explains every code under its title, and its examples yield what they explain.

#[allow(dead_code, reason = "only the rendering of cases is used here")]
#[path = "suite/case.rs"]
mod case;
#[path = "suite/functions.rs"]
mod functions;

use case::Case;
use std::collections::BTreeMap;

const TEXT: &str = include_str!("../../../docs/diagnostics.md");

/// Need data, the file of a model or more text than a page should have: cases in `tests/suite/check` yield them.
const WITH_FILES: [&str; 3] = ["C360-E0520", "C360-E0524", "C360-W0310"];

/// The sections that explain a code: title and first example.
fn explained() -> BTreeMap<&'static str, (&'static str, &'static str)> {
    let sections = TEXT.split("\n### ").skip(1);
    let parts = sections.map(|section| {
        let (heading, body) = section.split_once('\n').expect("a section has a body");
        let (code, title) = heading.split_once(": ").expect("a heading is `CODE: title`");
        (code, (title, example(body).unwrap_or_else(|| panic!("{code} has no example"))))
    });
    parts.collect()
}

fn example(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("```c360\n")?;
    rest.split_once("```").map(|(example, _)| example)
}

/// Declarations by what they declare: `entity customer`. A `publish` and a `use` stand for themselves.
fn declarations(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let begins = line.starts_with(|c: char| c.is_alphabetic());
        if begins || found.is_empty() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let name = match words.first() {
                Some(&"pipeline") => "pipeline".to_owned(),
                _ => words.iter().take(2).copied().collect::<Vec<_>>().join(" "),
            };
            found.push((name, String::new()));
        }
        let (_, declaration) = found.last_mut().expect("one was begun");
        declaration.push_str(line);
        declaration.push('\n');
    }
    found
}

/// The example, completed by what the introduction declares and it does not.
fn complete(example: &str) -> String {
    if example.starts_with("// a whole file") {
        return example.to_owned();
    }
    let own = declarations(example);
    let common = declarations(self::example(TEXT).expect("the introduction has a pipeline"));
    let missing = common.into_iter().filter(|(name, _)| own.iter().all(|(known, _)| known != name));
    missing.map(|(_, text)| text).collect::<String>() + example
}

#[test]
fn every_code_is_explained_under_its_title() {
    let explained = explained();
    for code in c360_syntax::codes::all() {
        let (title, _) = explained.get(code.id).unwrap_or_else(|| panic!("{} is not in docs/diagnostics.md", code.id));
        assert_eq!(*title, code.title, "{}", code.id);
    }
    assert_eq!(explained.len(), c360_syntax::codes::all().count(), "docs/diagnostics.md explains a code that does not exist");
}

#[test]
fn examples_yield_what_they_explain() {
    let mut wrong = Vec::new();
    for (code, (_, example)) in explained().into_iter().filter(|(code, _)| !WITH_FILES.contains(code)) {
        let found = Case::new("example", &complete(example)).render();
        if !found.contains(&format!("[{code}]")) {
            wrong.push(format!("{code} is not yielded by its example, but:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_common_pipeline_is_right() {
    assert_eq!(Case::new("example", example(TEXT).expect("the introduction has a pipeline")).render(), "");
}
