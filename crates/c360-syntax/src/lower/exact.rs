//! `exact a & b.c strong at most 5`

use super::cursor::Cursor;
use super::{Lowering, Parsed, Seen};
use crate::ast::ExactRule;
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind};
use crate::vocabulary::EXACT_OPTIONS;
use crate::{Diagnostic, Span};

/// The cursor stands behind `exact`.
pub(super) fn rule(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<ExactRule> {
    let mut terms = vec![lowering.attribute_path(cursor, "the attribute that must be equal")?];
    while joins_terms(lowering, cursor) {
        terms.push(lowering.attribute_path(cursor, "another attribute that must be equal")?);
    }
    let mut rule = ExactRule { span: cursor.whole(), terms, strong: None, at_most: None };
    // Reported if it failed; the rule stands.
    let _: Parsed<()> = options(lowering, cursor, &mut rule);
    Ok(rule)
}

/// Eats `&`, and with a finding what other languages write for it.
fn joins_terms(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> bool {
    let span = cursor.here();
    if cursor.eat_operator("&").is_some() {
        return true;
    }
    let foreign = ["&&", "+"].into_iter().find(|operator| cursor.eat_operator(operator).is_some());
    let foreign = foreign.or_else(|| cursor.eat_word("and").map(|_| "and"));
    if let Some(foreign) = foreign {
        let diagnostic =
            Diagnostic::new(&codes::FOREIGN_OPERATOR, span, format!("attributes of a rule are joined with `&`, not with `{foreign}`"));
        lowering.report(diagnostic.label("not an operator here").suggest(span, "&"));
    }
    foreign.is_some()
}

fn options(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, rule: &mut ExactRule) -> Parsed<()> {
    let mut seen = Seen::default();
    while cursor.word().is_some() {
        let start = cursor.here();
        match lowering.entry_word(cursor, "an option of `exact`", &codes::UNKNOWN_OPTION, &EXACT_OPTIONS)? {
            "strong" => {
                lowering.first(&mut seen, "strong", start);
                rule.strong.get_or_insert(start);
            }
            _ => {
                let limit = at_most(lowering, cursor, start)?;
                lowering.first(&mut seen, "at most", limit.1);
                rule.at_most.get_or_insert(limit);
            }
        }
    }
    lowering.finish(cursor, "`exact`");
    Ok(())
}

/// Behind `at`.
pub(super) fn at_most(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, start: Span) -> Parsed<(u64, Span)> {
    lowering.required_word(cursor, "most", "the option is `at most 5`")?;
    let number = match cursor.peek() {
        Some(Atom { kind: AtomKind::Number(raw), .. }) => raw.parse::<u64>().ok(),
        _ => None,
    };
    let Some(number) = number else { return Err(lowering.expected(cursor, "a whole number of records")) };
    cursor.next();
    Ok((number, cursor.since(start)))
}
