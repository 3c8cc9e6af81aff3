//! `match { .. }`: `never` and `ignore` here, `exact` in its own file.

use super::cursor::{Cursor, entries};
use super::{Lowering, Parsed, exact, later};
use crate::Span;
use crate::ast::{Match, MatchEntry, Text};
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind, Part};
use crate::vocabulary::{MATCH_ENTRIES, NEVER_GUARDS};

/// The cursor stands behind `match`.
pub(super) fn matching(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Match> {
    let lines = lowering.block(cursor, "`{` with the rules")?;
    let parts = entries(lowering, lines);
    let entries = parts.into_iter().filter_map(|part| entry(lowering, part).ok()).collect();
    lowering.finish(cursor, "`match`");
    Ok(Match { span: cursor.whole(), entries })
}

fn entry(lowering: &mut Lowering, part: &Part<'_>) -> Parsed<MatchEntry> {
    let cursor = &mut Cursor::new(part);
    let start = cursor.here();
    match lowering.entry_word(cursor, "a rule", &codes::UNKNOWN_ENTRY, &MATCH_ENTRIES)? {
        "exact" => exact::rule(lowering, cursor).map(MatchEntry::Exact),
        "never" => never(lowering, cursor, part.span),
        "ignore" => ignore(lowering, cursor, part.span),
        keyword => Ok(later::rule(lowering, keyword, start, part.span)),
    }
}

/// `never differ(a.b)`, `never same_source(billing)`
fn never(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, span: Span) -> Parsed<MatchEntry> {
    let what = "`differ(..)` or `same_source(..)`";
    let Some(Atom { span: call, kind: AtomKind::Call(words, arguments) }) = cursor.peek() else {
        return Err(lowering.expected(cursor, what));
    };
    cursor.next();
    let guard = match NEVER_GUARDS.iter().find(|guard| words.len() == 1 && **guard == words[0].raw) {
        Some(guard) => Some(*guard),
        None => {
            let message = format!("`never` has no `{}`", words[0].raw);
            lowering.unknown(&codes::UNKNOWN_ENTRY, words[0].raw, words[0].span, message, &NEVER_GUARDS)
        }
    };
    let guard = guard.ok_or(super::Reported)?;
    let [argument] = arguments.as_slice() else {
        let needed = if guard == "differ" { "one attribute" } else { "one source" };
        return Err(lowering.wrong_count(*call, guard, needed));
    };
    let inner = &mut Cursor::new(argument);
    let entry = match guard {
        "differ" => MatchEntry::NeverDiffer { span, path: lowering.attribute_path(inner, "an attribute")? },
        _ => MatchEntry::NeverSameSource { span, source: lowering.name(inner, "the name of a source")? },
    };
    lowering.finish(inner, &format!("`{guard}(..)`"));
    lowering.finish(cursor, "`never`");
    Ok(entry)
}

/// `ignore email in ("a", "b")`
fn ignore(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, span: Span) -> Parsed<MatchEntry> {
    let path = lowering.attribute_path(cursor, "the attribute whose values prove nothing")?;
    if cursor.eat_word("in").is_none() {
        return Err(lowering.expected(cursor, "`in` and the values"));
    }
    let Some(Atom { span: parens, kind: AtomKind::Parens(values) }) = cursor.peek() else {
        return Err(lowering.expected(cursor, "the values in parentheses: `(\"..\", \"..\")`"));
    };
    cursor.next();
    if values.is_empty() {
        return Err(lowering.wrong_count(*parens, "in", "at least one value"));
    }
    let values = values.iter().filter_map(|value| ignored(lowering, value).ok()).collect();
    lowering.finish(cursor, "`ignore`");
    Ok(MatchEntry::Ignore { span, path, values })
}

fn ignored(lowering: &mut Lowering, value: &Part<'_>) -> Parsed<Text> {
    let cursor = &mut Cursor::new(value);
    let text = lowering.text(cursor, "a value in quotes")?;
    lowering.finish(cursor, "a value");
    Ok(text)
}
