//! Values of attributes: constructors, lists, `each`, plain expressions.

use super::attributes::Value;
use super::expression::Lowering;
use super::suggest::unknown;
use crate::model::{AttributeId, AttributeInput, EntityId, Expr};
use c360_match::format::{Format, PartsFormat};
use c360_syntax::Diagnostic;
use c360_syntax::ast::{self, Argument, ExprKind, MappingValue, Name};
use c360_syntax::codes::model as codes;

/// What an attribute is made of; `None` where something in it is wrong.
pub(super) fn of(
    target: &Name,
    attribute: AttributeId,
    value: &MappingValue,
    entity: EntityId,
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<AttributeInput>> {
    let scope = lowering.scope;
    let attribute = scope.members_of(entity).attribute(attribute);
    match value {
        MappingValue::Lookup { span, .. } => {
            let message = format!("`{}` is no reference, so it cannot be looked up in another entity", target.text);
            let finding = Diagnostic::new(&codes::LOOKUP_VALUE, *span, message).label("a lookup");
            let finding = finding.related(attribute.written.span, "declared here");
            out.push(finding.help("set it to an expression over columns"));
            None
        }
        MappingValue::Expr(ast::Expr { kind: ExprKind::List(entries), span }) => {
            if attribute.written.many.is_none() {
                let message = format!("`{}` holds one value, and this is a list", target.text);
                let finding = Diagnostic::new(&codes::ONE_VALUE, *span, message).label("a list");
                let finding = finding.related(attribute.written.span, "declared here, without `many`");
                out.push(finding.help("declare it `many`, or take the first that is not empty: `coalesce(a, b)`"));
                return None;
            }
            let inputs: Vec<_> = entries.iter().map(|entry| input(target, attribute, entry, lowering, out)).collect();
            inputs.into_iter().collect()
        }
        MappingValue::Expr(expr) => input(target, attribute, expr, lowering, out).map(|input| vec![input]),
    }
}

fn input(
    target: &Name,
    attribute: &Value<'_>,
    expr: &ast::Expr,
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Option<AttributeInput> {
    let parts = match attribute.built.as_ref().map(|built| &built.format) {
        Some(Format::Parts(parts)) => Some(parts.as_ref()),
        _ => None,
    };
    if let ExprKind::Call { function, arguments } = &expr.kind {
        if function.text == "each" {
            return each(target, attribute, function, arguments, lowering, out);
        }
        match parts {
            Some(parts) if parts.constructor() == function.text => return constructor(parts, function, arguments, lowering, out),
            Some(parts)
                if !lowering.scope.functions.contains(&function.text) && arguments.iter().any(|argument| argument.name.is_some()) =>
            {
                out.push(other_constructor(target, parts, function));
                return None;
            }
            // A format that is broken was reported; what would build its value is not known.
            None if attribute.built.is_none() && arguments.iter().any(|argument| argument.name.is_some()) => return None,
            _ => {}
        }
    }
    let value = lowering.expr(expr, out)?;
    Some(AttributeInput { inputs: whole(value, parts), each: false })
}

/// A plain expression supplies the first input: the whole value as one text.
fn whole(value: Expr, parts: Option<&dyn PartsFormat>) -> Vec<Option<Expr>> {
    let mut inputs = vec![None; parts.map_or(1, |parts| parts.inputs().len())];
    inputs[0] = Some(value);
    inputs
}

fn other_constructor(target: &Name, parts: &dyn PartsFormat, function: &Name) -> Diagnostic {
    let message = format!("`{}` is not built by `{}(..)`", target.text, function.text);
    let finding = Diagnostic::new(&codes::CONSTRUCTOR, function.span, message).label("another constructor");
    finding.suggest(function.span, parts.constructor())
}

fn each(
    target: &Name,
    attribute: &Value<'_>,
    function: &Name,
    arguments: &[Argument],
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Option<AttributeInput> {
    if attribute.written.many.is_none() {
        let message = format!("`{}` holds one value, and `each` yields several", target.text);
        let finding = Diagnostic::new(&codes::ONE_VALUE, function.span, message).label("several values");
        out.push(finding.related(attribute.written.span, "declared here, without `many`").help("declare it `many`"));
        return None;
    }
    let [Argument { name: None, value }] = arguments else {
        let finding = Diagnostic::new(&codes::VALUE_PLACE, function.span, "`each` takes one column").label("not one column");
        out.push(finding.help("write `each(column)`; several columns are a list: `[each(a), b]`"));
        return None;
    };
    let value = lowering.expr(value, out)?;
    Some(AttributeInput { inputs: vec![Some(value)], each: true })
}

/// `name(first: Vorname, last: Nachname)`
fn constructor(
    parts: &dyn PartsFormat,
    function: &Name,
    arguments: &[Argument],
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Option<AttributeInput> {
    let before = out.len();
    let mut inputs: Vec<Option<Expr>> = vec![None; parts.inputs().len()];
    let mut seen: Vec<&Name> = Vec::new();
    for argument in arguments {
        let value = lowering.expr(&argument.value, out);
        let Some(name) = &argument.name else {
            out.push(unnamed(function, parts, argument));
            continue;
        };
        let Some(index) = parts.inputs().iter().position(|input| *input == name.text) else {
            out.push(unknown(&codes::CONSTRUCTOR_INPUT, name, "input", &format!(" of `{}`", function.text), parts.inputs()));
            continue;
        };
        if let Some(first) = seen.iter().find(|known| known.text == name.text) {
            let finding = Diagnostic::new(&codes::CONSTRUCTOR_INPUT, name.span, format!("`{}` is given twice", name.text)).label("again");
            out.push(finding.related(first.span, "first given here").help("remove one of the two"));
        }
        seen.push(name);
        inputs[index] = value;
    }
    if arguments.is_empty() {
        let finding =
            Diagnostic::new(&codes::CONSTRUCTOR_INPUT, function.span, format!("`{}` is given nothing", function.text)).label("no inputs");
        out.push(finding.help(format!("write at least one of its inputs: `{}({}: Column)`", function.text, parts.inputs()[0])));
    }
    (out.len() == before && inputs.iter().any(Option::is_some)).then_some(AttributeInput { inputs, each: false })
}

fn unnamed(function: &Name, parts: &dyn PartsFormat, argument: &Argument) -> Diagnostic {
    let message = format!("`{}` takes its inputs by name", function.text);
    let finding = Diagnostic::new(&codes::CONSTRUCTOR_INPUT, argument.value.span, message).label("without a name");
    let names = super::suggest::listing(parts.inputs()).unwrap_or_default();
    finding.help(format!("its inputs are {names}; a column that holds the whole value stands alone, without `{}(..)`", function.text))
}
