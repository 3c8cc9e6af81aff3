//! The columns of an NDJSON file as far as its beginning shows them.

use std::io::Read;

use super::super::InputError;
use super::super::open::broken;
use super::json::{members, space, unescape, value};

/// The names at the top of the objects in these bytes, in order of their first use. What is no object is passed over: it is
/// reported when the rows are read.
///
/// # Errors
/// Trouble with the bytes.
pub(in super::super) fn column_names(file: &str, mut bytes: impl Read) -> Result<Vec<String>, InputError> {
    let mut content = Vec::new();
    bytes.read_to_end(&mut content).map_err(|error| broken(file, 0, error))?;
    let mut names = Vec::new();
    // As the rows are read: a byte order mark tells the encoding.
    let (text, ..) = encoding_rs::UTF_8.decode(&content);
    for line in text.lines() {
        collect(line, &mut names);
    }
    Ok(names)
}

fn collect(line: &str, names: &mut Vec<String>) {
    let bytes = line.as_bytes();
    let start = space(bytes, 0);
    if bytes.get(start) != Some(&b'{') {
        return;
    }
    let mut name = String::new();
    // The last line may be cut: the names before the cut count.
    let _ = members(bytes, start, &mut |key, key_end, at| {
        unescape(&line[key + 1..key_end - 1], &mut name);
        if !names.contains(&name) {
            names.push(name.clone());
        }
        value(bytes, at, 1)
    });
}
