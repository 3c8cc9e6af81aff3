//! The answer for people.

use super::{Answer, Described, Source};
use crate::output;
use c360_model::model::ReadFormat;
use c360_run::profile::Validity;
use std::fmt::Write;

/// Frequent values and patterns in a line.
const SHOWN: usize = 3;
/// Characters of a value.
const LONGEST: usize = 24;

pub(super) fn of(answer: &Answer) -> String {
    let mut out = String::new();
    for source in &answer.sources {
        let _ = writeln!(out, "{}\n", headline(source));
        let mut table = output::table(&["column", "filled", "distinct", "length", "patterns", "frequent", "looks like"]);
        for column in &source.columns {
            table.add_row(row(column));
        }
        let _ = writeln!(out, "{table}");
        keys(source, &mut out);
        refused(&source.validity, &mut out);
        out.push('\n');
    }
    if !answer.overlaps.is_empty() {
        let mut table = output::table(&["columns", "in both", "rule"]);
        for overlap in &answer.overlaps {
            let columns = format!("{} ~ {}", overlap.left, overlap.right);
            table.add_row([columns, percent(overlap.share), overlap.rule.clone().unwrap_or_default()]);
        }
        let _ = writeln!(out, "values that two sources share\n{table}");
    }
    out
}

pub(super) fn headline(source: &Source) -> String {
    let files = if source.files.files == 1 { "1 file".to_owned() } else { format!("{} files", source.files.files) };
    format!("{}: {} rows in {files} ({}), {}", source.name, source.files.rows, format_name(&source.files.format), source.place)
}

pub(super) fn format_name(format: &ReadFormat) -> &'static str {
    match format {
        ReadFormat::Csv { .. } => "csv",
        ReadFormat::Ndjson => "ndjson",
        ReadFormat::Parquet => "parquet",
        ReadFormat::Avro => "avro",
        ReadFormat::Arrow => "arrow",
    }
}

fn row(column: &Described) -> [String; 7] {
    let facts = &column.facts;
    let told = |all: &[(String, u64)]| {
        let told: Vec<String> = all.iter().take(SHOWN).map(|(text, count)| format!("{} ({count})", shortened(text))).collect();
        told.join(", ")
    };
    [
        column.name.clone(),
        percent(facts.completeness()),
        distinct(column),
        length(column),
        told(&facts.patterns),
        if column.shown { told(&facts.frequent) } else { "hidden".to_owned() },
        looks_like(column),
    ]
}

pub(super) fn distinct(column: &Described) -> String {
    let about = if column.facts.exact { "" } else { "~" };
    format!("{about}{}", column.facts.distinct)
}

pub(super) fn length(column: &Described) -> String {
    match (column.facts.shortest, column.facts.longest) {
        (shortest, longest) if shortest == longest => shortest.to_string(),
        (shortest, longest) => format!("{shortest}-{longest}"),
    }
}

/// The format that fits, and how much it reads where that is not all.
pub(super) fn looks_like(column: &Described) -> String {
    let guess = &column.guess;
    match guess.role {
        c360_match::profile::Role::Empty => "empty".to_owned(),
        _ if guess.accepted < 1.0 => format!("{} ({})", guess.format, percent(guess.accepted)),
        _ => guess.format.clone(),
    }
}

fn keys(source: &Source, out: &mut String) {
    let keys: Vec<&str> = source.columns.iter().filter(|column| column.facts.is_key()).map(|column| column.name.as_str()).collect();
    let _ = match keys.as_slice() {
        [] => writeln!(out, "no column is a key: each has missing values, or values that come twice"),
        keys => writeln!(out, "can be a key: {}", keys.join(", ")),
    };
}

fn refused(validity: &[Validity], out: &mut String) {
    if validity.is_empty() {
        return;
    }
    let mut table = output::table(&["attribute", "values", "refused", "share", "why"]);
    for found in validity {
        let why: Vec<String> = found.reasons.iter().take(SHOWN).map(|(reason, count)| format!("{reason} ({count})")).collect();
        table.add_row([
            found.attribute.clone(),
            found.present.to_string(),
            found.refused.to_string(),
            refused_share(found),
            why.join(", "),
        ]);
    }
    let _ = writeln!(out, "\nwhat formats refuse\n{table}");
}

pub(super) fn refused_share(found: &Validity) -> String {
    if found.present == 0 { String::new() } else { percent(found.refused as f64 / found.present as f64) }
}

/// All is 100% only where nothing is missing, and nothing 0% only where nothing is there.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 99.9 && p < 100.0 => "99.9%".to_owned(),
        p if p > 0.0 && p < 0.1 => "<0.1%".to_owned(),
        p if p == 100.0 || p == 0.0 => format!("{p:.0}%"),
        p => format!("{p:.1}%"),
    }
}

fn shortened(text: &str) -> String {
    match text.chars().count() > LONGEST {
        true => format!("{}..", text.chars().take(LONGEST - 2).collect::<String>()),
        false => text.to_owned(),
    }
}
