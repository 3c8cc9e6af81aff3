//! What is known to be true: the entity of each record, or pairs of records that are the same or not. Labels that contradict each other are refused:
//! whatever was measured against them would mean nothing.

use super::read::{Row, Table};
use crate::error::Result;
use crate::ingest::nearest;
use c360_match::evaluate::{LabelledPair, LabelledPairs};
use std::collections::BTreeMap;
use std::path::Path;

/// How many examples an error names.
const EXAMPLES: usize = 5;

/// Where entities stand unless it is said otherwise.
const ENTITY: &str = "entity_id";

/// Labelled records.
#[derive(Debug)]
pub struct Labels {
    /// Source and key of each, in this order.
    pub records: Vec<(String, String)>,
    /// What is known of them.
    pub truth: Truth,
}

/// What is known of labelled records.
#[derive(Debug)]
pub enum Truth {
    /// The entity of each.
    Entities {
        /// Per record a number.
        entity: Vec<u32>,
        /// The label of each number.
        names: Vec<String>,
    },
    /// Some pairs.
    Pairs(LabelledPairs),
}

type Record = (String, String);

/// Reads labels: a table with `source`, `record_id` or `key`, and `entity_id` or the column that `truth` names; or with `source_l`, `key_l`,
/// `source_r`, `key_r` and `match`. Rows without a label are left out. A relative `place` starts at `folder`.
///
/// # Errors
/// A file that cannot be read, lacks a column, holds no label, or contradicts itself.
pub async fn read_labels(place: &str, folder: &Path, truth: Option<&str>) -> Result<Labels> {
    let table = Table::open(place, folder).await?;
    match truth.is_none() && table.has("source_l") {
        true => pairs(&table).await,
        false => entities(&table, truth.unwrap_or(ENTITY)).await,
    }
}

async fn entities(table: &Table, truth: &str) -> Result<Labels> {
    let columns = [named(table, &["source"])?, named(table, &["record_id", "key"])?, named(table, &[truth])?];
    let mut labels: BTreeMap<Record, Vec<(String, i64)>> = BTreeMap::new();
    for (line, values) in table.rows(&columns).await? {
        let [source, key, label] = three(values);
        let Some(label) = label else { continue };
        let record = record(table, line, source, key)?;
        labels.entry(record).or_default().push((label, line));
    }
    if labels.is_empty() {
        return Err(table.wrong(&format!("no row has a label in `{truth}`")));
    }
    let differ = |found: &[(String, i64)]| found.iter().find(|(label, _)| *label != found[0].0).map(|other| (found[0].1, other.1));
    let twice: Vec<_> = labels.iter().filter_map(|(record, found)| Some((record, differ(found)?))).collect();
    if !twice.is_empty() {
        let told = twice.iter().take(EXAMPLES).map(|(r, (a, b))| format!("{}:{} in lines {a} and {b}", r.0, r.1));
        return Err(contradicting(table, "records with two different labels", twice.len(), told.collect()));
    }
    let names: BTreeMap<&str, u32> = labels.values().map(|found| (found[0].0.as_str(), 0)).collect();
    let names: BTreeMap<&str, u32> = names.into_keys().zip(0..).collect();
    let entity = labels.values().map(|found| names[found[0].0.as_str()]).collect();
    let names = names.into_keys().map(str::to_owned).collect();
    Ok(Labels { truth: Truth::Entities { entity, names }, records: labels.into_keys().collect() })
}

