//! The answer for people.

use super::{Answer, rules, size_classes};
use crate::output;
use c360_match::evaluate::Shares;
use c360_match::model::{probability, threshold};
use c360_run::look::{ModelThresholds, Worst, Wrong};
use std::fmt::Write;

/// How many records of a part are named, and how many parts.
const NAMED: usize = 6;

/// Match probabilities from which a model may accept.
const TRIED: [f64; 7] = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999];

pub(super) fn of(answer: &Answer<'_>) -> String {
    let mut out = String::new();
    let score = &answer.found.score;
    let _ = writeln!(
        out,
        "{} of commit {} against {}: {} records labelled, {} not\n",
        answer.command.entity, answer.commit, answer.command.labels, score.records, answer.found.unlabelled
    );
    let _ = writeln!(out, "          precision   recall       F1");
    let _ = writeln!(out, "pairs     {}", shares(&score.pairs.shares()));
    if let Some(bcubed) = &score.bcubed {
        let _ = writeln!(out, "B-cubed   {}", shares(bcubed));
    }
    let pairs = score.pairs;
    let _ = writeln!(out, "\n{:9} {:>9}{:>9}{:>9}", "", "true", "found", "right");
    let _ = writeln!(out, "{:9} {:>9}{:>9}{:>9}", "pairs", pairs.truth, pairs.found, pairs.right);
    let count = |sizes: &std::collections::BTreeMap<u64, u64>| sizes.values().sum::<u64>();
    let largest = |sizes: &std::collections::BTreeMap<u64, u64>| sizes.keys().last().copied().unwrap_or(0);
    let _ = writeln!(out, "{:9} {:>9}{:>9}", "entities", count(&score.truth), count(&score.found));
    let _ = writeln!(out, "{:9} {:>9}{:>9}", "largest", largest(&score.truth), largest(&score.found));
    for (name, truth, found) in size_classes(answer) {
        let _ = writeln!(out, "{:9} {truth:>9}{found:>9}", format!("  of {name}"));
    }
    by_rule(answer, &mut out);
    answer.found.models.iter().for_each(|model| thresholds(model, &mut out));
    let cluster = format!("{} ", answer.command.entity);
    worst("true entities are torn apart", "missed", ["", &cluster, "not in the commit"], &answer.found.torn, &mut out);
    worst("clusters hold several true entities", "wrong", [&cluster, "", "one entity"], &answer.found.merged, &mut out);
    out
}

fn shares(shares: &Shares) -> String {
    format!("{:9.4}{:9.4}{:9.4}", shares.precision, shares.recall, shares.f1())
}

fn by_rule(answer: &Answer<'_>, out: &mut String) {
    let rules = rules(answer);
    if rules.is_empty() {
        return;
    }
    let mut table = output::table(&["rule", "pairs", "right", "wrong", "precision"]);
    for (rule, found, right) in &rules {
        let precision = if *found == 0 { String::new() } else { format!("{:.4}", *right as f64 / *found as f64) };
        table.add_row([rule.clone(), found.to_string(), right.to_string(), (found - right).to_string(), precision]);
    }
    let _ = writeln!(out, "\nby rule: each pair counts for the strongest rule that brought it together\n{table}");
}

/// What a model would let through by itself, at the thresholds that people try.
fn thresholds(model: &ModelThresholds, out: &mut String) {
    let mut table = output::table(&["accept", "pairs", "right", "precision", "recall", "F1"]);
    for tried in TRIED {
        let from = threshold(tried);
        // Points are half bits apart: the first that is not below.
        let Some(point) = model.points.iter().find(|point| point.threshold >= from) else { continue };
        let (pairs, shares) = (point.pairs, point.pairs.shares());
        let [precision, recall, f1] = [shares.precision, shares.recall, shares.f1()].map(|share| format!("{share:.4}"));
        table.add_row([tried.to_string(), pairs.found.to_string(), pairs.right.to_string(), precision, recall, f1]);
    }
    let _ = writeln!(
        out,
        "\n{} by itself, of the labelled pairs that it compares; it accepts from {:.3}\n{table}",
        model.rule,
        probability(model.accept)
    );
}

fn worst(what: &str, pairs: &str, [group, part, nameless]: [&str; 3], worst: &Worst, out: &mut String) {
    let more = match worst.groups > worst.worst.len() && !worst.worst.is_empty() {
        true => format!("; those with most {pairs} pairs"),
        false => String::new(),
    };
    let _ = writeln!(out, "\n{} {what}{more}", worst.groups);
    for Wrong { name, pairs: count, parts } in &worst.worst {
        let name = name.as_deref().map(|name| format!("{group}{name}: ")).unwrap_or_default();
        let noun = if *count == 1 { "pair" } else { "pairs" };
        let _ = writeln!(out, "  {name}{count} {pairs} {noun}, {} parts", parts.len());
        for (name, records) in parts.iter().take(NAMED) {
            let name = name.as_deref().map_or(nameless.to_owned(), |name| format!("{part}{name}"));
            let _ = writeln!(out, "    {name}: {}", named(records));
        }
        if parts.len() > NAMED {
            let _ = writeln!(out, "    and {} parts more", parts.len() - NAMED);
        }
    }
}

/// The first few records, and how many more there are.
pub(super) fn named(records: &[String]) -> String {
    let shown = records.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match records.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
