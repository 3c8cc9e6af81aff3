//! `c360 why-not customer crm:17 shop:4`

use super::rules::{print_rule, rule_json};
use crate::arguments::{Arguments, Output, WhyNot};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::look::{self, View};
use serde_json::json;

pub(super) async fn why_not(command: &WhyNot, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    match compared(&session, command, arguments).await {
        Ok(found) => {
            match arguments.output {
                Output::Json => output::print_json("why-not", as_json(command, &found)),
                _ => print(command, &found),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

/// What kept the two apart, or joins them.
pub(super) async fn compared(session: &Session, command: &WhyNot, arguments: &Arguments) -> Result<look::WhyNot, c360_run::Error> {
    let id = session.entity(&command.entity)?;
    let commit = session.commit(&command.at).await?;
    let engine = session.engine(arguments)?;
    let mut view = View::open(session.model(), &commit, &session.store, &engine).await?;
    let entity = session.model().entity(id);
    let first = look::find(&view, entity, &command.first).await?;
    let second = look::find(&view, entity, &command.second).await?;
    look::why_not(&mut view, id, first, second).await
}

fn print(command: &WhyNot, found: &look::WhyNot) {
    if found.ids.0 == found.ids.1 {
        anstream::println!("{} and {} are one {}: {}", command.first, command.second, command.entity, found.ids.0);
        anstream::println!("`c360 explain {} {}` says why", command.entity, found.ids.0);
        return;
    }
    anstream::println!(
        "{} ({} {}) and {} ({} {})",
        command.first,
        command.entity,
        found.ids.0,
        command.second,
        command.entity,
        found.ids.1
    );
    for (rule, reason) in &found.refused {
        anstream::println!("\n  {rule} would join them, but was refused: {reason}");
    }
    for rule in &found.rules {
        print_rule(found, rule);
    }
}

fn as_json(command: &WhyNot, found: &look::WhyNot) -> serde_json::Value {
    json!({
        "entity": command.entity,
        "first": { "asked": command.first, "id": found.ids.0 },
        "second": { "asked": command.second, "id": found.ids.1 },
        "refused": refused_json(found),
        "rules": found.rules.iter().map(rule_json).collect::<Vec<_>>(),
    })
}

/// The joins of the two that were refused.
pub(super) fn refused_json(found: &look::WhyNot) -> Vec<serde_json::Value> {
    found.refused.iter().map(|(rule, reason)| json!({ "rule": rule, "reason": reason })).collect()
}
