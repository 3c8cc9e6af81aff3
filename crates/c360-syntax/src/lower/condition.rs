//! What pairs of records are held against: `jaro_winkler(name) >= 0.92 & same(born)`, and the alternatives of blocks.
//!
//! Only `&`, `|`, `not`, calls and one bound per call: what compares two records, rather than expressions over one row. As expressions do,
//! they become an [`Expr`], so that every later step walks over one kind of tree.

use super::cursor::Cursor;
use super::expression::MAX_HEIGHT;
use super::{Lowering, Parsed, exact, primary};
use crate::ast::{BinaryOperator, Block, Expr, ExprKind, UnaryOperator};
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind};
use crate::vocabulary::BLOCK_OPTIONS;
use crate::{Diagnostic, Span};

/// The comparisons that a bound can be given with.
const BOUNDS: [(&str, BinaryOperator); 4] =
    [(">=", BinaryOperator::GreaterEqual), ("<=", BinaryOperator::LessEqual), (">", BinaryOperator::Greater), ("<", BinaryOperator::Less)];

/// `a & b | not c`, all that is left of the part.
pub(super) fn whole(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, what: &str) -> Parsed<Expr> {
    let condition = alternatives(lowering, cursor, 0)?;
    lowering.finish(cursor, what);
    Ok(condition)
}

/// `block a & b | soundex(c) at most 500`; the cursor stands behind `block`.
pub(super) fn block(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Block> {
    let alternatives = alternatives(lowering, cursor, 0)?;
    let mut block = Block { span: cursor.whole(), alternatives, at_most: None };
    if cursor.word().is_some() {
        let start = cursor.here();
        lowering.entry_word(cursor, "an option of `block`", &codes::UNKNOWN_OPTION, &BLOCK_OPTIONS)?;
        block.at_most = Some(exact::at_most(lowering, cursor, start)?);
    }
    lowering.finish(cursor, "`block`");
    Ok(block)
}

fn alternatives(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, depth: usize) -> Parsed<Expr> {
    chain(lowering, cursor, &["|", "||", "or"], BinaryOperator::Or, |lowering, cursor| {
        chain(lowering, cursor, &["&", "&&", "and"], BinaryOperator::And, |lowering, cursor| factor(lowering, cursor, depth))
    })
}

/// Elements with an operator between them, of which the first spelling is ours.
fn chain<'a, 't>(
    lowering: &mut Lowering,
    cursor: &mut Cursor<'a, 't>,
    spellings: &[&str],
    operator: BinaryOperator,
    element: impl Fn(&mut Lowering, &mut Cursor<'a, 't>) -> Parsed<Expr>,
) -> Parsed<Expr> {
    let mut left = element(lowering, cursor)?;
    let mut height = 0;
    while eat(lowering, cursor, spellings) {
        let right = element(lowering, cursor)?;
        let span = left.span.to(right.span);
        height += 1;
        if height > MAX_HEIGHT {
            return Err(lowering.too_deep(span, MAX_HEIGHT));
        }
        left = Expr { span, kind: ExprKind::Binary { operator, left: Box::new(left), right: Box::new(right) } };
    }
    Ok(left)
}

/// Eats one of the spellings of an operator; reports those of other languages.
fn eat(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, spellings: &[&str]) -> bool {
    let span = cursor.here();
    let found = spellings.iter().find(|spelling| cursor.eat_operator(spelling).is_some() || cursor.eat_word(spelling).is_some());
    let (Some(found), [own, ..]) = (found, spellings) else { return false };
    if found != own {
        let message = format!("conditions on pairs are joined with `{own}`, not with `{found}`");
        lowering.report(Diagnostic::new(&codes::FOREIGN_OPERATOR, span, message).label("not an operator here").suggest(span, *own));
    }
    true
}

fn factor(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, depth: usize) -> Parsed<Expr> {
    const DEEPEST: usize = 64;
    if depth > DEEPEST {
        return Err(lowering.too_deep(cursor.here(), DEEPEST));
    }
    let start = cursor.here();
    if cursor.eat_word("not").is_some() {
        let operand = Box::new(factor(lowering, cursor, depth + 1)?);
        return Ok(Expr { span: start.to(operand.span), kind: ExprKind::Unary { operator: UnaryOperator::Not, operand } });
    }
    if let Some(Atom { span, kind: AtomKind::Parens(parts), .. }) = cursor.peek() {
        let [part] = parts.as_slice() else { return Err(lowering.wrong_count(*span, "(..)", "one condition")) };
        cursor.next();
        let inner = &mut Cursor::new(part);
        let condition = alternatives(lowering, inner, depth + 1)?;
        lowering.finish(inner, "the condition");
        return Ok(Expr { span: *span, ..condition });
    }
    let operand = primary::operand(lowering, cursor)?.expr;
    bounded(lowering, cursor, operand, start)
}

/// `>= 0.92` behind a call.
fn bounded(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, operand: Expr, start: Span) -> Parsed<Expr> {
    let Some((_, operator)) = BOUNDS.iter().find(|(written, _)| cursor.eat_operator(written).is_some()) else { return Ok(operand) };
    let right = match cursor.peek() {
        Some(Atom { span, kind: AtomKind::Number(raw), .. }) => {
            cursor.next();
            Expr { span: *span, kind: ExprKind::Number(lowering.number(raw, *span)?) }
        }
        _ => return Err(lowering.expected(cursor, "a number")),
    };
    let span = cursor.since(start);
    Ok(Expr { span, kind: ExprKind::Binary { operator: *operator, left: Box::new(operand), right: Box::new(right) } })
}
