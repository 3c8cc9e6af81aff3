//! `c360 train`: a model from the records, with labels or without, into the file that its rule names.

mod import;
mod page;
mod terms;

use crate::arguments::{Arguments, Output, Train};
use crate::exit;
use crate::output;
use crate::project::Project;
use crate::scratch::Scratch;
use crate::watch::Watch;
use c360_match::model::Model as Weights;
use c360_model::model::{EntityId, Model, Training};
use c360_run::{Error, Kind, Labelled, Pipeline, Trained, look};
use comfy_table::CellAlignment;
use serde_json::json;
use std::path::Path;

pub(super) async fn train(command: &Train, arguments: &Arguments) -> u8 {
    let project = match Project::open_for_training(&command.pipeline) {
        Ok(project) => project,
        Err(error) => {
            output::failure(&error.0);
            return exit::USAGE;
        }
    };
    let model = match project.checked() {
        Ok(model) => model,
        Err(code) => return code,
    };
    let (entity, training) = match training_of(model, command) {
        Ok(found) => found,
        Err(message) => {
            output::failure(&message);
            return exit::USAGE;
        }
    };
    if let Some(settings) = &command.import {
        let imported = import::import(&project, entity, training, settings, command, arguments).await;
        return imported.err().unwrap_or(exit::FINE);
    }
    let watch = Watch::new();
    let trained = scratch_and_train(&project, entity, training, command, arguments, &watch).await;
    watch.finish();
    let file = project.folder.join(&training.file);
    match trained.and_then(|trained| written(&trained.model, &file, command.dry_run).map(|()| trained)) {
        Ok(trained) => {
            trained.labelled.iter().for_each(warn);
            match arguments.output {
                Output::Json => output::print_json("train", as_json(&trained, &training.file)),
                Output::Html => page::of(&trained.model, &said(&trained), &trained.warnings).print(),
                _ => print(&trained, &file.display().to_string(), command.dry_run),
            }
            exit::FINE
        }
        Err(error) => output::error(&project.texts, &error),
    }
}

/// The entity, and the one of its models that is meant.
fn training_of<'a>(model: &'a Model, command: &Train) -> Result<(EntityId, &'a Training), String> {
    let Some(place) = model.entities.iter().position(|entity| entity.name == command.entity) else {
        let names: Vec<&str> = model.entities.iter().map(|entity| entity.name.as_str()).collect();
        return Err(format!("no entity `{}`; there are: {}", command.entity, names.join(", ")));
    };
    let trainings = &model.entities[place].trainings;
    let files = || trainings.iter().map(|training| training.file.as_str()).collect::<Vec<_>>().join(", ");
    let found = match (&command.model, trainings.as_slice()) {
        (_, []) => {
            return Err(format!(
                "`{0}` has no `model` rule; add one to its match block: model \"{0}.model.json\" accept 0.95",
                command.entity
            ));
        }
        (None, [only]) => only,
        (None, _) => return Err(format!("`{}` has several models; name one with --model: {}", command.entity, files())),
        (Some(file), _) => match trainings.iter().find(|training| training.file == *file) {
            Some(training) => training,
            None => return Err(format!("`{}` has no model `{file}`; there are: {}", command.entity, files())),
        },
    };
    Ok((EntityId(place), found))
}

async fn scratch_and_train(
    project: &Project,
    entity: EntityId,
    training: &Training,
    command: &Train,
    arguments: &Arguments,
    watch: &Watch,
) -> Result<Trained, Error> {
    let labels = match &command.labels {
        Some(file) => Some((file_name(file), look::read_labels(file, Path::new("."), command.truth_column.as_deref()).await?)),
        None => None,
    };
    let labels = labels.as_ref().map(|(name, labels)| (*name, labels));
    let scratch = Scratch::new("train")?;
    let model = project.model.as_ref().expect("a project without a model was refused");
    let pipeline = Pipeline { model, fingerprint: &project.fingerprint, folder: &project.folder };
    let options = super::run::options(arguments, command.memory);
    c360_run::train(pipeline, entity, training, labels, scratch.location()?, &options, watch).await
}

