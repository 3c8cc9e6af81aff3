//! What the result of a step depends on besides its input, as one hash: a step whose fingerprint stays need not run again for what did not change.

use crate::plan::Step;
use c360_match::planted::planted;
use c360_model::model::{Entity, EntityId, Model, SourceId};
use std::fmt::Write;
use xxhash_rust::xxh3::xxh3_128;

/// Raised whenever formats, keys, strategies or defaults of this program begin to give other results: the same pipeline is then another one, and all
/// steps run anew.
pub const RESULTS: u32 = 4;

/// The fingerprint of a step, 32 hexadecimal digits. Depends on declarations without their places and descriptions; never on data.
#[must_use]
pub fn fingerprint(step: &Step, model: &Model) -> String {
    let mut said = format!("{RESULTS} {:?} ", model.country);
    let written = match step {
        Step::Stage(step) => stage(&mut said, model, step.source),
        Step::Resolve(step) => {
            let reference = &model.entity(step.entity).references[step.reference.0];
            let lookups = |id: EntityId| model.sources.iter().flat_map(|s| &s.mappings).filter(move |m| m.entity == id);
            let values = lookups(step.entity).flat_map(|m| &m.references).filter(|(id, ..)| *id == step.reference);
            let values: Vec<_> = values.map(|(.., value)| value).collect();
            write!(said, "{} {:?} {values:?}", reference.name, model.entity(reference.target).name)
        }
        Step::Cluster(step) => {
            // By what others look objects up is part of what the step leaves.
            let lookups: Vec<String> = step.lookups.iter().map(|plan| plan.display_indent().to_string()).collect();
            said.push_str(&lookups.join(" "));
            cluster(&mut said, model, step.entity)
        }
        Step::Golden(step) => golden(&mut said, model, step.entity),
        Step::Publish(step) => write!(said, "{step:?}"),
    };
    written.expect("a text takes everything");
    format!("{:032x}", xxh3_128(without_spans(&said).as_bytes()))
}

fn stage(said: &mut String, model: &Model, id: SourceId) -> std::fmt::Result {
    let mut source = model.source(id).clone();
    source.doc = None;
    source.read.place = String::new();
    write!(said, "{source:?}")?;
    source.mappings.iter().try_for_each(|mapping| columns(said, model.entity(mapping.entity)))
}

/// The columns of an entity's records.
fn columns(said: &mut String, entity: &Entity) -> std::fmt::Result {
    write!(said, " {}", entity.name)?;
    let format =
        |a: &c360_model::model::Attribute| if planted("format-not-in-fingerprint") { String::new() } else { format!("{:?}", a.format) };
    entity.attributes.iter().try_for_each(|a| write!(said, " {} {} {}", a.name, a.many, format(a)))?;
    entity.references.iter().try_for_each(|r| write!(said, " {} {:?}", r.name, r.target))
}

fn cluster(said: &mut String, model: &Model, id: EntityId) -> std::fmt::Result {
    let entity = model.entity(id);
    columns(said, entity)?;
    write!(said, "{:?} {:?} {:?}", entity.rules, entity.never_differ, entity.ignore)?;
    if !entity.pair_rules.is_empty() {
        write!(said, " {:?} {:?}", entity.pair_rules, entity.never_looser)?;
    }
    if let Some(most) = entity.never_larger {
        write!(said, " larger {most}")?;
    }
    entity.never_same_source.iter().try_for_each(|(source, _)| write!(said, " {}", model.source(*source).name))
}

fn golden(said: &mut String, model: &Model, id: EntityId) -> std::fmt::Result {
    let entity = model.entity(id);
    let name = |source: &SourceId| model.source(*source).name.clone();
    columns(said, entity)?;
    write!(said, " {:?} {:?}", entity.precedence.iter().map(name).collect::<Vec<_>>(), entity.default)?;
    entity.attributes.iter().try_for_each(|a| write!(said, " {:?}", a.strategy))?;
    entity.references.iter().try_for_each(|r| write!(said, " {:?}", r.strategy))?;
    // Ranks of sources follow the order of their declaration.
    model.sources.iter().filter(|s| s.mappings.iter().any(|m| m.entity == id)).try_for_each(|s| write!(said, " {}", s.name))
}

/// The text without what is in `Span { .. }`: moving a declaration changes nothing.
fn without_spans(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("Span {") {
        out.push_str(before);
        rest = after.split_once('}').map_or("", |(_, behind)| behind);
    }
    out + rest
}
