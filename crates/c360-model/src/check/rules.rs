//! `exact` rules: terms, `strong`, `at most`.

use super::attributes::Members;
use super::matching::Matching;
use super::{guards, terms};
use crate::model::{ExactRule, Guard, Term};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span, ast};

/// More records than this share no value in practice, so the bound never holds anything back.
const HUGE: u64 = 100_000;

/// Adds the rule, and the guard that `strong` stands for.
pub(super) fn exact(rule: &ast::ExactRule, members: &Members<'_>, matching: &mut Matching, out: &mut Vec<Diagnostic>) {
    let at_most = rule.at_most.and_then(|(most, span)| at_most(most, span, out));
    let name = name(rule);
    let resolved = distinct_terms(rule, members, out);
    if let Some(span) = rule.strong {
        strong(rule, span, &name, members, matching, out);
    }
    let Some(terms) = resolved else { return };
    if !terms.is_empty() && terms.iter().all(|term| terms::is_weak(*term, members)) {
        let message = format!("`{name}` joins records on values that very many records share");
        let finding = Diagnostic::new(&codes::WEAK_RULE, rule.span, message).label("proves little");
        out.push(finding.help("add a term that tells objects apart, such as a name or a number"));
    }
    matching.rules.push(ExactRule { span: rule.span, name, terms, at_most });
}

/// `exact phone & name.last at most 5`: tells rules of one entity apart, so it leaves out what does not decide who is joined.
fn name(rule: &ast::ExactRule) -> String {
    let terms: Vec<String> = rule.terms.iter().map(terms::text).collect();
    let bound = rule.at_most.map_or(String::new(), |(most, _)| format!(" at most {most}"));
    format!("exact {}{bound}", terms.join(" & "))
}

/// The terms without repeats; `None` where one is wrong.
fn distinct_terms(rule: &ast::ExactRule, members: &Members<'_>, out: &mut Vec<Diagnostic>) -> Option<Vec<Term>> {
    let mut complete = true;
    let mut found: Vec<Term> = Vec::with_capacity(rule.terms.len());
    for path in &rule.terms {
        match terms::resolve(path, members, out) {
            None => complete = false,
            Some(term) if found.contains(&term) => {
                let message = format!("`{}` stands twice in one rule", terms::text(path));
                out.push(Diagnostic::new(&codes::REPEATED_MATCH, path.span, message).label("has no effect").help("remove it"));
            }
            Some(term) => found.push(term),
        }
    }
    complete.then_some(found)
}

pub(super) fn at_most(most: u64, span: Span, out: &mut Vec<Diagnostic>) -> Option<u64> {
    if most < 2 {
        let message = format!("`at most {most}` joins nothing, since it takes two records to share a value");
        let finding = Diagnostic::new(&codes::AT_MOST_RANGE, span, message).label("too small");
        out.push(finding.help("write 2 or more, or remove the rule"));
        return None;
    }
    if most > HUGE {
        let message = format!("`at most {most}` holds nothing back");
        let finding = Diagnostic::new(&codes::AT_MOST_HUGE, span, message).label("very large");
        out.push(finding.help("a bound is useful where it is little above the number of records that one object can have"));
    }
    Some(most)
}

fn strong(rule: &ast::ExactRule, span: Span, name: &str, members: &Members<'_>, matching: &mut Matching, out: &mut Vec<Diagnostic>) {
    let [path] = rule.terms.as_slice() else {
        let finding = Diagnostic::new(&codes::STRONG_TERMS, span, "`strong` needs a rule with a single term").label("on several terms");
        let guards: Vec<String> = rule.terms.iter().map(|path| format!("`never differ({})`", terms::text(path))).collect();
        out.push(finding.help(format!("remove `strong`; to keep apart records that differ in one of them, add {}", guards.join(" or "))));
        return;
    };
    // Names that are not there were reported with the terms: once is enough.
    let Some(term) = terms::resolve(path, members, &mut Vec::new()) else { return };
    let guard = Guard { span: rule.span, name: format!("{name} strong"), term };
    guards::add(guard, path, span, "`strong`", members, matching, out);
}
