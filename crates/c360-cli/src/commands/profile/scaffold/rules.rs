//! Match rules of a draft. Careful: each needs two facts, or one value that few records share, and only what sources really have in common is used.

use super::super::{Described, Source};
use super::{attribute, mapped};
use c360_match::profile::{Role, overlap};
use std::fmt::Write;

/// Values that two sources have in common by chance.
const CHANCE: f64 = 0.01;
/// Of a single list, the share of values that come once at most while some come again: else the column is a key of it, or tells nothing.
const SELECTIVE: f64 = 0.2;

/// The rules, one a line.
pub(super) fn of(sources: &[Source]) -> String {
    let has = |wanted: fn(Role) -> bool| sources.iter().flat_map(mapped).any(|column| wanted(column.guess.role));
    let person = has(|role| matches!(role, Role::Name("full" | "last"))) || has(|role| matches!(role, Role::Name("first")));
    // Beside persons a company is where they work: colleagues share it with its address and telephone.
    let company = !person && has(|role| role == Role::Company);
    let born = has(|role| role == Role::Born);
    let postcode = has(|role| matches!(role, Role::Address("postcode")));
    let street = has(|role| matches!(role, Role::Address("street" | "line")));
    let city = has(|role| matches!(role, Role::Address("city")));
    let mut rules = Vec::new();
    for id in identifiers(sources) {
        match (person, company) {
            (true, _) => {
                rules.push(alike(&format!("one_{id}"), &id));
                rules.extend(born.then(|| format!("exact {id} & born")));
            }
            (false, true) => rules.extend([format!("exact {id} & company"), format!("exact {id} at most 3")]),
            (false, false) => rules.push(format!("exact {id} at most 3")),
        }
    }
    let mut rule = |holds: bool, text: &str| rules.extend(holds.then(|| text.to_owned()));
    let (email, phone) = (has(|role| role == Role::Email), has(|role| role == Role::Phone));
    rule(person && email, &alike("one_mailbox", "email at most 5"));
    rule(!person && email, "exact email at most 5");
    rule(person && phone, "exact phone & name.first");
    rule(company && phone, "exact phone & company");
    rule(!person && phone && street, "exact phone & address.number");
    rule(person && born, "exact name & born");
    rule(person && born && postcode, &alike("born_one_day", "name.last & born & address.postcode"));
    rule(person && born && postcode, "exact name.first & born & address.postcode");
    rule(person && street, "exact name & address.number & address.street");
    rule(person && !born && !street && postcode, "exact name & address.postcode");
    rule(company && street, "exact company & address.number & address.street");
    rule(company && postcode, "exact company & address.postcode");
    rule(company && !postcode && city, "exact company & address.city");
    let mut out = String::new();
    if rules.is_empty() {
        out.push_str("// Nothing that two records share was found: each record is an object until a rule says otherwise.\n");
    }
    rules.iter().for_each(|rule| {
        let _ = writeln!(out, "{rule}");
    });
    out
}

/// A rule for records that share something which families and twins share, too: given names must be alike.
fn alike(name: &str, block: &str) -> String {
    format!(
        "fuzzy {name} {{\nblock {block}\ncompare nicknames(name.first) | initials_agree(name.first) | jaro_winkler(name.first) >= 0.85 | \
         swapped(name.first, name.last)\n}}"
    )
}

/// Attributes with numbers or codes by which records can be the same: two sources share their values, or one list has some of them again.
fn identifiers(sources: &[Source]) -> Vec<String> {
    let columns = || sources.iter().enumerate().flat_map(|(place, source)| mapped(source).map(move |column| (place, column)));
    let mut found: Vec<String> = Vec::new();
    for (place, column) in columns().filter(|(_, column)| column.guess.role == Role::Identifier) {
        let name = attribute(column);
        let other = |(elsewhere, other): (usize, &Described)| elsewhere != place && attribute(other) == name && in_common(column, other);
        let again = column.facts.selectivity() >= SELECTIVE && !column.facts.is_key() && column.facts.distinct < column.facts.present;
        if !found.contains(&name) && (columns().any(other) || sources.len() == 1 && again) {
            found.push(name);
        }
    }
    found
}

fn in_common(a: &Described, b: &Described) -> bool {
    let (fewer, more) = if a.facts.distinct <= b.facts.distinct { (a, b) } else { (b, a) };
    overlap(&fewer.facts.sketch, &more.facts.sketch).0 > CHANCE
}
