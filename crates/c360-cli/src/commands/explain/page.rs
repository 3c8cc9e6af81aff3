//! The answer as a page: why an object is as it is with the evidence for its pairs, or what each rule holds for and against two.

use super::super::rules::{page as rules, values_text};
use super::name_of;
use crate::arguments::WhyNot as Two;
use crate::output::Page;
use c360_run::look::{Explanation, Join, PairEdge, Value, Weakest, WhyNot};

/// So many pairs are drawn.
const DRAWN: usize = 20;

/// What each rule makes of two.
pub(in crate::commands) fn of_two(two: &Two, found: &WhyNot) -> Page {
    let mut page = Page::new(&format!("{} {} and {}", two.entity, two.first, two.second));
    page.text(&match found.ids.0 == found.ids.1 {
        true => format!("They are one {}: {}.", two.entity, found.ids.0),
        false => format!("They are two: {} and {}.", found.ids.0, found.ids.1),
    });
    for (rule, reason) in &found.refused {
        page.text(&format!("{rule} would join them, but was refused: {reason}."));
    }
    page.heading("Rule by rule, the closest first");
    found.rules.iter().for_each(|rule| rules::rule(rule, &mut page));
    page
}

/// An object.
pub(super) fn of(entity: &str, found: &Explanation) -> Page {
    let mut page = Page::new(&format!("{entity} {}", found.found.id));
    page.heading("Records");
    let member =
        |member: &c360_run::look::Member| vec![member.name.clone(), member.updated.clone().unwrap_or_default(), member.place.clone()];
    page.table(&["record", "updated", "place"], &found.members.iter().map(member).collect::<Vec<_>>());
    if !found.joins.is_empty() {
        page.heading("Joined by");
        let join = |join: &Join| {
            let names: Vec<&str> = join.records.iter().map(|record| name_of(found, *record)).collect();
            vec![join.rule.clone(), join.value.clone().unwrap_or_default(), names.join(", ")]
        };
        page.table(&["rule", "value", "records"], &found.joins.iter().map(join).collect::<Vec<_>>());
    }
    edges(found, &mut page);
    page.heading("Values");
    let value = |value: &Value| {
        let losers: Vec<String> = value.losers.iter().map(|loser| format!("{}: {}", loser.record, loser.value)).collect();
        let survived = values_text(value.value.as_slice());
        vec![value.attribute.clone(), survived, value.strategy.clone(), value.records.join(", "), losers.join("; ")]
    };
    page.table(&["attribute", "value", "by", "from", "not"], &found.values.iter().map(value).collect::<Vec<_>>());
    page
}

/// Pairs with their evidence, and the weakest link.
fn edges(found: &Explanation, page: &mut Page) {
    if !found.edges.listed.is_empty() {
        page.heading("Joined pair by pair");
    }
    for PairEdge { rule, records, verdict, .. } in found.edges.listed.iter().take(DRAWN) {
        let names = [records.0, records.1].map(|record| name_of(found, record));
        page.subheading(&format!("{rule}: {}, {}", names[0], names[1]));
        rules::verdict(verdict, names, page);
    }
    let left_out = found.edges.listed.len().saturating_sub(DRAWN) + found.edges.left_out;
    if left_out > 0 {
        page.text(&format!("{left_out} more pairs are not drawn."));
    }
    if let Weakest::Link(link) = &found.weakest {
        let falling: Vec<&str> = link.falls_off.iter().map(|record| name_of(found, *record)).collect();
        page.heading("Weakest link");
        let names = [link.records.0, link.records.1].map(|record| name_of(found, record));
        page.text(&format!("{}: {}, {}. Without it, these would be apart: {}.", link.rule, names[0], names[1], falling.join(", ")));
    }
}
