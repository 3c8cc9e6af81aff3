//! The columns of a CSV file without its rows.

use std::io::Read;
use std::sync::Arc;

use datafusion::arrow::datatypes::Schema;

use super::super::InputError;
use super::super::columns::Layout;
use super::super::open::broken;
use super::super::rows::TextRows;
use super::{CsvDecoder, CsvOptions};

/// Enough for most headers.
const PIECE: usize = 16 << 10;

/// The names in the header of the file with these bytes, trimmed; none where the file is empty.
///
/// # Errors
/// A header that cannot be used; trouble with the bytes.
pub(in super::super) fn column_names(file: &str, mut bytes: impl Read, options: &CsvOptions) -> Result<Vec<String>, InputError> {
    let nothing = Layout { schema: Arc::new(Schema::empty()), slots: Vec::new() };
    let mut decoder = CsvDecoder::new(file, options, Vec::new(), TextRows::new(0, 0, nothing))?;
    let mut piece = vec![0; PIECE];
    loop {
        match bytes.read(&mut piece) {
            Ok(0) => {
                decoder.finish()?;
                return Ok(decoder.column_names().unwrap_or_default().to_vec());
            }
            Ok(length) => decoder.feed(&piece[..length])?,
            Err(error) => return Err(broken(file, 0, error)),
        };
        if let Some(names) = decoder.column_names() {
            return Ok(names.to_vec());
        }
    }
}
