//! Gathers what the files declare, by kind; finds names declared twice and names that nothing may be called. Looks at no contents.

use super::reserved;
use super::suggest::is_word;
use crate::model::{EntityId, SourceId};
use c360_syntax::ast::{self, Item, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, FileId, Span};
use std::collections::BTreeMap;

/// The declarations of all files, by kind, each in its order; of a name declared twice only the first.
pub(super) struct Declared<'a> {
    pub(super) files: &'a [ast::File],
    pub(super) pipelines: Vec<&'a ast::Pipeline>,
    pub(super) formats: Vec<&'a ast::FormatDecl>,
    pub(super) entities: Vec<&'a ast::Entity>,
    pub(super) sources: Vec<&'a ast::Source>,
    pub(super) publishes: Vec<&'a ast::Publish>,
    pub(super) overrides: Vec<&'a ast::Overrides>,
    entity_ids: BTreeMap<&'a str, EntityId>,
    source_ids: BTreeMap<&'a str, SourceId>,
    /// Names of declarations that the parser reported (`event`, `view`, ..): nothing more is said about whoever uses them.
    later: Vec<&'a str>,
}

/// Sorts the declarations of `files` by kind.
pub(super) fn collect<'a>(files: &'a [ast::File], out: &mut Vec<Diagnostic>) -> Declared<'a> {
    let mut declared = Declared {
        files,
        pipelines: Vec::new(),
        formats: Vec::new(),
        entities: Vec::new(),
        sources: Vec::new(),
        publishes: Vec::new(),
        overrides: Vec::new(),
        entity_ids: BTreeMap::new(),
        source_ids: BTreeMap::new(),
        later: Vec::new(),
    };
    for item in files.iter().flat_map(|file| &file.items) {
        match item {
            Item::Pipeline(pipeline) => declared.pipelines.push(pipeline),
            Item::Format(format) => declared.formats.push(format),
            Item::Entity(entity) => declared.entities.push(entity),
            Item::Source(source) => declared.sources.push(source),
            Item::Publish(publish) => declared.publishes.push(publish),
            Item::Overrides(overrides) => declared.overrides.push(overrides),
            Item::Later(later) => declared.later.extend(later.name.as_ref().map(|name| name.text.as_str())),
            Item::Use(_) => {}
        }
    }
    declared.check_names(out);
    declared.entity_ids =
        declared.entities.iter().enumerate().map(|(index, entity)| (entity.name.text.as_str(), EntityId(index))).collect();
    declared.source_ids = declared.sources.iter().enumerate().map(|(index, source)| (source.name.text.as_str(), SourceId(index))).collect();
    used_twice(files, out);
    declared
}

impl<'a> Declared<'a> {
    /// Whether the parser already complained about a declaration of this name.
    pub(super) fn is_later(&self, name: &str) -> bool {
        self.later.contains(&name)
    }

    /// The entity of this name, if there is one.
    pub(super) fn entity_named(&self, name: &str) -> Option<EntityId> {
        self.entity_ids.get(name).copied()
    }

    /// The source of this name, if there is one.
    pub(super) fn source_named(&self, name: &str) -> Option<SourceId> {
        self.source_ids.get(name).copied()
    }

    /// The beginning of the first file: the place of what is missing altogether.
    pub(super) fn start(&self) -> Span {
        Span { file: self.files.first().map_or(FileId(0), |file| file.id), start: 0, end: 0 }
    }

    /// Drops declarations whose name is taken. Entities and sources share one space of names, since `customer = crm(x)` and
    /// `owner = customer` are told apart by what the name stands for.
    fn check_names(&mut self, out: &mut Vec<Diagnostic>) {
        let mut seen = BTreeMap::new();
        self.formats.retain(|format| is_first(&mut seen, &format.name, "format", reserved::format, out));
        let mut seen = BTreeMap::new();
        self.entities.retain(|entity| is_first(&mut seen, &entity.name, "entity", reserved::entity, out));
        self.sources.retain(|source| is_first(&mut seen, &source.name, "source", reserved::source, out));
    }
}

/// Whether `name` is new in `seen`; reports it where it is not, and where it is no usable name.
pub(super) fn is_first<'a>(
    seen: &mut BTreeMap<&'a str, (Span, &'static str)>,
    name: &'a Name,
    kind: &'static str,
    reserved: reserved::Reserved,
    out: &mut Vec<Diagnostic>,
) -> bool {
    if let Some((first, other)) = seen.get(name.text.as_str()) {
        out.push(duplicate(name, kind, *first, other));
        return false;
    }
    seen.insert(&name.text, (name.span, kind));
    if !is_word(&name.text) {
        let message = format!("`{}` cannot be the name of {}", name.text, article(kind));
        let finding = Diagnostic::new(&codes::NAME_SHAPE, name.span, message).label("not a plain word");
        out.push(finding.help("use letters, digits and `_`, beginning with a letter"));
    } else if let Some(reason) = reserved(&name.text) {
        let message = format!("`{}` cannot be the name of {}: {reason}", name.text, article(kind));
        let finding = Diagnostic::new(&codes::RESERVED_NAME, name.span, message).label("reserved");
        out.push(finding.help("choose another name"));
    }
    true
}

fn duplicate(name: &Name, kind: &str, first: Span, other: &str) -> Diagnostic {
    let (message, help) = if kind == other {
        (format!("{} `{}` is declared twice", kind, name.text), "rename or remove one of the two")
    } else {
        let message = format!("`{}` is the name of {} and of {}", name.text, article(other), article(kind));
        (message, "rename one: where a reference is set, the name could mean both")
    };
    Diagnostic::new(&codes::DUPLICATE_NAME, name.span, message).label("second declaration").related(first, "first declared here").help(help)
}

fn article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

fn used_twice(files: &[ast::File], out: &mut Vec<Diagnostic>) {
    for file in files {
        let mut seen = BTreeMap::new();
        for item in &file.items {
            let Item::Use(used) = item else { continue };
            if let Some(first) = seen.insert(used.path.value.as_str(), used.path.span) {
                let message = format!("`{}` is used twice", used.path.value);
                let finding = Diagnostic::new(&codes::USE_TWICE, used.path.span, message).label("has no effect");
                out.push(finding.related(first, "first used here").help("remove this line"));
            }
        }
    }
}
