//! `c360 plan`: what a run would read and do.

mod data;
pub(super) mod pairs;

use crate::arguments::{Arguments, Output, Plan};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::care::StepPreview;
use c360_run::commit::{self, Commit};
use c360_run::{Decisions, SourceFiles};
use serde_json::json;

/// What a run would do.
struct Outlook {
    inputs: Vec<SourceFiles>,
    decisions: Decisions,
    plan: c360_plan::Plan,
    /// Its steps, and why each would be computed anew.
    steps: Vec<StepPreview>,
    /// Why there is something to do; nothing where there is not.
    reasons: Vec<String>,
}

pub(super) async fn plan(command: &Plan, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    if command.data {
        return data::plan(&session, command, arguments).await;
    }
    if command.pairs {
        return pairs::plan(&session, command, arguments).await;
    }
    let outlook = match outlook(&session).await {
        Ok(outlook) => outlook,
        Err(error) => return session.fail(&error),
    };
    match arguments.output {
        Output::Json => output::print_json("plan", as_json(&session, &outlook, command.explain)),
        _ => print(&session, &outlook, command.explain),
    }
    if command.detailed_exitcode && !outlook.reasons.is_empty() { exit::CHANGES } else { exit::FINE }
}

async fn outlook(session: &Session) -> Result<Outlook, c360_run::Error> {
    let model = session.model();
    let inputs = c360_run::list_inputs(model, &session.project.folder).await?;
    let decisions = c360_run::read_decisions(model, &session.project.folder).await?;
    let plan = c360_run::planned(model, &inputs).await?;
    let head = commit::head(&session.store).await?;
    let reasons = match &head {
        None => vec!["there is no commit yet".to_owned()],
        Some(head) => reasons(session, &head.commit, &inputs, &decisions),
    };
    let last = head.as_ref().map(|head| &head.commit);
    let steps = plan.steps.iter().map(|step| StepPreview::of(step, model, last)).collect();
    Ok(Outlook { inputs, decisions, plan, steps, reasons })
}

fn reasons(session: &Session, last: &Commit, inputs: &[SourceFiles], decisions: &Decisions) -> Vec<String> {
    let mut reasons = Vec::new();
    if last.fingerprint != session.project.fingerprint {
        reasons.push(format!("the pipeline changed since commit {}", last.number));
    }
    let now = c360_run::read_inputs(session.model(), inputs);
    let changes = c360_run::file_changes(session.model(), &now, &last.inputs);
    let (changed, gone) = (changes.new.len() + changes.changed.len(), changes.gone.len());
    if changed > 0 {
        reasons.push(format!("{changed} new or changed {}", if changed == 1 { "file" } else { "files" }));
    }
    if gone > 0 {
        reasons.push(format!("{gone} {} gone", if gone == 1 { "file is" } else { "files are" }));
    }
    if last.decisions != decisions.fingerprint(session.model()) {
        reasons.push("decisions of people changed".to_owned());
    }
    reasons
}

fn print(session: &Session, outlook: &Outlook, explain: bool) {
    let model = session.model();
    for input in &outlook.inputs {
        let bytes: u64 = input.files.iter().map(|file| file.size).sum();
        output::println!("{}: {} files, {bytes} bytes", model.source(input.source).name, input.files.len());
    }
    if !model.overrides.is_empty() {
        output::println!("decisions of people: {}", outlook.decisions.count());
    }
    output::println!();
    if explain {
        output::print!("{}", outlook.plan.explain(model));
    } else {
        for (number, step) in outlook.steps.iter().enumerate() {
            let why = step.anew.map_or(String::new(), |why| format!(" (anew: {why})"));
            output::println!("{}. {}{why}", number + 1, step.title);
            outlook.plan.steps[number].guards().iter().for_each(|guard| output::println!("   {guard}"));
        }
    }
    match outlook.reasons.as_slice() {
        [] => output::println!("\nnothing to do: neither input nor pipeline changed"),
        reasons => {
            output::println!("\na run would look at what changed: {}; `--data` tells what that does to objects", reasons.join("; "))
        }
    }
}

fn as_json(session: &Session, outlook: &Outlook, explain: bool) -> serde_json::Value {
    let model = session.model();
    let files = |input: &SourceFiles| input.files.iter().map(|file| file.name.clone()).collect::<Vec<_>>();
    let inputs: Vec<_> =
        outlook.inputs.iter().map(|input| json!({ "source": model.source(input.source).name, "files": files(input) })).collect();
    let steps = outlook.steps.iter().zip(&outlook.plan.steps);
    let steps: Vec<_> =
        steps.map(|(step, planned)| json!({ "title": step.title, "anew": step.anew, "guards": planned.guards() })).collect();
    let explained = explain.then(|| outlook.plan.explain(model));
    json!({ "inputs": inputs, "decisions": outlook.decisions.count(), "steps": steps, "reasons": outlook.reasons, "explain": explained })
}
