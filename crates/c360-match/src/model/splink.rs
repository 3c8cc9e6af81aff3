//! Imports the settings of Splink 3 to 5, trained or not: JSON whose conditions are SQL of DuckDB.
//!
//! Linacre et al., "Splink: free software for probabilistic record linkage at scale", 2022. Levels for missing values are left out: what is missing
//! is neutral anyway. What has no counterpart here is an error that names it, never left out in silence, for the other levels would mean
//! something else without it.

mod blocks;
mod conditions;
mod settings;
mod sql;
mod terms;
mod tokens;

use super::error::ModelError;
use super::file::{Node, parse};
use super::parts::Model;

/// What came of a settings file.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The model, without frequencies, for settings have none.
    pub model: Model,
    /// The adjustments for frequent values that the settings ask for.
    pub frequencies: Vec<Wanted>,
    /// What the settings do not say and was assumed, in sentences.
    pub notes: Vec<String>,
}

/// An adjustment for frequent values that the settings ask for; the frequencies are to be counted in the data.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The comparison's number, from 0.
    pub comparison: usize,
    /// The expression whose values are to be counted.
    pub term: String,
    /// How much of the adjustment is to be made: 0 to 1.
    pub share: f64,
}

/// What the columns of settings stand for.
pub trait Columns {
    /// Our expression for a column: `name.first` for `first_name`. Also asked for what has no counterpart of its own, in lower case and without sides:
    /// `regexp_extract(email, '^[^@]+', 0)`.
    fn term(&self, column: &str) -> Option<String>;

    /// Whether the values of one of our expressions are dates, which settings often compare as texts.
    fn is_date(&self, _term: &str) -> bool {
        false
    }
}

impl<F: Fn(&str) -> Option<String>> Columns for F {
    fn term(&self, column: &str) -> Option<String> {
        self(column)
    }
}

/// The prior of settings that have none, as Splink has it.
const PRIOR: f64 = 0.0001;

/// Reads a settings file of Splink as a model of `entity`. `columns` says what a column stands for. A date that settings compare as a text, up to one
/// edit, becomes a date with one slip, which a note says.
///
/// # Errors
/// All that cannot be translated, with place, comparison and SQL.
pub fn import_splink(text: &str, entity: &str, columns: &dyn Columns) -> Result<Imported, Vec<ModelError>> {
    let json = parse(text).map_err(|error| vec![error])?;
    let root = Node::root(&json);
    let mut import = Import { term: columns, frequencies: Vec::new(), notes: Vec::new(), errors: Vec::new() };
    let prior = import.collect(settings::prior(&root)).flatten();
    let blocks = import.blocks(&root);
    let comparisons = import.comparisons(&root);
    if !import.errors.is_empty() {
        return Err(import.errors);
    }
    if prior.is_none() {
        import.notes.push(format!("the settings have no `probability_two_random_records_match`: {PRIOR} was assumed"));
    }
    let model = Model::new(entity, prior.unwrap_or(PRIOR), blocks, comparisons, None).map_err(|error| vec![error])?;
    Ok(Imported { model, frequencies: import.frequencies, notes: import.notes })
}

/// An import under way.
struct Import<'a> {
    term: &'a dyn Columns,
    frequencies: Vec<Wanted>,
    notes: Vec<String>,
    errors: Vec<ModelError>,
}

impl Import<'_> {
    /// Keeps an error for the end.
    fn collect<T>(&mut self, result: Result<T, ModelError>) -> Option<T> {
        result.map_err(|error| self.errors.push(error)).ok()
    }
}
