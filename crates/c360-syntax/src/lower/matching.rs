//! `match { .. }`: `never` and `ignore` here, rules in their own files.

use super::cursor::{Cursor, entries};
use super::{Lowering, Parsed, exact, fuzzy, trained};
use crate::ast::{Match, MatchEntry, Text};
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind, Part};
use crate::vocabulary::{MATCH_ENTRIES, NEVER_GUARDS};
use crate::{Diagnostic, Span};

/// The cursor stands behind `match`.
pub(super) fn matching(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Match> {
    let lines = lowering.block(cursor, "`{` with the rules")?;
    let parts = entries(lowering, lines);
    let mut entries = Vec::new();
    let mut before: Option<&Part<'_>> = None;
    for part in parts {
        match before.filter(|before| is_term_behind_comma(before, part)) {
            Some(before) => comma_for_and(lowering, before, part),
            None => entries.extend(entry(lowering, part)),
        }
        before = Some(part);
    }
    lowering.finish(cursor, "`match`");
    Ok(Match { span: cursor.whole(), entries })
}

/// `exact a, b`: the second part is no rule of its own.
fn is_term_behind_comma(before: &Part<'_>, part: &Part<'_>) -> bool {
    let is_exact = before.atoms[0].word() == Some("exact");
    let is_term = matches!(part.atoms[0].kind, AtomKind::Name(_)) && part.atoms[0].word().is_none_or(|word| !MATCH_ENTRIES.contains(&word));
    is_exact && is_term && part.atoms.len() == 1
}

fn comma_for_and(lowering: &mut Lowering, before: &Part<'_>, part: &Part<'_>) {
    let between = Span { start: before.span.end, end: part.span.start, ..part.span };
    let diagnostic = Diagnostic::new(&codes::FOREIGN_OPERATOR, part.span, "attributes of a rule are joined with `&`, not with a comma");
    lowering.report(diagnostic.label("not a rule").help("join them: `exact a & b`").suggest(between, " & "));
}

fn entry(lowering: &mut Lowering, part: &Part<'_>) -> Parsed<MatchEntry> {
    let cursor = &mut Cursor::new(part);
    if let Some(AtomKind::Call(words, _)) = cursor.peek().map(|atom| &atom.kind)
        && MATCH_ENTRIES.contains(&words[0].raw)
    {
        let help = "rules stand without parentheses: `exact email`, `never differ(born)`";
        return Err(lowering.expected_with_help(cursor, "a rule", Some(help)));
    }
    match lowering.entry_word(cursor, "a rule", &codes::UNKNOWN_ENTRY, &MATCH_ENTRIES)? {
        "exact" => exact::rule(lowering, cursor).map(MatchEntry::Exact),
        "never" => never(lowering, cursor, part.span),
        "ignore" => ignore(lowering, cursor, part.span),
        "fuzzy" => fuzzy::rule(lowering, cursor).map(MatchEntry::Fuzzy),
        _ => trained::rule(lowering, cursor).map(MatchEntry::Model),
    }
}

/// `never differ(a.b)`, `never same_source(billing)`, `never larger(50)`, `never looser(0.3)`
fn never(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, span: Span) -> Parsed<MatchEntry> {
    let what = "`differ(..)`, `same_source(..)`, `larger(..)` or `looser(..)`";
    let Some(Atom { span: call, kind: AtomKind::Call(words, arguments), .. }) = cursor.peek() else {
        return Err(lowering.expected_with_help(cursor, what, Some("what it is about stands in parentheses: `never differ(born)`")));
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
        let needed = match guard {
            "differ" => "one attribute",
            "same_source" => "one source",
            "larger" => "the number of records that an object has at most",
            _ => "the share of pairs that must be joined, from 0 to 1",
        };
        return Err(lowering.wrong_count(*call, guard, needed));
    };
    let inner = &mut Cursor::new(argument);
    let entry = match guard {
        "differ" => MatchEntry::NeverDiffer { span, path: lowering.attribute_path(inner, "an attribute")? },
        "same_source" => MatchEntry::NeverSameSource { span, source: lowering.name(inner, "the name of a source")? },
        "larger" => MatchEntry::NeverLarger { span, most: number(lowering, inner)? },
        _ => MatchEntry::NeverLooser { span, least: number(lowering, inner)? },
    };
    lowering.finish(inner, &format!("`{guard}(..)`"));
    lowering.finish(cursor, "`never`");
    Ok(entry)
}

fn number(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<(String, Span)> {
    let Some(Atom { span, kind: AtomKind::Number(raw), .. }) = cursor.peek() else { return Err(lowering.expected(cursor, "a number")) };
    cursor.next();
    Ok((lowering.number(raw, *span)?, *span))
}

/// `ignore email in ("a", "b")`
fn ignore(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, span: Span) -> Parsed<MatchEntry> {
    let path = lowering.attribute_path(cursor, "the attribute whose values prove nothing")?;
    lowering.required_word(cursor, "in", "write `ignore email in (\"..\", \"..\")`")?;
    let Some(Atom { span: parens, kind: AtomKind::Parens(values), .. }) = cursor.peek() else {
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
