//! A whole pipeline over files: keys, attributes with the formats that fit, rules that need two facts or a model. A draft for people to go on with; it checks and runs.

mod model;
mod rules;
mod sources;

use super::{Described, Source};
use crate::arguments::Profile;
use crate::exit;
use crate::output;
use c360_match::format::{Context, Format, StageCall, build};
use c360_match::profile::{Role, words};
use c360_model::{Functions, ModelFile, TrainedModels, check};
use c360_syntax::ast::{File, Item, MatchEntry};
use c360_syntax::{Severity, Sources, format_text, parse};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Names that attributes of drafts do not get: those of groups, and those that the language keeps.
const TAKEN: [&str; 19] = [
    "name", "company", "email", "phone", "born", "address", "id", "records", "sources", "lineage", "record", "source", "key", "updated",
    "file", "row", "match", "golden", "is",
];

/// What drafts call digits that no country's numbering plan reads.
const DIGITS: &str = "phone_digits";

/// Prints the draft, which checks; gives the exit code.
pub(super) fn print(name: &str, command: &Profile, sources: &[Source]) -> u8 {
    if let Some(source) = sources.iter().find(|source| sources::key(source).is_none()) {
        output::failure(&format!("no draft could be made: no column of `{}` has a value", source.place));
        return exit::USAGE;
    }
    let text = draft(name, command, sources);
    let text = format_text(&text).unwrap_or(text);
    let mut texts = Sources::new();
    let id = texts.add("draft.c360", text.clone());
    let (file, mut findings) = parse(&texts, id);
    let functions = c360_plan::scalar_functions();
    let models = in_training(&file);
    findings.extend(check(&[file], &Functions::new(&functions), &models).1);
    output::findings(&texts, &findings);
    if findings.iter().any(|finding| finding.code.severity == Severity::Error) {
        output::failure("no draft could be made: choose other names with --scaffold and --entity, or rename the columns");
        return exit::USAGE;
    }
    output::print!("{text}");
    exit::FINE
}

/// The files of the draft's models are still to be made.
fn in_training(file: &File) -> TrainedModels {
    let mut models = TrainedModels::default();
    let entities = file.items.iter().filter_map(|item| match item {
        Item::Entity(entity) => entity.matching.as_ref(),
        _ => None,
    });
    for entry in entities.flat_map(|matching| &matching.entries) {
        if let MatchEntry::Model(rule) = entry {
            models.insert(rule.file.span, ModelFile::InTraining);
        }
    }
    models
}

/// An attribute of the draft.
struct Attribute {
    format: String,
    many: bool,
    pii: bool,
}

fn draft(name: &str, command: &Profile, sources: &[Source]) -> String {
    let attributes = attributes(sources);
    let entity = &command.entity;
    let mut out = format!(
        "// A draft by `c360 profile`: read it through before you trust what it joins.\npipeline {name} {{\nstate \".c360-state\"\n"
    );
    if let Some(country) = &command.country {
        let _ = writeln!(out, "country {country}");
    }
    out.push_str("}\n\n");
    if attributes.values().any(|attribute| attribute.format == DIGITS) {
        let _ = writeln!(
            out,
            "// No country's numbers: with `country` in the pipeline, `phone` reads them.\nformat {DIGITS} = text | digits | length(5, 15)\n"
        );
    }
    let _ = writeln!(out, "entity {entity} {{");
    for (name, attribute) in &attributes {
        let (many, pii) = (if attribute.many { " many" } else { "" }, if attribute.pii { " pii" } else { "" });
        let _ = writeln!(out, "{name} {}{many}{pii}", attribute.format);
    }
    let rules = if command.model { model::of(entity, sources) } else { rules::of(sources) };
    let _ = writeln!(out, "\nmatch {{\n{rules}}}");
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    let _ = writeln!(out, "\ngolden {{\nprecedence {}\n}}\n}}", names.join(" > "));
    for source in sources {
        let _ = writeln!(out, "\n{}", sources::of(source, entity, &attributes));
    }
    let _ = writeln!(out, "\npublish {entity} to csv(\"out/{entity}.csv\")");
    out
}

/// The attributes of all sources, with one format each.
fn attributes(sources: &[Source]) -> BTreeMap<String, Attribute> {
    let mut all: BTreeMap<String, Attribute> = BTreeMap::new();
    for column in sources.iter().flat_map(mapped) {
        let format = format(column);
        let many = matches!(column.guess.role, Role::Email | Role::Phone);
        let pii = column.guess.role.is_personal();
        all.entry(attribute(column))
            .and_modify(|known| {
                if known.format != format {
                    known.format = common(&known.format, &format);
                }
                known.pii |= pii;
            })
            .or_insert(Attribute { format, many, pii });
    }
    all
}

/// What reads the values of two sources that do not agree: dates by the patterns of both, anything as text.
fn common(a: &str, b: &str) -> String {
    let patterns = |format: &str| format.strip_prefix("date(").and_then(|rest| rest.strip_suffix(')')).map(str::to_owned);
    match (patterns(a), patterns(b)) {
        (Some(a), Some(b)) if a.split(", ").any(|pattern| pattern == b) => format!("date({a})"),
        (Some(a), Some(b)) => format!("date({a}, {b})"),
        _ if a.starts_with("date") && b.starts_with("date") => "date".to_owned(),
        _ if [a, b].contains(&DIGITS) => DIGITS.to_owned(),
        _ => "text".to_owned(),
    }
}

fn format(column: &Described) -> String {
    match column.guess.role {
        Role::Name(_) => "person_name".to_owned(),
        Role::Address(_) => "postal_address".to_owned(),
        Role::Phone if column.guess.format.contains('|') => DIGITS.to_owned(),
        Role::Text | Role::Empty => "text".to_owned(),
        _ => column.guess.format.clone(),
    }
}

/// The columns of a source that become attributes: not its key, not empty ones.
fn mapped(source: &Source) -> impl Iterator<Item = &Described> {
    let key = sources::key(source);
    source
        .columns
        .iter()
        .enumerate()
        .filter(move |(place, column)| Some(*place) != key && column.guess.role != Role::Empty)
        .map(|(_, column)| column)
}

/// The attribute that a column becomes.
pub(super) fn attribute(column: &Described) -> String {
    match column.guess.role {
        Role::Name(_) => "name".to_owned(),
        Role::Company => "company".to_owned(),
        Role::Email => "email".to_owned(),
        Role::Phone => "phone".to_owned(),
        Role::Born => "born".to_owned(),
        Role::Address(_) => "address".to_owned(),
        Role::Identifier | Role::Value | Role::Text | Role::Empty => {
            let name = identifier(&words(&column.name), "column");
            if TAKEN.contains(&name.as_str()) { format!("{name}_value") } else { name }
        }
    }
}

/// A word in ASCII letters, as the text function `ascii` spells it: `größe` is `groesse`.
fn latin(word: &str) -> String {
    let ascii = StageCall { name: "ascii".into(), arguments: Vec::new() };
    let mut out = String::new();
    if let Ok(Format::Text(ascii)) = build(&[ascii], &Context::default())
        && ascii.normalize(word, &mut out).is_err()
    {
        out.clear();
    }
    out
}

/// Words as a name of the language: ASCII letters, digits and `_`, a letter first.
pub(super) fn identifier(words: &[String], otherwise: &str) -> String {
    let plain = |word: &String| latin(word).chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let name = words.iter().map(plain).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    match name.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{otherwise}_{name}"),
        Some(_) => name,
    }
}
