//! `c360 profile crm`, `c360 profile data/*.csv --scaffold acme`: what sources hold, and a pipeline to begin with.

mod attributes;
mod json;
mod overlaps;
mod page;
mod scaffold;
mod text;

use crate::arguments::{Arguments, Output, Profile};
use crate::exit;
use crate::output;
use crate::project::Project;
use attributes::Mapped;
use c360_match::profile::{Facts, Guess, Role, guess, words};
use c360_model::model::{Model, SourceId};
use c360_run::engine::LocalEngine;
use c360_run::profile::{SourceProfile, Validity, profile_place, profile_source, validity};
use c360_run::store::{Location, Store};
use c360_run::{Error, Kind};
use overlaps::Overlap;
use std::path::Path;

/// What the answer is about.
struct Answer {
    sources: Vec<Source>,
    overlaps: Vec<Overlap>,
}

/// A source, or files that may become one.
struct Source {
    name: String,
    place: String,
    files: SourceProfile,
    columns: Vec<Described>,
    validity: Vec<Validity>,
}

/// A column and what is to be thought of it.
struct Described {
    name: String,
    facts: Facts,
    guess: Guess,
    /// Attributes that the pipeline makes of it: `customer.email`.
    attributes: Vec<String>,
    /// Whether its values are shown.
    shown: bool,
}

pub(super) async fn profile(command: &Profile, arguments: &Arguments) -> u8 {
    let places = command.what.iter().filter(|what| is_place(what)).count();
    if places > 0 && places < command.what.len() {
        output::failure("name sources of a pipeline or files, not both at once; what has a `.`, `/` or `*` in it is a file");
        return exit::USAGE;
    }
    if command.scaffold.is_some() && places == 0 {
        output::failure("--scaffold drafts a pipeline over files: name files, not sources");
        return exit::USAGE;
    }
    let sources = if places > 0 { of_files(command).await } else { of_pipeline(command, arguments).await };
    let sources = match sources {
        Ok(sources) => sources,
        Err(code) => return code,
    };
    warn(&sources);
    if let Some(name) = &command.scaffold {
        return scaffold::print(name, command, &sources);
    }
    let answer = Answer { overlaps: overlaps::of(&sources), sources };
    match arguments.output {
        Output::Json => output::print_json("profile", json::of(&answer)),
        Output::Html => page::of(&answer).print(),
        _ => output::print!("{}", text::of(&answer)),
    }
    exit::FINE
}

fn is_place(what: &str) -> bool {
    what.contains(['.', '/', '*', '?', '\\'])
}

async fn of_files(command: &Profile) -> Result<Vec<Source>, u8> {
    let mut sources: Vec<Source> = Vec::new();
    for place in &command.what {
        let files = profile_place(place, Path::new(".")).await.map_err(|error| output::error(&c360_syntax::Sources::new(), &error))?;
        let known: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        let name = source_name(place, &known, command);
        let country = command.country.as_deref();
        sources.push(described(name, place.clone(), files, country, &|_| Mapped::default(), command.show_values));
    }
    Ok(sources)
}

async fn of_pipeline(command: &Profile, arguments: &Arguments) -> Result<Vec<Source>, u8> {
    let project = Project::open(&command.target.pipeline).map_err(|error| {
        output::failure(&error.0);
        exit::USAGE
    })?;
    let model = project.checked()?;
    let sources = async {
        let wanted = wanted(model, &command.what)?;
        let inputs = c360_run::list_inputs(model, &project.folder).await?;
        // A profile leaves nothing behind: the engine needs a store, not a state.
        let engine = LocalEngine::try_new(arguments.threads(), None, &Store::new(Location::memory()?))?;
        let refused = validity(model, &inputs, &wanted, &engine).await?;
        let mut sources = Vec::new();
        for input in inputs.iter().filter(|input| wanted.contains(&input.source)) {
            let source = model.source(input.source);
            let files = profile_source(model, input).await?;
            let mapped = |column: &str| attributes::of(model, input.source, column);
            let country = command.country.as_deref().or(model.country.as_deref());
            let mut described = described(source.name.clone(), source.read.place.clone(), files, country, &mapped, command.show_values);
            described.validity = refused.iter().filter(|validity| validity.source == input.source).cloned().collect();
            sources.push(described);
        }
        Ok::<_, Error>(sources)
    };
    sources.await.map_err(|error| output::error(&project.texts, &error))
}

