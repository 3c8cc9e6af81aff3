//! What is known about all names once declarations are read: looks names up and says what is wrong with those that are not there.

use super::attributes::Members;
use super::formats::Formats;
use super::names::Declared;
use super::suggest::unknown;
use super::supply::Supply;
use super::{Functions, suggest};
use crate::model::{EntityId, SourceId};
use crate::trained::TrainedModels;
use c360_syntax::Diagnostic;
use c360_syntax::ast::{self, Name};
use c360_syntax::codes::model as codes;

/// Everything that later checks look names up in.
pub(super) struct Scope<'a> {
    pub(super) declared: &'a Declared<'a>,
    pub(super) functions: &'a Functions<'a>,
    pub(super) formats: &'a Formats<'a>,
    /// One for each entity, in their order.
    pub(super) members: &'a [Members<'a>],
    pub(super) supply: &'a Supply<'a>,
    pub(super) models: &'a TrainedModels,
}

impl<'a> Scope<'a> {
    /// The entity of this name; reports it where there is none.
    pub(super) fn entity(&self, name: &Name, out: &mut Vec<Diagnostic>) -> Option<EntityId> {
        find_entity(self.declared, name, out)
    }

    /// The source of this name; reports it where there is none.
    pub(super) fn source(&self, name: &Name, out: &mut Vec<Diagnostic>) -> Option<SourceId> {
        let found = self.source_named(&name.text);
        if found.is_none() && !self.declared.is_later(&name.text) {
            let finding = unknown(&codes::UNKNOWN_SOURCE, name, "source", "", &self.source_names());
            let is_entity = self.entity_named(&name.text).is_some();
            out.push(if is_entity { finding.label("an entity, not a source") } else { finding });
        }
        found
    }

    /// The source of this name, if there is one.
    pub(super) fn source_named(&self, name: &str) -> Option<SourceId> {
        self.declared.source_named(name)
    }

    /// The entity of this name, if there is one.
    pub(super) fn entity_named(&self, name: &str) -> Option<EntityId> {
        self.declared.entity_named(name)
    }

    /// The names of all sources.
    pub(super) fn source_names(&self) -> Vec<&'a str> {
        self.declared.sources.iter().map(|source| source.name.text.as_str()).collect()
    }

    /// The source as written.
    pub(super) fn source_of(&self, id: SourceId) -> &'a ast::Source {
        self.declared.sources[id.0]
    }

    /// The entity's attributes and references.
    pub(super) fn members_of(&self, id: EntityId) -> &'a Members<'a> {
        &self.members[id.0]
    }

    /// The name of an entity.
    pub(super) fn entity_name(&self, id: EntityId) -> &'a str {
        &self.declared.entities[id.0].name.text
    }

    /// The sources that describe an entity, as "`crm` and `billing`".
    pub(super) fn describers(&self, entity: EntityId) -> Option<String> {
        let names: Vec<&str> = self.supply.sources_of(entity).map(|source| self.source_of(source).name.text.as_str()).collect();
        suggest::listing(&names)
    }

    /// The source of this name where it describes `entity`; reports it where it does not or does not exist.
    pub(super) fn describing(&self, name: &Name, entity: EntityId, out: &mut Vec<Diagnostic>) -> Option<SourceId> {
        let source = self.source(name, out)?;
        if self.supply.describes(source, entity) {
            return Some(source);
        }
        let message = format!("source `{}` does not describe `{}`", name.text, self.entity_name(entity));
        let finding = Diagnostic::new(&codes::NOT_DESCRIBED, name.span, message)
            .label(format!("has no block `{} {{ .. }}`", self.entity_name(entity)));
        let finding = finding.related(self.source_of(source).name.span, "declared here");
        out.push(match self.describers(entity) {
            Some(list) => finding.help(format!("`{}` is described by {list}", self.entity_name(entity))),
            None => finding,
        });
        None
    }
}

/// The entity of this name; reports it where there is none.
pub(super) fn find_entity(declared: &Declared<'_>, name: &Name, out: &mut Vec<Diagnostic>) -> Option<EntityId> {
    let found = declared.entity_named(&name.text);
    if found.is_none() && !declared.is_later(&name.text) {
        let names: Vec<&str> = declared.entities.iter().map(|entity| entity.name.text.as_str()).collect();
        let finding = unknown(&codes::UNKNOWN_ENTITY, name, "entity", "", &names);
        let is_source = declared.source_named(&name.text).is_some();
        out.push(if is_source { finding.label("a source, not an entity") } else { finding });
    }
    found
}
