//! Rules and their verdicts for people.

use super::super::waterfall;
use crate::output;
use c360_match::pairs::Truth;
use c360_run::look::{Apart, Closest, Comparison, Held, Meeting, PairComparison, Rule, Sides, Verdict, Waterfall, WhyNot};

/// So many keys of a side are shown.
const KEYS: usize = 3;

/// Prints what a rule makes of the two.
pub(crate) fn print(found: &WhyNot, rule: &Rule) {
    match rule {
        Rule::Exact(comparison) => exact(found, comparison),
        Rule::Pairs(comparison) => pairs(found, comparison),
    }
}

fn exact(found: &WhyNot, rule: &Comparison) {
    let kept = if is_one(found) { "" } else { ", yet a guard held them apart" };
    match (rule.shared.as_slice(), rule.hubs.as_slice()) {
        ([], []) => output::println!("\n  {}: {} of {} equal", rule.rule, rule.equal_terms, rule.terms.len()),
        ([], hubs) => {
            for (value, records) in hubs {
                let most = rule.at_most.unwrap_or_default();
                output::println!("\n  {}: both have `{value}`, but so have {records} records: more than {most} prove nothing", rule.rule);
            }
        }
        (shared, _) => output::println!("\n  {}: both have `{}`{kept}", rule.rule, shared.join("`, `")),
    }
    for term in &rule.terms {
        output::println!("      {}: {} | {}", term.term, values_text(&term.first), values_text(&term.second));
    }
}

fn is_one(found: &WhyNot) -> bool {
    found.ids.0 == found.ids.1
}

fn pairs(found: &WhyNot, rule: &PairComparison) {
    let Some(closest) = &rule.closest else {
        output::println!("\n  {}: there is nothing to compare", rule.rule);
        return;
    };
    let (first, second) = &closest.pair;
    output::println!("\n  {}: {first} and {second} {}", rule.rule, in_short(found, closest));
    blocks(rule, closest);
    match &closest.verdict {
        Verdict::Conditions(conditions) => indented(&conditions_table(conditions, closest)),
        Verdict::Weighed(weighed) => indented(&waterfall::table(weighed, first, second)),
    }
    if rule.left_out > 0 {
        output::println!("      {} further pairs of their records were not looked at", rule.left_out);
    }
}

/// How the pair comes out.
fn in_short(found: &WhyNot, closest: &Closest) -> String {
    let result = match &closest.verdict {
        Verdict::Conditions(conditions) => {
            let held = conditions.iter().filter(|held| held.truth == Truth::Yes).count();
            format!("meet {held} of {} conditions", conditions.len())
        }
        Verdict::Weighed(weighed) => score(weighed),
    };
    match (closest.verdict.passes(), closest.compared) {
        (true, true) if is_one(found) => format!("{result}: joined"),
        (true, true) => format!("{result}: enough, yet a guard held them apart"),
        (true, false) => format!("{result}: enough, but they were never compared"),
        (false, true) => format!("{result}: too little"),
        (false, false) => format!("{result}: too little, and they were never compared"),
    }
}

fn score(weighed: &Waterfall) -> String {
    let missing = weighed.accept - weighed.score;
    let of = format!("score {} bits, probability {:.3}", bits_text(weighed.score), weighed.probability());
    match missing > 0 {
        true => format!("{of}, {} bits short of `accept`", bits_text(missing)),
        false => of,
    }
}

/// Which blocks they share, or how far they are from sharing one.
fn blocks(rule: &PairComparison, closest: &Closest) {
    let shared: Vec<&Meeting> = rule.blocks.iter().filter(|block| block.holders.is_none()).collect();
    for block in rule.blocks.iter().filter(|block| block.holders.is_some()) {
        let (holders, most) = (block.holders.unwrap_or_default(), rule.at_most);
        output::println!(
            "      block {}: both have `{}`, but so have {holders} records: more than {most} are not compared",
            block.block,
            block.value
        );
    }
    for block in &shared {
        output::println!("      block {}: both have `{}`", block.block, block.value);
    }
    if !shared.is_empty() && !closest.compared {
        output::println!("      these two share no block, other records of both do; none of those comes closer");
    }
    rule.apart.iter().for_each(apart);
}

fn apart(apart: &Apart) {
    output::println!("      block {}: {} | {}", apart.block, keys(&apart.first), keys(&apart.second));
}

fn keys(keys: &[String]) -> String {
    match keys.len() {
        0 => "nothing".to_owned(),
        count if count > KEYS => format!("{} and {} more", keys[..KEYS].join(", "), count - KEYS),
        _ => keys.join(", "),
    }
}

fn conditions_table(conditions: &[Held], closest: &Closest) -> String {
    let mut table = output::table(&["condition", "", &closest.pair.0, &closest.pair.1]);
    for held in conditions {
        let result = match held.truth {
            Truth::Yes => "holds",
            Truth::No => "does not hold",
            Truth::Unknown => "a value is missing",
        };
        let [first, second] = two_sides(&held.values);
        table.add_row([held.condition.clone(), result.to_owned(), first, second]);
    }
    table.to_string()
}

/// The values of each side, terms separated by semicolons.
pub(crate) fn two_sides(values: &[Sides]) -> [String; 2] {
    let side = |of: fn(&Sides) -> &Vec<String>| values.iter().map(|sides| values_text(of(sides))).collect::<Vec<_>>().join("; ");
    [side(|sides| &sides.first), side(|sides| &sides.second)]
}

/// Values as people read them.
pub(crate) fn values_text(values: &[String]) -> String {
    if values.is_empty() { "nothing".to_owned() } else { values.join(", ") }
}

/// `7.793` for 7793.
pub(crate) fn bits_text(thousandths: i32) -> String {
    format!("{:.3}", f64::from(thousandths) / 1000.0)
}

fn indented(text: &str) {
    text.lines().for_each(|line| output::println!("      {line}"));
}
