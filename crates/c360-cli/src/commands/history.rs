//! `c360 history customer 27`

use super::resolve::ending_json;
use crate::arguments::{Arguments, History, Output};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::look::{self, Beginning, Chapter, Ending, Event, View};
use serde_json::{Value, json};

/// How many records a line names.
const NAMED: usize = 8;

pub(super) async fn history(command: &History, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    match story(&session, command, arguments).await {
        Ok(found) => {
            match arguments.output {
                Output::Json => output::print_json("history", as_json(&command.entity, &found)),
                _ => print(command, &found),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

async fn story(session: &Session, command: &History, arguments: &Arguments) -> Result<look::History, c360_run::Error> {
    let entity = session.model().entity(session.entity(&command.entity)?);
    let commit = session.commit(&command.at).await?;
    let engine = session.engine(arguments)?;
    let view = View::open(session.model(), &commit, &session.store, &engine).await?;
    look::history(&view, entity, &command.id).await
}

fn print(command: &History, found: &look::History) {
    output::println!("{} {}", command.entity, found.id);
    for chapter in &found.chapters {
        let made = chapter
            .made
            .as_ref()
            .map_or_else(|| " (no longer kept)".to_owned(), |made| format!(", as of {}, run {}", made.as_of, made.run));
        output::println!("\ncommit {}{made}", chapter.commit);
        chapter.events.iter().for_each(print_event);
    }
    if let Some(Event::Ended { how: Ending::Merged { survivor }, .. }) = found.chapters.last().and_then(|chapter| chapter.events.last()) {
        output::println!("\n`c360 history {} {survivor}` tells on", command.entity);
    }
}

fn print_event(event: &Event) {
    match event {
        Event::Began { how, records, values } => {
            let how = match how {
                Beginning::Created => format!("created{}", named(" from ", records.as_deref())),
                Beginning::Split { origin } => format!("split off from {origin}{}", named(", with ", records.as_deref())),
                Beginning::Restored => format!("brought back by a rollback{}", named(", with ", records.as_deref())),
            };
            output::println!("  {how}");
            print_values(values);
        }
        Event::Changed { attribute, old, new, cause } => {
            let cause = cause.as_ref().map(|cause| format!("  (from {cause})")).unwrap_or_default();
            output::println!("  {attribute}: {} -> {}{cause}", shown(old.as_deref()), shown(new.as_deref()));
        }
        Event::Absorbed { id, records } => output::println!("  {id} was merged into it{}", named(", with ", records.as_deref())),
        Event::AbsorbedBefore { id, survivor } => output::println!("  {id} was merged into {survivor}, which came here later"),
        Event::Shed { id, records } => output::println!("  {id} was split off from it{}", named(", with ", records.as_deref())),
        Event::Ended { how, values } => {
            match how {
                Ending::Merged { survivor } => output::println!("  merged into {survivor}; until then it had"),
                Ending::Retired => output::println!("  retired, since none of its records is left; until then it had"),
                Ending::Withdrawn => output::println!("  taken away by a rollback to a time before it; until then it had"),
            }
            print_values(values);
        }
    }
}

fn print_values(values: &[(String, String)]) {
    for (attribute, value) in values {
        output::println!("      {attribute}: {value}");
    }
}

/// Records behind a word, the first few of many.
pub(super) fn named(word: &str, records: Option<&[String]>) -> String {
    match records {
        None | Some([]) => String::new(),
        Some(records) if records.len() <= NAMED => format!("{word}{}", records.join(", ")),
        Some(records) => format!("{word}{} and {} more", records[..NAMED].join(", "), records.len() - NAMED),
    }
}

/// A value, or that there is none.
pub(super) fn shown(value: Option<&str>) -> &str {
    value.unwrap_or("(none)")
}

fn as_json(entity: &str, found: &look::History) -> Value {
    let chapter = |chapter: &Chapter| {
        json!({
            "commit": chapter.commit,
            "as_of": chapter.made.as_ref().map(|made| &made.as_of),
            "run": chapter.made.as_ref().map(|made| &made.run),
            "events": chapter.events.iter().map(event_json).collect::<Vec<_>>(),
        })
    };
    json!({ "entity": entity, "id": found.id, "commits": found.chapters.iter().map(chapter).collect::<Vec<_>>() })
}

fn event_json(event: &Event) -> Value {
    let values =
        |values: &[(String, String)]| values.iter().map(|(name, value)| (name.clone(), json!(value))).collect::<serde_json::Map<_, _>>();
    match event {
        Event::Began { how, records, values: had } => {
            let (kind, from) = match how {
                Beginning::Created => ("created", None),
                Beginning::Split { origin } => ("split", Some(*origin)),
                Beginning::Restored => ("restored", None),
            };
            json!({ "kind": kind, "from": from, "records": records, "values": values(had) })
        }
        Event::Changed { attribute, old, new, cause } => {
            json!({ "kind": "changed", "attribute": attribute, "old": old, "new": new, "cause": cause })
        }
        Event::Absorbed { id, records } => json!({ "kind": "absorbed", "id": id, "records": records }),
        Event::AbsorbedBefore { id, survivor } => json!({ "kind": "absorbed_before", "id": id, "into": survivor }),
        Event::Shed { id, records } => json!({ "kind": "split_off", "id": id, "records": records }),
        Event::Ended { how, values: had } => {
            let mut end = ending_json(*how);
            end["values"] = values(had).into();
            end
        }
    }
}
