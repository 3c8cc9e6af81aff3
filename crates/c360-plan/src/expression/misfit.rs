//! Expressions whose types do not fit what a source's data have: known before a run, at their own place.

use super::lower;
use super::readable::{in_words, readable};
use c360_model::Span;
use c360_model::model::{Expr, ExprKind, Model, ReferenceValue, Source, SourceId};
use datafusion::arrow::datatypes::{DataType, Schema};
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, DataFusionError, Result};
use datafusion::logical_expr::{Expr as Logical, ExprSchemable, TryCast};

/// An expression that cannot be computed over the columns of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The smallest expression that does not fit.
    pub span: Span,
    /// What does not fit.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// Everything in the expressions of a source that does not fit the columns of its data, one finding for each expression.
///
/// # Errors
/// A schema with two columns of one name, which ingest never gives.
pub fn misfits(model: &Model, source: SourceId, schema: &Schema) -> Result<Vec<Misfit>> {
    let schema = DFSchema::try_from(schema.clone())?;
    let fits = Fits { schema: &schema };
    let source = model.source(source);
    let conditions = source.filter.iter().chain(&source.delete).filter_map(|expr| fits.expr(expr).or_else(|| fits.condition(expr)));
    let values = values(source).into_iter().filter_map(|expr| fits.expr(expr));
    let mut found: Vec<Misfit> = conditions.chain(values).collect();
    found.sort_by_key(|misfit| misfit.span);
    Ok(found)
}

/// All expressions of a source but its conditions.
fn values(source: &Source) -> Vec<&Expr> {
    let mut all: Vec<&Expr> = source.key.iter().chain(source.updated.iter().map(|updated| &updated.value)).collect();
    for mapping in &source.mappings {
        all.extend(mapping.is.iter().flat_map(|named| &named.key));
        all.extend(mapping.values.iter().flat_map(|assigned| &assigned.values).flat_map(|value| value.inputs.iter().flatten()));
        for (.., reference) in &mapping.references {
            match reference {
                ReferenceValue::SameRow(_) => {}
                ReferenceValue::Key(named) => all.extend(&named.key),
                ReferenceValue::Lookup { value, .. } => all.push(value),
            }
        }
    }
    all
}

struct Fits<'a> {
    schema: &'a DFSchema,
}

impl Fits<'_> {
    /// What does not fit in an expression: the innermost that has something.
    fn expr(&self, expr: &Expr) -> Option<Misfit> {
        operands(expr).into_iter().find_map(|operand| self.expr(operand)).or_else(|| match self.lowered(expr) {
            Ok(lowered) => self.literal(expr, &lowered),
            Err(error) => Some(Misfit { span: expr.span, message: said(&error), help: self.help(expr) }),
        })
    }

    /// The expression as a run computes it, if its type can be told.
    fn lowered(&self, expr: &Expr) -> Result<Logical> {
        let lowered = readable(lower(expr)?, self.schema)?.value;
        lowered.get_type(self.schema).map(|_| lowered)
    }

    fn condition(&self, expr: &Expr) -> Option<Misfit> {
        let found = self.lowered(expr).and_then(|lowered| lowered.get_type(self.schema)).ok()?;
        let message = format!("a condition is true or false, this is {}", in_words(&found));
        let help = "compare it with something, such as `x = 'yes'`".to_owned();
        (!matches!(found, DataType::Boolean | DataType::Null)).then_some(Misfit { span: expr.span, message, help })
    }

    /// A text of the pipeline that can never be what it is compared with.
    fn literal(&self, expr: &Expr, lowered: &Logical) -> Option<Misfit> {
        let mut wrong = None;
        let looked = lowered.apply_children(|operand| {
            if let Logical::TryCast(TryCast { expr: inner, field }) = operand
                && let Logical::Literal(value, _) = inner.as_ref()
                && !value.is_null()
                && value.cast_to(field.data_type()).is_err()
            {
                wrong = Some(format!("`{value}` is not {}, with which it is compared", in_words(field.data_type())));
            }
            Ok(TreeNodeRecursion::Continue)
        });
        looked.ok()?;
        wrong.map(|message| Misfit { span: expr.span, message, help: self.help(expr) })
    }

    fn help(&self, expr: &Expr) -> String {
        let columns = operands(expr).into_iter().filter_map(|operand| match &operand.kind {
            ExprKind::Column(path) => Some(path.join(".")),
            _ => None,
        });
        let typed = columns.filter_map(|name| Some((self.schema.field_with_unqualified_name(&name).ok()?.data_type().clone(), name)));
        let typed: Vec<(DataType, String)> = typed.collect();
        let kinds = typed.iter().map(|(kind, name)| format!("`{name}` is {}", in_words(kind))).collect::<Vec<_>>().join(", ");
        match typed.iter().find(|(kind, _)| *kind == DataType::Utf8).or(typed.first()) {
            None => "write `arrow_cast(x, 'Int64')` around what is to be read as a number, `arrow_cast(x, 'Date32')` as a date".to_owned(),
            Some((DataType::Utf8, name)) => {
                format!("{kinds}; write `arrow_cast({name}, 'Int64')` to read it as a number, `arrow_cast({name}, 'Date32')` as a date")
            }
            Some((_, name)) => format!("{kinds}; write `arrow_cast({name}, 'Utf8')` to take it as text"),
        }
    }
}

fn operands(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Column(_) | ExprKind::Text(_) | ExprKind::Integer(_) | ExprKind::Float(_) | ExprKind::Bool(_) | ExprKind::Null => {
            Vec::new()
        }
        ExprKind::Call(_, arguments) => arguments.iter().collect(),
        ExprKind::Unary(_, operand) | ExprKind::IsNull(operand, _) => vec![operand],
        ExprKind::Binary(_, left, right) => vec![left, right],
        ExprKind::In(operand, list, _) => std::iter::once(operand.as_ref()).chain(list).collect(),
        ExprKind::Between(operand, low, high, _) => vec![operand, low, high],
        ExprKind::Case(branches, otherwise) => branches.iter().flat_map(|(when, then)| [when, then]).chain(otherwise.as_deref()).collect(),
    }
}

/// What DataFusion says, without its lists of all that it could do.
fn said(error: &DataFusionError) -> String {
    let text = match error.find_root() {
        DataFusionError::Plan(text) | DataFusionError::Execution(text) => text.clone(),
        other => other.strip_backtrace(),
    };
    let line = text.lines().next().unwrap_or_default();
    let line = line.split(" You might need to add").next().unwrap_or(line).split(" No function matches").next().unwrap_or(line);
    format!("the types do not fit: {}", line.trim_end_matches('.'))
}
