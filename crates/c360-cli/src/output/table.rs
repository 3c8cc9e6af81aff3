//! Tables for people.

use c360_run::look::cell;
use comfy_table::{ContentArrangement, Table, presets};
use datafusion::arrow::array::RecordBatch;

/// An empty table with this header, in the one style.
pub(crate) fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_content_arrangement(ContentArrangement::Dynamic).set_header(header);
    table
}

/// Prints rows and how many there are.
pub(crate) fn print(batches: &[RecordBatch]) {
    let Some(first) = batches.first() else {
        return;
    };
    let schema = first.schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let mut table = table(&names);
    let mut count = 0;
    for batch in batches {
        for row in 0..batch.num_rows() {
            table.add_row(batch.columns().iter().map(|column| cell::text(column, row).unwrap_or_default()));
            count += 1;
        }
    }
    super::println!("{table}");
    super::println!("{count} {}", if count == 1 { "row" } else { "rows" });
}
