//! The answer as a page with charts.

use super::super::plan::pairs::chart;
use super::super::rules::page::rule as of_rule;
use super::text::named;
use super::{Answer, rules, size_classes};
use crate::output::{Column, Line, Page, Part, bars, columns, curves};
use c360_match::evaluate::Shares;
use c360_run::look::{ModelThresholds, Rule, WhyNot, Worst};

pub(super) fn of(answer: &Answer<'_>) -> Page {
    let score = &answer.found.score;
    let mut page = Page::new(&format!("{} of commit {}, evaluated", answer.command.entity, answer.commit));
    page.text(&format!(
        "Against {}: {} records with a label, {} of the commit without one, {} labelled that the commit does not have.",
        answer.command.labels, score.records, answer.found.unlabelled, answer.found.unknown.records
    ));
    let mut rows = shares("pairs", &score.pairs.shares());
    rows.extend(score.bcubed.iter().flat_map(|bcubed| shares("B-cubed", bcubed)));
    page.heading("Precision and recall");
    page.chart(&bars("Precision and recall", 1.0, &rows));
    page.text(&format!("{} pairs found, {} of them right; {} pairs are true.", score.pairs.found, score.pairs.right, score.pairs.truth));
    sizes(answer, &mut page);
    by_rule(answer, &mut page);
    answer.found.models.iter().for_each(|model| thresholds(model, &mut page));
    if !answer.pairs.is_empty() {
        page.heading("Pairs that rules find");
        chart(&answer.pairs, &mut page);
    }
    let (torn, merged) = (&answer.found.torn, &answer.found.merged);
    worst("True entities torn apart", ["missed pairs", "entity", "cluster", "not in the commit"], torn, &answer.reasons.torn, &mut page);
    worst(
        "Clusters that hold several true entities",
        ["wrong pairs", "cluster", "entity", "not named"],
        merged,
        &answer.reasons.merged,
        &mut page,
    );
    page
}

fn shares(of: &str, shares: &Shares) -> Vec<(String, Vec<Part>, String)> {
    let bar = |what: &str, share: f64| (format!("{of}: {what}"), vec![Part { class: "a", size: share }], format!("{share:.4}"));
    vec![bar("precision", shares.precision), bar("recall", shares.recall), bar("F1", shares.f1())]
}

fn sizes(answer: &Answer<'_>, page: &mut Page) {
    let classes = size_classes(answer).into_iter().map(|(name, first, second)| Column { name, first, second });
    page.heading("Sizes of clusters, in labelled records");
    page.chart(&columns("Sizes of clusters", ["true entities", "found"], &classes.collect::<Vec<_>>()));
    let largest = |sizes: &std::collections::BTreeMap<u64, u64>| sizes.keys().last().copied().unwrap_or(0);
    let score = &answer.found.score;
    page.text(&format!("The largest true entity has {} records, the largest cluster {}.", largest(&score.truth), largest(&score.found)));
}

fn by_rule(answer: &Answer<'_>, page: &mut Page) {
    let rules = rules(answer);
    if rules.is_empty() {
        return;
    }
    page.heading("By rule");
    page.text("Each pair counts for the strongest rule that brought it together. Orange: pairs that are wrong.");
    let most = rules.iter().map(|(_, found, _)| *found).max().unwrap_or(0);
    let bar = |(rule, found, right): (String, u64, u64)| {
        let parts = vec![Part { class: "a", size: right as f64 }, Part { class: "b", size: (found - right) as f64 }];
        let text =
            if found == 0 { "no pairs".to_owned() } else { format!("{right} of {found} right ({:.4})", right as f64 / found as f64) };
        (rule, parts, text)
    };
    page.chart(&bars("Pairs by rule", most as f64, &rules.into_iter().map(bar).collect::<Vec<_>>()));
}

fn thresholds(model: &ModelThresholds, page: &mut Page) {
    page.heading(&format!("Thresholds of {}", model.rule));
    page.text("What the model would let through by itself, of the labelled pairs that it compares, at other values of `accept`.");
    let line = |name, class, of: fn(&Shares) -> f64| Line {
        name,
        class,
        points: model.points.iter().map(|point| (bits(point.threshold), of(&point.pairs.shares()))).collect(),
    };
    let lines = [line("precision", "a", |s| s.precision), line("recall", "b", |s| s.recall), line("F1", "bad", Shares::f1)];
    let limits: Vec<(&str, f64)> =
        [("accept", Some(model.accept)), ("review", model.review)].into_iter().filter_map(|(name, at)| Some((name, bits(at?)))).collect();
    page.chart(&curves("Precision and recall by threshold", &lines, &limits, |at| format!("{at:.1} bits")));
}

fn bits(thousandths: i32) -> f64 {
    f64::from(thousandths) / 1000.0
}

/// The groups that went worst, each with what the rules make of two of its records that are in different parts.
fn worst(title: &str, [pairs, group, part, nameless]: [&str; 4], worst: &Worst, reasons: &[Option<WhyNot>], page: &mut Page) {
    page.heading(&format!("{title}: {}", worst.groups));
    for (wrong, reason) in worst.worst.iter().zip(reasons) {
        let name = wrong.name.as_deref().map(|name| format!("{group} {name}: ")).unwrap_or_default();
        page.subheading(&format!("{name}{} {pairs}", wrong.pairs));
        let row = |(name, records): &(Option<String>, Vec<String>)| {
            vec![name.clone().unwrap_or_else(|| nameless.to_owned()), records.len().to_string(), named(records)]
        };
        page.table(&[part, "records", "which"], &wrong.parts.iter().map(row).collect::<Vec<_>>());
        // Rules that compare pairs say most; of several, the one that comes closest.
        let closest = reason.iter().flat_map(|found| &found.rules).find(|rule| matches!(rule, Rule::Pairs(_)));
        closest.iter().for_each(|rule| of_rule(rule, page));
    }
}
