//! `c360 rollback` and `c360 compact`: a new commit with content that was there before.

use crate::arguments::{Arguments, Compact, Output, Rollback};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::{Pipeline, care};
use serde_json::json;

pub(super) async fn rollback(command: &Rollback, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let Ok(number) = command.commit.trim_start_matches('@').parse() else {
        output::failure(&format!("`{}`: write the number of a commit, such as 41 or @41; `c360 log` lists them", command.commit));
        return exit::USAGE;
    };
    let pipeline = Pipeline { model: session.model(), fingerprint: &session.project.fingerprint, folder: &session.project.folder };
    match care::rollback(pipeline, &session.store, number, &super::run::options(arguments, None)).await {
        Ok(commit) => {
            match arguments.output {
                Output::Json => output::print_json("rollback", json!({ "commit": commit.number, "equals": number })),
                _ => output::println!(
                    "commit {} equals commit {number}; the next run takes in again what was delivered since, so mend that first",
                    commit.number
                ),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

pub(super) async fn compact(command: &Compact, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let pipeline = Pipeline { model: session.model(), fingerprint: &session.project.fingerprint, folder: &session.project.folder };
    match care::compact(pipeline, &session.store, &super::run::options(arguments, None)).await {
        Ok(made) => {
            let number = made.as_ref().map(|commit| commit.number);
            match (arguments.output, number) {
                (Output::Json, _) => output::print_json("compact", json!({ "commit": number })),
                (_, Some(number)) => output::println!("commit {number}: every table in one layer"),
                (_, None) => output::println!("nothing to do: every table is in one layer already"),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}
