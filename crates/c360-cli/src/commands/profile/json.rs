//! The answer for programs, version 1 of `profile`.

use super::text::format_name;
use super::{Answer, Described, Source};
use c360_match::profile::Role;
use c360_run::profile::Validity;
use serde_json::{Value, json};

pub(super) fn of(answer: &Answer) -> Value {
    let overlap = |o: &super::Overlap| json!({ "left": o.left, "right": o.right, "share": o.share, "rule": o.rule });
    json!({
        "sources": answer.sources.iter().map(source).collect::<Vec<_>>(),
        "overlaps": answer.overlaps.iter().map(overlap).collect::<Vec<_>>(),
    })
}

fn source(source: &Source) -> Value {
    json!({
        "source": source.name,
        "place": source.place,
        "format": format_name(&source.files.format),
        "files": source.files.files,
        "rows": source.files.rows,
        "rejects": source.files.rejects,
        "ambiguous": source.files.ambiguous,
        "columns": source.columns.iter().map(column).collect::<Vec<_>>(),
        "keys": source.columns.iter().filter(|column| column.facts.is_key()).map(|column| &column.name).collect::<Vec<_>>(),
        "validity": source.validity.iter().map(validity).collect::<Vec<_>>(),
    })
}

fn column(column: &Described) -> Value {
    let facts = &column.facts;
    let counted =
        |all: &[(String, u64)], name: &str| all.iter().map(|(text, count)| json!({ name: text, "count": count })).collect::<Vec<_>>();
    let format = (column.guess.role != Role::Empty).then_some(&column.guess.format);
    json!({
        "column": column.name,
        "attributes": column.attributes,
        "present": facts.present,
        "completeness": facts.completeness(),
        "distinct": facts.distinct,
        "distinct_exact": facts.exact,
        "length": { "shortest": facts.shortest, "longest": facts.longest, "mean": facts.mean },
        "patterns": counted(&facts.patterns, "pattern"),
        "frequent": column.shown.then(|| counted(&facts.frequent, "value")),
        "format": format,
        "format_accepts": format.map(|_| column.guess.accepted),
    })
}

fn validity(found: &Validity) -> Value {
    let reason = |(reason, count): &(String, u64)| json!({ "reason": reason, "count": count });
    json!({
        "attribute": found.attribute,
        "present": found.present,
        "refused": found.refused,
        "reasons": found.reasons.iter().map(reason).collect::<Vec<_>>(),
    })
}
