//! `c360 train ENTITY --import settings.json`: a model that Splink trained, in our language. Counts frequencies in the data where the settings ask for
//! them; estimates nothing.

use super::terms::Terms;
use super::{ending, levels, written};
use crate::arguments::{Arguments, Output, Train};
use crate::exit;
use crate::output;
use crate::project::{Project, reason};
use crate::scratch::Scratch;
use crate::watch::Watch;
use c360_match::model::{Comparison, Frequencies, Imported, Model as Weights, ModelError, import_splink};
use c360_model::model::{EntityId, Model, PairRule, Training};
use c360_run::{Error, Pipeline};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

/// What columns of the settings became which expressions.
type Named = BTreeMap<String, String>;

/// Imports; the exit code where that fails, after it was said why.
pub(super) async fn import(
    project: &Project,
    entity: EntityId,
    training: &Training,
    settings: &Path,
    command: &Train,
    arguments: &Arguments,
) -> Result<(), u8> {
    let model = project.model.as_ref().expect("a project without a model was refused");
    let name = settings.display().to_string();
    let failed = |message: String| {
        output::failure(&format!("{name}: {message}"));
        exit::FAILED
    };
    let text = std::fs::read_to_string(settings).map_err(|error| failed(reason(&error)))?;
    let (mut imported, named) = read(&text, &name, model, entity, command)?;
    with_blocks(&mut imported, training).map_err(failed)?;
    let file = project.folder.join(&training.file);
    let checked = checked(command, &file, &name, &outline(&imported))?;
    let counted = frequencies(&checked, entity, training, &imported, command, arguments).await;
    let finished = counted.and_then(|counted| {
        let finished = with_frequencies(&imported, &counted);
        written(&finished, &file, command.dry_run).map(|()| finished)
    });
    let finished = finished.map_err(|error| output::error(&checked.texts, &error))?;
    match arguments.output {
        Output::Json => {
            let written = serde_json::from_str::<serde_json::Value>(&finished.write()).expect("what was written is JSON");
            let body = json!({ "file": training.file, "model": written, "terms": named, "notes": imported.notes });
            output::print_json("train-import", body);
        }
        Output::Html => {
            let columns = named.iter().map(|(column, expression)| format!("{column} is {expression}")).collect::<Vec<_>>().join(", ");
            super::page::of(&finished, &[format!("Taken from {name}: {columns}.")], &imported.notes).print();
        }
        _ => print(&finished, &named, &imported.notes, &ending(&file.display().to_string(), command.dry_run)),
    }
    Ok(())
}

/// The settings as a model, and what their columns stand for; the exit code after it was said what has no counterpart.
fn read(text: &str, name: &str, model: &Model, entity: EntityId, command: &Train) -> Result<(Imported, Named), u8> {
    let terms = Terms::new(model, entity, &command.terms);
    let imported = import_splink(text, &model.entity(entity).name, &terms).map_err(|errors| {
        for ModelError { place, problem, help } in &errors {
            let place = if place.is_empty() { String::new() } else { format!("{place}: ") };
            output::failure(&format!("{name}: {place}{problem}; {help}"));
        }
        let places = if errors.len() == 1 { "1 place".to_owned() } else { format!("{} places", errors.len()) };
        let help = "--term COLUMN=EXPRESSION says what a column stands for";
        output::failure(&format!("{places} of {name} cannot be taken over, so nothing was written; {help}"));
        exit::FAILED
    })?;
    for column in terms.unused() {
        output::warning(&format!("{name} has no column `{column}`, for which --term says what it stands for"));
    }
    Ok((imported, terms.into_found()))
}

/// Settings without blocking rules compare everything with everything: then the rule of the pipeline says what is compared.
fn with_blocks(imported: &mut Imported, training: &Training) -> Result<(), String> {
    if !imported.model.blocks().is_empty() {
        return Ok(());
    }
    if training.proposed {
        return Err(
            "there are no `blocking_rules_to_generate_predictions`, and the rule names no `block`; name one in the pipeline".to_owned()
        );
    }
    let blocks: Vec<String> = training.blocks.iter().map(|block| block.name.clone()).collect();
    imported.notes.push(format!("the settings have no blocking rules: those of the pipeline were taken, {}", blocks.join(" | ")));
    let old = &imported.model;
    let made = Weights::new(old.entity(), old.prior(), blocks, old.comparisons().to_vec(), None);
    imported.model = made.map_err(|error| format!("{}: {}; {}", error.place, error.problem, error.help))?;
    Ok(())
}

/// The model with something in the place of frequencies, so that the checks see what they are of.
fn outline(imported: &Imported) -> Weights {
    let later =
        |term: &str, share| Some(Frequencies { term: term.to_owned(), share, hashed: false, values: [("?".to_owned(), 1.0)].into() });
    let placed: Vec<_> = imported.frequencies.iter().map(|wanted| later(&wanted.term, wanted.share)).collect();
    with_frequencies(imported, &placed)
}

fn with_frequencies(imported: &Imported, counted: &[Option<Frequencies>]) -> Weights {
    let old = &imported.model;
    let mut comparisons: Vec<Comparison> = old.comparisons().to_vec();
    for (wanted, counted) in imported.frequencies.iter().zip(counted) {
        comparisons[wanted.comparison].frequencies.clone_from(counted);
    }
    let made = Weights::new(old.entity(), old.prior(), old.blocks().to_vec(), comparisons, None);
    made.expect("frequencies are shares that were counted, and the rest was checked when it was imported")
}

/// The project with the model in its rule, if all it says can be compared; otherwise the exit code after the findings were printed.
fn checked(command: &Train, file: &Path, name: &str, model: &Weights) -> Result<Project, u8> {
    let checked = Project::open_with_model(&command.pipeline, file, name, &model.write()).map_err(|error| {
        output::failure(&error.0);
        exit::USAGE
    })?;
    output::findings(&checked.texts, &checked.findings);
    match checked.model {
        Some(_) => Ok(checked),
        None => {
            output::failure(&format!("{name} does not suit the pipeline, so nothing was written"));
            Err(exit::INVALID)
        }
    }
}

/// The frequencies that the settings ask for, counted in the data.
async fn frequencies(
    project: &Project,
    entity: EntityId,
    training: &Training,
    imported: &Imported,
    command: &Train,
    arguments: &Arguments,
) -> Result<Vec<Option<Frequencies>>, Error> {
    if imported.frequencies.is_empty() {
        return Ok(Vec::new());
    }
    let model = project.model.as_ref().expect("it was checked");
    let name = format!("model {}", training.file);
    let rule: &PairRule = model.entity(entity).pair_rules.iter().find(|rule| rule.name == name).expect("the rule has its model");
    let pipeline = Pipeline { model, fingerprint: &project.fingerprint, folder: &project.folder };
    let options = super::super::run::options(arguments, command.memory);
    let scratch = Scratch::new("train")?;
    let watch = Watch::new();
    let wanted = &imported.frequencies;
    let counted = c360_run::count_frequencies(pipeline, entity, rule, wanted, scratch.location()?, &options, &watch).await;
    watch.finish();
    counted
}

fn print(model: &Weights, named: &Named, notes: &[String], ending: &str) {
    output::println!("{}\n", levels(model));
    for (column, expression) in named {
        output::println!("{column} is {expression}");
    }
    output::println!("\ncompared if they share {}; one of {:.0} random pairs matches", model.blocks().join(" | "), 1.0 / model.prior());
    for note in notes {
        output::println!("look at this: {note}");
    }
    output::println!("{ending}");
}
