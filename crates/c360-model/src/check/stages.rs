//! Stages of formats: arguments as written into the literals that formats take, and stages back into text.

use c360_match::format::{Argument, ArgumentValue, StageCall};
use c360_syntax::Diagnostic;
use c360_syntax::ast::{self, Expr, ExprKind, UnaryOperator};
use c360_syntax::codes::model as codes;

/// The stage with its arguments as literals; reports arguments that are none.
pub(super) fn call(stage: &ast::Stage, out: &mut Vec<Diagnostic>) -> Option<StageCall> {
    arguments(&stage.arguments, out).map(|arguments| StageCall { name: stage.name.text.clone(), arguments })
}

fn arguments(written: &[ast::Argument], out: &mut Vec<Diagnostic>) -> Option<Vec<Argument>> {
    let mut complete = true;
    let mut arguments = Vec::with_capacity(written.len());
    for argument in written {
        match literal(&argument.value) {
            Ok(value) => arguments.push(Argument { name: argument.name.as_ref().map(|name| name.text.clone()), value }),
            Err(finding) => {
                complete = false;
                out.push(*finding);
            }
        }
    }
    complete.then_some(arguments)
}

fn literal(expr: &Expr) -> Result<ArgumentValue, Box<Diagnostic>> {
    match &expr.kind {
        ExprKind::Text(text) => Ok(ArgumentValue::Text(text.clone())),
        ExprKind::Bool(value) => Ok(ArgumentValue::Bool(*value)),
        ExprKind::Number(number) => whole(number, expr),
        ExprKind::Unary { operator: UnaryOperator::Negate, operand } => match &operand.kind {
            ExprKind::Number(number) => whole(&format!("-{number}"), expr),
            _ => Err(no_literal(expr)),
        },
        _ => Err(no_literal(expr)),
    }
}

fn whole(number: &str, expr: &Expr) -> Result<ArgumentValue, Box<Diagnostic>> {
    number.parse().map(ArgumentValue::Integer).map_err(|_| {
        let message = format!("`{number}` is not a whole number that an argument can hold");
        Box::new(Diagnostic::new(&codes::FORMAT_ARGUMENT, expr.span, message).label("expected a whole number"))
    })
}

fn no_literal(expr: &Expr) -> Box<Diagnostic> {
    let finding = Diagnostic::new(&codes::FORMAT_ARGUMENT, expr.span, "arguments of a format are texts, whole numbers, `true` or `false`");
    let finding = finding.label("not a literal");
    Box::new(match &expr.kind {
        ExprKind::Path(path) if path.len() == 1 => finding.suggest(expr.span, format!("\"{}\"", path[0].text)),
        _ => finding,
    })
}

/// The stages in canonical layout: `text | lpad(8, "0")`.
pub(super) fn canonical(stages: &[StageCall]) -> String {
    stages.iter().map(stage_text).collect::<Vec<_>>().join(" | ")
}

fn stage_text(stage: &StageCall) -> String {
    if stage.arguments.is_empty() {
        return stage.name.clone();
    }
    let arguments: Vec<String> = stage.arguments.iter().map(argument_text).collect();
    format!("{}({})", stage.name, arguments.join(", "))
}

fn argument_text(argument: &Argument) -> String {
    let value = match &argument.value {
        ArgumentValue::Text(text) => format!("{text:?}"),
        ArgumentValue::Integer(number) => number.to_string(),
        ArgumentValue::Bool(value) => value.to_string(),
    };
    match &argument.name {
        Some(name) => format!("{name}: {value}"),
        None => value,
    }
}
