//! Expressions over the raw columns of a source: functions looked up, operands of literal kinds checked, columns collected.

use super::scope::Scope;
use super::{functions, kinds};
use crate::model::{BinaryOperator, ColumnPath, Expr, ExprKind, ReadFormat};
use c360_syntax::ast::{self, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};
use std::collections::BTreeSet;

/// Lowers the expressions of one source.
pub(super) struct Lowering<'s, 'a> {
    pub(super) scope: &'s Scope<'a>,
    /// How the source is read, where that is known: decides whether columns can be nested.
    format: Option<&'s ReadFormat>,
    columns: Vec<(ColumnPath, Span)>,
    seen: BTreeSet<ColumnPath>,
}

impl<'s, 'a> Lowering<'s, 'a> {
    /// Begins with the expressions of a source, read as `format` where that is known.
    pub(super) fn new(scope: &'s Scope<'a>, format: Option<&'s ReadFormat>) -> Lowering<'s, 'a> {
        Lowering { scope, format, columns: Vec::new(), seen: BTreeSet::new() }
    }

    /// The columns that the expressions named, in order of first use.
    pub(super) fn into_columns(self) -> Vec<(ColumnPath, Span)> {
        self.columns
    }
}

impl Lowering<'_, '_> {
    /// The expression with its names resolved; `None` where something in it is wrong, all of which is reported.
    pub(super) fn expr(&mut self, expr: &ast::Expr, out: &mut Vec<Diagnostic>) -> Option<Expr> {
        let kind = match &expr.kind {
            ast::ExprKind::Path(path) => self.column(path, expr.span, out)?,
            ast::ExprKind::Text(text) => ExprKind::Text(text.clone()),
            ast::ExprKind::Number(number) => self::number(number, expr.span, out)?,
            ast::ExprKind::Bool(value) => ExprKind::Bool(*value),
            ast::ExprKind::Null => ExprKind::Null,
            ast::ExprKind::Call { function, arguments } => self.call(function, arguments, out)?,
            ast::ExprKind::Unary { operator, operand } => {
                let operand = self.expr(operand, out)?;
                kinds::check_unary(*operator, &operand, out);
                ExprKind::Unary(*operator, Box::new(operand))
            }
            ast::ExprKind::Binary { operator, left, right } => self.binary(*operator, left, right, expr.span, out)?,
            ast::ExprKind::IsNull { operand, negated } => ExprKind::IsNull(Box::new(self.expr(operand, out)?), *negated),
            ast::ExprKind::In { operand, list, negated } => {
                let (operand, list) = (self.expr(operand, out), self.all(list, out));
                ExprKind::In(Box::new(operand?), list?, *negated)
            }
            ast::ExprKind::Between { operand, low, high, negated } => {
                let (operand, low, high) = (self.expr(operand, out), self.expr(low, out), self.expr(high, out));
                ExprKind::Between(Box::new(operand?), Box::new(low?), Box::new(high?), *negated)
            }
            ast::ExprKind::Case { branches, otherwise } => self.case(branches, otherwise.as_deref(), out)?,
            ast::ExprKind::List(_) => {
                let finding = Diagnostic::new(&codes::VALUE_PLACE, expr.span, "a list stands only behind `=` of a `many` attribute");
                out.push(finding.label("one value is expected here").help("to take the first that is not empty, write `coalesce(a, b)`"));
                return None;
            }
        };
        Some(Expr { span: expr.span, kind })
    }

    /// The expressions, where all are right.
    pub(super) fn all(&mut self, exprs: &[ast::Expr], out: &mut Vec<Diagnostic>) -> Option<Vec<Expr>> {
        let lowered: Vec<Option<Expr>> = exprs.iter().map(|expr| self.expr(expr, out)).collect();
        lowered.into_iter().collect()
    }

    /// An expression that is true or false.
    pub(super) fn condition(&mut self, expr: &ast::Expr, out: &mut Vec<Diagnostic>) -> Option<Expr> {
        let condition = self.expr(expr, out)?;
        kinds::check_condition(&condition, out);
        Some(condition)
    }

