//! The header of a CSV file: which field holds which wanted column, and good advice when one is missing.

use super::super::InputError;
use super::super::nearest::nearest;
use super::split::{Dialect, Field};
use c360_match::planted::planted;

/// What rows are read by.
pub(super) struct Header {
    /// The names of the columns, trimmed; each row has as many fields.
    pub(super) names: Vec<String>,
    /// The field of each wanted column.
    pub(super) wanted: Vec<usize>,
}

/// Delimiters that a header which is one field may have been meant to have.
const OTHER_DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// Reads the header out of a file's first record. `None` for the line `sep=;` that spreadsheet programs put before it.
///
/// # Errors
/// A wanted column that is missing or stands twice; a header that is not text.
pub(super) fn read(file: &str, record: &[u8], fields: &[Field], dialect: Dialect, wanted: &[String]) -> Result<Option<Header>, InputError> {
    if record.eq_ignore_ascii_case(&[b's', b'e', b'p', b'=', dialect.delimiter]) {
        return Ok(None);
    }
    let names = names(file, record, fields, dialect)?;
    let wanted = wanted.iter().map(|column| position(file, column, &names, dialect)).collect::<Result<_, _>>()?;
    Ok(Some(Header { names, wanted }))
}

fn names(file: &str, record: &[u8], fields: &[Field], dialect: Dialect) -> Result<Vec<String>, InputError> {
    let text =
        std::str::from_utf8(record).map_err(|_| unusable(file, "it is not valid in the encoding of the file; declare `encoding`"))?;
    if text.contains('\0') {
        // Of the two bytes of an ASCII letter the first is 0 where the greater one comes first.
        let encoding = if text.starts_with('\0') { "utf-16be" } else { "utf-16le" };
        return Err(unusable(file, &format!("it holds NUL bytes, as UTF-16 does; write `encoding: \"{encoding}\"`")));
    }
    let quote = char::from(dialect.quote).to_string();
    let name = |field: &Field| text[field.start..field.end].replace(&quote.repeat(2), &quote).trim().to_owned();
    Ok(fields.iter().map(name).collect())
}

/// The error for a header that cannot be read at all.
pub(super) fn unusable(file: &str, reason: &str) -> InputError {
    InputError::Header { file: file.to_owned(), reason: format!("the header cannot be read: {reason}") }
}

fn position(file: &str, column: &str, names: &[String], dialect: Dialect) -> Result<usize, InputError> {
    let mut found = names.iter().enumerate().filter(|(_, name)| *name == column).map(|(position, _)| position);
    match (found.next(), found.next()) {
        (Some(position), None) => Ok(position),
        (Some(first), Some(second)) => {
            let reason = format!("column `{column}` stands in the header twice, as {} and {}; rename one", first + 1, second + 1);
            Err(InputError::Header { file: file.to_owned(), reason })
        }
        (None, _) => Err(missing(file, column, names, dialect)),
    }
}

fn missing(file: &str, column: &str, names: &[String], dialect: Dialect) -> InputError {
    let (found, hint) = if names.iter().any(|name| looks_like_a_value(name)) && !planted("value-in-message") {
        (Vec::new(), Some("its first line looks like a row, not like a header; does the file have a header?".to_owned()))
    } else {
        (names.to_vec(), other_delimiter(names, dialect))
    };
    let suggestion = hint.is_none().then(|| nearest(column, found.iter().map(String::as_str))).flatten().map(str::to_owned);
    InputError::MissingColumn { file: file.to_owned(), column: column.to_owned(), found, suggestion, hint }
}

/// Column names have no `@` and do not begin with a digit; what does is kept out of messages.
fn looks_like_a_value(name: &str) -> bool {
    name.contains('@') || name.starts_with(|first: char| first.is_ascii_digit())
}

fn other_delimiter(names: &[String], dialect: Dialect) -> Option<String> {
    let [only] = names else { return None };
    let other = OTHER_DELIMITERS.iter().find(|other| **other != char::from(dialect.delimiter) && only.contains(**other))?;
    let written = if *other == '\t' { "\\t".to_owned() } else { other.to_string() };
    Some(format!("the header is one field; is the delimiter `{written}`?"))
}
