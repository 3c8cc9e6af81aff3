//! Expressions of the model into DataFusion's.

mod misfit;
mod readable;

pub use misfit::{Misfit, misfits};
pub(crate) use readable::{Readable, first_told, readable};

use c360_model::model::{BinaryOperator, Expr, ExprKind, UnaryOperator};
use datafusion::common::{Column, Result, plan_err};
use datafusion::logical_expr::expr::{BinaryExpr, InList};
use datafusion::logical_expr::{Between, Case, Expr as Logical, Like, Operator, ScalarUDF, lit};
use datafusion::scalar::ScalarValue;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

static FUNCTIONS: LazyLock<BTreeMap<String, Arc<ScalarUDF>>> = LazyLock::new(|| {
    let all =
        datafusion::functions::all_default_functions().into_iter().chain(datafusion::functions_nested::all_default_nested_functions());
    let mut functions = BTreeMap::new();
    for function in all {
        for name in function.aliases().iter().map(String::as_str).chain([function.name()]) {
            functions.insert(name.to_owned(), Arc::clone(&function));
        }
    }
    functions
});

/// The names of all scalar functions that expressions may call, sorted.
#[must_use]
pub fn scalar_functions() -> Vec<&'static str> {
    FUNCTIONS.keys().map(String::as_str).collect()
}

/// The expression over the raw columns of a source, whose nested columns are named by their path joined with dots.
///
/// # Errors
/// A function that does not exist: the model checked its name against [`scalar_functions`], so this is our mistake or an older model's.
pub(crate) fn lower(expr: &Expr) -> Result<Logical> {
    Ok(match &expr.kind {
        ExprKind::Column(path) => column(&path.join(".")),
        ExprKind::Text(text) => lit(text.as_str()),
        ExprKind::Integer(number) => lit(*number),
        ExprKind::Float(number) => lit(*number),
        ExprKind::Bool(value) => lit(*value),
        ExprKind::Null => lit(ScalarValue::Null),
        ExprKind::Call(name, arguments) => call(name, arguments)?,
        ExprKind::Unary(UnaryOperator::Not, operand) => Logical::Not(boxed(operand)?),
        ExprKind::Unary(UnaryOperator::Negate, operand) => Logical::Negative(boxed(operand)?),
        ExprKind::Binary(operator, left, right) => binary(*operator, left, right)?,
        ExprKind::IsNull(operand, false) => Logical::IsNull(boxed(operand)?),
        ExprKind::IsNull(operand, true) => Logical::IsNotNull(boxed(operand)?),
        ExprKind::In(operand, list, negated) => Logical::InList(InList::new(boxed(operand)?, lower_all(list)?, *negated)),
        ExprKind::Between(operand, low, high, negated) => {
            Logical::Between(Between::new(boxed(operand)?, *negated, boxed(low)?, boxed(high)?))
        }
        ExprKind::Case(branches, otherwise) => case(branches, otherwise.as_deref())?,
    })
}

/// The column of that very name: no folding of case, no splitting at dots.
pub(crate) fn column(name: &str) -> Logical {
    Logical::Column(Column::new_unqualified(name))
}

fn lower_all(list: &[Expr]) -> Result<Vec<Logical>> {
    list.iter().map(lower).collect()
}

fn boxed(expr: &Expr) -> Result<Box<Logical>> {
    Ok(Box::new(lower(expr)?))
}

fn call(name: &str, arguments: &[Expr]) -> Result<Logical> {
    match FUNCTIONS.get(name) {
        Some(function) => Ok(function.call(lower_all(arguments)?)),
        None => plan_err!("no function `{name}`"),
    }
}

fn case(branches: &[(Expr, Expr)], otherwise: Option<&Expr>) -> Result<Logical> {
    let branches = branches.iter().map(|(when, then)| Ok((boxed(when)?, boxed(then)?))).collect::<Result<_>>()?;
    Ok(Logical::Case(Case::new(None, branches, otherwise.map(boxed).transpose()?)))
}

fn binary(operator: BinaryOperator, left: &Expr, right: &Expr) -> Result<Logical> {
    let operator = match operator {
        BinaryOperator::Like | BinaryOperator::NotLike => {
            let negated = operator == BinaryOperator::NotLike;
            return Ok(Logical::Like(Like::new(negated, boxed(left)?, boxed(right)?, None, false)));
        }
        BinaryOperator::Or => Operator::Or,
        BinaryOperator::And => Operator::And,
        BinaryOperator::Equal => Operator::Eq,
        BinaryOperator::NotEqual => Operator::NotEq,
        BinaryOperator::Less => Operator::Lt,
        BinaryOperator::LessEqual => Operator::LtEq,
        BinaryOperator::Greater => Operator::Gt,
        BinaryOperator::GreaterEqual => Operator::GtEq,
        BinaryOperator::Distinct => Operator::IsDistinctFrom,
        BinaryOperator::NotDistinct => Operator::IsNotDistinctFrom,
        BinaryOperator::Concat => Operator::StringConcat,
        BinaryOperator::Add => Operator::Plus,
        BinaryOperator::Subtract => Operator::Minus,
        BinaryOperator::Multiply => Operator::Multiply,
        BinaryOperator::Divide => Operator::Divide,
        BinaryOperator::Remainder => Operator::Modulo,
    };
    Ok(Logical::BinaryExpr(BinaryExpr::new(boxed(left)?, operator, boxed(right)?)))
}