/// What a file of labels is called wherever it lies: the model's file goes into git.
fn file_name(place: &str) -> &str {
    place.rsplit(['/', '\\']).next().unwrap_or(place)
}

/// Puts the file in place at once: whoever reads it meanwhile sees the old one or the new one.
fn written(model: &Weights, file: &Path, dry_run: bool) -> Result<(), Error> {
    if dry_run {
        return Ok(());
    }
    let failed = |e: std::io::Error| Error::new(Kind::FixConfiguration, format!("`{}`: {e}", file.display()));
    let beside = file.with_extension("json.new");
    std::fs::write(&beside, model.write()).map_err(failed)?;
    std::fs::rename(&beside, file).map_err(failed)
}

/// The levels of each comparison with their weights.
fn levels(model: &Weights) -> comfy_table::Table {
    let mut table = output::table(&["comparison", "level", "m", "u", "weight"]);
    for number in 2..5 {
        if let Some(column) = table.column_mut(number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for comparison in model.comparisons() {
        for (place, level) in comparison.levels.iter().enumerate() {
            let name = if place == 0 { comparison.name.as_str() } else { "" };
            let weight = format!("{:+.2}", f64::from(level.weight) / 1000.0);
            table.add_row([name.to_owned(), level.when.clone(), format!("{:.4}", level.m), format!("{:.6}", level.u), weight]);
        }
    }
    table
}

fn print(trained: &Trained, file: &str, dry_run: bool) {
    let model = &trained.model;
    output::println!("{}", levels(model));
    output::println!("\n{}", said(trained).join("\n"));
    output::println!("one of {:.0} random pairs matches", 1.0 / model.prior());
    for warning in &trained.warnings {
        output::println!("look at this: {warning}");
    }
    output::println!("{}", ending(file, dry_run));
}

/// What the model was made of.
fn said(trained: &Trained) -> Vec<String> {
    let of_trained = trained.model.trained().map(|figures| {
        let learnt = if figures.iterations == 0 { String::new() } else { format!(", {} iterations", figures.iterations) };
        format!("{} records, {} pairs in {} blocks{learnt}", figures.records, figures.pairs, trained.model.blocks().len())
    });
    let name = |number: &usize| trained.model.comparisons()[*number].name.as_str();
    let of_groups = trained.model.groups().iter().map(|group| {
        let shared: Vec<&str> = group.shared.iter().map(name).collect();
        format!("one of {:.0} random pairs shares {} without being the same", 1.0 / group.prior, shared.join(", "))
    });
    trained.labelled.as_ref().map(of_labels).into_iter().chain(of_trained).chain(of_groups).collect()
}

fn ending(file: &str, dry_run: bool) -> String {
    match dry_run {
        true => format!("nothing was written to {file}"),
        false => format!("written to {file}; commit it with the pipeline"),
    }
}

fn of_labels(labelled: &Labelled) -> String {
    let prior = if labelled.tell_prior { "they also tell how many pairs match" } else { "too few records for how many pairs match" };
    format!("m from {} pairs of {} labelled records that match; {prior}", labelled.pairs, labelled.records)
}

/// Says which labels could not be used.
fn warn(labelled: &Labelled) {
    let unknown = &labelled.unknown;
    if unknown.records > 0 {
        output::warning(&format!(
            "{} labelled records are not among the records, such as {}; they were left out",
            unknown.records,
            unknown.examples.join(", ")
        ));
    }
}

fn as_json(trained: &Trained, file: &str) -> serde_json::Value {
    let labelled = trained.labelled.as_ref().map(|labelled| {
        json!({
            "records": labelled.records, "pairs": labelled.pairs, "tell_prior": labelled.tell_prior,
            "unknown": { "records": labelled.unknown.records, "examples": labelled.unknown.examples },
        })
    });
    let model: &Weights = &trained.model;
    let written = serde_json::from_str::<serde_json::Value>(&model.write()).expect("what was written is JSON");
    json!({ "file": file, "model": written, "warnings": trained.warnings, "labels": labelled })
}
