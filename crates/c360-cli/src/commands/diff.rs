//! `c360 diff @41 @42`

use super::history::{named, shown};
use crate::arguments::{Arguments, Diff, Output};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::commit::Commit;
use c360_run::look::{self, AttributeDiff, EntityDiff, Fate, Fated, View};
use c360_run::{Error, commit};
use serde_json::{Value, json};

/// Two commits, the first of which may be before all.
struct Pair {
    from: Option<Commit>,
    to: Commit,
}

pub(super) async fn diff(command: &Diff, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    match difference(&session, command, arguments).await {
        Ok((pair, entities)) => {
            match arguments.output {
                Output::Json => output::print_json("diff", as_json(&pair, &entities)),
                _ => print(&pair, &entities),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

async fn difference(session: &Session, command: &Diff, arguments: &Arguments) -> Result<(Pair, Vec<EntityDiff>), Error> {
    let pair = pair(session, command).await?;
    let engine = session.engine(arguments)?;
    let view = View::open(session.model(), &pair.to, &session.store, &engine).await?;
    let after = pair.from.as_ref().map_or(0, |commit| commit.number);
    let entities = look::diff(&view, session.model(), after, command.samples).await?;
    Ok((pair, entities))
}

/// In the order of their numbers.
async fn pair(session: &Session, command: &Diff) -> Result<Pair, Error> {
    let to = match &command.to {
        Some(text) => session.commit_named(text).await?,
        None => session.newest().await?,
    };
    let from = match &command.from {
        Some(text) => Some(session.commit_named(text).await?),
        None if to.number == 1 => None,
        None => Some(commit::at(&session.store, to.number - 1).await?),
    };
    Ok(match from {
        Some(from) if from.number > to.number => Pair { from: Some(to), to: from },
        from => Pair { from, to },
    })
}

fn objects(commit: Option<&Commit>, entity: &str) -> u64 {
    let figures = commit.and_then(|commit| commit.figures.entities.iter().find(|figures| figures.entity == entity));
    figures.map_or(0, |figures| figures.objects)
}

fn print(pair: &Pair, entities: &[EntityDiff]) {
    match &pair.from {
        Some(from) if from.number == pair.to.number => return output::println!("both are commit {}", from.number),
        Some(from) => {
            output::println!("from commit {} (as of {}) to commit {} (as of {})", from.number, from.as_of, pair.to.number, pair.to.as_of)
        }
        None => output::println!("from nothing to commit {} (as of {})", pair.to.number, pair.to.as_of),
    }
    for entity in entities {
        let (before, after) = (objects(pair.from.as_ref(), &entity.entity), objects(Some(&pair.to), &entity.entity));
        let same = entity.fates.is_empty() && entity.changed == 0;
        let objects = match (before, after) {
            (1, 1) => "1 object".to_owned(),
            (before, after) if before == after => format!("{after} objects"),
            (before, after) => format!("{before} -> {after} objects"),
        };
        output::println!("\n{}: {objects}{}", entity.entity, if same { ", nothing changed" } else { "" });
        entity.fates.iter().for_each(print_fated);
        if entity.changed > 0 {
            output::println!("  {} changed", entity.changed);
        }
        entity.attributes.iter().for_each(print_attribute);
    }
}

fn print_fated(fated: &Fated) {
    let count = fated.count;
    match fated.fate {
        Fate::Created => output::println!("  {count} created"),
        Fate::Merged => output::println!("  {count} merged into {} {}", fated.others, if fated.others == 1 { "other" } else { "others" }),
        Fate::Split => output::println!("  {count} split off"),
        Fate::Retired => output::println!("  {count} retired"),
        Fate::Restored => output::println!("  {count} brought back by a rollback"),
        Fate::Withdrawn => output::println!("  {count} taken away by a rollback"),
        Fate::Passing => output::println!("  {count} came and went in between"),
        Fate::Returned => output::println!("  {count} ended and came back in between"),
    }
    for (id, other, records) in &fated.samples {
        match (fated.fate, other) {
            (Fate::Merged, Some(survivor)) => output::println!("      {id} into {survivor}"),
            (Fate::Split, Some(origin)) => output::println!("      {id} from {origin}{}", named(", with ", Some(records))),
            _ => output::println!("      {id}{}", named(" from ", Some(records))),
        }
    }
    print_more(count, fated.samples.len());
}

fn print_attribute(attribute: &AttributeDiff) {
    output::println!("    {}: {}", attribute.attribute, attribute.count);
    for value in &attribute.samples {
        let cause = value.cause.as_ref().map(|cause| format!("  (from {cause})")).unwrap_or_default();
        output::println!("      {}: {} -> {}{cause}", value.id, shown(value.old.as_deref()), shown(value.new.as_deref()));
    }
    print_more(attribute.count, attribute.samples.len());
}

fn print_more(count: u64, samples: usize) {
    let rest = count.saturating_sub(samples as u64);
    if samples > 0 && rest > 0 {
        output::println!("      and {rest} more");
    }
}

fn as_json(pair: &Pair, entities: &[EntityDiff]) -> Value {
    let commit = |commit: &Commit| json!({ "commit": commit.number, "as_of": commit.as_of, "run": commit.run });
    let entity = |entity: &EntityDiff| {
        let ids: serde_json::Map<_, _> = entity.fates.iter().map(|fated| (fated.fate.name().to_owned(), fated_json(fated))).collect();
        json!({
            "entity": entity.entity,
            "objects": { "from": objects(pair.from.as_ref(), &entity.entity), "to": objects(Some(&pair.to), &entity.entity) },
            "ids": ids,
            "changed": entity.changed,
            "attributes": entity.attributes.iter().map(attribute_json).collect::<Vec<_>>(),
        })
    };
    json!({ "from": pair.from.as_ref().map(commit), "to": commit(&pair.to), "entities": entities.iter().map(entity).collect::<Vec<_>>() })
}

fn fated_json(fated: &Fated) -> Value {
    let sample = |(id, other, records): &(i64, Option<i64>, Vec<String>)| json!({ "id": id, "other": other, "records": records });
    let samples: Vec<_> = fated.samples.iter().map(sample).collect();
    match fated.fate {
        Fate::Merged => json!({ "count": fated.count, "into": fated.others, "samples": samples }),
        _ => json!({ "count": fated.count, "samples": samples }),
    }
}

fn attribute_json(attribute: &AttributeDiff) -> Value {
    let sample = |v: &look::ValueDiff| json!({ "id": v.id, "old": v.old, "new": v.new, "cause": v.cause });
    let samples: Vec<_> = attribute.samples.iter().map(sample).collect();
    json!({ "attribute": attribute.attribute, "count": attribute.count, "samples": samples })
}
