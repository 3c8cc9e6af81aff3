//! The operators of expressions, how tightly they bind, and what other languages call them.

use super::cursor::Cursor;
use super::report::{QUOTE_HELP, found};
use super::{Lowering, Parsed, Reported};
use crate::ast::{BinaryOperator, UnaryOperator};
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind};
use crate::{Diagnostic, Span, suggest};

/// Binding powers, as in SQL.
pub(super) const LOOSEST: u8 = 1;
const AND: u8 = 2;
pub(super) const UNARY_NOT: u8 = 3;
pub(super) const COMPARISON: u8 = 4;
const CONCAT: u8 = 5;
const SUM: u8 = 6;
const PRODUCT: u8 = 7;
pub(super) const UNARY_MINUS: u8 = 8;

/// What stands between or behind operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Infix {
    Binary(BinaryOperator),
    IsNull { negated: bool },
    In { negated: bool },
    Between { negated: bool },
}

/// The operator at the cursor and its binding power. Misspelt ones are recognised, too: [`eat`] reports them.
pub(super) fn peek(cursor: &Cursor<'_, '_>) -> Option<(Infix, u8)> {
    let atom = cursor.peek()?;
    match atom.operator() {
        Some(operator) => symbol(operator),
        None => word(&atom.word()?.to_lowercase(), cursor),
    }
}

fn symbol(operator: &str) -> Option<(Infix, u8)> {
    use BinaryOperator::*;
    let (binary, level) = match operator {
        "&&" | "&" => (And, AND),
        "=" | "==" => (Equal, COMPARISON),
        "<>" | "!=" => (NotEqual, COMPARISON),
        "<" => (Less, COMPARISON),
        "<=" => (LessEqual, COMPARISON),
        ">" => (Greater, COMPARISON),
        ">=" => (GreaterEqual, COMPARISON),
        "||" | "|" => (Concat, CONCAT),
        "+" => (Add, SUM),
        "-" => (Subtract, SUM),
        "*" => (Multiply, PRODUCT),
        "/" => (Divide, PRODUCT),
        "%" => (Remainder, PRODUCT),
        _ => return None,
    };
    Some((Infix::Binary(binary), level))
}

fn word(word: &str, cursor: &Cursor<'_, '_>) -> Option<(Infix, u8)> {
    let second = cursor.peek_second().and_then(Atom::word).map(str::to_lowercase);
    let negated = word == "not";
    let infix = match (word, second.as_deref()) {
        ("or", _) => return Some((Infix::Binary(BinaryOperator::Or), LOOSEST)),
        ("and", _) => return Some((Infix::Binary(BinaryOperator::And), AND)),
        ("like", _) => Infix::Binary(BinaryOperator::Like),
        ("not", Some("like")) => Infix::Binary(BinaryOperator::NotLike),
        ("in", _) | ("not", Some("in")) => Infix::In { negated },
        ("between", _) | ("not", Some("between")) => Infix::Between { negated },
        // What follows decides; `eat` reads it.
        ("is", _) => Infix::IsNull { negated },
        _ => return None,
    };
    Some((infix, COMPARISON))
}

/// Steps behind the operator that [`peek`] saw, and reports a foreign spelling. `is ..` is read to its end: see [`is`].
pub(super) fn eat(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, infix: Infix) -> Parsed<Infix> {
    let words = match infix {
        Infix::Binary(BinaryOperator::NotLike) | Infix::In { negated: true } | Infix::Between { negated: true } => 2,
        _ => 1,
    };
    for _ in 0..words {
        check_spelling(lowering, cursor);
        cursor.next();
    }
    if matches!(infix, Infix::IsNull { .. }) { is(lowering, cursor) } else { Ok(infix) }
}

