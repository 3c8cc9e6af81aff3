//! Puts the checked parts together. Makes nothing of parts that are wrong.

use super::attributes::Members;
use super::golden::Golden;
use super::matching::Matching;
use super::pipeline::Pipeline;
use super::whole;
use crate::model::{Attribute, Entity, EntityId, Model, Overrides, Publish, Reference, Source};

/// Everything that makes a model.
pub(super) struct Parts<'m, 'a> {
    pub(super) pipeline: Pipeline,
    pub(super) members: &'m [Members<'a>],
    pub(super) matching: Vec<Matching>,
    pub(super) golden: Vec<Golden>,
    pub(super) sources: Vec<Option<Source>>,
    pub(super) publishes: Vec<Publish>,
    pub(super) overrides: Vec<Overrides>,
    pub(super) order: Vec<EntityId>,
}

/// The model; `None` where a part is missing.
pub(super) fn model(parts: Parts<'_, '_>) -> Option<Model> {
    let described = parts.members.iter().zip(parts.matching).zip(parts.golden);
    let entities = described.map(|((members, matching), golden)| entity(members, matching, golden)).collect::<Option<Vec<_>>>()?;
    Some(Model {
        name: parts.pipeline.name,
        state: parts.pipeline.state,
        country: parts.pipeline.country,
        owner: parts.pipeline.owner,
        entities,
        sources: parts.sources.into_iter().collect::<Option<Vec<_>>>()?,
        publishes: parts.publishes,
        overrides: parts.overrides,
        resolution_order: parts.order,
    })
}

fn entity(members: &Members<'_>, matching: Matching, golden: Golden) -> Option<Entity> {
    let never_looser = whole::least(&matching);
    let attributes = members.attributes.iter().zip(golden.attributes).map(|(value, strategy)| {
        let built = value.built.as_ref()?;
        Some(Attribute {
            span: value.written.span,
            name: value.written.name.text.clone(),
            format: built.format.clone(),
            format_text: built.text.clone(),
            many: value.written.many.is_some(),
            pii: value.written.pii.is_some(),
            strategy,
        })
    });
    let references = members.references.iter().zip(golden.references).map(|(link, strategy)| {
        Some(Reference { span: link.written.span, name: link.written.name.text.clone(), target: link.target?, strategy })
    });
    Some(Entity {
        span: members.entity.span,
        name: members.entity.name.text.clone(),
        doc: members.entity.doc.as_ref().map(|doc| doc.value.clone()),
        attributes: attributes.collect::<Option<Vec<_>>>()?,
        references: references.collect::<Option<Vec<_>>>()?,
        rules: matching.rules,
        pair_rules: matching.pair_rules,
        trainings: matching.trainings,
        never_differ: matching.never_differ,
        never_same_source: matching.never_same_source,
        never_larger: matching.never_larger.map(|(most, _)| most),
        never_looser,
        ignore: matching.ignore,
        precedence: golden.precedence,
        default: golden.default,
    })
}
