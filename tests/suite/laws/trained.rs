//! The model that pipelines of laws name; what it says is told, by hand, in `oracle/weighed.rs`.

use c360_model::{ModelFile, TrainedModels, read_model};
use c360_syntax::ast::{File, Item, MatchEntry};
use c360_syntax::{Diagnostic, Sources};

const FILE: &str = include_str!("customer.model.json");

/// The models that a pipeline names, whatever it calls them.
pub(crate) fn models(file: &File, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> TrainedModels {
    let entities = file.items.iter().filter_map(|item| if let Item::Entity(entity) = item { entity.matching.as_ref() } else { None });
    let mut models = TrainedModels::default();
    for entry in entities.flat_map(|matching| &matching.entries) {
        if let MatchEntry::Model(rule) = entry {
            let read = read_model(&rule.file.value, FILE, sources, findings).expect("the file is a model");
            models.insert(rule.file.span, ModelFile::Read(Box::new(read)));
        }
    }
    models
}
