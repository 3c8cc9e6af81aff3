//! `c360 vacuum`: removes old commits and files that no commit names.

use crate::arguments::{Arguments, Output, Vacuum};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::care::{self, Retention, Vacuumed};
use chrono::{TimeDelta, Utc};
use serde_json::json;

pub(super) async fn vacuum(command: &Vacuum, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let now = Utc::now();
    let before = |seconds: u64| now - TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::MAX / 2000));
    let retention = Retention { since: before(command.retention), grace: before(command.grace), commits: command.keep };
    match care::vacuum(&session.store, retention, command.dry_run).await {
        Ok(found) => {
            match arguments.output {
                Output::Json => output::print_json("vacuum", as_json(&found, command.dry_run)),
                _ => print(&found, command.dry_run),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

fn print(found: &Vacuumed, dry_run: bool) {
    let commits = match found.commits.as_slice() {
        [] => "no commits".to_owned(),
        [only] => format!("commit {only}"),
        [first, .., last] => format!("commits {first} to {last}"),
    };
    let did = if dry_run { "would remove" } else { "removed" };
    output::println!("{did} {commits} and {} files with {} bytes", found.files.len(), found.bytes);
    if found.spared > 0 {
        output::println!("{} files that no commit names are younger than the grace: a run in progress may need them", found.spared);
    }
}

fn as_json(found: &Vacuumed, dry_run: bool) -> serde_json::Value {
    json!({ "dry_run": dry_run, "commits": found.commits, "files": found.files, "bytes": found.bytes, "spared": found.spared })
}
