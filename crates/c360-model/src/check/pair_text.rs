//! Conditions on pairs and blocks as text, in one layout: what they are called in tables, messages and models.

use c360_syntax::ast::{BinaryOperator, Expr, ExprKind};

/// The text; parentheses stand where they are needed.
pub(super) fn text(expr: &Expr) -> String {
    written(expr, 0)
}

/// How tightly the place binds in which the expression stands: 0 loosest, 1 inside `|`, 2 inside `&`, 3 behind `not`.
fn written(expr: &Expr, place: u8) -> String {
    match &expr.kind {
        ExprKind::Path(path) => path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join("."),
        ExprKind::Number(number) => number.clone(),
        ExprKind::Call { function, arguments } => {
            let arguments: Vec<String> = arguments.iter().map(|argument| written(&argument.value, 0)).collect();
            format!("{}({})", function.text, arguments.join(", "))
        }
        ExprKind::Unary { operand, .. } => format!("not {}", written(operand, 3)),
        ExprKind::Binary { operator, left, right } => {
            let (sign, own) = match operator {
                BinaryOperator::Or => ("|", 1),
                BinaryOperator::And => ("&", 2),
                BinaryOperator::GreaterEqual => (">=", 3),
                BinaryOperator::Greater => (">", 3),
                BinaryOperator::LessEqual => ("<=", 3),
                _ => ("<", 3),
            };
            let inner = format!("{} {sign} {}", written(left, own), written(right, own));
            if place > own { format!("({inner})") } else { inner }
        }
        _ => String::new(),
    }
}
