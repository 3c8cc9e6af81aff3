//! `c360 why-not customer crm:17 shop:4`

use crate::arguments::{Arguments, Output, WhyNot};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::look::{self, Comparison, View};
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

async fn compared(session: &Session, command: &WhyNot, arguments: &Arguments) -> Result<look::WhyNot, c360_run::Error> {
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
        print_rule(rule);
    }
}

fn print_rule(rule: &Comparison) {
    match rule.shared.as_slice() {
        [] => anstream::println!("\n  {}: {} of {} equal", rule.rule, rule.equal_terms, rule.terms.len()),
        shared => anstream::println!("\n  {}: both have `{}`, yet a guard or `at most` held them apart", rule.rule, shared.join("`, `")),
    }
    for (term, left, right) in &rule.terms {
        let side = |values: &Vec<String>| if values.is_empty() { "nothing".to_owned() } else { values.join(", ") };
        anstream::println!("      {term}: {} | {}", side(left), side(right));
    }
}

fn as_json(command: &WhyNot, found: &look::WhyNot) -> serde_json::Value {
    let term = |(name, left, right): &(String, Vec<String>, Vec<String>)| json!({ "term": name, "first": left, "second": right });
    let rule = |rule: &Comparison| {
        let terms: Vec<_> = rule.terms.iter().map(term).collect();
        json!({ "rule": rule.rule, "terms": terms, "shared": rule.shared, "equal_terms": rule.equal_terms })
    };
    let refused = |(rule, reason): &(String, String)| json!({ "rule": rule, "reason": reason });
    json!({
        "entity": command.entity,
        "first": { "asked": command.first, "id": found.ids.0 },
        "second": { "asked": command.second, "id": found.ids.1 },
        "refused": found.refused.iter().map(refused).collect::<Vec<_>>(),
        "rules": found.rules.iter().map(rule).collect::<Vec<_>>(),
    })
}
