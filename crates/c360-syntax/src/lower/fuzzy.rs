//! `fuzzy same_person { block .. compare .. }`

use super::cursor::{Cursor, entries};
use super::{Lowering, Parsed, Seen, condition};
use crate::ast::FuzzyRule;
use crate::codes::syntax as codes;
use crate::shape::Part;
use crate::vocabulary::PAIR_ENTRIES;

/// The cursor stands behind `fuzzy`.
pub(super) fn rule(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<FuzzyRule> {
    let name = lowering.name(cursor, "the name of the rule")?;
    let lines = lowering.block(cursor, "`{` with `block` and `compare`")?;
    let mut rule = FuzzyRule { span: cursor.whole(), name, block: None, compare: None };
    let mut seen = Seen::default();
    let mut complete = true;
    for part in entries(lowering, lines) {
        complete &= entry(lowering, part, &mut rule, &mut seen).is_ok();
    }
    lowering.finish(cursor, "`fuzzy`");
    // What is missing because it could not be read was reported.
    if complete && (rule.block.is_none() || rule.compare.is_none()) {
        let what = if rule.block.is_none() { "block" } else { "compare" };
        return Err(missing(lowering, &rule, what));
    }
    Ok(rule)
}

fn missing(lowering: &mut Lowering, rule: &FuzzyRule, what: &str) -> super::Reported {
    let help = match what {
        "block" => "add what two records must share to be compared at all: `block postcode | soundex(name.last)`",
        _ => "add what must hold for a pair: `compare jaro_winkler(name) >= 0.92 & same(born)`",
    };
    let message = format!("`fuzzy {}` has no `{what}`", rule.name.text);
    lowering.report(crate::Diagnostic::new(&codes::EXPECTED, rule.name.span, message).label(format!("no `{what}`")).help(help))
}

fn entry(lowering: &mut Lowering, part: &Part<'_>, rule: &mut FuzzyRule, seen: &mut Seen) -> Parsed<()> {
    let cursor = &mut Cursor::new(part);
    let start = cursor.here();
    match lowering.entry_word(cursor, "an entry of `fuzzy`", &codes::UNKNOWN_ENTRY, &PAIR_ENTRIES)? {
        "block" => {
            lowering.first(seen, "block", start);
            rule.block.get_or_insert(condition::block(lowering, cursor)?);
        }
        _ => {
            lowering.first(seen, "compare", start);
            rule.compare.get_or_insert(condition::whole(lowering, cursor, "`compare`")?);
        }
    }
    Ok(())
}
