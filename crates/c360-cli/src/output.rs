//! What people and programs see: findings and errors on standard error, answers on standard output.

mod answer;
mod chart;
mod csv;
mod html;
mod json;
mod table;

pub(crate) use answer::{eprintln, finish, print, println, write, write_rows};
pub(crate) use chart::{Column, Line, Part, Step, bars, columns, curves, signed, waterfall};
pub(crate) use csv::rows as csv_rows;
pub(crate) use html::Page;
pub(crate) use json::{print as print_json, rows as json_rows};
pub(crate) use table::{print as print_rows, table};

use crate::exit;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use c360_model::Span;
use c360_run::{Error, Kind};
use c360_syntax::{Diagnostic, Severity, Sources};

/// Prints findings for people.
pub(crate) fn findings(texts: &Sources, findings: &[Diagnostic]) {
    for finding in findings {
        eprintln!("{}\n", rendered(texts, finding));
    }
}

/// One finding with its text around it.
pub(crate) fn rendered(texts: &Sources, finding: &Diagnostic) -> String {
    let level = match finding.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut snippet = snippet(texts, finding.span, &finding.label);
    let (here, elsewhere): (Vec<_>, Vec<_>) = finding.related.iter().partition(|(span, _)| span.file == finding.span.file);
    for (span, label) in here {
        snippet = snippet.annotation(AnnotationKind::Context.span(range(*span)).label(label.as_str()));
    }
    let mut group = level.primary_title(finding.message.as_str()).id(finding.code.id).element(snippet);
    for (span, label) in elsewhere {
        group = group.element(self::snippet(texts, *span, label));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().render(&[group])
}

fn snippet<'a>(texts: &'a Sources, span: Span, label: &'a str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let mut annotation = AnnotationKind::Primary.span(range(span));
    if !label.is_empty() {
        annotation = annotation.label(label);
    }
    Snippet::source(texts.text(span.file)).path(texts.name(span.file)).annotation(annotation)
}

fn range(span: Span) -> std::ops::Range<usize> {
    span.start as usize..span.end as usize
}

/// Prints what went wrong outside of the pipeline's text, with the declaration that it concerns; gives the exit code.
pub(crate) fn error(texts: &Sources, error: &Error) -> u8 {
    let mut group: Group<'_> = match error.place {
        Some(span) => Level::ERROR.primary_title(error.message.as_str()).element(snippet(texts, span, "")),
        None => Group::with_title(Level::ERROR.primary_title(error.message.as_str())),
    };
    if let Some(advice) = advice(error.kind) {
        group = group.element(Level::HELP.message(advice));
    }
    eprintln!("{}", Renderer::styled().render(&[group]));
    exit::of(error.kind)
}

/// Prints a failure that no declaration is to blame for.
pub(crate) fn failure(message: &str) {
    let group = Group::with_title(Level::ERROR.primary_title(message));
    eprintln!("{}", Renderer::styled().render(&[group]));
}

/// Prints what may be meant otherwise, and stops nothing.
pub(crate) fn warning(message: &str) {
    let group = Group::with_title(Level::WARNING.primary_title(message));
    eprintln!("{}", Renderer::styled().render(&[group]));
}

fn advice(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Retry => Some("nothing was committed; see that the place can be reached and written, then run again"),
        Kind::Rerun => Some("run again: it carries on from the other run's commit"),
        Kind::FixInput => Some("nothing was committed; the last commit still holds"),
        Kind::FixConfiguration => None,
        Kind::Refused => Some("nothing was committed; `c360 plan --data` shows what would happen"),
        Kind::Restore => Some("the state was damaged after it was written: restore the file from a backup, or start a new state"),
        Kind::Unknown => Some("delete nothing; the next run finds out and carries on"),
        Kind::Publish => Some("see that the place can be written, then run again: the next run publishes what is missing"),
        Kind::Report => Some("this is a mistake in c360, please report it; nothing was committed"),
    }
}
