//! The pairs that hold an object together, and what it would fall apart without.

use super::super::rules::{bits, bits_text, meeting_json, values_text, verdict_json};
use super::name_of;
use crate::output;
use c360_run::look::{Explanation, Meeting, PairEdge, Verdict, WeakLink, Weakest};
use serde_json::{Value, json};

/// People are shown so many pairs.
const SHOWN: usize = 20;
/// .. and so many records that would fall off.
const FALLING: usize = 10;

/// Prints pairs and the weakest link.
pub(super) fn print(found: &Explanation) {
    let edges = &found.edges;
    if !edges.listed.is_empty() {
        output::println!("\njoined pair by pair");
    }
    edges.listed.iter().take(SHOWN).for_each(|edge| print_edge(found, edge));
    let left_out = edges.listed.len().saturating_sub(SHOWN) + edges.left_out;
    if left_out > 0 {
        output::println!("  and {left_out} more");
    }
    print_weakest(found);
}

fn print_edge(found: &Explanation, edge: &PairEdge) {
    let [first, second] = [edge.records.0, edge.records.1].map(|record| name_of(found, record));
    let blocks: Vec<String> = edge.blocks.iter().map(|Meeting { block, value, .. }| format!("{block} `{value}`")).collect();
    let score = match &edge.verdict {
        Verdict::Weighed(weighed) => format!(", score {} bits, probability {:.3}", bits_text(weighed.score), weighed.probability()),
        Verdict::Conditions(_) => String::new(),
    };
    output::println!("  {}: {first}, {second}{score}", edge.rule);
    output::println!("      compared by {}", blocks.join(", "));
    if let Verdict::Conditions(conditions) = &edge.verdict {
        for held in conditions {
            let values: Vec<String> =
                held.values.iter().map(|sides| format!("{} | {}", values_text(&sides.first), values_text(&sides.second))).collect();
            output::println!("      {}: {}", held.condition, values.join("; "));
        }
    }
}

fn print_weakest(found: &Explanation) {
    match &found.weakest {
        Weakest::Single => {}
        Weakest::Apart => {
            output::println!(
                "\nweakest link\n  the rules as they are now do not join all of these records: another pipeline made the commit"
            );
        }
        Weakest::None => output::println!("\nweakest link\n  none: each record is joined by more than one edge"),
        Weakest::Link(link) => print_link(found, link),
    }
}

fn print_link(found: &Explanation, link: &WeakLink) {
    let [first, second] = [link.records.0, link.records.1].map(|record| name_of(found, record));
    let value = link.value.as_deref().map(|value| format!(" on `{value}`")).unwrap_or_default();
    let score = link.weight.map(|weight| format!(", score {} bits", bits_text(weight))).unwrap_or_default();
    let falling: Vec<&str> = link.falls_off.iter().take(FALLING).map(|record| name_of(found, *record)).collect();
    let more = match link.falls_off.len().saturating_sub(FALLING) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    output::println!("\nweakest link\n  {}{value}: {first}, {second}{score}", link.rule);
    output::println!("      without it, {}{more} would be apart", falling.join(", "));
}

/// The pairs, as many as have evidence.
pub(super) fn as_json(found: &Explanation) -> Value {
    let edge = |edge: &PairEdge| {
        let mut object = verdict_json(&edge.verdict);
        object["rule"] = json!(edge.rule);
        object["records"] = json!([name_of(found, edge.records.0), name_of(found, edge.records.1)]);
        object["blocks"] = json!(edge.blocks.iter().map(meeting_json).collect::<Vec<_>>());
        object
    };
    json!(found.edges.listed.iter().map(edge).collect::<Vec<_>>())
}

/// What the object would fall apart without; `result` says whether there is such an edge.
pub(super) fn weakest_json(found: &Explanation) -> Value {
    let result = |result: &str| json!({ "result": result });
    match &found.weakest {
        Weakest::Single => result("one record"),
        Weakest::Apart => result("not joined by these rules"),
        Weakest::None => result("none"),
        Weakest::Link(link) => json!({
            "result": "link",
            "rule": link.rule,
            "value": link.value,
            "records": [name_of(found, link.records.0), name_of(found, link.records.1)],
            "bits": link.weight.map(bits),
            "falls_off": link.falls_off.iter().map(|record| name_of(found, *record)).collect::<Vec<_>>(),
        }),
    }
}
