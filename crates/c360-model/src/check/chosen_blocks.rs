//! The blocks of a model that names none: each value alone, and each beside the beginning or the sound of another. `train` leaves out those
//! that turn out to hold too much, so that few records are compared by their names and many by pairs of values.

use super::attributes::Members;
use super::chosen_levels::Values;
use crate::model::{AttributeId, Term};
use c360_match::format::Format;

/// More alternatives find next to nothing that the others do not.
const MOST: usize = 32;

/// A value to find records by.
struct Key {
    /// What tells most apart comes first.
    rank: u8,
    whole: String,
    /// What stays the same when the value is misspelt; none where the value says enough alone.
    coarse: Option<String>,
}

/// The alternatives as they would be written: of the attributes that the rule compares, or of all where it names none. What is not compared may
/// be shared by anybody who lived through the same event, and pairs that share it would pass for matches.
pub(super) fn blocks(compared: &[&str], members: &Members<'_>) -> Vec<String> {
    let is_compared = |number: &usize| compared.is_empty() || compared.contains(&members.attributes[*number].written.name.text.as_str());
    let mut keys: Vec<Key> = (0..members.attributes.len()).filter(is_compared).flat_map(|number| of_attribute(number, members)).collect();
    keys.sort_by_key(|key| key.rank);
    let alone = keys.iter().map(|key| key.whole.clone());
    let together = (0..keys.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
    let together = together.flat_map(|(first, second)| beside(&keys[first], &keys[second]));
    alone.chain(together).take(MOST).collect()
}

/// Each of two values beside the coarse form of the other: one of the two may be misspelt.
fn beside(first: &Key, second: &Key) -> Vec<String> {
    match (&first.coarse, &second.coarse) {
        (Some(of_first), Some(of_second)) if *of_second == second.whole => vec![format!("{of_first} & {}", second.whole)],
        (Some(of_first), Some(of_second)) => vec![format!("{} & {of_second}", first.whole), format!("{of_first} & {}", second.whole)],
        _ => Vec::new(),
    }
}

fn of_attribute(number: usize, members: &Members<'_>) -> Vec<Key> {
    let attribute = &members.attributes[number];
    let Some(built) = &attribute.built else { return Vec::new() };
    let name = attribute.written.name.text.as_str();
    let stage = built.stages.last().map_or("", |stage| stage.name.as_str());
    let key = |rank: u8, part: &str, coarse: fn(&str) -> String| {
        let whole = format!("{name}{part}");
        Key { rank, coarse: Some(coarse(&whole)), whole }
    };
    let begins: fn(&str) -> String = |whole| format!("prefix({whole}, 4)");
    let term = Term::Attribute { attribute: AttributeId(number), part: None };
    match (Values::of(term, members), &built.format) {
        _ if matches!(stage, "email" | "phone" | "vat_id" | "iban" | "url") => vec![Key { rank: 0, whole: name.to_owned(), coarse: None }],
        (_, Format::Parts(_)) if stage == "person_name" => {
            vec![key(1, ".last", |whole| format!("soundex({whole})")), key(1, ".first", |whole| format!("prefix({whole}, 2)"))]
        }
        (Values::Address, _) => {
            vec![key(3, ".postcode", begins), key(3, ".street", begins), key(4, ".city", begins), key(5, ".number", str::to_owned)]
        }
        (Values::Date, _) => vec![key(2, "", |whole| format!("year({whole})"))],
        (Values::Company | Values::Words | Values::Postcode | Values::Code, _) => vec![key(4, "", begins)],
        _ => Vec::new(),
    }
}
