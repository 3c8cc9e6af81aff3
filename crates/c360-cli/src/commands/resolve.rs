//! `c360 resolve customer 45`

use crate::arguments::{Arguments, Output, Resolve};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::look::{self, Ended, Ending, Resolved, View};
use serde_json::{Value, json};

pub(super) async fn resolve(command: &Resolve, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    match resolved(&session, command, arguments).await {
        Ok(found) => {
            match arguments.output {
                Output::Json => output::print_json("resolve", as_json(&command.entity, &found)),
                _ => print(command, &found),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

async fn resolved(session: &Session, command: &Resolve, arguments: &Arguments) -> Result<Resolved, c360_run::Error> {
    let entity = session.model().entity(session.entity(&command.entity)?);
    let commit = session.commit(&command.at).await?;
    let engine = session.engine(arguments)?;
    let view = View::open(session.model(), &commit, &session.store, &engine).await?;
    look::resolve(&view, entity, &command.id).await
}

fn print(command: &Resolve, found: &Resolved) {
    for ended in &found.way {
        output::println!("{} {} {}", command.entity, ended.id, ending(ended));
    }
    match found.now {
        Some(id) if found.way.is_empty() && command.id == id.to_string() => output::println!("{} {id} is still {id}", command.entity),
        Some(id) if found.way.is_empty() => output::println!("{} is {} {id}", command.id, command.entity),
        Some(id) => output::println!("now it is {} {id}", command.entity),
        None => output::println!("it leads to nothing now"),
    }
}

fn ending(ended: &Ended) -> String {
    let when = ended.as_of.as_ref().map(|as_of| format!(", as of {as_of}")).unwrap_or_default();
    let when = format!("in commit {}{when}", ended.commit);
    match ended.how {
        Ending::Merged { survivor } => format!("was merged into {survivor} {when}"),
        Ending::Retired => format!("was retired {when}: none of its records was left"),
        Ending::Withdrawn => format!("was taken away by a rollback {when}"),
    }
}

/// The word for an end and where it leads.
pub(super) fn ending_json(how: Ending) -> Value {
    match how {
        Ending::Merged { survivor } => json!({ "kind": "merged", "into": survivor }),
        Ending::Retired => json!({ "kind": "retired", "into": null }),
        Ending::Withdrawn => json!({ "kind": "withdrawn", "into": null }),
    }
}

fn as_json(entity: &str, found: &Resolved) -> Value {
    let ended = |ended: &Ended| json!({ "id": ended.id, "commit": ended.commit, "as_of": ended.as_of, "end": ending_json(ended.how) });
    json!({ "entity": entity, "asked": found.id, "id": found.now, "way": found.way.iter().map(ended).collect::<Vec<_>>() })
}
