//! The answer for programs, version 1 of `evaluate`.

use super::{Answer, rules};
use c360_match::evaluate::{Point, Shares};
use c360_match::model::probability;
use c360_run::look::{ModelThresholds, Worst, Wrong};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) fn of(answer: &Answer<'_>) -> Value {
    let (found, score) = (&answer.found, &answer.found.score);
    let source =
        |(source, records, meant): &(String, usize, Option<String>)| json!({ "source": source, "records": records, "meant": meant });
    let floor = |f: &super::Floor| json!({ "measure": f.measure, "floor": f.floor, "value": f.value, "met": f.is_met() });
    json!({
        "entity": answer.command.entity,
        "commit": answer.commit,
        "labels": answer.command.labels,
        "records": score.records,
        "unlabelled": found.unlabelled,
        "unknown": {
            "records": found.unknown.records,
            "examples": found.unknown.examples,
            "sources": found.unknown.sources.iter().map(source).collect::<Vec<_>>(),
        },
        "contradicted": found.contradicted,
        "true_pairs": score.pairs.truth,
        "pairs": score.pairs.found,
        "right_pairs": score.pairs.right,
        "pairwise": shares(&score.pairs.shares()),
        "bcubed": score.bcubed.as_ref().map(shares),
        "true_entities": count(&score.truth),
        "entities": count(&score.found),
        "largest_true": largest(&score.truth),
        "largest": largest(&score.found),
        "sizes": sizes(&score.truth, &score.found),
        "rules": found.rules.as_ref().map(|_| rules(answer).into_iter().map(rule).collect::<Vec<_>>()),
        "models": found.models.iter().map(model).collect::<Vec<_>>(),
        "torn": worst(&found.torn, ("entity", text), ("id", number)),
        "merged": worst(&found.merged, ("id", number), ("entity", text)),
        "floors": answer.floors.iter().map(floor).collect::<Vec<_>>(),
    })
}

fn shares(shares: &Shares) -> Value {
    json!({ "precision": shares.precision, "recall": shares.recall, "f1": shares.f1() })
}

fn count(sizes: &BTreeMap<u64, u64>) -> u64 {
    sizes.values().sum()
}

fn largest(sizes: &BTreeMap<u64, u64>) -> u64 {
    sizes.keys().last().copied().unwrap_or(0)
}

fn sizes(truth: &BTreeMap<u64, u64>, found: &BTreeMap<u64, u64>) -> Vec<Value> {
    let mut all: Vec<&u64> = truth.keys().chain(found.keys()).collect();
    all.sort_unstable();
    all.dedup();
    let of = |sizes: &BTreeMap<u64, u64>, size| sizes.get(size).copied().unwrap_or(0);
    all.into_iter().map(|size| json!({ "records": size, "true": of(truth, size), "found": of(found, size) })).collect()
}

fn rule((rule, found, right): (String, u64, u64)) -> Value {
    let precision = (found > 0).then(|| right as f64 / found as f64);
    json!({ "rule": rule, "pairs": found, "right_pairs": right, "precision": precision })
}

/// What each threshold of a model would let through. Thresholds are bits.
fn model(model: &ModelThresholds) -> Value {
    let bits = |thousandths: i32| f64::from(thousandths) / 1000.0;
    let point = |point: &Point| {
        json!({
            "bits": bits(point.threshold), "probability": probability(point.threshold), "pairs": point.pairs.found,
            "right_pairs": point.pairs.right, "shares": shares(&point.pairs.shares()),
        })
    };
    json!({
        "rule": model.rule, "accept": bits(model.accept), "review": model.review.map(bits),
        "thresholds": model.points.iter().map(point).collect::<Vec<_>>(),
    })
}

type Name = Option<String>;
/// The name of a field, and what its value is made of.
type Field = (&'static str, fn(&Name) -> Value);

fn text(name: &Name) -> Value {
    json!(name)
}

fn number(id: &Name) -> Value {
    json!(id.as_deref().and_then(|id| id.parse::<i64>().ok()))
}

fn worst(worst: &Worst, (group, group_of): Field, (part, part_of): Field) -> Value {
    let parts = |(name, records): &(Name, Vec<String>)| json!({ part: part_of(name), "records": records });
    let wrong = |Wrong { name, pairs, parts: all }: &Wrong| json!({ group: group_of(name), "pairs": pairs, "parts": all.iter().map(parts).collect::<Vec<_>>() });
    json!({ "groups": worst.groups, "worst": worst.worst.iter().map(wrong).collect::<Vec<_>>() })
}