    fn column(&mut self, path: &[Name], span: Span, out: &mut Vec<Diagnostic>) -> Option<ExprKind> {
        let names: ColumnPath = path.iter().map(|name| name.text.clone()).collect();
        if names.len() > 1 && matches!(self.format, Some(ReadFormat::Csv { .. })) {
            let message = format!("csv has no nested columns, so `{}` cannot be looked up", names.join("."));
            let finding = Diagnostic::new(&codes::NESTED_COLUMN, span, message).label("a path");
            let finding = finding.help("if the name of the column has a dot in it, put it in backticks");
            out.push(finding.suggest(span, format!("`{}`", names.join("."))));
            return None;
        }
        if self.seen.insert(names.clone()) {
            self.columns.push((names.clone(), span));
        }
        Some(ExprKind::Column(names))
    }

    fn call(&mut self, function: &Name, arguments: &[ast::Argument], out: &mut Vec<Diagnostic>) -> Option<ExprKind> {
        let known = functions::check(function, arguments, self.scope, out);
        let mut lowered = Vec::with_capacity(arguments.len());
        for argument in arguments {
            if let (Some(name), true) = (&argument.name, known) {
                let message = format!("`{}` takes its arguments by position, without names", function.text);
                let finding = Diagnostic::new(&codes::FUNCTION_ARGUMENT, name.span, message).label("a name");
                out.push(finding.help(format!("remove `{}:`", name.text)));
            }
            lowered.push(self.expr(&argument.value, out));
        }
        let arguments = lowered.into_iter().collect::<Option<Vec<_>>>()?;
        known.then(|| ExprKind::Call(function.text.clone(), arguments))
    }

    fn binary(
        &mut self,
        operator: BinaryOperator,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
        out: &mut Vec<Diagnostic>,
    ) -> Option<ExprKind> {
        let (left, right) = (self.expr(left, out), self.expr(right, out));
        let (left, right) = (left?, right?);
        kinds::check_binary(operator, &left, &right, span, out);
        Some(ExprKind::Binary(operator, Box::new(left), Box::new(right)))
    }

    fn case(&mut self, branches: &[(ast::Expr, ast::Expr)], otherwise: Option<&ast::Expr>, out: &mut Vec<Diagnostic>) -> Option<ExprKind> {
        let lowered: Vec<Option<(Expr, Expr)>> =
            branches.iter().map(|(when, then)| self.condition(when, out).zip(self.expr(then, out))).collect();
        let otherwise = otherwise.map(|expr| self.expr(expr, out));
        let branches = lowered.into_iter().collect::<Option<Vec<_>>>()?;
        match otherwise {
            Some(otherwise) => Some(ExprKind::Case(branches, Some(Box::new(otherwise?)))),
            None => Some(ExprKind::Case(branches, None)),
        }
    }
}

fn number(text: &str, span: Span, out: &mut Vec<Diagnostic>) -> Option<ExprKind> {
    let fractional = text.contains(['.', 'e', 'E']);
    if let (false, Ok(integer)) = (fractional, text.parse()) {
        return Some(ExprKind::Integer(integer));
    }
    match text.parse::<f64>() {
        Ok(float) if fractional && float.is_finite() => Some(ExprKind::Float(float)),
        _ => {
            let finding = Diagnostic::new(&codes::NUMBER_RANGE, span, format!("`{text}` is too large for a number")).label("out of range");
            out.push(finding.help(
                "numbers without a point reach to 9223372036854775807; longer ones, such as identifiers, are texts: put them in quotes",
            ));
            None
        }
    }
}

/// Whether an expression names a column: one that does not has the same value in every row.
pub(super) fn names_column(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Column(_) => true,
        ExprKind::Text(_) | ExprKind::Integer(_) | ExprKind::Float(_) | ExprKind::Bool(_) | ExprKind::Null => false,
        ExprKind::Call(_, arguments) => arguments.iter().any(names_column),
        ExprKind::Unary(_, operand) | ExprKind::IsNull(operand, _) => names_column(operand),
        ExprKind::Binary(_, left, right) => names_column(left) || names_column(right),
        ExprKind::In(operand, list, _) => names_column(operand) || list.iter().any(names_column),
        ExprKind::Between(operand, low, high, _) => [operand, low, high].into_iter().any(|expr| names_column(expr)),
        ExprKind::Case(branches, otherwise) => {
            branches.iter().any(|(when, then)| names_column(when) || names_column(then)) || otherwise.as_deref().is_some_and(names_column)
        }
    }
}

/// Whether two expressions are plain columns, and the same one.
pub(super) fn same_column(left: &Expr, right: &Expr) -> bool {
    matches!((&left.kind, &right.kind), (ExprKind::Column(left), ExprKind::Column(right)) if left == right)
}
