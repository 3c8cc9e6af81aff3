//! The files of trained models: read here, so that what they say is parsed once and has places; looked up in `check`.

use c360_match::model::{Model, ModelError};
use c360_syntax::ast::Expr;
use c360_syntax::{Diagnostic, Sources, Span, parse_condition};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of all `model` rules of a pipeline, by the place where the rule names them. The caller reads files; this crate opens none.
#[derive(Debug, Clone, Default)]
pub struct TrainedModels {
    files: BTreeMap<Span, ModelFile>,
}

/// The file of one `model` rule.
#[derive(Debug, Clone)]
pub enum ModelFile {
    /// It was read; what is wrong with the texts in it was reported.
    Read(Box<ReadModel>),
    /// It cannot be read, for this reason.
    Unreadable(String),
    /// It is about to be made: the rule joins nothing.
    InTraining,
}

/// A model with its texts parsed.
#[derive(Debug, Clone)]
pub struct ReadModel {
    /// The model.
    pub model: Arc<Model>,
    /// Its blocks; `None` where one could not be parsed.
    pub blocks: Vec<Option<Expr>>,
    /// Per comparison the conditions of its levels but the last, which is `else`.
    pub levels: Vec<Vec<Option<Expr>>>,
    /// What its frequencies count, per comparison.
    pub terms: Vec<Option<Option<Expr>>>,
}

impl TrainedModels {
    /// Adds the file of the rule that names it at `place`.
    pub fn insert(&mut self, place: Span, file: ModelFile) {
        self.files.insert(place, file);
    }

    /// The file that is named at a place.
    pub(crate) fn get(&self, place: Span) -> Option<&ModelFile> {
        self.files.get(&place)
    }
}

/// Parses what a model's file says. Each text becomes a file of its own in `sources`, so that findings have a place to show.
///
/// # Errors
/// What is wrong with the file as a whole, with its place in it.
pub fn read_model(name: &str, text: &str, sources: &mut Sources, out: &mut Vec<Diagnostic>) -> Result<ReadModel, ModelError> {
    let model = Model::read(text)?;
    let mut parse = |place: String, text: &str| {
        let id = sources.add(format!("{name}: {place}"), text);
        let (condition, findings) = parse_condition(sources, id);
        out.extend(findings);
        condition
    };
    let blocks = model.blocks().iter().enumerate().map(|(number, block)| parse(format!("blocks[{number}]"), block)).collect();
    let mut levels = Vec::new();
    let mut terms = Vec::new();
    for (number, comparison) in model.comparisons().iter().enumerate() {
        let conditions = comparison.levels.split_last().map_or(&[][..], |(_, conditions)| conditions).iter().enumerate();
        let place = |level: usize| format!("comparisons[{number}].levels[{level}]");
        levels.push(conditions.map(|(level, condition)| parse(place(level), &condition.when)).collect());
        let term = comparison.frequencies.as_ref().map(|frequencies| &frequencies.term);
        terms.push(term.map(|term| parse(format!("comparisons[{number}].frequencies"), term)));
    }
    Ok(ReadModel { model: Arc::new(model), blocks, levels, terms })
}
