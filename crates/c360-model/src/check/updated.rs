//! `updated`: the raw value and the format that reads it as a time.

use super::expression::Lowering;
use crate::model::Updated;
use c360_match::format::{Format, Reason, ScalarFormat};
use c360_syntax::Diagnostic;
use c360_syntax::ast::{Argument, Expr, ExprKind, Name, Stage};
use c360_syntax::codes::model as codes;
use std::sync::Arc;

const MICROSECONDS_PER_DAY: i64 = 86_400_000_000;

/// `updated datetime(col, "%d.%m.%Y")`, with any built-in or declared format that yields a date or a time; `updated col` reads ISO 8601.
pub(super) fn check(expr: &Expr, lowering: &mut Lowering<'_, '_>, out: &mut Vec<Diagnostic>) -> Option<Updated> {
    if let ExprKind::Call { function, arguments } = &expr.kind
        && lowering.scope.formats.knows(&function.text)
    {
        return through_format(expr, function, arguments, lowering, out);
    }
    let value = lowering.expr(expr, out)?;
    let stage = stage(&Name { text: "datetime".to_owned(), span: expr.span }, expr, &[]);
    let format = timestamp(stage, lowering, out)?;
    Some(Updated { span: expr.span, value, format })
}

fn through_format(
    expr: &Expr,
    function: &Name,
    arguments: &[Argument],
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Updated> {
    let Some((value, rest)) = arguments.split_first().filter(|(first, _)| first.name.is_none()) else {
        let message = format!("`{}` needs the value that it reads", function.text);
        let finding = Diagnostic::new(&codes::UPDATED_FORMAT, expr.span, message).label("no value");
        out.push(finding.help(format!("write the column first: `{}(ChangedAt, ..)`", function.text)));
        return None;
    };
    let value = lowering.expr(&value.value, out);
    let format = timestamp(stage(function, expr, rest), lowering, out);
    Some(Updated { span: expr.span, value: value?, format: format? })
}

fn stage(name: &Name, whole: &Expr, arguments: &[Argument]) -> Stage {
    Stage { span: whole.span, name: name.clone(), arguments: arguments.to_vec() }
}

/// The built format as one that yields a time; dates become their midnight, UTC.
fn timestamp(stage: Stage, lowering: &Lowering<'_, '_>, out: &mut Vec<Diagnostic>) -> Option<Format> {
    match lowering.scope.formats.build(std::slice::from_ref(&stage), out)?.format {
        format @ Format::DateTime(_) => Some(format),
        Format::Date(date) => Some(Format::DateTime(Arc::new(Midnight(date)))),
        _ => {
            let message = format!("`{}` yields no date or time, which `updated` needs", stage.name.text);
            let finding = Diagnostic::new(&codes::UPDATED_FORMAT, stage.name.span, message).label("not a date or time");
            out.push(finding.help("write `datetime(column, \"%d.%m.%Y %H:%M\")`, or the column alone where it is ISO 8601"));
            None
        }
    }
}

/// Reads dates as the moment when they begin, UTC.
#[derive(Debug)]
struct Midnight(Arc<dyn ScalarFormat<i32>>);

impl ScalarFormat<i64> for Midnight {
    fn parse(&self, raw: &str) -> Result<i64, Reason> {
        self.0.parse(raw).map(|days| i64::from(days) * MICROSECONDS_PER_DAY)
    }
}
