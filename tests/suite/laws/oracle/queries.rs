//! SQL that gives the facts of a commit in the same lines as the oracle, by kind: one text column `line`. Runs nothing.
//!
//! Two kinds are no tables: `balance` and `merges` stand in the figures of the commit. Where a line holds ids in a text of the engine's,
//! [`with_labels`] puts labels in their place.

use super::facts::{About, kind};
use super::model::{Attribute, Entity};
use super::variant::Family;
use std::collections::BTreeMap;

/// Kind and SQL, for every variant of a family.
pub(crate) fn queries(family: Family) -> Vec<(&'static str, String)> {
    let mut queries = reports();
    for entity in &family.base().model().entities {
        queries.push((kind(entity.name, About::Objects), objects(entity)));
        queries.push((kind(entity.name, About::Golden), golden(entity)));
        queries.push((kind(entity.name, About::Lineage), lineage(entity)));
        queries.push((kind(entity.name, About::Records), records(entity)));
        let decisions = "select concat_ws('|', decision, first, second, status, file || ':' || line) as line from decisions.";
        queries.push((kind(entity.name, About::Decisions), format!("{decisions}{}", entity.name)));
    }
    if family == Family::Contacts {
        let score = "cast(round(score * 1000) as bigint)";
        let left_and_right = "left_source || ':' || left_key, right_source || ':' || right_key";
        queries.push(("review", format!("select concat_ws('|', {score}, {left_and_right}) as line from review.customer")));
    }
    queries.extend(match family {
        Family::People => Some(("customer.parent", links("customer", "parent", "customer"))),
        Family::Accounts => Some(("account.owner", links("account", "owner", "customer"))),
        Family::Contacts => None,
    });
    queries
}

/// The ids of all objects with their labels: `id`, `label`.
pub(crate) fn labels(entity: &str) -> String {
    format!("select id, min(source || ':' || key) as label from members.{entity} group by id")
}

/// A line of `cycles`, or of `refused.values` for a rule that compares a reference first, with labels instead of ids.
pub(crate) fn with_labels(kind: &str, line: &str, labels: &BTreeMap<u64, String>) -> String {
    let label = |id: &str| id.parse().ok().and_then(|id: u64| labels.get(&id)).map_or(id.to_owned(), String::clone);
    let mut cells: Vec<String> = line.split('|').map(str::to_owned).collect();
    match (kind, cells.as_slice()) {
        ("cycles", [_, _, cycle, _]) => cells[2] = cycle.split(" -> ").map(label).collect::<Vec<_>>().join(" -> "),
        ("refused.values", [_, rule, value, _]) if rule.starts_with("exact owner &") => {
            let (id, rest) = value.split_once(" & ").expect("a rule with two terms has two values");
            cells[2] = format!("{} & {rest}", label(id));
        }
        ("refused.values", [_, rule, value, _]) if rule.ends_with(": block owner") => cells[2] = label(value),
        _ => {}
    }
    cells.join("|")
}

fn reports() -> Vec<(&'static str, String)> {
    let lines = |columns: &str, rest: &str| format!("select concat_ws('|', {columns}) as line from {rest}");
    let class =
        "case when \"column\" is not null then 'refused' when reason like 'describes nothing%' then 'describes nothing' else reason end";
    let joins = "entity, rule, reason, left_source || ':' || left_key, right_source || ':' || right_key";
    vec![
        ("orphans", lines("entity, reference, source, key, target_source, target_key, reason", "orphans")),
        ("rejects", lines(&format!("source, file, row, coalesce(\"column\", ''), {class}"), "rejects")),
        ("duplicates", lines("source, key, file, row, kept_file, kept_row", "duplicates")),
        ("refused.joins", lines(joins, "refused where left_key is not null")),
        ("refused.values", lines("entity, rule, value, records", "refused where reason like 'shared by %'")),
        ("cycles", lines("entity, rule, value, records", "refused where reason like 'a cycle%'")),
    ]
}

fn objects(entity: &Entity) -> String {
    let members = "array_to_string(array_agg(source || ':' || key order by source, key), ' ')";
    format!("select {members} as line from members.{} group by id", entity.name)
}

/// A value as text, empty where there is none.
fn shown(attribute: &Attribute, column: &str) -> String {
    if attribute.many {
        format!("coalesce(array_to_string({column}, ','), '')")
    } else {
        format!("coalesce(cast({column} as varchar), '')")
    }
}

fn golden(entity: &Entity) -> String {
    let mut columns = vec!["l.label".to_owned()];
    columns.extend(entity.attributes.iter().map(|a| format!("'{}=' || {}", a.name, shown(a, &format!("g.{}", a.name)))));
    columns.extend(entity.references.iter().map(|r| format!("'{0}=' || coalesce(r_{0}.label, '')", r.name)));
    columns.extend(["'records=' || g.records".to_owned(), "'sources=' || array_to_string(g.sources, ',')".to_owned()]);
    let targets = entity.references.iter().map(|r| format!(" left join ({}) r_{1} on r_{1}.id = g.{1}", labels(r.target), r.name));
    let joined = targets.fold(format!("golden.{0} g join ({1}) l on l.id = g.id", entity.name, labels(entity.name)), |all, one| all + &one);
    format!("select concat_ws('|', {}) as line from {joined}", columns.join(", "))
}

/// `label|attribute|value|source:key` for each value; a list is taken apart together with its records.
fn lineage(entity: &Entity) -> String {
    let one = |attribute: &Attribute| {
        let (name, table) = (attribute.name, entity.name);
        let columns = match attribute.many {
            true => format!("unnest({name}) as v, unnest(lineage['{name}']) as r"),
            false => format!("{name} as v, lineage['{name}'] as r"),
        };
        format!(
            "select concat_ws('|', l.label, '{name}', cast(g.v as varchar), m.source || ':' || m.key) as line \
             from (select id, {columns} from golden.{table}) g join ({}) l on l.id = g.id join members.{table} m on m.record = g.r",
            labels(table)
        )
    };
    entity.attributes.iter().map(one).collect::<Vec<_>>().join(" union all ")
}

fn records(entity: &Entity) -> String {
    let mut columns: Vec<String> = ["source", "key", "file", "row"].map(str::to_owned).to_vec();
    columns.extend(entity.attributes.iter().map(|a| format!("'{}=' || {}", a.name, shown(a, a.name))));
    columns.extend(entity.references.iter().map(|r| format!("'{0}=' || coalesce({0}['source'] || ':' || {0}['key'], '')", r.name)));
    columns.push("'is=' || coalesce(_is[1]['source'] || ':' || _is[1]['key'], '')".to_owned());
    format!("select concat_ws('|', {}) as line from records.{}", columns.join(", "), entity.name)
}

fn links(entity: &str, reference: &str, target: &str) -> String {
    let to_itself = entity == target;
    let top = if to_itself { ", r.label, k.depth" } else { "" };
    let root = if to_itself { format!(" join ({}) r on r.id = k.root", labels(target)) } else { String::new() };
    format!(
        "select concat_ws('|', l.label, t.label, m.source || ':' || m.key{top}) as line from links.{entity}_{reference} k \
         join ({}) l on l.id = k.id join ({}) t on t.id = k.target join members.{entity} m on m.record = k.record{root}",
        labels(entity),
        labels(target)
    )
}
