//! Workflow commands that GitHub shows as annotations of a pull request: `::error file=..,line=..::..`.

use super::severity;
use crate::{Diagnostic, Sources};

/// One command a line. Help and further places go into the message.
pub fn github(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| annotation(sources, diagnostic)).collect()
}

fn annotation(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let span = diagnostic.span;
    let (start, end) = (sources.position(span.file, span.start), sources.position(span.file, span.end));
    // GitHub shows `endColumn` for findings on one line only, and refuses it for others.
    let place = match start.line == end.line {
        true => format!("line={},col={},endColumn={}", start.line, start.column, end.column.max(start.column + 1) - 1),
        false => format!("line={},endLine={}", start.line, end.line),
    };
    let title = format!("{} {}", diagnostic.code.id, diagnostic.code.title);
    format!(
        "::{} file={},{place},title={}::{}\n",
        severity(diagnostic.code.severity),
        property(sources.name(span.file)),
        property(&title),
        data(&message(sources, diagnostic))
    )
}

fn message(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let mut message = diagnostic.message.clone();
    for (span, text) in &diagnostic.related {
        let position = sources.position(span.file, span.start);
        message.push_str(&format!("\n{}:{}:{}: {text}", sources.name(span.file), position.line, position.column));
    }
    if let Some(help) = &diagnostic.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    message
}

/// Escapes as the runner's toolkit does for what follows the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes as the runner's toolkit does for values of properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
