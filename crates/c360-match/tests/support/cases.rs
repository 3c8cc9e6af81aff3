//! Reads the tables of cases in `formats/NAME.tsv`; what their columns mean stands in `formats.rs`. Applies no format.

use std::fs;
use std::path::PathBuf;

use c360_match::format::names;

/// What does its work once more when applied once more, so that its result need not be a fixed point.
pub(crate) const FUNCTIONS: [&str; 4] = ["replace", "substring", "strip_prefix", "strip_suffix"];

/// One row of a table.
pub(crate) struct Case {
    /// Where it stands, for messages.
    pub(crate) place: String,
    /// The whole pipe.
    pub(crate) pipe: String,
    /// The pipeline's country, or `-`.
    pub(crate) country: String,
    /// The raw value, unescaped.
    pub(crate) input: String,
    /// The canonical form, or `!reason`, or `!!message`.
    pub(crate) canonical: String,
    /// The comparison form, `-` or `(none)`.
    pub(crate) comparison: String,
}

/// All rows of all tables, by file name.
///
/// # Panics
/// Where a table cannot be read.
pub(crate) fn all_cases() -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder).expect("the folder is there").map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    files.iter().flat_map(cases_of).collect()
}

fn cases_of(file: &PathBuf) -> Vec<Case> {
    let name = file.file_stem().and_then(|name| name.to_str()).expect("a file name");
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{name}: {error}"));
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(number, line)| case(name, number + 1, line)).collect()
}

fn case(name: &str, number: usize, line: &str) -> Case {
    let columns: Vec<&str> = line.split('\t').collect();
    let [pipe, country, input, canonical, comparison] = columns[..] else {
        panic!("{name}.tsv:{number}: {} columns instead of 5", columns.len());
    };
    Case {
        place: format!("{name}.tsv:{number} {pipe} {input:?}"),
        pipe: whole_pipe(name, pipe),
        country: country.to_owned(),
        input: unescaped(input),
        canonical: unescaped(canonical),
        comparison: unescaped(comparison),
    }
}

/// The pipe column may hold only the arguments of the file's format.
fn whole_pipe(name: &str, column: &str) -> String {
    let first = column.split(['(', '|', ' ']).next().unwrap_or_default();
    match column {
        "-" => name.to_owned(),
        _ if column.starts_with('(') => format!("{name}{column}"),
        _ if names().contains(&first) => column.to_owned(),
        _ => format!("{name}({column})"),
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let (letter, skip) = match after.as_bytes().first() {
            Some(b'n') => ('\n', 1),
            Some(b't') => ('\t', 1),
            Some(b'u') => {
                let (code, _) = after[1..].strip_prefix('{').and_then(|code| code.split_once('}')).expect("\\u{..}");
                (u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a code point"), code.len() + 3)
            }
            _ => ('\\', usize::from(after.starts_with('\\'))),
        };
        out.push(letter);
        rest = &after[skip..];
    }
    out + rest
}
