//! `golden` blocks: the default, and the strategy of each attribute and reference.

use super::attributes::{Member, Members};
use super::scope::Scope;
use super::strategy::{self, Target};
use crate::model::{EntityId, SourceId, Strategy};
use c360_syntax::ast;
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};
use std::collections::BTreeMap;

/// How the golden record of one entity is made.
pub(super) struct Golden {
    /// The order of sources: ties are settled by it.
    pub(super) precedence: Vec<SourceId>,
    /// What attributes and references without an entry of their own follow.
    pub(super) default: Strategy,
    /// One for each attribute.
    pub(super) attributes: Vec<Strategy>,
    /// One for each reference.
    pub(super) references: Vec<Strategy>,
}

/// The golden blocks of all entities, in their order.
pub(super) fn all(scope: &Scope<'_>, out: &mut Vec<Diagnostic>) -> Vec<Golden> {
    scope.members.iter().enumerate().map(|(index, members)| golden(scope, EntityId(index), members, out)).collect()
}

fn golden(scope: &Scope<'_>, id: EntityId, members: &Members<'_>, out: &mut Vec<Diagnostic>) -> Golden {
    let block = members.entity.golden.as_ref();
    let declared = block.and_then(|block| default(block, scope, id, out));
    let precedence = match &declared {
        Some(Strategy::Precedence(sources)) => sources.clone(),
        _ => scope.supply.sources_of(id).collect(),
    };
    let default = declared.unwrap_or_else(|| Strategy::Precedence(precedence.clone()));
    let own = block.map(|block| own_strategies(block, scope, id, members, out)).unwrap_or_default();
    let strategy = |member: Member, many: bool| {
        own.get(&member).cloned().flatten().unwrap_or_else(|| if many { Strategy::All } else { default.clone() })
    };
    let attributes = members.attributes.iter().enumerate();
    let attributes = attributes
        .map(|(index, attribute)| strategy(Member::Attribute(crate::model::AttributeId(index)), attribute.written.many.is_some()))
        .collect();
    let references =
        (0..members.references.len()).map(|index| strategy(Member::Reference(crate::model::ReferenceId(index)), false)).collect();
    Golden { precedence, default, attributes, references }
}

/// The strategy that stands without an attribute; there can be one.
fn default(block: &ast::Golden, scope: &Scope<'_>, id: EntityId, out: &mut Vec<Diagnostic>) -> Option<Strategy> {
    let (first, others) = block.default.split_first()?;
    for (_, span) in others {
        let message = format!("`{}` has a second default strategy", scope.entity_name(id));
        let finding = Diagnostic::new(&codes::SEVERAL_DEFAULTS, *span, message).label("second default").related(first.1, "the first one");
        out.push(finding.help("keep one, or join them: `first of (only a, latest)`; to say it of one attribute, write its name in front"));
    }
    strategy::check(&first.0, first.1, &Target::Default { entity: id }, scope, out)
}

/// Strategies with an attribute in front; `None` for those that are wrong.
fn own_strategies(
    block: &ast::Golden,
    scope: &Scope<'_>,
    id: EntityId,
    members: &Members<'_>,
    out: &mut Vec<Diagnostic>,
) -> BTreeMap<Member, Option<Strategy>> {
    let mut own = BTreeMap::new();
    let mut seen: BTreeMap<Member, Span> = BTreeMap::new();
    for (path, strategy, span) in &block.attributes {
        let Some(member) = members.find(&path.attribute, out) else { continue };
        if let Some(part) = &path.part {
            out.push(part_survives_apart(&path.attribute.text, part));
            continue;
        }
        if let Some(first) = seen.insert(member, *span) {
            let message = format!("`{}` has two strategies", path.attribute.text);
            let finding = Diagnostic::new(&codes::GOLDEN_TWICE, *span, message).label("second strategy").related(first, "the first one");
            out.push(finding.help("keep one, or join them: `first of (only a, latest)`"));
            continue;
        }
        let target = Target::Member { entity: id, member, members };
        own.insert(member, strategy::check(strategy, *span, &target, scope, out));
    }
    own
}

fn part_survives_apart(attribute: &str, part: &ast::Name) -> Diagnostic {
    let message = format!("`{attribute}` survives as one, so its `{}` cannot have a strategy of its own", part.text);
    let finding = Diagnostic::new(&codes::GOLDEN_PART, part.span, message).label("a part");
    finding.help(format!("write `{attribute}` alone: parts of different records would make a value that nobody has"))
}
