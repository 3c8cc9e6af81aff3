//! Values of references: a foreign key, the object of another entity in the same row, or a lookup by attribute.

use super::attributes::Member;
use super::expression::Lowering;
use super::keys;
use super::mapping::Block;
use super::suggest::{listing, propose};
use crate::model::{EntityId, ReferenceId, ReferenceValue};
use c360_syntax::ast::{self, Argument, AttributePath, ExprKind, MappingValue, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

/// A reference that is being set.
#[derive(Clone, Copy)]
struct Pointer<'p> {
    name: &'p Name,
    points_to: EntityId,
    block: Block<'p>,
}

/// What a reference is set to; `None` where something in it is wrong.
pub(super) fn of(
    target: &Name,
    reference: ReferenceId,
    value: &MappingValue,
    block: Block<'_>,
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Option<ReferenceValue> {
    let scope = lowering.scope;
    let points_to = scope.members_of(block.entity).reference(reference).target?;
    let pointer = Pointer { name: target, points_to, block };
    match value {
        MappingValue::Lookup { entity, attribute, value, .. } => lookup(entity, attribute, value, points_to, lowering, out),
        MappingValue::Expr(expr) => match &expr.kind {
            ExprKind::Call { function, arguments } => match scope.source_named(&function.text) {
                Some(_) => foreign_key(expr, function, arguments, pointer, lowering, out),
                None => {
                    out.push(no_source(pointer, function, lowering));
                    None
                }
            },
            ExprKind::Path(path) if path.len() == 1 && is_entity(&path[0], lowering) => same_row(&path[0], pointer, lowering, out),
            _ => {
                out.push(plain_value(pointer, expr, lowering));
                None
            }
        },
    }
}

fn is_entity(name: &Name, lowering: &Lowering<'_, '_>) -> bool {
    lowering.scope.entity_named(&name.text).is_some()
}

fn foreign_key(
    expr: &ast::Expr,
    function: &Name,
    arguments: &[Argument],
    pointer: Pointer<'_>,
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Option<ReferenceValue> {
    let source = lowering.scope.describing(function, pointer.points_to, out)?;
    let key = keys::foreign_key(expr.span, source, arguments, lowering, out)?;
    if pointer.points_to == pointer.block.entity && keys::is_own(source, &key.key, pointer.block) {
        out.push(to_itself(pointer, expr.span).label("the key of this row").help("name the column that holds the key of the other record"));
        return None;
    }
    Some(ReferenceValue::Key(key))
}

fn to_itself(pointer: Pointer<'_>, span: Span) -> Diagnostic {
    Diagnostic::new(&codes::REFERENCE_VALUE, span, format!("`{}` would point from each object to itself", pointer.name.text))
}

/// `owner = customer`: the row describes that object as well.
fn same_row(name: &Name, pointer: Pointer<'_>, lowering: &Lowering<'_, '_>, out: &mut Vec<Diagnostic>) -> Option<ReferenceValue> {
    let scope = lowering.scope;
    let entity = scope.entity_named(&name.text)?;
    points_there(pointer.name, name, entity, pointer.points_to, lowering, out)?;
    if entity == pointer.block.entity {
        let finding = to_itself(pointer, name.span).label("the entity of this block");
        out.push(finding.help("name the record that it points to: `source(Column)`"));
        return None;
    }
    if !scope.supply.describes(pointer.block.source, entity) {
        let source = &scope.source_of(pointer.block.source).name;
        let message = format!("`{}` is an object of this row, but source `{}` does not describe `{}`", name.text, source.text, name.text);
        let finding = Diagnostic::new(&codes::NOT_DESCRIBED, name.span, message).label("not described here");
        out.push(
            finding.help(format!("add a block `{} {{ .. }}` to the source, or name the record by its key: `source(Column)`", name.text)),
        );
        return None;
    }
    Some(ReferenceValue::SameRow(entity))
}

/// `owner = customer where email = buyer_email`
fn lookup(
    entity: &Name,
    path: &AttributePath,
    value: &ast::Expr,
    points_to: EntityId,
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Option<ReferenceValue> {
    let scope = lowering.scope;
    let value = lowering.expr(value, out);
    let found = scope.entity(entity, out)?;
    points_there(entity, entity, found, points_to, lowering, out)?;
    let members = scope.members_of(found);
    let attribute = match members.find(&path.attribute, out)? {
        Member::Attribute(attribute) => attribute,
        Member::Reference(_) => {
            let message = format!("`{}` is a reference, and a lookup needs an attribute with a value", path.attribute.text);
            let finding = Diagnostic::new(&codes::REFERENCE_VALUE, path.span, message).label("a reference");
            out.push(finding.help("look the object up by one of its attributes"));
            return None;
        }
    };
    let part = match &path.part {
        Some(part) => Some(members.attribute(attribute).part(part, out)?),
        None => None,
    };
    Some(ReferenceValue::Lookup { attribute, part, value: value? })
}

/// Reports an object of another entity than the one that the reference points to.
fn points_there(
    target: &Name,
    name: &Name,
    entity: EntityId,
    points_to: EntityId,
    lowering: &Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Option<()> {
    if entity == points_to {
        return Some(());
    }
    let expected = lowering.scope.entity_name(points_to);
    let message = if target == name {
        format!("the reference points to `{expected}`, and this looks up `{}`", name.text)
    } else {
        format!("`{}` points to `{expected}`, and this is `{}`", target.text, name.text)
    };
    let finding = Diagnostic::new(&codes::REFERENCE_TARGET, name.span, message).label(format!("expected `{expected}`"));
    out.push(finding.help(format!("name an object of `{expected}`, or declare the reference `-> {}`", name.text)));
    None
}

/// The sources that a reference to `points_to` can name.
fn possible<'a>(points_to: EntityId, lowering: &Lowering<'_, 'a>) -> Vec<&'a str> {
    let scope = lowering.scope;
    scope.supply.sources_of(points_to).map(|source| scope.source_of(source).name.text.as_str()).collect()
}

fn no_source(pointer: Pointer<'_>, function: &Name, lowering: &Lowering<'_, '_>) -> Diagnostic {
    let is_function = lowering.scope.functions.contains(&function.text);
    if is_function {
        let message = format!("`{}` is a reference, and `{}(..)` is a plain value", pointer.name.text, function.text);
        let finding = Diagnostic::new(&codes::REFERENCE_VALUE, function.span, message).label("a function, not a source");
        return finding.help(how_to_point(pointer.points_to, lowering));
    }
    let finding = Diagnostic::new(&codes::UNKNOWN_SOURCE, function.span, format!("no source `{}`", function.text)).label("no such source");
    propose(finding, function.span, &function.text, &possible(pointer.points_to, lowering))
}

fn plain_value(pointer: Pointer<'_>, expr: &ast::Expr, lowering: &Lowering<'_, '_>) -> Diagnostic {
    let message =
        format!("`{}` is a reference to `{}`, and this is a plain value", pointer.name.text, lowering.scope.entity_name(pointer.points_to));
    let finding = Diagnostic::new(&codes::REFERENCE_VALUE, expr.span, message).label("says not whose key this is");
    let sources = possible(pointer.points_to, lowering);
    match (&expr.kind, sources.as_slice()) {
        (ExprKind::Path(path), [source]) if path.len() == 1 => {
            finding.suggest(expr.span, format!("{source}({})", super::suggest::quoted(&path[0].text)))
        }
        _ => finding.help(how_to_point(pointer.points_to, lowering)),
    }
}

fn how_to_point(points_to: EntityId, lowering: &Lowering<'_, '_>) -> String {
    let entity = lowering.scope.entity_name(points_to);
    match listing(&possible(points_to, lowering)) {
        Some(list) => format!("write `source(Column)` with the source whose key it is ({list}), or `{entity} where attribute = Column`"),
        None => format!("write `source(Column)` with a source that describes `{entity}`"),
    }
}
