//! `c360 verify`: the state against a full recomputation, and its files against their hashes.

use crate::arguments::{Arguments, Output, Verify};
use crate::exit;
use crate::output;
use crate::scratch::Scratch;
use crate::session::Session;
use crate::watch::Watch;
use c360_run::care::{self, Verified};
use c360_run::{Error, Pipeline};
use serde_json::json;

pub(super) async fn verify(command: &Verify, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let watch = Watch::new();
    let verified = scratch_and_verify(&session, command, arguments, &watch).await;
    watch.finish();
    match verified {
        Ok(verified) => {
            match arguments.output {
                Output::Json => output::print_json("verify", as_json(&verified)),
                _ => print(&verified),
            }
            if verified.problems.is_empty() { exit::FINE } else { exit::FAILED }
        }
        Err(error) => session.fail(&error),
    }
}

async fn scratch_and_verify(session: &Session, command: &Verify, arguments: &Arguments, watch: &Watch) -> Result<Verified, Error> {
    let scratch = Scratch::new("verify")?;
    let pipeline = Pipeline { model: session.model(), fingerprint: &session.project.fingerprint, folder: &session.project.folder };
    let options = super::run::options(arguments, command.memory);
    care::verify(pipeline, &session.store, scratch.location()?, &options, watch).await
}

fn print(verified: &Verified) {
    for problem in &verified.problems {
        output::println!("{problem}");
    }
    let rows: u64 = verified.rows.iter().map(|(_, rows)| rows).sum();
    let compared = format!("{} files have their hashes; {rows} rows of {} tables", verified.files, verified.rows.len());
    match verified.problems.len() {
        0 => output::println!("commit {} is what a full run makes: {compared} are the same", verified.commit),
        count => output::println!("\ncommit {}: {count} {}", verified.commit, if count == 1 { "problem" } else { "problems" }),
    }
}

fn as_json(verified: &Verified) -> serde_json::Value {
    let rows: serde_json::Map<_, _> = verified.rows.iter().map(|(table, rows)| (table.clone(), json!(rows))).collect();
    json!({ "commit": verified.commit, "files": verified.files, "rows": rows, "problems": verified.problems })
}
