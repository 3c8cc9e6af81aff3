//! A source of a draft: how its files are read, its key, what becomes of its columns.

use super::super::Source;
use super::{Attribute, attribute, mapped};
use c360_match::profile::{Role, words};
use c360_model::model::ReadFormat;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Words that stand for something else in an expression.
const WORDS: [&str; 16] =
    ["and", "or", "not", "in", "is", "like", "between", "case", "when", "then", "else", "end", "null", "true", "false", "each"];
/// Words in the names of keys.
const KEYS: [&str; 10] = ["id", "key", "no", "nr", "number", "num", "code", "record", "rec", "row"];

/// The source as text.
pub(super) fn of(source: &Source, entity: &str, attributes: &BTreeMap<String, Attribute>) -> String {
    let mut out = format!("source {} {{\nread {}\n", source.name, read(source));
    if let Some(key) = key(source).map(|place| &source.columns[place]) {
        if !key.facts.is_key() {
            out.push_str("// Not unique: rows with one key replace each other. Name columns that are, `key a, b`.\n");
        }
        let _ = writeln!(out, "key {}", column(&key.name));
    }
    let _ = writeln!(out, "{entity} {{");
    for (name, attribute) in attributes {
        if let Some(value) = value(source, name, attribute) {
            let _ = writeln!(out, "{name} = {value}");
        }
    }
    out.push_str("}\n}");
    out
}

fn read(source: &Source) -> String {
    let place = quoted(&source.place);
    match &source.files.format {
        ReadFormat::Csv { delimiter, encoding, .. } => {
            let delimiter = match delimiter {
                b',' => String::new(),
                b'\t' => ", delimiter: \"\\t\"".to_owned(),
                other => format!(", delimiter: \"{}\"", char::from(*other)),
            };
            let encoding = if encoding == "utf-8" { String::new() } else { format!(", encoding: \"{encoding}\"") };
            format!("csv({place}{delimiter}{encoding})")
        }
        other => format!("{}({place})", super::super::text::format_name(other)),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The column that is the key: one that can be, best by its name; else the one with the most different values.
pub(super) fn key(source: &Source) -> Option<usize> {
    let named = |name: &str| words(name).iter().any(|word| KEYS.contains(&word.as_str()) || word.ends_with("id"));
    let columns = || source.columns.iter().enumerate().filter(|(_, column)| column.facts.present > 0);
    let keys = || columns().filter(|(_, column)| column.facts.is_key());
    let best = keys().find(|(_, column)| named(&column.name)).or_else(|| keys().next());
    let most = || columns().max_by_key(|(place, column)| (column.facts.distinct, std::cmp::Reverse(*place)));
    best.or_else(most).map(|(place, _)| place)
}

/// What an attribute is made of in this source; nothing where it does not have it.
fn value(source: &Source, name: &str, attribute: &Attribute) -> Option<String> {
    let mine: Vec<_> = mapped(source).filter(|column| self::attribute(column) == name).collect();
    let input = |role: Role| match role {
        Role::Name(input) | Role::Address(input) => input,
        _ => "",
    };
    let (first, rest) = mine.split_first()?;
    match first.guess.role {
        Role::Name(_) | Role::Address(_) => {
            let mut inputs: BTreeMap<&str, String> = BTreeMap::new();
            // Of two columns for one input the first counts.
            mine.iter().for_each(|mine| {
                inputs.entry(input(mine.guess.role)).or_insert_with(|| column(&mine.name));
            });
            let given: Vec<String> = inputs.into_iter().map(|(input, column)| format!("{input}: {column}")).collect();
            let function = if matches!(first.guess.role, Role::Name(_)) { "name" } else { "address" };
            Some(format!("{function}({})", given.join(", ")))
        }
        _ if attribute.many && !rest.is_empty() => {
            Some(format!("[{}]", mine.iter().map(|mine| column(&mine.name)).collect::<Vec<_>>().join(", ")))
        }
        _ => Some(column(&first.name)),
    }
}

/// A column as expressions write it.
fn column(name: &str) -> String {
    let mut letters = name.chars();
    let plain = letters.next().is_some_and(|first| first.is_ascii_alphabetic()) && letters.all(|c| c.is_ascii_alphanumeric() || c == '_');
    match plain && !WORDS.contains(&name.to_ascii_lowercase().as_str()) {
        true => name.to_owned(),
        false => name.split('.').map(|part| format!("`{part}`")).collect::<Vec<_>>().join("."),
    }
}
