//! What people decided about records of objects, as the commit holds it.

use super::View;
use crate::error::Result;
use crate::step::arrays::{numbers, text};
use c360_plan::tables::TableName;
use datafusion::logical_expr::{Expr, lit};
use datafusion::prelude::ident;

/// A decision and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// `always` or `never`.
    pub decision: String,
    /// The two records: `crm:4711`.
    pub records: [String; 2],
    /// `holds`, or `refused` where a guard keeps apart what shall be one.
    pub status: String,
    /// Who decided; may be empty.
    pub author: String,
    /// When; may be empty.
    pub time: String,
    /// Why; may be empty.
    pub note: String,
    /// The file that says so.
    pub file: String,
    /// The line in it.
    pub line: i64,
}

/// Decisions of which a record is in this object.
pub(super) async fn of_object(view: &View<'_>, entity: &str, id: i64) -> Result<Vec<Decided>> {
    select(view, entity, ident("first_id").eq(lit(id)).or(ident("second_id").eq(lit(id)))).await
}

/// Decisions that two records are one object.
pub(super) async fn always(view: &View<'_>, entity: &str) -> Result<Vec<Decided>> {
    select(view, entity, ident("decision").eq(lit("always"))).await
}

/// Decisions with one record in each of two objects.
pub(super) async fn between(view: &View<'_>, entity: &str, (a, b): (i64, i64)) -> Result<Vec<Decided>> {
    let both = |first: i64, second: i64| ident("first_id").eq(lit(first)).and(ident("second_id").eq(lit(second)));
    select(view, entity, both(a, b).or(both(b, a))).await
}

/// In the order of files and lines; none where the pipeline of the commit named no files of them.
async fn select(view: &View<'_>, entity: &str, condition: Expr) -> Result<Vec<Decided>> {
    let name = TableName::decisions(entity);
    let mut found = Vec::new();
    if view.tables.get(&name).is_none() {
        return Ok(found);
    }
    for batch in view.select(&name, condition).await? {
        let cell = |name: &str, row: usize| text(&batch, name).value(row).to_owned();
        found.extend((0..batch.num_rows()).map(|row| Decided {
            decision: cell("decision", row),
            records: ["first", "second"].map(|side| cell(side, row)),
            status: cell("status", row),
            author: cell("author", row),
            time: cell("time", row),
            note: cell("note", row),
            file: cell("file", row),
            line: numbers(&batch, "line").value(row),
        }));
    }
    found.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    Ok(found)
}
