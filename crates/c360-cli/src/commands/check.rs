//! `c360 check`: everything that can be known before a run.

use crate::arguments::{Arguments, Check, Output};
use crate::exit;
use crate::output;
use crate::project::Project;
use c360_model::check_columns;
use c360_model::model::Model;
use c360_run::ingest;
use c360_syntax::{Diagnostic, Severity, render};

pub(super) async fn check(command: &Check, arguments: &Arguments) -> u8 {
    let mut worst = exit::FINE;
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
        tell(&project, &findings, arguments.output);
        if findings.iter().any(|finding| finding.code.severity == Severity::Error) {
            worst = worst.max(exit::INVALID);
        }
    }
    worst
}

/// What the data say: columns of sources, and decisions of people, which are read whole.
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
            findings.extend(check_columns(model, input.source, &names));
        }
    }
    Ok(findings)
}

fn tell(project: &Project, findings: &[Diagnostic], format: Output) {
    match format {
        Output::Text | Output::Csv | Output::Markdown | Output::Html => {
            output::findings(&project.texts, findings);
            let errors = findings.iter().filter(|f| f.code.severity == Severity::Error).count();
            let name = project.texts.ids().next().map_or("", |id| project.texts.name(id)).to_owned();
            anstream::eprintln!("{name}: {}, {}", counted(errors, "error"), counted(findings.len() - errors, "warning"));
        }
        Output::Json => {
            let report = serde_json::from_str(&render::json(&project.texts, findings)).expect("the renderer writes JSON");
            output::print_json("check", report);
        }
        Output::Sarif => anstream::println!("{}", render::sarif(&project.texts, findings, env!("CARGO_PKG_VERSION"))),
        Output::Github => anstream::print!("{}", render::github(&project.texts, findings)),
    }
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
