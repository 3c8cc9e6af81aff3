//! `c360 why-not customer crm:17 shop:4`

use super::decided;
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
                Output::Html => super::explain::page::of_two(command, &found).print(),
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
    print_ids(command, found);
    match found.ids.0 == found.ids.1 {
        true => output::println!("`c360 explain {} {}` says why", command.entity, found.ids.0),
        false => print_rules(found),
    }
}

/// Which objects the two are, or are of.
pub(super) fn print_ids(two: &WhyNot, found: &look::WhyNot) {
    match found.ids.0 == found.ids.1 {
        true => output::println!("{} and {} are one {}: {}", two.first, two.second, two.entity, found.ids.0),
        false => output::println!("{} ({} {}) and {} ({} {})", two.first, two.entity, found.ids.0, two.second, two.entity, found.ids.1),
    }
}

/// What people decided, the joins that were refused, and what each rule makes of the two.
pub(super) fn print_rules(found: &look::WhyNot) {
    if !found.decisions.is_empty() {
        output::println!("\n  decided by people");
        decided::print(&found.decisions);
    }
    for (rule, reason) in &found.refused {
        output::println!("\n  {rule} would join them, but was refused: {reason}");
    }
    found.rules.iter().for_each(|rule| print_rule(found, rule));
}

/// All of that for programs.
pub(super) fn as_json(two: &WhyNot, found: &look::WhyNot) -> serde_json::Value {
    json!({
        "entity": two.entity,
        "first": { "asked": two.first, "id": found.ids.0 },
        "second": { "asked": two.second, "id": found.ids.1 },
        "decisions": decided::as_json(&found.decisions),
        "refused": found.refused.iter().map(|(rule, reason)| json!({ "rule": rule, "reason": reason })).collect::<Vec<_>>(),
        "rules": found.rules.iter().map(rule_json).collect::<Vec<_>>(),
    })
}
