//! JSON with a versioned schema: `{"version":1,"diagnostics":[..]}`.

use serde::Serialize;

use super::severity;
use crate::{Diagnostic, Sources, Span};

/// Grows when a field changes its meaning or goes; new fields may come without.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'d> {
    version: u32,
    diagnostics: Vec<Finding<'d>>,
}

#[derive(Serialize)]
struct Finding<'d> {
    code: &'static str,
    severity: &'static str,
    message: &'d str,
    label: &'d str,
    #[serde(flatten)]
    place: Place<'d>,
    help: Option<&'d str>,
    suggestion: Option<Suggestion<'d>>,
    related: Vec<Related<'d>>,
}

#[derive(Serialize)]
struct Place<'d> {
    file: &'d str,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
}

/// The text of the place becomes `replacement`.
#[derive(Serialize)]
struct Suggestion<'d> {
    #[serde(flatten)]
    place: Place<'d>,
    replacement: &'d str,
}

#[derive(Serialize)]
struct Related<'d> {
    #[serde(flatten)]
    place: Place<'d>,
    message: &'d str,
}

/// One JSON object with all diagnostics, indented, with a line break at its end.
pub fn json(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let report = Report { version: VERSION, diagnostics: diagnostics.iter().map(|diagnostic| finding(sources, diagnostic)).collect() };
    let text = serde_json::to_string_pretty(&report).expect("strings and numbers are always JSON");
    text + "\n"
}

fn finding<'d>(sources: &'d Sources, diagnostic: &'d Diagnostic) -> Finding<'d> {
    let suggestion = diagnostic.suggestion.as_ref();
    Finding {
        code: diagnostic.code.id,
        severity: severity(diagnostic.code.severity),
        message: &diagnostic.message,
        label: &diagnostic.label,
        place: place(sources, diagnostic.span),
        help: diagnostic.help.as_deref(),
        suggestion: suggestion.map(|(span, replacement)| Suggestion { place: place(sources, *span), replacement }),
        related: diagnostic.related.iter().map(|(span, message)| Related { place: place(sources, *span), message }).collect(),
    }
}

fn place(sources: &Sources, span: Span) -> Place<'_> {
    Place { file: sources.name(span.file), start: point(sources, span, span.start), end: point(sources, span, span.end) }
}

fn point(sources: &Sources, span: Span, offset: u32) -> Point {
    let position = sources.position(span.file, offset);
    Point { line: position.line, column: position.column }
}
