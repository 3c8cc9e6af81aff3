//! `c360 check`: everything that can be known before a run.

use crate::arguments::{Arguments, Check, Output};
use crate::exit;
use crate::output;
use crate::project::Project;
use c360_model::check_columns;
use c360_model::model::Model;
use c360_plan::Misfit;
use c360_run::{SourceFiles, ingest};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Severity, render};
use serde_json::Value;

pub(super) async fn check(command: &Check, arguments: &Arguments) -> u8 {
    let mut worst = exit::FINE;
    let mut answer = None;
    for path in &command.paths {
        let project = match Project::open(path) {
            Ok(project) => project,
            Err(error) => {
                output::failure(&error.0);
                worst = worst.max(exit::USAGE);
                continue;
            }
        };
        let mut findings = project.findings.clone();
        if command.data
            && let Some(model) = &project.model
        {
            match data(model, &project).await {
                Ok(found) => findings.extend(found),
                Err(error) => worst = worst.max(output::error(&project.texts, &error)),
            }
        }
        tell(&project, &findings, arguments.output, &mut answer);
        if findings.iter().any(|finding| finding.code.severity == Severity::Error) {
            worst = worst.max(exit::INVALID);
        }
    }
    match (answer, arguments.output) {
        (Some(answer), Output::Json) => output::print_json("check", answer),
        (Some(answer), _) => output::println!("{answer:#}"),
        (None, _) => {}
    }
    worst
}

/// What the data say: columns of sources and their types, and decisions of people, which are read whole.
async fn data(model: &Model, project: &Project) -> Result<Vec<Diagnostic>, c360_run::Error> {
    let findings = columns(model, project).await?;
    c360_run::read_decisions(model, &project.folder).await?;
    Ok(findings)
}

/// Looks into the first file of each source for the columns that the pipeline names.
async fn columns(model: &Model, project: &Project) -> Result<Vec<Diagnostic>, c360_run::Error> {
    let mut findings = Vec::new();
    for input in c360_run::list_inputs(model, &project.folder).await? {
        let source = model.source(input.source);
        if let Some(file) = input.files.first() {
            let names = ingest::column_names(&input.location.store, file, &source.read.format).await;
            let names = names.map_err(|error| c360_run::Error::from(error).at(source.read.span))?;
            let missing = check_columns(model, input.source, &names);
            if missing.is_empty() {
                findings.extend(types(model, &input).await?);
            }
            findings.extend(missing);
        }
    }
    Ok(findings)
}

/// Whether the expressions of a source fit the types of its columns.
async fn types(model: &Model, input: &SourceFiles) -> Result<Vec<Diagnostic>, c360_run::Error> {
    let schemas = c360_run::source_schemas(model, std::slice::from_ref(input)).await?;
    let misfits = schemas.iter().map(|(source, schema)| c360_plan::misfits(model, *source, schema));
    let misfits = misfits.collect::<Result<Vec<_>, _>>().map_err(c360_run::Error::from)?;
    let read = model.source(input.source).read.span;
    let told = |misfit: Misfit| {
        let found = Diagnostic::new(&codes::OPERAND, misfit.span, misfit.message).label("does not fit the data");
        found.related(read, "read from here").help(misfit.help)
    };
    Ok(misfits.into_iter().flatten().map(told).collect())
}

/// Tells what was found in one pipeline; what programs read goes into `answer`, one document for all.
fn tell(project: &Project, findings: &[Diagnostic], format: Output, answer: &mut Option<Value>) {
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("the renderer writes JSON");
    match format {
        Output::Text | Output::Csv | Output::Markdown | Output::Html => {
            output::findings(&project.texts, findings);
            let errors = findings.iter().filter(|f| f.code.severity == Severity::Error).count();
            let name = project.texts.ids().next().map_or("", |id| project.texts.name(id)).to_owned();
            output::eprintln!("{name}: {}, {}", counted(errors, "error"), counted(findings.len() - errors, "warning"));
        }
        Output::Json => add(answer, read(&render::json(&project.texts, findings)), "/diagnostics"),
        Output::Sarif => add(answer, read(&render::sarif(&project.texts, findings, env!("CARGO_PKG_VERSION"))), "/runs/0/results"),
        Output::Github => output::print!("{}", render::github(&project.texts, findings)),
    }
}

/// Adds the findings of a document, which stand at `place`, to those of the first.
fn add(answer: &mut Option<Value>, mut further: Value, place: &str) {
    match answer.as_mut().and_then(|answer| answer.pointer_mut(place)) {
        None => *answer = Some(further),
        Some(all) => {
            let found = further.pointer_mut(place).and_then(Value::as_array_mut).map(std::mem::take);
            all.as_array_mut().expect("findings are a list").extend(found.unwrap_or_default());
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
