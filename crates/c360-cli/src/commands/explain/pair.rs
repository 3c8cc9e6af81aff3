//! `c360 explain customer crm:17 shop:4`: what each rule holds for and against two records, or objects.

use super::super::rules::{print_rule, rule_json};
use super::super::why_not::{compared, refused_json};
use crate::arguments::{Arguments, Explain, Output, WhyNot};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::look;
use serde_json::json;

/// Whether an argument names an object or a record, which no attribute can be called.
pub(super) fn is_other(text: &str) -> bool {
    text.contains(':') || text.parse::<i64>().is_ok()
}

/// Explains the two.
pub(super) async fn explain(session: &Session, command: &Explain, other: &str, arguments: &Arguments) -> u8 {
    let two = WhyNot {
        target: command.target.clone(),
        at: command.at.clone(),
        entity: command.entity.clone(),
        first: command.id.clone(),
        second: other.to_owned(),
    };
    match compared(session, &two, arguments).await {
        Ok(found) => {
            match arguments.output {
                Output::Json => output::print_json("explain-pair", as_json(&two, &found)),
                _ => print(&two, &found),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

fn print(two: &WhyNot, found: &look::WhyNot) {
    match found.ids.0 == found.ids.1 {
        true => anstream::println!("{} and {} are one {}: {}", two.first, two.second, two.entity, found.ids.0),
        false => anstream::println!("{} ({} {}) and {} ({} {})", two.first, two.entity, found.ids.0, two.second, two.entity, found.ids.1),
    }
    for (rule, reason) in &found.refused {
        anstream::println!("\n  {rule} would join them, but was refused: {reason}");
    }
    found.rules.iter().for_each(|rule| print_rule(found, rule));
}

fn as_json(two: &WhyNot, found: &look::WhyNot) -> serde_json::Value {
    json!({
        "entity": two.entity,
        "first": { "asked": two.first, "id": found.ids.0 },
        "second": { "asked": two.second, "id": found.ids.1 },
        "refused": refused_json(found),
        "rules": found.rules.iter().map(rule_json).collect::<Vec<_>>(),
    })
}
