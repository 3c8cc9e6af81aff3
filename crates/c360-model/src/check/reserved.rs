//! Names that nothing may be declared with, and why. A reason completes the sentence "`x` cannot be the name of an entity: ..".

use c360_match::format;

/// Finds out why a name cannot be declared, if it cannot.
pub(super) type Reserved = fn(&str) -> Option<&'static str>;

/// Words of one kind and the reason why they are reserved.
type Group = (&'static [&'static str], &'static str);

const OPERATORS: Group = (
    &["and", "or", "not", "in", "is", "like", "between", "case", "when", "then", "else", "end", "null", "true", "false", "each"],
    "the word is part of expressions",
);
const ENTRIES: Group =
    (&["read", "mode", "key", "updated", "delete", "where", "is"], "the word begins an entry of a source, where entities stand as well");
const TABLES: Group = (
    &["records", "members", "golden", "links", "orphans", "rejects", "duplicates", "refused", "changes", "corrections", "ids"],
    "every commit has a table of that name",
);
const COLUMNS: Group = (&["id", "records", "sources", "lineage"], "every golden table has a column of that name");
const RECORDS: Group =
    (&["record", "source", "key", "updated", "file", "row"], "every table of records has a column of that name, beside the attributes");
const BLOCKS: Group = (&["match", "golden"], "the word begins a block of the entity");
const IDENTITY: Group = (&["is"], "in the blocks of sources the word means the same object");

/// For entities.
pub(super) fn entity(name: &str) -> Option<&'static str> {
    find(&[ENTRIES, OPERATORS, TABLES], name)
}

/// For sources.
pub(super) fn source(name: &str) -> Option<&'static str> {
    find(&[OPERATORS], name)
}

/// For attributes and references.
pub(super) fn attribute(name: &str) -> Option<&'static str> {
    find(&[COLUMNS, RECORDS, BLOCKS, IDENTITY], name)
}

/// For formats.
pub(super) fn format(name: &str) -> Option<&'static str> {
    if format::names().contains(&name) { Some("a built-in format has that name") } else { find(&[OPERATORS], name) }
}

fn find(groups: &[Group], name: &str) -> Option<&'static str> {
    if name.starts_with('_') {
        return Some("names that begin with `_` are kept for c360's own columns");
    }
    groups.iter().find(|(words, _)| words.contains(&name)).map(|(_, reason)| *reason)
}
