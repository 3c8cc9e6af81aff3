//! Expressions that no cell of a file can break: where a text cannot be read as what the expression needs, it gives no value and says so.
//!
//! DataFusion's casts fail the whole query. Here every cast is one that gives null instead, and a second expression tells what it could not read.

use crate::functions::{unread, unread_nothing};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, Result};
use datafusion::functions::expr_fn::coalesce;
use datafusion::logical_expr::expr::BinaryExpr;
use datafusion::logical_expr::{Case, Cast, Expr, ExprSchemable, Operator, TryCast, cast, lit, when};
use datafusion::optimizer::analyzer::type_coercion::TypeCoercionRewriter;

/// An expression that no value can break.
#[derive(Debug, Clone)]
pub(crate) struct Readable {
    /// Null where something could not be read.
    pub(crate) value: Expr,
    /// A struct `{raw, reason}` where something could not be read, null elsewhere; `None` where the expression can read everything.
    pub(crate) unread: Option<Expr>,
}

/// Makes the types of an expression over raw columns fit, and its casts ones that tell what they cannot read.
///
/// # Errors
/// Types that do not fit.
pub(crate) fn readable(expr: Expr, schema: &DFSchema) -> Result<Readable> {
    let expr = with_casts(expr.rewrite(&mut TypeCoercionRewriter::new(schema))?.data, schema)?;
    let telling = Telling { schema };
    let Some(unread) = telling.of(&expr)? else { return Ok(Readable { value: expr, unread: None }) };
    let value = telling.tolerant(expr)?;
    Ok(Readable { value, unread: Some(unread) })
}

impl Readable {
    /// The value, null also where the expression could make something of what it did read: `concat('C', id + 1)`.
    pub(crate) fn whole(self) -> Result<Expr> {
        match self.unread {
            None => Ok(self.value),
            Some(unread) => when(unread.is_null(), self.value).end(),
        }
    }
}

/// The first of several that tells something.
pub(crate) fn first_told(told: Vec<Expr>) -> Option<Expr> {
    match told.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        _ => Some(coalesce(told)),
    }
}

/// `arrow_cast` becomes the cast that it stands for.
fn with_casts(expr: Expr, schema: &DFSchema) -> Result<Expr> {
    let plain = |expr: Expr| match &expr {
        Expr::ScalarFunction(call) if call.func.name() == "arrow_cast" => {
            let to = expr.get_type(schema)?;
            Ok(Transformed::yes(cast(call.args[0].clone(), to)))
        }
        _ => Ok(Transformed::no(expr)),
    };
    expr.transform_up(plain).map(|done| done.data)
}

struct Telling<'a> {
    schema: &'a DFSchema,
}

impl Telling<'_> {
    /// What could not be read in an expression, `None` where that cannot be.
    fn of(&self, expr: &Expr) -> Result<Option<Expr>> {
        match expr {
            Expr::Case(case) if case.expr.is_none() => self.of_case(case),
            // Three-valued logic: what is decided by the other side needs nothing from this one.
            Expr::BinaryExpr(BinaryExpr { op: Operator::And | Operator::Or, .. }) => match self.of_operands(expr)? {
                None => Ok(None),
                Some(told) => when(self.tolerant(expr.clone())?.is_null(), told).end().map(Some),
            },
            _ => {
                let own = self.of_cast(expr)?;
                Ok(first_told(self.of_operands(expr)?.into_iter().chain(own).collect()))
            }
        }
    }

    fn of_operands(&self, expr: &Expr) -> Result<Option<Expr>> {
        let mut told = Vec::new();
        expr.apply_children(|operand| {
            told.extend(self.of(operand)?);
            Ok(TreeNodeRecursion::Continue)
        })?;
        Ok(first_told(told))
    }

    /// Only the branch that is taken needs to be read, and the conditions up to it.
    fn of_case(&self, case: &Case) -> Result<Option<Expr>> {
        let mut branches = Vec::new();
        let mut tells = false;
        let nothing = || lit(unread_nothing());
        for (condition, then) in &case.when_then_expr {
            let certain = self.tolerant((**condition).clone())?;
            if let Some(told) = self.of(condition)? {
                branches.push((certain.clone().is_null().and(told.clone().is_not_null()), told));
                tells = true;
            }
            let told = self.of(then)?;
            tells |= told.is_some();
            branches.push((certain, told.unwrap_or_else(nothing)));
        }
        let otherwise = case.else_expr.as_ref().map(|expr| self.of(expr)).transpose()?.flatten();
        if !tells && otherwise.is_none() {
            return Ok(None);
        }
        let branches = branches.into_iter().map(|(condition, told)| (Box::new(condition), Box::new(told))).collect();
        Ok(Some(Expr::Case(Case::new(None, branches, otherwise.map(Box::new)))))
    }

    fn of_cast(&self, expr: &Expr) -> Result<Option<Expr>> {
        let Some((operand, to)) = self.breakable(expr)? else { return Ok(None) };
        let raw = self.tolerant(operand.clone())?;
        let read = Expr::TryCast(TryCast::new(Box::new(raw.clone()), to.clone()));
        Ok(Some(unread(&reason(operand, to)).call(vec![cast(raw, DataType::Utf8), read.is_not_null()])))
    }

    /// The expression with casts that give null where they cannot read.
    fn tolerant(&self, expr: Expr) -> Result<Expr> {
        let tolerant = |expr: Expr| match self.breakable(&expr)? {
            Some((operand, to)) => Ok(Transformed::yes(Expr::TryCast(TryCast::new(Box::new(operand.clone()), to.clone())))),
            None => Ok(Transformed::no(expr)),
        };
        expr.transform_up(tolerant).map(|done| done.data)
    }

    /// Operand and type of a cast that some values may not survive.
    fn breakable<'e>(&self, expr: &'e Expr) -> Result<Option<(&'e Expr, &'e DataType)>> {
        let Expr::Cast(Cast { expr: operand, field }) = expr else { return Ok(None) };
        let (from, to) = (operand.get_type(self.schema)?, field.data_type());
        let simple = |kind: &DataType| !kind.is_nested() && !kind.is_null() && !kind.is_binary();
        Ok((simple(&from) && simple(to) && !is_text(to)).then_some((operand, to)))
    }
}

fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// What people read in `rejects`: which value, and what it should have been.
fn reason(operand: &Expr, to: &DataType) -> String {
    let mut columns: Vec<&str> = operand.column_refs().into_iter().map(|column| column.name.as_str()).collect();
    columns.sort_unstable();
    let what = match (operand, columns.as_slice()) {
        (Expr::Column(column), _) => format!("`{}`", column.name),
        (_, []) => "a value of the pipeline".to_owned(),
        _ => format!("what is made of `{}`", columns.join("`, `")),
    };
    format!("{what} cannot be read as {}", in_words(to))
}

/// A type as people call it.
pub(super) fn in_words(kind: &DataType) -> String {
    match kind {
        kind if is_text(kind) => "text".to_owned(),
        DataType::Boolean => "true or false".to_owned(),
        DataType::Date32 | DataType::Date64 => "a date".to_owned(),
        DataType::Timestamp(..) => "a date and time".to_owned(),
        kind if kind.is_integer() => "a whole number".to_owned(),
        kind if kind.is_numeric() => "a number".to_owned(),
        other => format!("{other}"),
    }
}
