//! The values of one CSV record, or the reason why it has none. Does not look for records.

use memchr::memchr;

use super::super::rows::TextRows;
use super::header::Header;
use super::split::Field;

/// Appends the values of a record, or rejects it.
#[inline]
pub(super) fn row(rows: &mut TextRows, record: &[u8], fields: &[Field], header: &Header, null: &[String], quote: u8, line: i64) {
    let Ok(text) = std::str::from_utf8(record) else {
        return rows.reject(line, "not valid in the encoding of the file", record);
    };
    if fields.len() != header.names.len() {
        return rows.reject(line, format_args!("{} fields, the header has {}", fields.len(), header.names.len()), record);
    }
    if memchr(0, record).is_some() {
        return rows.reject(line, "holds a NUL byte", record);
    }
    for (wanted, field) in header.wanted.iter().map(|&position| fields[position]).enumerate() {
        let value = &text[field.start..field.end];
        if value.is_empty() || null.iter().any(|null| null == value) {
            rows.null(wanted);
        } else if field.escaped {
            rows.pieces(wanted, unescaped(value, char::from(quote)));
        } else {
            rows.value(wanted, value);
        }
    }
    rows.end_row(line);
}

/// The pieces of a quoted value, each doubled quote once.
fn unescaped(value: &str, quote: char) -> impl Iterator<Item = &str> {
    // Quotes stand in pairs: between the two of a pair is an empty piece.
    let mut inside_pair = false;
    value.split_inclusive(quote).filter(move |piece| {
        let second = inside_pair && piece.len() == 1;
        inside_pair = !second && piece.ends_with(quote);
        !second
    })
}