async fn pairs(table: &Table) -> Result<Labels> {
    let columns = [
        named(table, &["source_l"])?,
        named(table, &["key_l", "record_id_l"])?,
        named(table, &["source_r"])?,
        named(table, &["key_r", "record_id_r"])?,
        named(table, &["match"])?,
    ];
    let mut labels: BTreeMap<(Record, Record), Vec<(bool, i64)>> = BTreeMap::new();
    for row in table.rows(&columns).await? {
        if let Some((left, right, same, line)) = pair(table, row)? {
            labels.entry((left, right)).or_default().push((same, line));
        }
    }
    if labels.is_empty() {
        return Err(table.wrong("no row has a label in `match`"));
    }
    let differ = |found: &[(bool, i64)]| found.iter().find(|(same, _)| *same != found[0].0).map(|other| (found[0].1, other.1));
    let both: Vec<_> = labels.values().filter_map(|found| differ(found)).collect();
    if !both.is_empty() {
        let told = both.iter().take(EXAMPLES).map(|(a, b)| format!("lines {a} and {b}"));
        return Err(contradicting(table, "pairs that match and do not", both.len(), told.collect()));
    }
    let numbers: BTreeMap<&Record, u32> = labels.keys().flat_map(|(left, right)| [left, right]).map(|record| (record, 0)).collect();
    let numbers: BTreeMap<&Record, u32> = numbers.into_keys().zip(0..).collect();
    let numbered = |((left, right), found): (&(Record, Record), &Vec<(bool, i64)>)| LabelledPair {
        left: numbers[left],
        right: numbers[right],
        same: found[0].0,
    };
    let truth = Truth::Pairs(LabelledPairs::new(numbers.len(), labels.iter().map(numbered).collect()));
    Ok(Labels { truth, records: numbers.into_keys().cloned().collect() })
}

/// The pair of a row, the smaller record first; nothing where it has no label.
fn pair(table: &Table, (line, values): Row) -> Result<Option<(Record, Record, bool, i64)>> {
    let mut values = values.into_iter();
    let mut next = || values.next().flatten();
    let (left, right, label) = ((next(), next()), (next(), next()), next());
    let Some(label) = label else { return Ok(None) };
    let same = match label.to_ascii_lowercase().as_str() {
        "1" | "true" => true,
        "0" | "false" => false,
        _ => return Err(table.wrong(&format!("`match` in line {line} is none of 1, 0, true, false"))),
    };
    let (left, right) = (record(table, line, left.0, left.1)?, record(table, line, right.0, right.1)?);
    if left == right {
        return Err(table.wrong(&format!("line {line} pairs a record with itself")));
    }
    let (left, right) = if left < right { (left, right) } else { (right, left) };
    Ok(Some((left, right, same, line)))
}

fn record(table: &Table, line: i64, source: Option<String>, key: Option<String>) -> Result<Record> {
    let missing = |what: &str| table.wrong(&format!("line {line} has a label and no {what}"));
    Ok((source.ok_or_else(|| missing("source"))?, key.ok_or_else(|| missing("key"))?))
}

fn three(values: Vec<Option<String>>) -> [Option<String>; 3] {
    values.try_into().expect("a row has the columns that were asked for")
}

/// The first of these names that the table has as a column.
fn named<'a>(table: &Table, names: &[&'a str]) -> Result<&'a str> {
    if let Some(found) = names.iter().find(|name| table.has(name)) {
        return Ok(found);
    }
    let similar = names.iter().find_map(|name| nearest(name, table.columns.iter().map(String::as_str)));
    let similar = similar.map(|name| format!(", did you mean `{name}`?")).unwrap_or_default();
    let there: Vec<String> = table.columns.iter().map(|name| format!("`{name}`")).collect();
    let there = if there.is_empty() { "it is empty".to_owned() } else { format!("it has {}", there.join(", ")) };
    let wanted = "labels have `source`, `key` and `entity_id` (or --truth-column), or `source_l`, `key_l`, `source_r`, `key_r` and `match`";
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    Err(table.wrong(&format!("no column {}{similar}; {there}; {wanted}", names.join(" or "))))
}

fn contradicting(table: &Table, what: &str, count: usize, told: Vec<String>) -> crate::Error {
    let more = if count > told.len() { ", .." } else { "" };
    table.wrong(&format!("the labels contradict each other: {count} {what} ({}{more}); correct or remove them", told.join("; ")))
}
