//! Text in, text out: every `tests/suite/syntax/NAME.c360` against `NAME.out` beside it, which holds the findings, the tree and what
//! `fmt` makes of the file. `C360_BLESS=1` writes the outputs anew; read them before they are committed.

mod dump;
mod laws;
mod machine;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use c360_syntax::{Diagnostic, Sources, Span, format_text, parse};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite/syntax")
}

/// The inputs in the order of their names.
fn inputs() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).expect("the suite is part of the repository");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("readable").path()).filter(|path| path.extension().is_some_and(|e| e == "c360")).collect();
    paths.sort();
    paths
}

#[test]
fn every_file_gives_its_output() {
    let bless = std::env::var_os("C360_BLESS").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    let inputs = inputs();
    assert!(inputs.len() > 10, "only {} inputs", inputs.len());
    for path in inputs {
        let text = std::fs::read_to_string(&path).expect("inputs are UTF-8");
        let (actual, expected) = (output(&text), path.with_extension("out"));
        if bless {
            std::fs::write(&expected, actual).expect("the suite is writable");
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != actual {
            wrong.push(format!("{}:\n{actual}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{} files differ (C360_BLESS=1 rewrites):\n{}", wrong.len(), wrong.join("\n"));
}

fn output(text: &str) -> String {
    let mut sources = Sources::new();
    let id = sources.add("in.c360", text);
    let (file, diagnostics) = parse(&sources, id);
    let mut output = String::new();
    for diagnostic in &diagnostics {
        output.push_str(&finding(&sources, diagnostic));
    }
    output.push_str("\n-- tree\n");
    output.push_str(&dump::file(&file));
    output.push_str("\n-- fmt\n");
    match format_text(text) {
        Ok(formatted) if formatted == text => output.push_str("unchanged\n"),
        Ok(formatted) => output.push_str(&formatted),
        Err(diagnostics) => output.push_str(&format!("refused: {}\n", diagnostics.len())),
    }
    output
}

fn finding(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let severity = format!("{:?}", diagnostic.code.severity).to_lowercase();
    let mut text = format!("{}: {severity}[{}]: {}\n", place(sources, diagnostic.span), diagnostic.code.id, diagnostic.message);
    if !diagnostic.label.is_empty() {
        writeln!(text, "  here: {}", diagnostic.label).expect("a String takes all");
    }
    for (span, related) in &diagnostic.related {
        writeln!(text, "  {}: {related}", place(sources, *span)).expect("a String takes all");
    }
    if let Some(help) = &diagnostic.help {
        writeln!(text, "  help: {help}").expect("a String takes all");
    }
    if let Some((span, replacement)) = &diagnostic.suggestion {
        writeln!(text, "  {}: becomes `{replacement}`", place(sources, *span)).expect("a String takes all");
    }
    text
}

fn place(sources: &Sources, span: Span) -> String {
    let (start, end) = (sources.position(span.file, span.start), sources.position(span.file, span.end));
    match start.line == end.line {
        true => format!("{}:{}-{}", start.line, start.column, end.column),
        false => format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column),
    }
}
