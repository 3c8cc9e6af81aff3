//! The oracle against small cases that were worked out by hand. Runs no engine: who checks the engine must be checked by people.

mod histories;
mod ids;
mod matching;
mod objects;
mod pairs;
mod rows;

use super::{Facts, Family, Files, Flavour, Variant, expected};

/// Files of a family from `path` and rows; the source is the folder.
fn files(family: Family, all: &[(&str, &str)]) -> Files {
    let mut files = Files::new();
    for (path, text) in all {
        let folder = path.split('/').next().expect("a split has a first part");
        let source = *family.sources().iter().find(|source| **source == folder).expect("a source of the family");
        let rows = text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        files.entry(source).or_default().insert((*path).to_owned(), rows);
    }
    files
}

fn people(flavour: Flavour, all: &[(&str, &str)]) -> Facts {
    expected(Variant { flavour, ..Family::People.base() }, &files(Family::People, all))
}

fn accounts(flavour: Flavour, all: &[(&str, &str)]) -> Facts {
    expected(Variant { flavour, ..Family::Accounts.base() }, &files(Family::Accounts, all))
}

fn contacts(flavour: Flavour, all: &[(&str, &str)]) -> Facts {
    expected(Variant { flavour, ..Family::Contacts.base() }, &files(Family::Contacts, all))
}

/// The lines of a kind, none where there is no such kind.
fn lines<'f>(facts: &'f Facts, kind: &str) -> Vec<&'f str> {
    facts.get(kind).into_iter().flatten().map(String::as_str).collect()
}

/// The value of an attribute or reference of the object with this label.
fn value(facts: &Facts, kind: &str, label: &str, name: &str) -> String {
    let line = lines(facts, kind).into_iter().find(|line| line.split('|').next() == Some(label)).expect("there is such an object");
    let cell = line.split('|').find_map(|cell| cell.strip_prefix(&format!("{name}="))).expect("it has the attribute");
    cell.to_owned()
}
