//! `c360 plan --pairs`: how many pairs rules would compare, before any is compared. Its table is part of `plan --data`, too.

use crate::arguments::{Arguments, Output, Plan};
use crate::exit;
use crate::output::{self, Page, Part, bars};
use crate::scratch::Scratch;
use crate::session::Session;
use crate::watch::Watch;
use c360_run::Pipeline;
use c360_run::care::{self, Counted, EntityPairs, Sharing};
use comfy_table::CellAlignment;
use serde_json::{Value, json};
use std::fmt::Write;

/// Columns of the table; all but the first are numbers.
const HEADER: [&str; 7] = ["shared values of", "values", "pairs", "largest", "at most", "values over", "their records"];

/// What the figures are, wherever they are shown.
const LEGEND: &str = "Values that two records or more share, and the pairs of their records. A pair counts once for each value that it shares; it is compared \
                      once. Values over `at most` make no pairs.";

pub(super) async fn plan(session: &Session, command: &Plan, arguments: &Arguments) -> u8 {
    let watch = Watch::new();
    let counted = counted(session, command, arguments, &watch).await;
    watch.finish();
    let counted = match counted {
        Ok(counted) => counted,
        Err(error) => return session.fail(&error),
    };
    match arguments.output {
        Output::Json => output::print_json("plan-pairs", as_json(&counted)),
        Output::Markdown => output::print!("### Pairs, {}\n{}", over_what(&counted), markdown(&counted.entities)),
        Output::Html => page(session, &counted).print(),
        _ => output::print!("pairs, {}\n{}", over_what(&counted), text(&counted.entities)),
    }
    exit::FINE
}

async fn counted(session: &Session, command: &Plan, arguments: &Arguments, watch: &Watch) -> Result<Counted, c360_run::Error> {
    let pipeline = Pipeline { model: session.model(), fingerprint: &session.project.fingerprint, folder: &session.project.folder };
    let options = super::super::run::options(arguments, command.memory);
    // Made only where records have to be staged, and gone with this function.
    let mut scratch = None;
    let place = || scratch.insert(Scratch::new("plan")?).location();
    care::count_pairs(pipeline, &session.store, place, &options, watch).await
}

fn over_what(counted: &Counted) -> String {
    match (counted.commit, counted.behind) {
        (None, _) => "counted over the records that the sources hold now".to_owned(),
        (Some(commit), false) => format!("counted over the records of commit {commit}"),
        (Some(commit), true) => format!("counted over the records of commit {commit}; files changed since, which are not counted"),
    }
}

/// A table for each entity that has rules, then what is too large and what each rule compares.
pub(super) fn text(entities: &[EntityPairs]) -> String {
    let mut out = String::new();
    for entity in entities.iter().filter(|entity| !entity.rules.is_empty()) {
        let mut table = output::table(&HEADER);
        for number in 1..HEADER.len() {
            if let Some(column) = table.column_mut(number) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for sharing in &entity.rules {
            table.add_row(cells(sharing));
        }
        let _ = writeln!(out, "\n{}\n{table}", entity.entity);
        for line in sums(entity) {
            let _ = writeln!(out, "{line}");
        }
    }
    if !out.is_empty() {
        let _ = writeln!(out, "\n{LEGEND}");
    }
    out
}

pub(super) fn markdown(entities: &[EntityPairs]) -> String {
    let mut out = String::new();
    for entity in entities.iter().filter(|entity| !entity.rules.is_empty()) {
        let _ = writeln!(out, "\n| {}: {} |", entity.entity, HEADER.join(" | "));
        out.push_str("|---|--:|--:|--:|--:|--:|--:|\n");
        for sharing in &entity.rules {
            let _ = writeln!(out, "| {} |", cells(sharing).map(|cell| cell.replace('|', "\\|")).join(" | "));
        }
        for line in sums(entity) {
            let _ = writeln!(out, "\n{line}");
        }
    }
    out
}

fn cells(sharing: &Sharing) -> [String; 7] {
    let [values, pairs, largest, over, records] =
        [sharing.values, sharing.pairs, sharing.largest, sharing.over, sharing.over_records].map(|figure| figure.to_string());
    let at_most = sharing.at_most.map_or(String::new(), |most| most.to_string());
    [name(sharing), values, pairs, largest, at_most, over, records]
}

fn name(sharing: &Sharing) -> String {
    match &sharing.block {
        Some(block) => format!("{}: block {block}", sharing.rule),
        None => sharing.rule.clone(),
    }
}

/// What each rule compares, and what none of its blocks does.
fn sums(entity: &EntityPairs) -> Vec<String> {
    entity.compared().into_iter().map(|(rule, pairs)| format!("{rule} compares up to {pairs} pairs")).collect()
}

pub(super) fn entities_json(entities: &[EntityPairs]) -> Value {
    let sharing = |s: &Sharing| {
        json!({
            "rule": s.rule, "block": s.block, "at_most": s.at_most, "values": s.values, "pairs": s.pairs, "largest": s.largest,
            "over": s.over, "over_records": s.over_records,
        })
    };
    let compared = |(rule, pairs): (&str, u64)| json!({ "rule": rule, "pairs": pairs });
    let entity = |e: &EntityPairs| {
        json!({
            "entity": e.entity, "rules": e.rules.iter().map(sharing).collect::<Vec<_>>(),
            "compared": e.compared().into_iter().map(compared).collect::<Vec<_>>(),
        })
    };
    entities.iter().map(entity).collect()
}

fn as_json(counted: &Counted) -> Value {
    json!({ "commit": counted.commit, "behind": counted.behind, "pairs": entities_json(&counted.entities) })
}

fn page(session: &Session, counted: &Counted) -> Page {
    let mut page = Page::new(&format!("Pairs of {}", session.model().name));
    page.text(&format!("{}.", over_what(counted)));
    chart(&counted.entities, &mut page);
    page
}

/// The pairs of each rule and block as bars, one chart per entity.
pub(in crate::commands) fn chart(entities: &[EntityPairs], page: &mut Page) {
    page.text(LEGEND);
    for entity in entities.iter().filter(|entity| !entity.rules.is_empty()) {
        page.heading(&entity.entity);
        let most = entity.rules.iter().map(|sharing| sharing.pairs).max().unwrap_or_default() as f64;
        let bar = |sharing: &Sharing| {
            let class = if sharing.is_block() { "b" } else { "a" };
            let over = if sharing.over > 0 { format!(", {} over", sharing.over) } else { String::new() };
            // The table below says which rule a block is of.
            let name = sharing.block.as_deref().map_or_else(|| sharing.rule.clone(), |block| format!("block {block}"));
            (name, vec![Part { class, size: sharing.pairs as f64 }], format!("{} pairs{over}", sharing.pairs))
        };
        page.chart(&bars("Pairs by rule and block", most, &entity.rules.iter().map(bar).collect::<Vec<_>>()));
        page.table(&HEADER, &entity.rules.iter().map(|sharing| cells(sharing).to_vec()).collect::<Vec<_>>());
        sums(entity).iter().for_each(|line| page.text(line));
    }
}