/// The sources of these names; all where there is none.
fn wanted(model: &Model, names: &[String]) -> Result<Vec<SourceId>, Error> {
    let named = |name: &String| {
        let found = model.sources.iter().position(|source| source.name == *name).map(SourceId);
        found.ok_or_else(|| {
            let known = model.sources.iter().map(|source| source.name.as_str());
            let hint = c360_syntax::suggest(name, known.clone()).map_or_else(
                || format!("there are {}", known.collect::<Vec<_>>().join(", ")),
                |similar| format!("did you mean `{similar}`?"),
            );
            Error::new(Kind::FixConfiguration, format!("no source `{name}` in pipeline `{}`; {hint}", model.name))
        })
    };
    match names {
        [] => Ok((0..model.sources.len()).map(SourceId).collect()),
        names => names.iter().map(named).collect(),
    }
}

fn described(
    name: String,
    place: String,
    mut files: SourceProfile,
    country: Option<&str>,
    mapped: &dyn Fn(&str) -> Mapped,
    show_values: bool,
) -> Source {
    let column = |(name, facts): (String, Facts)| {
        let (guess, mapped) = (guess(&name, &facts, country), mapped(&name));
        let personal = mapped.pii || mapped.attributes.is_empty() && guess.role.is_personal();
        Described { shown: show_values || !personal, name, facts, guess, attributes: mapped.attributes }
    };
    let mut columns: Vec<Described> = std::mem::take(&mut files.columns).into_iter().map(column).collect();
    only_once(&mut columns);
    Source { name, place, files, columns, validity: Vec::new() }
}

/// Of columns that seem to hold one and the same thing, the first does; the others are what they are called.
fn only_once(columns: &mut [Described]) {
    let mut seen: Vec<Role> = Vec::new();
    for column in columns {
        let role = column.guess.role;
        if !matches!(role, Role::Name(_) | Role::Company | Role::Born | Role::Address(_)) {
            continue;
        }
        if seen.contains(&role) {
            let format = if role == Role::Born { column.guess.format.clone() } else { "text".to_owned() };
            column.guess =
                Guess { role: if role == Role::Born { Role::Value } else { Role::Text }, format, accepted: column.guess.accepted };
        }
        seen.push(role);
    }
}

/// A source's name out of its place: that of the file or, for patterns and folders, of the folder.
fn source_name(place: &str, known: &[&str], command: &Profile) -> String {
    let stem = |part: &str| part.split('.').next().unwrap_or_default().to_owned();
    let parts = place.trim_end_matches('/').rsplit('/').filter(|part| !part.contains(['*', '?']));
    let stem = parts.map(stem).find(|part| !part.is_empty()).unwrap_or_default();
    let fits = stem.starts_with(|c: char| c.is_ascii_alphabetic()) && stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let name = if fits { stem } else { scaffold::identifier(&words(&stem), "files") };
    let taken = |name: &str| known.contains(&name) || name == command.entity;
    let mut numbered = (2..).map(|number| format!("{name}_{number}"));
    if taken(&name) { numbered.find(|name| !taken(name)).expect("numbers do not end") } else { name }
}

fn warn(sources: &[Source]) {
    for source in sources {
        for column in &source.files.ambiguous {
            output::warning(&format!("{}: column `{column}` stands in the header more than once and is left out", source.name));
        }
        if source.files.rejects > 0 {
            output::warning(&format!("{}: {} rows cannot be read and are left out", source.name, source.files.rejects));
        }
    }
}
