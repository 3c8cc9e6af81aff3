//! Rows of `changes.<entity>` as values of ours.

use super::View;
use crate::error::Result;
use crate::step::arrays::{numbers, text, value};
use c360_plan::tables::TableName;
use datafusion::arrow::array::{Array, Int64Array, RecordBatch};
use datafusion::logical_expr::Expr;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) commit: u64,
    pub(super) id: i64,
    pub(super) what: What,
}

/// What a commit did to an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Begins(Beginning),
    Ends(Ending),
    Changed { attribute: String, old: Option<String>, new: Option<String>, cause: Option<String> },
}

/// How an id comes to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// Of new records only.
    Created,
    /// A part of another object.
    Split {
        /// The id of that one.
        origin: i64,
    },
    /// Brought back by a rollback.
    Restored,
}

/// How an id ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Its records went into another.
    Merged {
        /// The id of that one.
        survivor: i64,
    },
    /// None of its records is left.
    Retired,
    /// Taken away by a rollback to a time before it.
    Withdrawn,
}

/// The rows that satisfy a condition, by commit and id.
pub(super) async fn rows(view: &View<'_>, entity: &str, condition: Expr) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for batch in view.select(&TableName::new("changes", entity), condition).await? {
        rows.extend((0..batch.num_rows()).filter_map(|row| read(&batch, row)));
    }
    rows.sort_by_key(|row| (row.commit, row.id));
    Ok(rows)
}

/// `None` for a kind that this version does not know.
fn read(batch: &RecordBatch, row: usize) -> Option<Row> {
    let own = |column: &str| value(text(batch, column), row).map(str::to_owned);
    let what = match text(batch, "kind").value(row) {
        "created" => What::Begins(Beginning::Created),
        "split" => What::Begins(Beginning::Split { origin: number(numbers(batch, "other"), row)? }),
        "restored" => What::Begins(Beginning::Restored),
        "merged" => What::Ends(Ending::Merged { survivor: number(numbers(batch, "other"), row)? }),
        "retired" => What::Ends(Ending::Retired),
        "withdrawn" => What::Ends(Ending::Withdrawn),
        "changed" => What::Changed { attribute: own("attribute")?, old: own("old"), new: own("new"), cause: own("cause") },
        _ => return None,
    };
    let commit = u64::try_from(numbers(batch, "commit").value(row)).ok()?;
    Some(Row { commit, id: numbers(batch, "id").value(row), what })
}

/// The number of a row where there is one.
pub(super) fn number(array: &Int64Array, row: usize) -> Option<i64> {
    array.is_valid(row).then(|| array.value(row))
}
