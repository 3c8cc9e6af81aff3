//! What stops the reading of a source: the few kinds of trouble with whole files. Rows that cannot be used are no errors.
//!
//! Messages name the file, the row, the reason and what to do, and never a value out of the data.

use std::fmt;

/// Why a source cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// A file that was named is not there.
    #[error("{place}: no such file{}", Hint(hint))]
    Missing {
        /// Where it was looked for.
        place: String,
        /// What may be meant.
        hint: Option<String>,
    },
    /// A file has no column of a name that the pipeline uses.
    #[error("{file}: no column `{column}`{}{}{}", DidYouMean(suggestion), Found(found), Hint(hint))]
    MissingColumn {
        /// The file.
        file: String,
        /// The column, its path joined by dots.
        column: String,
        /// The columns there are; empty where the header itself looks like data.
        found: Vec<String>,
        /// One of them with a similar name.
        suggestion: Option<String>,
        /// What may be wrong with the file as a whole.
        hint: Option<String>,
    },
    /// The header of a file cannot be used.
    #[error("{file}: {reason}")]
    Header {
        /// The file.
        file: String,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// A file is truncated, corrupt or of another format than declared.
    #[error("{file}: damaged after {rows} rows: {reason}; deliver the file again or move it away")]
    Damaged {
        /// The file.
        file: String,
        /// How many rows were read before.
        rows: u64,
        /// What its reader says.
        reason: String,
    },
    /// A column has a type that the one of the first file cannot be made of.
    #[error("{file}: column `{column}` is {found}, but {expected} in {first}; write the files with one schema")]
    ColumnType {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// Its type there.
        found: String,
        /// The first file of the source.
        first: String,
        /// The column's type in the first file.
        expected: String,
    },
    /// A file was replaced between listing and reading.
    #[error("{file}: changed while it was read; run again")]
    Changed {
        /// The file.
        file: String,
    },
    /// The declaration of the source asks for what cannot be read.
    #[error("{place}: {reason}")]
    Unsupported {
        /// The file or place.
        place: String,
        /// What is asked for and what to write instead.
        reason: String,
    },
    /// The store refuses or cannot be reached.
    #[error("{place}: {source}")]
    Store {
        /// The file or place.
        place: String,
        /// What the store says.
        #[source]
        source: object_store::Error,
    },
}

impl InputError {
    /// The same about a place that people call by this name.
    #[must_use]
    pub(crate) fn about(self, name: &str) -> InputError {
        match self {
            InputError::Missing { place, hint } => {
                InputError::Missing { hint: hint.map(|hint| hint.replace(&place, name)), place: name.to_owned() }
            }
            InputError::Store { source, .. } => InputError::Store { place: name.to_owned(), source },
            other => other,
        }
    }
}

/// How many column names a message lists.
const NAMES_SHOWN: usize = 20;

struct Hint<'a>(&'a Option<String>);

impl fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |hint| write!(f, "; {hint}"))
    }
}

struct DidYouMean<'a>(&'a Option<String>);

impl fmt::Display for DidYouMean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |name| write!(f, ", did you mean `{name}`?"))
    }
}

struct Found<'a>(&'a [String]);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        let shown: Vec<String> = self.0.iter().take(NAMES_SHOWN).map(|name| format!("`{name}`")).collect();
        write!(f, "; it has {}", shown.join(", "))?;
        match self.0.len().saturating_sub(NAMES_SHOWN) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
