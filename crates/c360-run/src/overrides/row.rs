//! One row of a file of decisions: what it says, or all that is wrong with it.

use super::What;
use crate::ingest::nearest;
use c360_model::model::{EntityId, Model};
use datafusion::arrow::compute::kernels::cast_utils::string_to_datetime;

/// The columns that a file must have, in any order; others are for people.
pub(super) const COLUMNS: [&str; 7] = ["decision", "entity", "first", "second", "author", "time", "note"];

/// The cells that are checked, trimmed.
pub(super) struct Row<'a> {
    pub(super) decision: &'a str,
    pub(super) entity: &'a str,
    pub(super) first: &'a str,
    pub(super) second: &'a str,
    pub(super) time: &'a str,
}

/// What a row says.
pub(super) enum Said {
    /// Nobody has decided yet.
    Undecided,
    /// What, about which records of which entity.
    Decided(EntityId, What, [(String, String); 2]),
}

/// Reads a row.
pub(super) fn said(model: &Model, row: &Row<'_>) -> Result<Said, Vec<String>> {
    let mut wrong = Vec::new();
    let decision = decision(row.decision).map_err(|reason| wrong.push(reason)).ok();
    let entity = entity(model, row.entity).map_err(|reason| wrong.push(reason)).ok();
    let mut record = |column, text| record(model, entity, column, text).map_err(|reason| wrong.push(reason)).ok();
    let (first, second) = (record("first", row.first), record("second", row.second));
    if first.is_some() && first == second {
        wrong.push("`first` and `second` are the same record; name two".to_owned());
    }
    if !is_time(row.time) {
        wrong.push("`time` is no date or time; write it as 2026-10-01 or 2026-10-01T06:30:00Z, or leave it empty".to_owned());
    }
    match (decision, entity, first, second) {
        (Some(decision), Some(entity), Some(first), Some(second)) if wrong.is_empty() => {
            Ok(decision.map_or(Said::Undecided, |what| Said::Decided(entity, what, [first, second])))
        }
        _ => Err(wrong),
    }
}

fn decision(text: &str) -> Result<Option<What>, String> {
    match text {
        "" => Ok(None),
        "always" => Ok(Some(What::Always)),
        "never" => Ok(Some(What::Never)),
        "set" => {
            Err("`set` is not built yet: values of golden records cannot be decided; take the row away until a later version".to_owned())
        }
        _ => Err("`decision` must be `always`, `never`, or empty where nobody has decided yet".to_owned()),
    }
}

fn entity(model: &Model, text: &str) -> Result<EntityId, String> {
    if let Some(index) = model.entities.iter().position(|entity| entity.name == text) {
        return Ok(EntityId(index));
    }
    let names: Vec<&str> = model.entities.iter().map(|entity| entity.name.as_str()).collect();
    Err(format!("`entity` is none of this pipeline; {}", hint(text, &names)))
}

/// Source and key of a record; `entity` is that of the row where it has one.
fn record(model: &Model, entity: Option<EntityId>, column: &str, text: &str) -> Result<(String, String), String> {
    let Some((source, key)) = text.split_once(':').map(|(source, key)| (source.trim(), key.trim())) else {
        let what = match text {
            "" => "is empty",
            id if id.bytes().all(|byte| byte.is_ascii_digit()) => "is an id, and ids can move from one record to another",
            _ => "is no record",
        };
        return Err(format!("`{column}` {what}; write a record as source:key, like crm:4711"));
    };
    let describes = |source: &c360_model::model::Source| entity.is_none_or(|entity| source.mappings.iter().any(|own| own.entity == entity));
    let Some(declared) = model.sources.iter().find(|declared| declared.name == source) else {
        let names: Vec<&str> = model.sources.iter().filter(|source| describes(source)).map(|source| source.name.as_str()).collect();
        return Err(format!("`{column}` names no source of this pipeline; {}", hint(source, &names)));
    };
    if let Some(entity) = entity.filter(|_| !describes(declared)) {
        return Err(format!("`{column}`: source `{source}` says nothing of `{}`; name a record that does", model.entity(entity).name));
    }
    match key {
        "" => Err(format!("`{column}` has no key behind the source; write a record as source:key, like crm:4711")),
        _ => Ok((source.to_owned(), key.to_owned())),
    }
}

fn hint(word: &str, names: &[&str]) -> String {
    let listed = || format!("there are {}", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "));
    nearest(word, names.iter().copied()).map_or_else(listed, |near| format!("did you mean `{near}`?"))
}

/// Whether it is empty, or a date or time of ISO 8601.
fn is_time(text: &str) -> bool {
    text.is_empty() || string_to_datetime(&chrono::Utc, text).is_ok()
}
