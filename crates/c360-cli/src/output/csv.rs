//! Rows for spreadsheets: CSV with a header, RFC 4180.

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::csv::WriterBuilder;

/// All rows; missing values are empty.
///
/// # Errors
/// A nested column: the reason.
pub(crate) fn rows(batches: &[RecordBatch]) -> Result<String, String> {
    let mut out = Vec::new();
    let mut writer = WriterBuilder::new().with_header(true).build(&mut out);
    for batch in batches {
        writer.write(batch).map_err(|error| error.to_string())?;
    }
    drop(writer);
    String::from_utf8(out).map_err(|error| error.to_string())
}
