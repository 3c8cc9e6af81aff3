//! `c360 train`: a model from the records, without labels, into the file that its rule names.

use crate::arguments::{Arguments, Output, Train};
use crate::exit;
use crate::output;
use crate::project::Project;
use crate::scratch::Scratch;
use crate::watch::Watch;
use c360_match::model::Model as Weights;
use c360_model::model::{EntityId, Model, Training};
use c360_run::{Error, Kind, Pipeline, Trained};
use comfy_table::CellAlignment;
use serde_json::json;

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
    let watch = Watch::new();
    let trained = scratch_and_train(&project, entity, training, command, arguments, &watch).await;
    watch.finish();
    let file = project.folder.join(&training.file);
    match trained.and_then(|trained| written(&trained, &file, command.dry_run).map(|()| trained)) {
        Ok(trained) => {
            match arguments.output {
                Output::Json => output::print_json("train", as_json(&trained, &training.file)),
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
    let scratch = Scratch::new("train")?;
    let model = project.model.as_ref().expect("a project without a model was refused");
    let pipeline = Pipeline { model, fingerprint: &project.fingerprint, folder: &project.folder };
    let options = super::run::options(arguments, command.memory);
    c360_run::train(pipeline, entity, training, scratch.location()?, &options, watch).await
}

/// Puts the file in place at once: whoever reads it meanwhile sees the old one or the new one.
fn written(trained: &Trained, file: &std::path::Path, dry_run: bool) -> Result<(), Error> {
    if dry_run {
        return Ok(());
    }
    let failed = |e: std::io::Error| Error::new(Kind::FixConfiguration, format!("`{}`: {e}", file.display()));
    let beside = file.with_extension("json.new");
    std::fs::write(&beside, trained.model.write()).map_err(failed)?;
    std::fs::rename(&beside, file).map_err(failed)
}

fn print(trained: &Trained, file: &str, dry_run: bool) {
    let model = &trained.model;
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
    anstream::println!("{table}");
    let said = model.trained().map_or(String::new(), |trained| {
        format!(
            "{} records, {} pairs in {} blocks, {} iterations",
            trained.records,
            trained.pairs,
            model.blocks().len(),
            trained.iterations
        )
    });
    anstream::println!("\n{said}; one of {:.0} random pairs matches", 1.0 / model.prior());
    for group in model.groups() {
        let shared: Vec<&str> = group.shared.iter().map(|number| model.comparisons()[*number].name.as_str()).collect();
        anstream::println!("one of {:.0} random pairs shares {} without being the same", 1.0 / group.prior, shared.join(", "));
    }
    for warning in &trained.warnings {
        anstream::println!("look at this: {warning}");
    }
    match dry_run {
        true => anstream::println!("nothing was written to {file}"),
        false => anstream::println!("written to {file}; commit it with the pipeline"),
    }
}

fn as_json(trained: &Trained, file: &str) -> serde_json::Value {
    let model: &Weights = &trained.model;
    let written = serde_json::from_str::<serde_json::Value>(&model.write()).expect("what was written is JSON");
    json!({ "file": file, "model": written, "warnings": trained.warnings })
}
