//! `model "customer.model.json" accept 0.95 review 0.70 { block .. compare .. }`

use super::cursor::{Cursor, entries};
use super::{Lowering, Parsed, Seen, condition};
use crate::Span;
use crate::ast::{Comparison, ModelRule};
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind, Part};
use crate::vocabulary::{MODEL_OPTIONS, PAIR_ENTRIES};

/// The cursor stands behind `model`.
pub(super) fn rule(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<ModelRule> {
    let file = lowering.text(cursor, "the file of the model in quotes")?;
    let mut rule = ModelRule { span: cursor.whole(), file, accept: None, review: None, block: None, comparisons: Vec::new() };
    let mut seen = Seen::default();
    while cursor.word().is_some() {
        let start = cursor.here();
        match lowering.entry_word(cursor, "an option of `model`", &codes::UNKNOWN_OPTION, &MODEL_OPTIONS)? {
            "accept" => {
                lowering.first(&mut seen, "accept", start);
                rule.accept.get_or_insert(probability(lowering, cursor, start)?);
            }
            _ => {
                lowering.first(&mut seen, "review", start);
                rule.review.get_or_insert(probability(lowering, cursor, start)?);
            }
        }
    }
    if let Some(Atom { kind: AtomKind::Block(lines), .. }) = cursor.peek() {
        cursor.next();
        let mut seen = Seen::default();
        for part in entries(lowering, lines) {
            // Reported if it failed; the other entries stand.
            let _: Parsed<()> = entry(lowering, part, &mut rule, &mut seen);
        }
    }
    lowering.finish(cursor, "`model`");
    Ok(rule)
}

fn probability(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, start: Span) -> Parsed<(f64, Span)> {
    let Some(Atom { span, kind: AtomKind::Number(raw), .. }) = cursor.peek() else {
        return Err(lowering.expected(cursor, "a match probability such as `0.95`"));
    };
    cursor.next();
    let number = lowering.number(raw, *span)?;
    Ok((number.parse().unwrap_or(f64::NAN), cursor.since(start)))
}

fn entry(lowering: &mut Lowering, part: &Part<'_>, rule: &mut ModelRule, seen: &mut Seen) -> Parsed<()> {
    let cursor = &mut Cursor::new(part);
    let start = cursor.here();
    match lowering.entry_word(cursor, "an entry of `model`", &codes::UNKNOWN_ENTRY, &PAIR_ENTRIES)? {
        "block" => {
            lowering.first(seen, "block", start);
            rule.block.get_or_insert(condition::block(lowering, cursor)?);
        }
        _ => rule.comparisons.push(comparison(lowering, cursor)?),
    }
    Ok(())
}

/// `name.last by (same(name.last), jaro_winkler(name.last) >= 0.92)` behind `compare`.
fn comparison(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Comparison> {
    let path = lowering.attribute_path(cursor, "the attribute that is compared")?;
    let mut levels = Vec::new();
    if cursor.eat_word("by").is_some() {
        let Some(Atom { span, kind: AtomKind::Parens(parts), .. }) = cursor.peek() else {
            return Err(lowering.expected(cursor, "the levels in parentheses, the strongest first"));
        };
        cursor.next();
        if parts.is_empty() {
            return Err(lowering.wrong_count(*span, "by", "at least one level"));
        }
        for part in parts {
            levels.push(condition::whole(lowering, &mut Cursor::new(part), "a level")?);
        }
    }
    lowering.finish(cursor, "`compare`");
    Ok(Comparison { span: cursor.whole(), path, levels })
}
