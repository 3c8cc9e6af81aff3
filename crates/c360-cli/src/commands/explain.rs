//! `c360 explain customer 17`, and of two records: `c360 explain customer crm:17 shop:4`

mod edges;
pub(super) mod page;
mod pair;

use super::decided;
use crate::arguments::{Arguments, Explain, Output};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::look::{self, Explanation, Join, Value, View};
use serde_json::json;

pub(super) async fn explain(command: &Explain, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    if let Some(other) = command.attribute_or_other.as_deref().filter(|other| pair::is_other(other)) {
        return pair::explain(&session, command, other, arguments).await;
    }
    match explanation(&session, command, arguments).await {
        Ok(found) => {
            match arguments.output {
                Output::Json => output::print_json("explain", as_json(&command.entity, &found)),
                Output::Html => page::of(&command.entity, &found).print(),
                _ => print(&command.entity, &found),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

async fn explanation(session: &Session, command: &Explain, arguments: &Arguments) -> Result<Explanation, c360_run::Error> {
    let id = session.entity(&command.entity)?;
    let commit = session.commit(&command.at).await?;
    let engine = session.engine(arguments)?;
    let mut view = View::open(session.model(), &commit, &session.store, &engine).await?;
    let found = look::find(&view, session.model().entity(id), &command.id).await?;
    let mut explanation = look::explain(&mut view, id, found).await?;
    if let Some(attribute) = &command.attribute_or_other {
        explanation.values.retain(|value| value.attribute == *attribute);
        if explanation.values.is_empty() {
            let message = format!("`{}` has no attribute `{attribute}`", command.entity);
            return Err(c360_run::Error::new(c360_run::Kind::FixConfiguration, message));
        }
    }
    Ok(explanation)
}

fn name_of(found: &Explanation, record: i64) -> &str {
    found.members.iter().find(|member| member.record == record).map_or("?", |member| &member.name)
}

fn print(entity: &str, found: &Explanation) {
    let merged = found.found.merged_from.map(|old| format!(" (asked for {old}, which was merged into it)")).unwrap_or_default();
    output::println!("{entity} {}{merged}\n", found.found.id);
    output::println!("records");
    let width = found.members.iter().map(|m| m.name.len()).max().unwrap_or(0);
    for member in &found.members {
        let updated = member.updated.as_deref().map(|at| format!("  updated {at}")).unwrap_or_default();
        output::println!("  {:width$}  {}{updated}", member.name, member.place);
    }
    if !found.joins.is_empty() {
        output::println!("\njoined by");
    }
    for Join { rule, value, records, .. } in &found.joins {
        let names: Vec<&str> = records.iter().map(|record| name_of(found, *record)).collect();
        let value = value.as_deref().map(|v| format!(" on `{v}`")).unwrap_or_default();
        output::println!("  {rule}{value}: {}", names.join(", "));
    }
    if !found.decisions.is_empty() {
        output::println!("\ndecided by people");
        decided::print(&found.decisions);
    }
    edges::print(found);
    output::println!("\nvalues");
    found.values.iter().for_each(print_value);
}

fn print_value(value: &Value) {
    let Some(text) = &value.value else {
        output::println!("  {}: none", value.attribute);
        return print_losers(value);
    };
    output::println!("  {}: {text}", value.attribute);
    output::println!("      from {} by {}", value.records.join(", "), value.strategy);
    print_losers(value);
}

fn print_losers(value: &Value) {
    for loser in &value.losers {
        let same = if value.value.as_deref() == Some(&loser.value) { " (the same)" } else { "" };
        output::println!("      not {}: {}{same}", loser.record, loser.value);
    }
}

fn as_json(entity: &str, found: &Explanation) -> serde_json::Value {
    let join = |join: &Join| {
        let records: Vec<_> = join.records.iter().map(|record| name_of(found, *record)).collect();
        json!({ "rule": join.rule, "value": join.value, "records": records })
    };
    let value = |value: &Value| {
        let losers: Vec<_> = value.losers.iter().map(|loser| json!({ "record": loser.record, "value": loser.value })).collect();
        json!({
            "attribute": value.attribute, "value": value.value, "strategy": value.strategy, "records": value.records, "losers": losers,
        })
    };
    let member = |m: &look::Member| json!({ "record": m.name, "updated": m.updated, "place": m.place });
    json!({
        "entity": entity,
        "id": found.found.id,
        "merged_from": found.found.merged_from,
        "records": found.members.iter().map(member).collect::<Vec<_>>(),
        "joins": found.joins.iter().map(join).collect::<Vec<_>>(),
        "decisions": decided::as_json(&found.decisions),
        "edges": edges::as_json(found),
        "edges_left_out": found.edges.left_out,
        "weakest": edges::weakest_json(found),
        "values": found.values.iter().map(value).collect::<Vec<_>>(),
    })
}
