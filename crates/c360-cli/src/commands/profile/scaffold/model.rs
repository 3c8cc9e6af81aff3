//! The match block of a draft that leaves it to a trained model which records are the same: what it compares, and a guard against chains of weak links.

use super::super::{Described, Source};
use super::{attribute, mapped};
use c360_match::model::COMPARISONS;
use c360_match::profile::{Role, words};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Longer texts are notes, not names of anything.
const LONGEST: f64 = 40.0;

/// The rule and its guard. Compared is what two sources have, and of plain texts what half of them have: most others describe what happened
/// to somebody and not who it is.
pub(super) fn of(entity: &str, sources: &[Source]) -> String {
    let streets = sources.iter().flat_map(mapped).any(|column| matches!(column.guess.role, Role::Address("street" | "line")));
    let holders =
        |path: &String| sources.iter().filter(|source| mapped(source).any(|column| paths(column, streets).contains(path))).count();
    let mut compared: Vec<(u8, String)> = Vec::new();
    for column in sources.iter().flat_map(mapped) {
        let Some(rank) = rank(column) else { continue };
        let least = if column.guess.role == Role::Text { sources.len().div_ceil(2) } else { 1 };
        let shared = paths(column, streets).into_iter().filter(|path| holders(path) >= least.max(sources.len().min(2)));
        compared.extend(shared.map(|path| (rank, path)));
    }
    compared.sort();
    let mut seen = BTreeSet::new();
    compared.retain(|(_, path)| seen.insert(path.clone()));
    let mut out =
        format!("// `c360 train {entity}` makes the file from the records, without labels; train again when the data have changed.\n");
    let _ = writeln!(out, "model \"{entity}.model.json\" accept 0.95 {{");
    compared.iter().take(COMPARISONS).for_each(|(_, path)| {
        let _ = writeln!(out, "compare {path}");
    });
    out.push_str("}\n// One weak link does not join two groups of records: at least a tenth of the pairs between them must pass.\nnever looser(0.1)\n");
    out
}

/// What of a column's attribute is compared. Where no source has streets there is no address to compare, and what levels of addresses read is
/// missing everywhere; then its postcode and its town are.
fn paths(column: &Described, streets: bool) -> Vec<String> {
    let name = attribute(column);
    match column.guess.role {
        Role::Name("middle") => ["first", "last", "middle"].iter().map(|part| format!("{name}.{part}")).collect(),
        Role::Name(_) => vec![format!("{name}.first"), format!("{name}.last")],
        Role::Address(part @ ("postcode" | "city")) if !streets => vec![format!("{name}.{part}")],
        Role::Address(_) if !streets => Vec::new(),
        _ => vec![name],
    }
}

/// What tells most comes first; nothing for what says when or how much.
fn rank(column: &Described) -> Option<u8> {
    match column.guess.role {
        Role::Name(_) | Role::Company => Some(0),
        Role::Born => Some(1),
        Role::Email | Role::Phone | Role::Identifier => Some(2),
        Role::Address(_) => Some(3),
        Role::Value if column.guess.format == "url" => Some(2),
        // What is called a name once more says what was compared a second time.
        Role::Text if column.facts.mean <= LONGEST && !words(&column.name).iter().any(|word| word.contains("name")) => Some(4),
        Role::Value | Role::Text | Role::Empty => None,
    }
}
