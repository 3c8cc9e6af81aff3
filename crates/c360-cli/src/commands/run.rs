//! `c360 run`: the next commit.

use crate::arguments::{Arguments, Output, Run};
use crate::exit;
use crate::output;
use crate::report;
use crate::session::Session;
use crate::watch::Watch;
use c360_run::commit::Commit;
use c360_run::{Options, Outcome, Pipeline};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::json;

pub(super) async fn run(command: &Run, arguments: &Arguments) -> u8 {
    let as_of = match moment(command.as_of.as_deref()) {
        Ok(moment) => moment,
        Err(message) => {
            output::failure(&message);
            return exit::USAGE;
        }
    };
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    output::findings(&session.project.texts, &session.project.findings);
    if let Some(pause) = command.watch {
        return again_and_again(&session, command, arguments, std::time::Duration::from_secs(pause)).await;
    }
    once(&session, command, arguments, as_of).await
}

/// Runs until something fails that another run does not mend.
async fn again_and_again(session: &Session, command: &Run, arguments: &Arguments, pause: std::time::Duration) -> u8 {
    loop {
        let as_of = moment(command.as_of.as_deref()).expect("it was read before");
        match once(session, command, arguments, as_of).await {
            exit::FINE | exit::CONFLICT => tokio::time::sleep(pause).await,
            code => return code,
        }
    }
}

/// Options of a run for which nothing is asked but memory.
pub(super) fn options(arguments: &Arguments, memory: Option<usize>) -> Options {
    Options {
        as_of: Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true),
        threads: arguments.threads(),
        memory,
        batch_rows: None,
        full: false,
        budget: c360_run::Budget::default(),
    }
}

async fn once(session: &Session, command: &Run, arguments: &Arguments, as_of: String) -> u8 {
    let pipeline = Pipeline { model: session.model(), fingerprint: &session.project.fingerprint, folder: &session.project.folder };
    let asked = options(arguments, command.memory);
    let options = Options { as_of, full: command.full, budget: command.budget.limits(), ..asked };
    let watch = Watch::new();
    let outcome = c360_run::run(pipeline, &session.store, &options, &watch).await;
    let times = watch.finish();
    match outcome {
        Ok(Outcome::Committed(commit)) => {
            tell(&commit, &times, arguments.output);
            exit::FINE
        }
        Ok(Outcome::Unchanged(number)) => {
            match arguments.output {
                Output::Json => output::print_json("run", json!({ "commit": number, "committed": false })),
                _ => output::println!("nothing to do: commit {number} still holds"),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

fn tell(commit: &Commit, times: &[(String, f64)], format: Output) {
    if format == Output::Json {
        let times: Vec<_> = times.iter().map(|(step, seconds)| json!({ "step": step, "seconds": seconds })).collect();
        let body = json!({ "commit": commit.number, "committed": true, "as_of": commit.as_of, "figures": commit.figures, "times": times });
        return output::print_json("run", body);
    }
    output::print!("{}", report::summary(commit, times));
}

/// The moment that `--as-of` names, or now, as RFC 3339 in UTC with seconds.
fn moment(given: Option<&str>) -> Result<String, String> {
    let Some(text) = given else {
        return Ok(Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true));
    };
    if let Ok(date) = text.parse::<NaiveDate>() {
        return Ok(format!("{date}T00:00:00Z"));
    }
    match DateTime::parse_from_rfc3339(text) {
        Ok(moment) => Ok(moment.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, true)),
        Err(_) => Err(format!("`--as-of {text}`: write a date (2026-10-01) or a moment (2026-10-01T06:00:00Z)")),
    }
}
