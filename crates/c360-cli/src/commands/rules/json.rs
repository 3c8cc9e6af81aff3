//! Rules and their verdicts for programs. Weights are bits, probabilities from 0 to 1.

use c360_match::model::probability;
use c360_match::pairs::Truth;
use c360_run::look::{Bar, Comparison, Meeting, PairComparison, Part, Rule, Sides, Verdict, Waterfall};
use serde_json::{Value, json};

/// One rule of `why-not`.
pub(crate) fn rule(rule: &Rule) -> Value {
    let mut object = match rule {
        Rule::Exact(comparison) => exact(comparison),
        Rule::Pairs(comparison) => pairs(comparison),
    };
    object["closeness"] = json!(rounded(rule.closeness()));
    object
}

fn exact(rule: &Comparison) -> Value {
    let hub = |(value, records): &(String, u64)| json!({ "value": value, "records": records, "at_most": rule.at_most });
    json!({
        "rule": rule.rule,
        "kind": "exact",
        "terms": rule.terms.iter().map(sides).collect::<Vec<_>>(),
        "shared": rule.shared,
        "over_at_most": rule.hubs.iter().map(hub).collect::<Vec<_>>(),
        "equal_terms": rule.equal_terms,
    })
}

fn pairs(rule: &PairComparison) -> Value {
    let apart = |apart: &c360_run::look::Apart| json!({ "block": apart.block, "first": apart.first, "second": apart.second, "likeness": rounded(apart.likeness) });
    let closest = rule.closest.as_ref().map(|closest| {
        let mut object = verdict(&closest.verdict);
        object["first"] = json!(closest.pair.0);
        object["second"] = json!(closest.pair.1);
        object["compared"] = json!(closest.compared);
        object
    });
    json!({
        "rule": rule.rule,
        "kind": if rule.weighed { "model" } else { "fuzzy" },
        "blocks": rule.blocks.iter().map(meeting).collect::<Vec<_>>(),
        "block_at_most": rule.at_most,
        "apart": rule.apart.iter().map(apart).collect::<Vec<_>>(),
        "closest": closest,
        "pairs_left_out": rule.left_out,
    })
}

/// A block that is shared; `too_many` is how many records share it, where they are too many.
pub(crate) fn meeting(meeting: &Meeting) -> Value {
    json!({ "block": meeting.block, "value": meeting.value, "too_many": meeting.holders })
}

/// What a rule holds for and against a pair.
pub(crate) fn verdict(verdict: &Verdict) -> Value {
    match verdict {
        Verdict::Conditions(conditions) => {
            let held = |held: &c360_run::look::Held| json!({ "condition": held.condition, "result": truth(held.truth), "values": held.values.iter().map(sides).collect::<Vec<_>>() });
            json!({ "passes": verdict.passes(), "conditions": conditions.iter().map(held).collect::<Vec<_>>() })
        }
        Verdict::Weighed(waterfall) => {
            let mut object = weighed(waterfall);
            object["passes"] = json!(verdict.passes());
            object
        }
    }
}

fn weighed(waterfall: &Waterfall) -> Value {
    let threshold = |score: i32| json!({ "bits": bits(score), "probability": probability(score) });
    json!({
        "waterfall": waterfall.bars.iter().map(bar).collect::<Vec<_>>(),
        "bits": bits(waterfall.score),
        "probability": waterfall.probability(),
        "accept": threshold(waterfall.accept),
        "review": waterfall.review.map(threshold),
        "missing_bits": bits((waterfall.accept - waterfall.score).max(0)),
    })
}

fn bar(bar: &Bar) -> Value {
    let mut object = match &bar.what {
        Part::Prior => json!({ "kind": "prior" }),
        Part::Level { comparison, level, when } => json!({ "kind": "level", "comparison": comparison, "level": level, "when": when }),
        Part::Missing { comparison } => json!({ "kind": "missing", "comparison": comparison }),
        Part::Frequency { comparison, term } => json!({ "kind": "frequency", "comparison": comparison, "term": term }),
        Part::Group { shared } => json!({ "kind": "group", "shared": shared }),
    };
    object["values"] = json!(bar.values.iter().map(sides).collect::<Vec<_>>());
    object["bits"] = json!(bits(bar.weight));
    object["total"] = json!(bits(bar.total));
    object
}

/// The values of both in one term.
pub(crate) fn sides(sides: &Sides) -> Value {
    json!({ "term": sides.term, "first": sides.first, "second": sides.second })
}

/// Thousandths of a bit as bits.
pub(crate) fn bits(thousandths: i32) -> f64 {
    f64::from(thousandths) / 1000.0
}

fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "holds",
        Truth::No => "does not hold",
        Truth::Unknown => "value missing",
    }
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}
