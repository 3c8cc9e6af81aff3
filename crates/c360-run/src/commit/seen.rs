//! Files that look different from what a commit read and are not: a run found that they change no table. Noted next to the commit, so that the next run
//! need not read them again. Only a hint: where it is missing or of another commit, files are read once more.

use super::{Commit, Input, file_name};
use crate::error::Result;
use crate::store::Store;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Seen {
    /// The run that made the commit.
    run: String,
    inputs: Vec<Input>,
}

fn name(number: u64) -> String {
    format!("seen/{}", file_name(number))
}

/// Notes that these files lead to the tables of `commit`, too.
pub(crate) async fn note_seen(store: &Store, commit: &Commit, inputs: Vec<Input>) -> Result<()> {
    // Copies of logs were made by a run whose files go: what they replace stays.
    if inputs.iter().any(|input| input.copy.is_some()) || inputs == commit.inputs {
        return Ok(());
    }
    let seen = Seen { run: commit.run.clone(), inputs };
    let content = serde_json::to_vec_pretty(&seen).expect("keys are texts");
    store.write(&name(commit.number), content.into()).await
}

/// Puts the files that were seen last in place of those that the commit lists.
pub(super) async fn apply(store: &Store, commit: &mut Commit) -> Result<()> {
    let Some(content) = store.read(&name(commit.number)).await? else { return Ok(()) };
    if let Ok(seen) = serde_json::from_slice::<Seen>(&content)
        && seen.run == commit.run
    {
        commit.inputs = seen.inputs;
    }
    Ok(())
}
