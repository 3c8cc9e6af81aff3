//! How the surviving value is chosen: `precedence a > b`, `latest`, `first of (only crm, latest)`, ..

use super::cursor::{Cursor, name_of};
use super::{Lowering, Parsed, expression};
use crate::ast::{Argument, Name, Strategy};
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind, Part};
use crate::vocabulary::STRATEGIES;
use crate::{Span, suggest};

/// Reads a strategy; a word that is none becomes [`Strategy::Unknown`].
pub(super) fn strategy(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Strategy> {
    let (written, arguments) = match cursor.peek().map(|atom| &atom.kind) {
        Some(AtomKind::Name(words)) if words.len() == 1 => (name_of(&words[0]), None),
        Some(AtomKind::Call(words, arguments)) if words.len() == 1 => (name_of(&words[0]), Some(arguments)),
        _ => {
            let help = "a strategy follows the attribute: `email latest`; sources are joined with `>`: `precedence crm > shop`";
            let help = cursor.is_done().then_some(help);
            return Err(lowering.expected_with_help(cursor, "a strategy like `precedence crm > shop` or `latest`", help));
        }
    };
    cursor.next();
    let known = STRATEGIES.iter().find(|known| **known == written.text && arguments.is_none()).copied();
    match known {
        Some(word) => of_word(lowering, cursor, word),
        None => unknown(lowering, cursor, written, arguments),
    }
}

/// A first word alone, or with more behind it that no attribute has: a misspelt default, not an attribute.
pub(super) fn is_misspelt(cursor: &Cursor<'_, '_>) -> bool {
    let Some(word) = cursor.word() else { return false };
    let is_alone = cursor.peek_second().is_none();
    let is_followed_by_strategy = cursor.peek_second().and_then(Atom::word).is_some_and(|next| STRATEGIES.contains(&next));
    suggest(word, STRATEGIES).is_some_and(|near| is_alone || near == "precedence" && !is_followed_by_strategy)
}

fn of_word(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, word: &str) -> Parsed<Strategy> {
    Ok(match word {
        "precedence" => {
            Strategy::Precedence(lowering.chain(cursor, ">", |lowering, cursor| lowering.name(cursor, "the name of a source"))?)
        }
        "only" => Strategy::Only(lowering.name(cursor, "the name of a source")?),
        "latest" => Strategy::Latest,
        "earliest" => Strategy::Earliest,
        "longest" => Strategy::Longest,
        "shortest" => Strategy::Shortest,
        "min" => Strategy::Min,
        "max" => Strategy::Max,
        "all" => Strategy::All,
        "most" => {
            lowering.required_word(cursor, "frequent", "the strategy is `most frequent`")?;
            Strategy::MostFrequent
        }
        _ => Strategy::FirstOf(first_of(lowering, cursor)?),
    })
}

/// Behind `first`: `of (a, b)`
fn first_of(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Vec<(Strategy, Span)>> {
    lowering.required_word(cursor, "of", "the strategy is `first of (only crm, latest)`")?;
    let Some(Atom { span, kind: AtomKind::Parens(parts), .. }) = cursor.peek() else {
        return Err(lowering.expected(cursor, "the strategies in parentheses"));
    };
    cursor.next();
    if parts.is_empty() {
        return Err(lowering.wrong_count(*span, "first of", "at least one strategy"));
    }
    parts.iter().map(|part| alternative(lowering, part)).collect()
}

fn alternative(lowering: &mut Lowering, part: &Part<'_>) -> Parsed<(Strategy, Span)> {
    let cursor = &mut Cursor::new(part);
    let strategy = strategy(lowering, cursor)?;
    lowering.finish(cursor, "the strategy");
    Ok((strategy, part.span))
}

/// A misspelt strategy is read as what was probably meant.
fn unknown(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, written: Name, arguments: Option<&Vec<Part<'_>>>) -> Parsed<Strategy> {
    let message = format!("`{}` is no strategy", super::report::shortened(&written.text));
    match lowering.unknown(&codes::UNKNOWN_STRATEGY, &written.text, written.span, message, &STRATEGIES) {
        Some(near) if arguments.is_none() => of_word(lowering, cursor, near),
        _ => {
            let arguments: Vec<Argument> = arguments.map(|parts| expression::arguments(lowering, parts)).unwrap_or_default();
            // What stands behind an unknown word cannot be judged.
            while cursor.next().is_some() {}
            let strategy = Strategy::Unknown(written, arguments);
            Ok(strategy)
        }
    }
}
