//! Attributes and references of entities: names, formats, targets, and which flags suit them.

use super::formats::{Built, Formats};
use super::names::{Declared, is_first};
use super::suggest::unknown;
use super::{reserved, scope};
use crate::model::{AttributeId, EntityId, ReferenceId};
use c360_match::format::Format;
use c360_syntax::Diagnostic;
use c360_syntax::ast::{self, AttributeKind, Name};
use c360_syntax::codes::model as codes;
use std::collections::BTreeMap;

/// The attributes and references of one entity.
pub(super) struct Members<'a> {
    pub(super) entity: &'a ast::Entity,
    pub(super) attributes: Vec<Value<'a>>,
    pub(super) references: Vec<Link<'a>>,
    by_name: BTreeMap<&'a str, Member>,
}

/// What a name of an entity stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Member {
    Attribute(AttributeId),
    Reference(ReferenceId),
}

/// An attribute; `built` is `None` where its format is wrong, which was reported.
pub(super) struct Value<'a> {
    pub(super) written: &'a ast::Attribute,
    pub(super) built: Option<Built>,
}

/// A reference; `target` is `None` where there is no such entity, which was reported.
pub(super) struct Link<'a> {
    pub(super) written: &'a ast::Attribute,
    pub(super) target: Option<EntityId>,
}

/// The members of all entities, in their order.
pub(super) fn all<'a>(declared: &Declared<'a>, formats: &Formats<'_>, out: &mut Vec<Diagnostic>) -> Vec<Members<'a>> {
    declared.entities.iter().map(|entity| members(entity, declared, formats, out)).collect()
}

fn members<'a>(entity: &'a ast::Entity, declared: &Declared<'_>, formats: &Formats<'_>, out: &mut Vec<Diagnostic>) -> Members<'a> {
    let mut members = Members { entity, attributes: Vec::new(), references: Vec::new(), by_name: BTreeMap::new() };
    let mut seen = BTreeMap::new();
    for attribute in &entity.attributes {
        if !is_first(&mut seen, &attribute.name, "attribute", reserved::attribute, out) {
            continue;
        }
        let member = match &attribute.kind {
            AttributeKind::Value(stages) => {
                let built = formats.build(stages, out);
                many_group(attribute, built.as_ref(), out);
                members.attributes.push(Value { written: attribute, built });
                Member::Attribute(AttributeId(members.attributes.len() - 1))
            }
            AttributeKind::Reference(target) => {
                let target = scope::find_entity(declared, target, out);
                reference_flags(attribute, out);
                members.references.push(Link { written: attribute, target });
                Member::Reference(ReferenceId(members.references.len() - 1))
            }
        };
        members.by_name.insert(&attribute.name.text, member);
    }
    members
}

fn many_group(attribute: &ast::Attribute, built: Option<&Built>, out: &mut Vec<Diagnostic>) {
    if let (Some(many), Some(Built { format: Format::Parts(_), .. })) = (attribute.many, built) {
        let message = format!("`{}` has parts that belong together, so it cannot be `many`", attribute.name.text);
        let finding = Diagnostic::new(&codes::MANY_GROUP, many, message).label("not here");
        out.push(finding.help("remove `many`; to hold several, make it an entity of its own with a reference to this one"));
    }
}

fn reference_flags(attribute: &ast::Attribute, out: &mut Vec<Diagnostic>) {
    let flags = [
        (attribute.many, "many", "a reference points to one object"),
        (attribute.pii, "pii", "a reference is an id and holds no personal data"),
    ];
    for (span, flag, reason) in flags {
        if let Some(span) = span {
            let message = format!("reference `{}` cannot be `{flag}`: {reason}", attribute.name.text);
            out.push(Diagnostic::new(&codes::REFERENCE_FLAG, span, message).label("not here").help(format!("remove `{flag}`")));
        }
    }
}

impl<'a> Members<'a> {
    /// What a name stands for; reports a name that the entity does not have.
    pub(super) fn find(&self, name: &Name, out: &mut Vec<Diagnostic>) -> Option<Member> {
        let found = self.by_name.get(name.text.as_str()).copied();
        if found.is_none() {
            let names: Vec<&str> = self.entity.attributes.iter().map(|attribute| attribute.name.text.as_str()).collect();
            let of = format!(" in `{}`", self.entity.name.text);
            let finding = unknown(&codes::UNKNOWN_ATTRIBUTE, name, "attribute", &of, &names);
            out.push(finding.related(self.entity.name.span, "declared here"));
        }
        found
    }

    /// The attribute with this id.
    pub(super) fn attribute(&self, id: AttributeId) -> &Value<'a> {
        &self.attributes[id.0]
    }

    /// The reference with this id.
    pub(super) fn reference(&self, id: ReferenceId) -> &Link<'a> {
        &self.references[id.0]
    }

    /// The declaration of a member.
    pub(super) fn written(&self, member: Member) -> &'a ast::Attribute {
        match member {
            Member::Attribute(id) => self.attributes[id.0].written,
            Member::Reference(id) => self.references[id.0].written,
        }
    }
}

impl Value<'_> {
    /// The number of a part; reports parts that are not there. `None` without a report where the format is broken.
    pub(super) fn part(&self, name: &Name, out: &mut Vec<Diagnostic>) -> Option<usize> {
        let format = &self.built.as_ref()?.format;
        let attribute = &self.written.name;
        let Format::Parts(parts) = format else {
            let finding = Diagnostic::new(&codes::NO_PARTS, name.span, format!("`{}` has no parts", attribute.text));
            out.push(
                finding.label("no such part").related(self.written.span, "declared here").help(format!("write `{}` alone", attribute.text)),
            );
            return None;
        };
        let found = parts.parts().iter().position(|part| *part == name.text);
        if found.is_none() {
            let finding = unknown(&codes::UNKNOWN_PART, name, "part", &format!(" in `{}`", attribute.text), parts.parts());
            out.push(finding.related(self.written.span, "declared here"));
        }
        found
    }
}
