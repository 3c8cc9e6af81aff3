//! `overrides` declarations: places of CSV files with decisions about pairs of records. Opens nothing.

use super::place;
use super::scope::Scope;
use crate::model::Overrides;
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span, ast};
use std::collections::BTreeMap;

/// All of them, in their order; of a place that stands twice the first.
pub(super) fn all(scope: &Scope<'_>, out: &mut Vec<Diagnostic>) -> Vec<Overrides> {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut found = Vec::new();
    for own in &scope.declared.overrides {
        if !is_readable(&own.place, out) {
            continue;
        }
        match seen.get(&place::canonical(&own.place.value)) {
            Some(first) => out.push(twice(own, *first)),
            None => {
                seen.insert(place::canonical(&own.place.value), own.place.span);
                found.push(Overrides { span: own.span, place: own.place.value.clone() });
            }
        }
    }
    let matched = scope.declared.entities.iter().any(|entity| entity.matching.as_ref().is_some_and(|own| !own.entries.is_empty()));
    if let Some(first) = scope.declared.overrides.first().filter(|_| !matched) {
        let finding = Diagnostic::new(&codes::OVERRIDES_UNMATCHED, first.span, "no entity of this pipeline has match rules");
        out.push(finding.label("only `always` can do something").help("give an entity a `match` block, or remove this line"));
    }
    found
}

/// Whether the place can hold CSV files.
fn is_readable(own: &ast::Text, out: &mut Vec<Diagnostic>) -> bool {
    if !place::check_scheme(&own.value, own.span, &codes::OVERRIDES_PLACE, out) {
        return false;
    }
    let folder = own.value.ends_with('/');
    if folder || place::ending(&own.value).is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        return true;
    }
    let finding = Diagnostic::new(&codes::OVERRIDES_PLACE, own.span, "decisions are read from CSV files");
    out.push(finding.label("no CSV file").help("name a file or a pattern that ends in `.csv`, or a folder that ends in `/`"));
    false
}

fn twice(own: &ast::Overrides, first: Span) -> Diagnostic {
    let message = format!("`{}` is read twice", own.place.value);
    let finding = Diagnostic::new(&codes::OVERRIDES_TWICE, own.place.span, message).label("has no effect");
    finding.related(first, "first read here").help("remove this line")
}
