//! `read`: file format, place and options.

use super::suggest::unknown;
use super::{encoding, place};
use crate::model::{Read, ReadFormat};
use c360_syntax::Diagnostic;
use c360_syntax::ast::{self, Argument, Expr, ExprKind, Name};
use c360_syntax::codes::model as codes;

/// Formats that can be read.
const FORMATS: &[&str] = &["csv", "ndjson", "parquet", "avro", "arrow"];
const CSV_OPTIONS: &[&str] = &["delimiter", "quote", "encoding", "null"];

/// The entry, checked; `None` where something in it is wrong.
pub(super) fn check(read: &ast::Read, out: &mut Vec<Diagnostic>) -> Option<Read> {
    let word = read.format.text.as_str();
    if !FORMATS.contains(&word) {
        out.push(no_format(&read.format));
        return None;
    }
    let place = place::of(&read.arguments, word, &format!("landing/*.{word}"), read.span, &codes::PLACE, out);
    if let Some((place, span)) = place {
        place::check_ending(place, span, word, out);
    }
    let format = match word {
        "csv" => csv(&read.arguments, out),
        "ndjson" => without_options(ReadFormat::Ndjson, word, &read.arguments, out),
        "parquet" => without_options(ReadFormat::Parquet, word, &read.arguments, out),
        "avro" => without_options(ReadFormat::Avro, word, &read.arguments, out),
        _ => without_options(ReadFormat::Arrow, word, &read.arguments, out),
    };
    let (place, format) = place.zip(format)?;
    Some(Read { span: read.span, place: place.0.to_owned(), format })
}

fn no_format(name: &Name) -> Diagnostic {
    if name.text == "delta" {
        let finding = Diagnostic::new(&codes::READ_LATER, name.span, "reading `delta` is not built yet").label("not built yet");
        return finding.help("read the table's files as `parquet` where nothing is ever deleted from it, or export it");
    }
    let meant = match name.text.as_str() {
        "json" | "jsonl" => Some("ndjson"),
        "tsv" | "text" | "txt" => Some("csv"),
        "feather" | "ipc" => Some("arrow"),
        _ => None,
    };
    let finding = unknown(&codes::READ_FORMAT, name, "file format", "", FORMATS);
    match meant {
        Some(meant) => {
            let finding = Diagnostic { help: None, ..finding };
            finding.suggest(name.span, meant)
        }
        None => finding,
    }
}

fn without_options(format: ReadFormat, word: &str, arguments: &[Argument], out: &mut Vec<Diagnostic>) -> Option<ReadFormat> {
    let before = out.len();
    for argument in arguments {
        if let Some(name) = &argument.name {
            let message = format!("`{word}` has no option `{}`", name.text);
            out.push(
                Diagnostic::new(&codes::OPTION, name.span, message)
                    .label("unknown option")
                    .help(format!("`{word}` takes the place and nothing else")),
            );
        }
    }
    one_place(arguments, out);
    (out.len() == before).then_some(format)
}

/// Reports values without a name behind the place.
fn one_place(arguments: &[Argument], out: &mut Vec<Diagnostic>) {
    for argument in arguments.iter().skip(1).filter(|argument| argument.name.is_none()) {
        let finding = Diagnostic::new(&codes::OPTION, argument.value.span, "only the place stands without a name").label("which option?");
        out.push(finding.help("write options as `name: value`; several files are given by a pattern such as `folder/*.csv`"));
    }
}

fn csv(arguments: &[Argument], out: &mut Vec<Diagnostic>) -> Option<ReadFormat> {
    let before = out.len();
    one_place(arguments, out);
    let (mut delimiter, mut quote, mut encoding, mut null) = (b',', b'"', "utf-8".to_owned(), Vec::new());
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in arguments.iter().filter_map(|argument| argument.name.as_ref().map(|name| (name, &argument.value))) {
        if seen.contains(&name.text.as_str()) {
            out.push(
                Diagnostic::new(&codes::OPTION, name.span, format!("option `{}` stands twice", name.text))
                    .label("again")
                    .help("remove one of the two"),
            );
        }
        seen.push(&name.text);
        match name.text.as_str() {
            "delimiter" => delimiter = byte(name, value, out).unwrap_or(delimiter),
            "quote" => quote = byte(name, value, out).unwrap_or(quote),
            "encoding" => encoding = encoding::check(value, out).unwrap_or(encoding),
            "null" => null = texts(name, value, out).unwrap_or(null),
            _ => out.push(unknown(&codes::OPTION, name, "option", " of `csv`", CSV_OPTIONS)),
        }
    }
    if delimiter == quote {
        let place = arguments
            .iter()
            .rev()
            .find(|argument| argument.name.as_ref().is_some_and(|name| matches!(name.text.as_str(), "delimiter" | "quote")));
        if let Some(argument) = place {
            out.push(
                Diagnostic::new(&codes::OPTION_VALUE, argument.value.span, "`delimiter` and `quote` are the same character")
                    .label("the same")
                    .help("choose a quote that does not separate fields"),
            );
        }
    }
    (out.len() == before).then_some(ReadFormat::Csv { delimiter, quote, encoding, null })
}

/// A text of one ASCII character that does not end a line.
fn byte(name: &Name, value: &Expr, out: &mut Vec<Diagnostic>) -> Option<u8> {
    if let ExprKind::Text(text) = &value.kind
        && let [byte] = text.as_bytes()
        && byte.is_ascii()
        && !matches!(byte, b'\n' | b'\r' | 0)
    {
        return Some(*byte);
    }
    let message = format!("`{}` is one ASCII character in quotes", name.text);
    let example = if name.text == "quote" { "\"'\"" } else { "\";\" or \"\\t\"" };
    out.push(Diagnostic::new(&codes::OPTION_VALUE, value.span, message).label("not one character").help(format!("write it as {example}")));
    None
}

/// A text or a list of texts.
fn texts(name: &Name, value: &Expr, out: &mut Vec<Diagnostic>) -> Option<Vec<String>> {
    let values = match &value.kind {
        ExprKind::List(values) => values.iter().collect(),
        _ => vec![value],
    };
    let mut texts = Vec::with_capacity(values.len());
    for value in values {
        let ExprKind::Text(text) = &value.kind else {
            let message = format!("`{}` is a text or a list of texts", name.text);
            out.push(
                Diagnostic::new(&codes::OPTION_VALUE, value.span, message)
                    .label("not a text")
                    .help("write `null: \"NULL\"` or `null: [\"NULL\", \"n/a\"]`"),
            );
            return None;
        };
        texts.push(text.clone());
    }
    Some(texts)
}
