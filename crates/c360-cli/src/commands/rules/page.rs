//! Rules and their verdicts as parts of a page: a model's score as a waterfall, conditions and keys as tables.

use super::text::{bits_text, two_sides, values_text};
use crate::output::{Page, Step, waterfall};
use c360_match::model::probability;
use c360_match::pairs::Truth;
use c360_run::look::{Bar, Closest, Comparison, Held, PairComparison, Part, Rule, Verdict, Waterfall};

/// What a rule makes of two objects or records.
pub(crate) fn rule(rule: &Rule, page: &mut Page) {
    match rule {
        Rule::Exact(comparison) => exact(comparison, page),
        Rule::Pairs(comparison) => pairs(comparison, page),
    }
}

/// What speaks for and against two records.
pub(crate) fn verdict(verdict: &Verdict, names: [&str; 2], page: &mut Page) {
    match verdict {
        Verdict::Conditions(held) => conditions(held, names, page),
        Verdict::Weighed(weighed) => score(weighed, names, page),
    }
}

fn exact(rule: &Comparison, page: &mut Page) {
    page.subheading(&rule.rule);
    let result = match (rule.shared.as_slice(), rule.hubs.as_slice()) {
        ([], []) => format!("{} of {} equal", rule.equal_terms, rule.terms.len()),
        ([], hubs) => {
            let values: Vec<&str> = hubs.iter().map(|(value, _)| value.as_str()).collect();
            format!("both have {}, which too many records have", values.join(", "))
        }
        (shared, _) => format!("both have {}", shared.join(", ")),
    };
    page.text(&result);
    let row = |sides: &c360_run::look::Sides| vec![sides.term.clone(), values_text(&sides.first), values_text(&sides.second)];
    page.table(&["term", "first", "second"], &rule.terms.iter().map(row).collect::<Vec<_>>());
}

fn pairs(rule: &PairComparison, page: &mut Page) {
    page.subheading(&rule.rule);
    let Some(Closest { pair: (first, second), compared, verdict: found }) = &rule.closest else {
        return page.text("There is nothing to compare.");
    };
    let blocks: Vec<String> =
        rule.blocks.iter().filter(|block| block.holders.is_none()).map(|block| format!("{} `{}`", block.block, block.value)).collect();
    let met = match (compared, blocks.is_empty()) {
        (true, _) => format!("compared by {}", blocks.join(", ")),
        (false, _) => "never compared, for they share no block that makes pairs".to_owned(),
    };
    page.text(&format!("{first} and {second}: {met}."));
    verdict(found, [first, second], page);
}

fn conditions(held: &[Held], [first, second]: [&str; 2], page: &mut Page) {
    let row = |held: &Held| {
        let result = match held.truth {
            Truth::Yes => "holds",
            Truth::No => "does not hold",
            Truth::Unknown => "a value is missing",
        };
        let [left, right] = two_sides(&held.values);
        vec![held.condition.clone(), result.to_owned(), left, right]
    };
    page.table(&["condition", "", first, second], &held.iter().map(row).collect::<Vec<_>>());
}

fn score(weighed: &Waterfall, [first, second]: [&str; 2], page: &mut Page) {
    let bits = |thousandths: i32| f64::from(thousandths) / 1000.0;
    let step = |bar: &Bar| {
        let text = format!("{:+.2}, {:.2} so far", bits(bar.weight), bits(bar.total));
        Step { name: name(bar), from: bits(bar.total - bar.weight), to: bits(bar.total), text }
    };
    let steps: Vec<Step> = weighed.bars.iter().map(step).collect();
    let limits: Vec<(&str, f64)> = [("accept", Some(weighed.accept)), ("review", weighed.review)]
        .into_iter()
        .filter_map(|(name, at)| Some((name, bits(at?))))
        .collect();
    page.text(&format!(
        "Score {} bits, probability {:.3}; accepted from {} bits, {:.3}.",
        bits_text(weighed.score),
        weighed.probability(),
        bits_text(weighed.accept),
        probability(weighed.accept)
    ));
    page.chart(&waterfall(&format!("Waterfall of {first} and {second}"), &steps, &limits));
    let row = |bar: &Bar| {
        let [left, right] = two_sides(&bar.values);
        vec![name(bar), left, right, format!("{:+.3}", bits(bar.weight))]
    };
    page.table(&["comparison", first, second, "bits"], &weighed.bars.iter().map(row).collect::<Vec<_>>());
}

fn name(bar: &Bar) -> String {
    match &bar.what {
        Part::Prior => "prior".to_owned(),
        Part::Level { comparison, when, .. } if when == "else" => format!("{comparison}: else"),
        Part::Level { when, .. } => when.clone(),
        Part::Missing { comparison } => format!("{comparison}: missing"),
        Part::Frequency { term, .. } => format!("frequency of {term}"),
        Part::Group { shared } => format!("others share {}, too", shared.join(", ")),
    }
}
