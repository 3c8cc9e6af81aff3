//! Which attributes a pipeline makes of a column.

use c360_model::model::{Assignment, Expr, ExprKind, Model, SourceId};

/// What a column becomes.
#[derive(Default)]
pub(super) struct Mapped {
    /// `customer.email`
    pub(super) attributes: Vec<String>,
    /// Whether one of them is personal data.
    pub(super) pii: bool,
}

/// What the pipeline makes of a column of a source.
pub(super) fn of(model: &Model, source: SourceId, column: &str) -> Mapped {
    let mut mapped = Mapped::default();
    for mapping in &model.source(source).mappings {
        let entity = model.entity(mapping.entity);
        for assignment in mapping.values.iter().filter(|assignment| names(assignment, column)) {
            let attribute = &entity.attributes[assignment.attribute.0];
            mapped.attributes.push(format!("{}.{}", entity.name, attribute.name));
            mapped.pii |= attribute.pii;
        }
    }
    mapped
}

fn names(assignment: &Assignment, column: &str) -> bool {
    assignment.values.iter().flat_map(|value| value.inputs.iter().flatten()).any(|expr| holds(expr, column))
}

/// Whether the expression reads the column, or a part of it.
fn holds(expr: &Expr, column: &str) -> bool {
    let any = |all: &[Expr]| all.iter().any(|expr| holds(expr, column));
    match &expr.kind {
        ExprKind::Column(path) => path.join(".") == column || path.first().is_some_and(|first| first == column),
        ExprKind::Text(_) | ExprKind::Integer(_) | ExprKind::Float(_) | ExprKind::Bool(_) | ExprKind::Null => false,
        ExprKind::Call(_, arguments) => any(arguments),
        ExprKind::Unary(_, inner) | ExprKind::IsNull(inner, _) => holds(inner, column),
        ExprKind::Binary(_, left, right) => holds(left, column) || holds(right, column),
        ExprKind::In(inner, list, _) => holds(inner, column) || any(list),
        ExprKind::Between(inner, low, high, _) => [inner, low, high].into_iter().any(|expr| holds(expr, column)),
        ExprKind::Case(branches, otherwise) => {
            branches.iter().any(|(when, then)| holds(when, column) || holds(then, column))
                || otherwise.as_ref().is_some_and(|expr| holds(expr, column))
        }
    }
}
