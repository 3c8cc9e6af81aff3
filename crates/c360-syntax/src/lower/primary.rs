//! Operands of expressions: literals, columns, calls, lists, parentheses, `case`.

use super::cursor::{Cursor, name_of};
use super::expression::{self, Tall};
use super::operator::{self, LOOSEST};
use super::{Lowering, Parsed};
use crate::ast::{Expr, ExprKind};
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind, Part, Word};
use crate::vocabulary::RESERVED;
use crate::{Diagnostic, Span};

const CONTINUED: &str =
    "an expression goes on in the next line inside of parentheses, or behind an operator if the line is indented deeper";

/// Reads one operand.
pub(super) fn operand(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Tall> {
    let Some(Atom { span, kind, .. }) = cursor.peek() else {
        return Err(lowering.expected_with_help(cursor, "an expression", Some(CONTINUED)));
    };
    let (kind, height) = match kind {
        AtomKind::Text(raw) => (ExprKind::Text(lowering.text_value(raw, *span)), 1),
        AtomKind::Number(raw) => (ExprKind::Number(lowering.number(raw, *span)?), 1),
        AtomKind::Date(raw) => return Err(date(lowering, raw, *span)),
        AtomKind::Name(words) => return name(lowering, cursor, words, *span),
        AtomKind::Call(words, arguments) => call(lowering, words, arguments)?,
        AtomKind::List(parts) => {
            let (list, height) = expression::elements(lowering, parts)?;
            (ExprKind::List(list), height + 1)
        }
        AtomKind::Parens(parts) => return parens(lowering, cursor, parts, *span),
        AtomKind::Block(_) | AtomKind::Operator(_) => return Err(lowering.expected(cursor, "an expression")),
    };
    cursor.next();
    Ok(Tall { expr: Expr { span: *span, kind }, height })
}

/// A column, a path into one, or a word that means something else.
fn name(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, words: &[Word<'_>], span: Span) -> Parsed<Tall> {
    let lower_case = cursor.word().map(str::to_lowercase);
    let reserved = lower_case.as_deref().and_then(|word| RESERVED.iter().find(|reserved| **reserved == word)).copied();
    let kind = match reserved {
        None => ExprKind::Path(lowering.path(words)?),
        Some("case") => {
            operator::eat_keyword(lowering, cursor, "case");
            return case(lowering, cursor, span);
        }
        Some(literal @ ("null" | "true" | "false")) => {
            operator::eat_keyword(lowering, cursor, literal);
            let kind = if literal == "null" { ExprKind::Null } else { ExprKind::Bool(literal == "true") };
            return Ok(Tall { expr: Expr { span, kind }, height: 1 });
        }
        Some(_) => return Err(lowering.expected(cursor, "an expression")),
    };
    cursor.next();
    Ok(Tall { expr: Expr { span, kind }, height: 1 })
}

fn call(lowering: &mut Lowering, words: &[Word<'_>], parts: &[Part<'_>]) -> Parsed<(ExprKind, usize)> {
    if let [_, second, ..] = words {
        let diagnostic = Diagnostic::new(&codes::EXPECTED, words[0].span.to(second.span), "a function has a plain name, without a dot");
        return Err(lowering.report(diagnostic.label("a path").help("functions are called as `function(value, ..)`")));
    }
    let mut height = 0;
    let mut arguments = Vec::with_capacity(parts.len());
    for (argument, own) in parts.iter().filter_map(|part| expression::argument(lowering, part).ok()) {
        height = height.max(own);
        arguments.push(argument);
    }
    Ok((ExprKind::Call { function: name_of(&words[0]), arguments }, height + 1))
}

fn parens(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, parts: &[Part<'_>], span: Span) -> Parsed<Tall> {
    let [part] = parts else {
        return Err(lowering.wrong_count(span, "(..)", "one expression; a list stands in brackets: `[a, b]`"));
    };
    cursor.next();
    let inner = expression::whole_tall(lowering, &mut Cursor::new(part))?;
    Ok(Tall { expr: Expr { span, ..inner.expr }, height: inner.height })
}

/// Behind `case`: `when a then b else c end`
fn case(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, start: Span) -> Parsed<Tall> {
    let mut branches = Vec::new();
    let mut height = 0;
    while operator::eat_keyword(lowering, cursor, "when") {
        let condition = expression::expression(lowering, cursor, LOOSEST)?;
        if !operator::eat_keyword(lowering, cursor, "then") {
            return Err(lowering.expected(cursor, "`then`"));
        }
        let result = expression::expression(lowering, cursor, LOOSEST)?;
        height = height.max(condition.height).max(result.height);
        branches.push((condition.expr, result.expr));
    }
    if branches.is_empty() {
        return Err(lowering.expected_with_help(cursor, "`when`", Some("write `case when condition then value else other end`")));
    }
    let otherwise = match operator::eat_keyword(lowering, cursor, "else") {
        true => Some(expression::expression(lowering, cursor, LOOSEST)?),
        false => None,
    };
    if !operator::eat_keyword(lowering, cursor, "end") {
        return Err(lowering.expected_with_help(cursor, "`when`, `else` or `end`", cursor.is_done().then_some(CONTINUED)));
    }
    height = height.max(otherwise.as_ref().map_or(0, |tall| tall.height));
    let otherwise = otherwise.map(|tall| Box::new(tall.expr));
    Ok(Tall { expr: Expr { span: cursor.since(start), kind: ExprKind::Case { branches, otherwise } }, height: height + 1 })
}

/// `2024-01-01` is neither a text nor a subtraction.
fn date(lowering: &mut Lowering, raw: &str, span: Span) -> super::Reported {
    let diagnostic = Diagnostic::new(&codes::MALFORMED_NUMBER, span, format!("`{raw}` is no number, and a date is a text"));
    lowering.report(diagnostic.label("a date").suggest(span, format!("to_date('{raw}')")))
}
