//! Kinds of values as far as they are known without data: literals and results of operators. Columns and functions may be anything.

use crate::model::{BinaryOperator, Expr, ExprKind, UnaryOperator};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bool,
    Text,
    Number,
    Any,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Bool => "true or false",
            Kind::Text => "a text",
            Kind::Number => "a number",
            Kind::Any => "a value",
        }
    }
}

fn kind(expr: &Expr) -> Kind {
    match &expr.kind {
        ExprKind::Text(_) => Kind::Text,
        ExprKind::Integer(_) | ExprKind::Float(_) | ExprKind::Unary(UnaryOperator::Negate, _) => Kind::Number,
        ExprKind::Bool(_) | ExprKind::Unary(UnaryOperator::Not, _) | ExprKind::IsNull(..) | ExprKind::In(..) | ExprKind::Between(..) => {
            Kind::Bool
        }
        ExprKind::Binary(operator, ..) => result(*operator),
        ExprKind::Column(_) | ExprKind::Null | ExprKind::Call(..) | ExprKind::Case(..) => Kind::Any,
    }
}

fn result(operator: BinaryOperator) -> Kind {
    use BinaryOperator as B;
    match operator {
        B::Or | B::And | B::Equal | B::NotEqual | B::Less | B::LessEqual | B::Greater | B::GreaterEqual => Kind::Bool,
        B::Distinct | B::NotDistinct | B::Like | B::NotLike => Kind::Bool,
        B::Concat => Kind::Text,
        // Dates can be added and subtracted, too.
        B::Add | B::Subtract => Kind::Any,
        B::Multiply | B::Divide | B::Remainder => Kind::Number,
    }
}

/// Reports a condition that is known to be neither true nor false.
pub(super) fn check_condition(expr: &Expr, out: &mut Vec<Diagnostic>) {
    let kind = kind(expr);
    if !matches!(kind, Kind::Bool | Kind::Any) {
        let message = format!("a condition is true or false, and this is {}", kind.name());
        let finding = Diagnostic::new(&codes::NOT_BOOLEAN, expr.span, message).label(kind.name());
        out.push(finding.help("compare it with something, such as `Status = 'A'`"));
    }
}

/// Reports an operand that `not` or `-` do not take.
pub(super) fn check_unary(operator: UnaryOperator, operand: &Expr, out: &mut Vec<Diagnostic>) {
    match operator {
        UnaryOperator::Not => check_condition(operand, out),
        UnaryOperator::Negate => check_number("-", operand, out),
    }
}

/// Reports operands that an operator does not take.
pub(super) fn check_binary(operator: BinaryOperator, left: &Expr, right: &Expr, span: Span, out: &mut Vec<Diagnostic>) {
    use BinaryOperator as B;
    match operator {
        B::Or | B::And => [left, right].into_iter().for_each(|operand| check_condition(operand, out)),
        B::Multiply => [left, right].into_iter().for_each(|operand| check_number("*", operand, out)),
        B::Divide => [left, right].into_iter().for_each(|operand| check_number("/", operand, out)),
        B::Remainder => [left, right].into_iter().for_each(|operand| check_number("%", operand, out)),
        B::Add => check_sum("+", left, right, out),
        B::Subtract => check_sum("-", left, right, out),
        B::Like | B::NotLike => check_pattern(right, out),
        B::Equal | B::NotEqual | B::Less | B::LessEqual | B::Greater | B::GreaterEqual => {
            check_comparison(operator, left, right, span, out)
        }
        B::Distinct | B::NotDistinct | B::Concat => {}
    }
}

fn check_number(operator: &str, operand: &Expr, out: &mut Vec<Diagnostic>) {
    let kind = kind(operand);
    if matches!(kind, Kind::Text | Kind::Bool) {
        let message = format!("`{operator}` takes numbers, and this is {}", kind.name());
        out.push(
            Diagnostic::new(&codes::OPERAND, operand.span, message).label(kind.name()).help("write a number without quotes, or convert it"),
        );
    }
}

/// Sums take numbers and dates; two texts are joined by another operator.
fn check_sum(operator: &str, left: &Expr, right: &Expr, out: &mut Vec<Diagnostic>) {
    for operand in [left, right] {
        let kind = kind(operand);
        if matches!(kind, Kind::Text | Kind::Bool) {
            let message = format!("`{operator}` takes numbers and dates, and this is {}", kind.name());
            let finding = Diagnostic::new(&codes::OPERAND, operand.span, message).label(kind.name());
            out.push(finding.help(if operator == "+" {
                "texts are joined by `||`"
            } else {
                "write a number without quotes, or convert it"
            }));
        }
    }
}

fn check_pattern(pattern: &Expr, out: &mut Vec<Diagnostic>) {
    let kind = kind(pattern);
    if matches!(kind, Kind::Number | Kind::Bool) {
        let message = format!("`like` takes a pattern, and this is {}", kind.name());
        out.push(Diagnostic::new(&codes::OPERAND, pattern.span, message).label(kind.name()).help("write the pattern in quotes: `'A%'`"));
    }
}

fn check_comparison(operator: BinaryOperator, left: &Expr, right: &Expr, span: Span, out: &mut Vec<Diagnostic>) {
    if [left, right].iter().any(|operand| matches!(operand.kind, ExprKind::Null)) {
        let finding = Diagnostic::new(&codes::NULL_COMPARISON, span, "a comparison with `null` is never true").label("never true");
        out.push(finding.help(if operator == BinaryOperator::NotEqual { "write `is not null`" } else { "write `is null`" }));
        return;
    }
    let (left_kind, right_kind) = (kind(left), kind(right));
    if left_kind != Kind::Any && right_kind != Kind::Any && left_kind != right_kind {
        let message = format!("{} is compared with {}", left_kind.name(), right_kind.name());
        out.push(Diagnostic::new(&codes::OPERAND, span, message).label("of different kinds").help("compare values of one kind"));
    }
}
