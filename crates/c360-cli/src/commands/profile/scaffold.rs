//! A whole pipeline over files: keys, attributes with the formats that fit, rules that need two facts or a model. A draft for people to go on with; it checks and runs.

mod model;
mod rules;
mod sources;

use super::{Described, Source};
use crate::arguments::Profile;
use crate::exit;
use crate::output;
use c360_match::format::{Context, Format, StageCall, build};
use c360_match::profile::{Role, date_pattern, words};
use c360_model::{Functions, ModelFile, TrainedModels, check};
use c360_syntax::ast::{File, Item, MatchEntry};
use c360_syntax::{Severity, Sources, format_text, parse};
use std::collections::{BTreeMap, BTreeSet};
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
    let attributes = attributes(sources, command.country.as_deref());
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
fn attributes(sources: &[Source], country: Option<&str>) -> BTreeMap<String, Attribute> {
    let mut columns: BTreeMap<String, Vec<&Described>> = BTreeMap::new();
    sources.iter().flat_map(mapped).for_each(|column| columns.entry(attribute(column)).or_default().push(column));
    let of_one = |columns: &[&Described]| Attribute {
        format: common(columns, country),
        many: matches!(columns[0].guess.role, Role::Email | Role::Phone),
        pii: columns.iter().any(|column| column.guess.role.is_personal()),
    };
    columns.into_iter().map(|(name, columns)| (name, of_one(&columns))).collect()
}

/// What reads the values of all of these: if they do not agree, dates by the patterns of each, anything as text.
fn common(columns: &[&Described], country: Option<&str>) -> String {
    let formats: BTreeSet<String> = columns.iter().map(|column| format(column)).collect();
    match &formats.iter().collect::<Vec<_>>()[..] {
        [one] => (*one).clone(),
        several if several.iter().all(|format| format.starts_with("date") && !format.starts_with("datetime")) => dates(columns, country),
        _ if formats.contains(DIGITS) => DIGITS.to_owned(),
        _ => "text".to_owned(),
    }
}

/// A format for dates that are written in several ways; `date` alone where a column has several ways itself.
fn dates(columns: &[&Described], country: Option<&str>) -> String {
    let pattern = |column: &&Described| match column.guess.format.as_str() {
        "date" => date_pattern(&column.facts, country),
        written => Some(written.to_owned()),
    };
    let Some(written) = columns.iter().map(pattern).collect::<Option<Vec<String>>>() else { return "date".to_owned() };
    let mut patterns: Vec<&str> = Vec::new();
    for inner in written.iter().filter_map(|format| format.strip_prefix("date(")?.strip_suffix(')')) {
        if !patterns.contains(&inner) {
            patterns.push(inner);
        }
    }
    format!("date({})", patterns.join(", "))
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
