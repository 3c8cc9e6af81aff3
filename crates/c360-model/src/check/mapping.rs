//! Blocks of a source: which entity a row describes, and each entry's target.

use super::attributes::Member;
use super::expression::Lowering;
use super::{inputs, keys, references};
use crate::model::{Assignment, EntityId, Expr, Mapping, SourceId};
use c360_syntax::ast::{self, MappingEntry, MappingValue, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};
use std::collections::BTreeMap;

/// What a block belongs to.
#[derive(Clone, Copy)]
pub(super) struct Block<'k> {
    pub(super) source: SourceId,
    /// The key of that source, where it is right.
    pub(super) key: Option<&'k [Expr]>,
    pub(super) entity: EntityId,
}

/// `target = value`
struct Entry<'e> {
    span: Span,
    target: &'e Name,
    value: &'e MappingValue,
}

/// The blocks of a source, in their order.
pub(super) fn all(
    source: &ast::Source,
    id: SourceId,
    key: Option<&[Expr]>,
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Mapping> {
    if source.mappings.is_empty() {
        without_blocks(source, out);
    }
    let mut seen: BTreeMap<EntityId, Span> = BTreeMap::new();
    let mut mappings = Vec::with_capacity(source.mappings.len());
    for mapping in &source.mappings {
        let Some(entity) = lowering.scope.entity(&mapping.entity, out) else {
            values_only(mapping, lowering, out);
            continue;
        };
        if let Some(first) = seen.insert(entity, mapping.entity.span) {
            out.push(mapped_twice(source, &mapping.entity, first));
            continue;
        }
        mappings.push(block(mapping, Block { source: id, key, entity }, lowering, out));
    }
    mappings
}

fn without_blocks(source: &ast::Source, out: &mut Vec<Diagnostic>) {
    let message = format!("source `{}` says nothing of any entity", source.name.text);
    let finding = Diagnostic::new(&codes::NO_MAPPING, source.name.span, message).label("no block such as `customer { .. }`");
    out.push(finding.help("say what its rows mean: `ENTITY { attribute = Column }`"));
}

fn mapped_twice(source: &ast::Source, entity: &Name, first: Span) -> Diagnostic {
    let message = format!("source `{}` has two blocks for `{}`", source.name.text, entity.text);
    let finding = Diagnostic::new(&codes::MAPPED_TWICE, entity.span, message).label("second block").related(first, "the first one");
    finding.help("a row describes one object of an entity: join the blocks, or read the files by a second source")
}

/// Plain expressions of a block whose entity is unknown still have columns and functions to look up.
fn values_only(mapping: &ast::Mapping, lowering: &mut Lowering<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &mapping.entries {
        if let MappingEntry::Assign { value: MappingValue::Expr(expr), .. } = entry
            && matches!(expr.kind, ast::ExprKind::Path(_))
        {
            lowering.expr(expr, out);
        }
    }
}

fn block(mapping: &ast::Mapping, block: Block<'_>, lowering: &mut Lowering<'_, '_>, out: &mut Vec<Diagnostic>) -> Mapping {
    let mut checked = Mapping { span: mapping.span, entity: block.entity, is: Vec::new(), values: Vec::new(), references: Vec::new() };
    if mapping.entries.is_empty() {
        let message = format!("this block says nothing of `{}`", mapping.entity.text);
        let finding = Diagnostic::new(&codes::EMPTY_MAPPING, mapping.entity.span, message).label("empty");
        out.push(
            finding.help("set attributes (`name = Column`) or name the same object elsewhere (`is crm(Column)`), or remove the block"),
        );
    }
    let mut seen: BTreeMap<Member, Span> = BTreeMap::new();
    for entry in &mapping.entries {
        match entry {
            MappingEntry::Is(key) => checked.is.extend(keys::cross_reference(key, block, lowering, out)),
            MappingEntry::Assign { span, target, value } => {
                let Some(member) = lowering.scope.members_of(block.entity).find(target, out) else {
                    continue;
                };
                if let Some(first) = seen.insert(member, target.span) {
                    out.push(assigned_twice(target, first));
                    continue;
                }
                assign(Entry { span: *span, target, value }, member, block, &mut checked, lowering, out);
            }
        }
    }
    checked
}

fn assigned_twice(target: &Name, first: Span) -> Diagnostic {
    let message = format!("`{}` is set twice in this block", target.text);
    let finding = Diagnostic::new(&codes::ASSIGNED_TWICE, target.span, message).label("set again").related(first, "first set here");
    finding.help("keep one; to fall back on a second column, write `coalesce(a, b)`, and for a `many` attribute `[a, b]`")
}

fn assign(
    entry: Entry<'_>,
    member: Member,
    block: Block<'_>,
    checked: &mut Mapping,
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) {
    let Entry { span, target, value } = entry;
    match member {
        Member::Attribute(attribute) => {
            let values = inputs::of(target, attribute, value, block.entity, lowering, out);
            checked.values.extend(values.map(|values| Assignment { span, attribute, values }));
        }
        Member::Reference(reference) => {
            let value = references::of(target, reference, value, block, lowering, out);
            checked.references.extend(value.map(|value| (reference, span, value)));
        }
    }
}