/// Behind `is`: `null`, `not null`, `distinct from`, `not distinct from`.
fn is(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Infix> {
    let negated = eat_keyword(lowering, cursor, "not");
    if eat_keyword(lowering, cursor, "null") {
        return Ok(Infix::IsNull { negated });
    }
    if eat_keyword(lowering, cursor, "distinct") {
        if !eat_keyword(lowering, cursor, "from") {
            lowering.required_word(cursor, "from", "write `is distinct from`")?;
        }
        return Ok(Infix::Binary(if negated { BinaryOperator::NotDistinct } else { BinaryOperator::Distinct }));
    }
    let help = "values are compared with `=` and `<>`";
    Err(lowering.expected_with_help(cursor, "`null` or `distinct from` behind `is`", Some(help)))
}

/// Steps behind a word of expressions, in any case of letters: another case is reported.
pub(super) fn eat_keyword(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, keyword: &str) -> bool {
    let is_there = cursor.word().is_some_and(|word| word.eq_ignore_ascii_case(keyword));
    if is_there {
        check_spelling(lowering, cursor);
        cursor.next();
    }
    is_there
}

/// `not` or `-` before an operand.
pub(super) fn eat_prefix(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Option<UnaryOperator> {
    if cursor.eat_operator("-").is_some() {
        return Some(UnaryOperator::Negate);
    }
    let is_not = cursor.word().is_some_and(|word| word.eq_ignore_ascii_case("not")) || cursor.peek().and_then(Atom::operator) == Some("!");
    if is_not {
        check_spelling(lowering, cursor);
        cursor.next();
    }
    is_not.then_some(UnaryOperator::Not)
}

/// Reports the operator at the cursor where it is spelt as in another language.
fn check_spelling(lowering: &mut Lowering, cursor: &Cursor<'_, '_>) {
    let Some(atom) = cursor.peek() else { return };
    let own = match (atom.operator(), atom.word()) {
        (Some("=="), _) => Some("=".to_string()),
        (Some("!="), _) => Some("<>".to_string()),
        (Some("&&" | "&"), _) => Some("and".to_string()),
        (Some("|"), _) => Some("||".to_string()),
        (Some("!"), _) => Some("not ".to_string()),
        (_, Some(word)) if word.chars().any(char::is_uppercase) => Some(word.to_lowercase()),
        _ => None,
    };
    let Some(own) = own else { return };
    let written = atom.operator().or_else(|| atom.word()).unwrap_or_default();
    foreign(lowering, atom.span, written, &own);
}

/// Reports `written`, which is `own` in this language.
pub(super) fn foreign(lowering: &mut Lowering, span: Span, written: &str, own: &str) -> Reported {
    let diagnostic = Diagnostic::new(&codes::FOREIGN_OPERATOR, span, format!("`{written}` is written `{}`", own.trim_end()));
    let help = format!("did you mean `{}`?", own.trim_end());
    lowering.report(diagnostic.label("not spelt like this").help(help).suggest(span, own))
}

/// `a = b = c`
pub(super) fn chained_comparison(lowering: &mut Lowering, cursor: &Cursor<'_, '_>) -> Reported {
    let message = format!("{} cannot follow another comparison", found(cursor));
    let help = "join two comparisons with `and`, or put one of them in parentheses";
    lowering.report(Diagnostic::new(&codes::TRAILING, cursor.rest(), message).label("second comparison").help(help))
}

/// Something stands where an operator or the end should.
pub(super) fn not_an_operator(lowering: &mut Lowering, cursor: &Cursor<'_, '_>) -> Reported {
    let near = cursor.word().and_then(|word| suggest(word, ["and", "or", "not", "like", "in", "is", "between"]));
    let diagnostic = Diagnostic::new(&codes::TRAILING, cursor.rest(), format!("expected an operator or the end, found {}", found(cursor)));
    let diagnostic = diagnostic.label("unexpected");
    let help = match cursor.peek().map(|atom| &atom.kind) {
        Some(AtomKind::Text(_)) if cursor.is_glued() => QUOTE_HELP,
        Some(AtomKind::Parens(_)) => "in a call no blank stands before the parenthesis: `lower(x)`",
        Some(AtomKind::Name(_)) => "a name with blanks stands in backticks",
        _ => "one entry ends with its line or with a comma",
    };
    lowering.report(match near {
        Some(near) => diagnostic.suggest(cursor.here(), near),
        None => diagnostic.help(help),
    })
}
