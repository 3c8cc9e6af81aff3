//! Rules that change nothing, because another joins everything that they join.

use super::matching::Matching;
use crate::model::ExactRule;
use c360_syntax::Diagnostic;
use c360_syntax::codes::model as codes;

/// Warns of useless rules; drops repeats, so that the name of a rule is unique in its entity.
pub(super) fn check(matching: &mut Matching, out: &mut Vec<Diagnostic>) {
    let rules = &mut matching.rules;
    let mut repeats = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        let by = rules.iter().enumerate().find(|(other, by)| *other != index && makes_useless((*other, by), (index, rule)));
        if let Some((other, by)) = by {
            let same = same_terms(rule, by);
            out.push(finding(rule, by, same));
            if same && other < index && rule.at_most == by.at_most {
                repeats.push(index);
            }
        }
    }
    for rule in &mut matching.pair_rules {
        rule.after -= repeats.iter().filter(|repeat| **repeat < rule.after).count();
    }
    let mut index = 0;
    rules.retain(|_| {
        index += 1;
        !repeats.contains(&(index - 1))
    });
}

/// Whether all pairs that `rule` joins are joined by `by` as well: `by` asks for less, and holds no less back.
/// Of two rules that join the same, the later one is useless.
fn makes_useless((by_index, by): (usize, &ExactRule), (index, rule): (usize, &ExactRule)) -> bool {
    if !by.terms.iter().all(|term| rule.terms.contains(term)) {
        return false;
    }
    if !same_terms(rule, by) {
        return by.at_most.is_none();
    }
    let (loose, tight) = (by.at_most.unwrap_or(u64::MAX), rule.at_most.unwrap_or(u64::MAX));
    loose > tight || loose == tight && by_index < index
}

fn same_terms(rule: &ExactRule, other: &ExactRule) -> bool {
    rule.terms.len() == other.terms.len() && rule.terms.iter().all(|term| other.terms.contains(term))
}

fn finding(rule: &ExactRule, by: &ExactRule, same: bool) -> Diagnostic {
    let message = if same {
        format!("`{}` joins nothing that `{}` does not join", rule.name, by.name)
    } else {
        format!("`{}` is useless: `{}` joins the same records and more", rule.name, by.name)
    };
    let finding = Diagnostic::new(&codes::USELESS_RULE, rule.span, message).label("joins nothing more");
    finding.related(by.span, "already joined by this rule").help("remove one of the two rules")
}
