//! The blocks of a model that names none: what identifies alone, and pairs of what does so together.

use super::attributes::Members;
use super::chosen_levels::Values;
use crate::model::{AttributeId, Term};
use c360_match::format::Format;

/// More alternatives find next to nothing that the others do not.
const MOST: usize = 12;

/// The alternatives as they would be written, those that find most for the least first.
pub(super) fn blocks(members: &Members<'_>) -> Vec<String> {
    let mut alone = Vec::new();
    let mut together: Vec<String> = Vec::new();
    for (number, attribute) in members.attributes.iter().enumerate() {
        let Some(built) = &attribute.built else { continue };
        let name = attribute.written.name.text.as_str();
        let stage = built.stages.last().map_or("", |stage| stage.name.as_str());
        if matches!(stage, "email" | "phone" | "vat_id" | "iban" | "url") {
            alone.push(name.to_owned());
            continue;
        }
        let term = Term::Attribute { attribute: AttributeId(number), part: None };
        match (Values::of(term, members), &built.format) {
            (_, Format::Parts(_)) if stage == "person_name" => together.extend([format!("{name}.last"), format!("{name}.first")]),
            (Values::Address, _) => together.extend([format!("{name}.postcode"), format!("{name}.street")]),
            (Values::Date | Values::Words | Values::Company | Values::Postcode | Values::Code, _) => together.push(name.to_owned()),
            _ => {}
        }
    }
    let pairs = (0..together.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
    let pairs = pairs.map(|(first, second)| format!("{} & {}", together[first], together[second]));
    let mut chosen: Vec<String> = alone.into_iter().chain(pairs).take(MOST).collect();
    if chosen.is_empty() {
        chosen.extend(together);
    }
    chosen
}
