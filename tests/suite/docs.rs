//! Every code block of the language reference and the README is a pipeline that checks without an error, in the one layout.

use c360_model::{Functions, ModelFile, TrainedModels, check};
use c360_syntax::{Severity, Sources, ast, format_text, parse};
use std::fs;
use std::path::Path;

/// The ` ```c360 ` blocks of a page, with the line that each starts on.
fn blocks(page: &str) -> Vec<(usize, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace is above").join(page);
    let text = fs::read_to_string(&path).expect("the page is there");
    let mut found = Vec::new();
    let mut current: Option<(usize, String)> = None;
    for (number, line) in text.lines().enumerate() {
        match &mut current {
            None if line == "```c360" => current = Some((number + 2, String::new())),
            Some(_) if line == "```" => found.extend(current.take()),
            Some((_, block)) => {
                block.push_str(line);
                block.push('\n');
            }
            None => {}
        }
    }
    assert!(current.is_none(), "{page}: the last block is not closed");
    found
}

/// The errors of a pipeline's text.
fn errors(text: &str) -> Vec<String> {
    let mut sources = Sources::new();
    let id = sources.add("block", text);
    let (file, mut findings) = parse(&sources, id);
    let functions = c360_plan::scalar_functions();
    let models = in_training(&file);
    findings.extend(check(&[file], &Functions::new(&functions), &models).1);
    let errors = findings.iter().filter(|finding| finding.code.severity == Severity::Error);
    errors.map(|f| format!("{}: {} ({})", sources.position(id, f.span.start).line, f.message, f.code.id)).collect()
}

/// Models that are about to be trained: a page has no files beside it.
fn in_training(file: &ast::File) -> TrainedModels {
    let mut models = TrainedModels::default();
    for item in &file.items {
        let ast::Item::Entity(entity) = item else { continue };
        for entry in entity.matching.iter().flat_map(|matching| &matching.entries) {
            if let ast::MatchEntry::Model(rule) = entry {
                models.insert(rule.file.span, ModelFile::InTraining);
            }
        }
    }
    models
}

#[test]
fn blocks_of_the_reference_check() {
    let blocks = blocks("docs/language.md");
    assert!(blocks.len() >= 6, "the reference lost its examples");
    let (_, prelude) = &blocks[0];
    assert_eq!(errors(prelude), Vec::<String>::new(), "docs/language.md: the first block");
    for (line, block) in &blocks[1..] {
        assert_eq!(errors(&format!("{prelude}\n{block}")), Vec::<String>::new(), "docs/language.md:{line}");
    }
}

#[test]
fn blocks_of_the_readme_check() {
    for (line, block) in blocks("README.md") {
        assert_eq!(errors(&block), Vec::<String>::new(), "README.md:{line}");
    }
}

#[test]
fn blocks_are_in_the_one_layout() {
    for page in ["docs/language.md", "README.md"] {
        for (line, block) in blocks(page) {
            let formatted = format_text(&block).unwrap_or_else(|findings| panic!("{page}:{line}: {}", findings[0].message));
            assert_eq!(formatted, block, "{page}:{line} is not in the one layout");
        }
    }
}
