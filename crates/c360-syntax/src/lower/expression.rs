//! Expressions over raw columns, read by precedence climbing (V. R. Pratt, "Top down operator precedence", 1973).
//! Operands are in `primary`, the table of operators in `operator`.

use super::cursor::Cursor;
use super::operator::{self, Infix, UNARY_MINUS, UNARY_NOT};
use super::{Lowering, Parsed, primary};
use crate::Span;
use crate::ast::{Argument, Expr, ExprKind, UnaryOperator};
use crate::shape::{Atom, AtomKind, Part};

/// Operators and brackets on the way from the root of an expression to a leaf; everything later recurses over it.
pub(super) const MAX_HEIGHT: usize = 256;

/// `case`, calls, brackets and `not` inside of each other, while reading.
const MAX_NESTING: usize = 96;

/// An expression and how high its tree is.
pub(super) struct Tall {
    pub(super) expr: Expr,
    pub(super) height: usize,
}

/// All that is left of the part.
pub(super) fn whole(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Expr> {
    Ok(whole_tall(lowering, cursor)?.expr)
}

pub(super) fn whole_tall(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Tall> {
    let tall = expression(lowering, cursor, operator::LOOSEST)?;
    if !cursor.is_done() {
        return Err(operator::not_an_operator(lowering, cursor));
    }
    Ok(tall)
}

/// Arguments of a call; those that cannot be read are reported and missing.
pub(super) fn arguments(lowering: &mut Lowering, parts: &[Part<'_>]) -> Vec<Argument> {
    parts.iter().filter_map(|part| argument(lowering, part).ok()).map(|(argument, _)| argument).collect()
}

/// `first: Vorname`, `Vorname`
pub(super) fn argument(lowering: &mut Lowering, part: &Part<'_>) -> Parsed<(Argument, usize)> {
    let cursor = &mut Cursor::new(part);
    let is_named = cursor.peek_second().and_then(Atom::operator) == Some(":");
    let name = if is_named { Some(lowering.name(cursor, "the name of an argument")?) } else { None };
    cursor.eat_operator(":");
    let Tall { expr: value, height } = whole_tall(lowering, cursor)?;
    Ok((Argument { name, value }, height))
}

/// Reads operators that bind at least as tightly as `least`.
pub(super) fn expression(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, least: u8) -> Parsed<Tall> {
    lowering.depth += 1;
    let nested =
        if lowering.depth > MAX_NESTING { Err(lowering.too_deep(cursor.here(), MAX_NESTING)) } else { climb(lowering, cursor, least) };
    lowering.depth -= 1;
    nested
}

fn climb(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, least: u8) -> Parsed<Tall> {
    let start = cursor.here();
    let mut left = prefixed(lowering, cursor)?;
    let mut compared = false;
    while let Some((infix, level)) = operator::peek(cursor).filter(|(_, level)| *level >= least) {
        if level == operator::COMPARISON && compared {
            return Err(operator::chained_comparison(lowering, cursor));
        }
        compared = level == operator::COMPARISON;
        let infix = operator::eat(lowering, cursor, infix)?;
        let (kind, height) = joined(lowering, cursor, infix, level, left)?;
        left = tall(lowering, cursor.since(start), kind, height)?;
    }
    Ok(left)
}

fn tall(lowering: &mut Lowering, span: Span, kind: ExprKind, height: usize) -> Parsed<Tall> {
    if height > MAX_HEIGHT {
        return Err(lowering.too_deep(span, MAX_HEIGHT));
    }
    Ok(Tall { expr: Expr { span, kind }, height })
}

/// `not`s and minuses, then an operand.
fn prefixed(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Tall> {
    let start = cursor.here();
    let (unary, level) = match operator::eat_prefix(lowering, cursor) {
        Some(UnaryOperator::Not) => (UnaryOperator::Not, UNARY_NOT),
        Some(UnaryOperator::Negate) => (UnaryOperator::Negate, UNARY_MINUS),
        None => return primary::operand(lowering, cursor),
    };
    let operand = expression(lowering, cursor, level)?;
    let kind = ExprKind::Unary { operator: unary, operand: Box::new(operand.expr) };
    tall(lowering, cursor.since(start), kind, operand.height + 1)
}

/// What becomes of `left` and that which follows the operator.
fn joined(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, infix: Infix, level: u8, left: Tall) -> Parsed<(ExprKind, usize)> {
    let operand = Box::new(left.expr);
    match infix {
        Infix::Binary(binary) => {
            let right = expression(lowering, cursor, level + 1)?;
            Ok((ExprKind::Binary { operator: binary, left: operand, right: Box::new(right.expr) }, left.height.max(right.height) + 1))
        }
        Infix::IsNull { negated } => Ok((ExprKind::IsNull { operand, negated }, left.height + 1)),
        Infix::In { negated } => {
            let (list, height) = alternatives(lowering, cursor)?;
            Ok((ExprKind::In { operand, list, negated }, left.height.max(height) + 1))
        }
        Infix::Between { negated } => {
            let low = expression(lowering, cursor, level + 1)?;
            if cursor.eat_word("and").is_none() {
                return Err(lowering.expected(cursor, "`and` and the upper bound"));
            }
            let high = expression(lowering, cursor, level + 1)?;
            let height = left.height.max(low.height).max(high.height) + 1;
            Ok((ExprKind::Between { operand, low: Box::new(low.expr), high: Box::new(high.expr), negated }, height))
        }
    }
}

/// `(1, 2)` behind `in`.
fn alternatives(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<(Vec<Expr>, usize)> {
    let Some(Atom { kind: AtomKind::Parens(parts), span, .. }) = cursor.peek() else {
        return Err(lowering.expected(cursor, "the values in parentheses: `(1, 2)`"));
    };
    cursor.next();
    if parts.is_empty() {
        return Err(lowering.wrong_count(*span, "in", "at least one value"));
    }
    elements(lowering, parts)
}

/// Expressions with commas between them; those that cannot be read are reported and missing.
pub(super) fn elements(lowering: &mut Lowering, parts: &[Part<'_>]) -> Parsed<(Vec<Expr>, usize)> {
    let read: Vec<Tall> = parts.iter().filter_map(|part| whole_tall(lowering, &mut Cursor::new(part)).ok()).collect();
    let height = read.iter().map(|tall| tall.height).max().unwrap_or(0);
    Ok((read.into_iter().map(|tall| tall.expr).collect(), height))
}
