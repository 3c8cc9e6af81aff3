//! The end of a run: its commit, or the removal of what it wrote.

use super::{Options, Outcome, Pipeline, Run};
use crate::commit::{self, Commit, FORMAT, Head, NotPut, Parent, Table};
use crate::error::{Error, Kind, Result};
use c360_match::planted::planted;
use std::collections::BTreeMap;

impl Run<'_> {
    /// Commits what the run made, unless that is what the last commit holds.
    pub(super) async fn commit(
        &mut self,
        pipeline: Pipeline<'_>,
        options: &Options,
        inputs: Vec<commit::Input>,
        head: Option<&Head>,
    ) -> Result<Outcome> {
        self.read.clone_from(&inputs);
        if let Some(head) = head.filter(|head| self.leads_to(&head.commit) && head.commit.fingerprint == pipeline.fingerprint) {
            return Ok(Outcome::Unchanged(head.commit.number));
        }
        let commit = self.put_commit(pipeline.fingerprint, options, inputs, head).await?;
        Ok(Outcome::Committed(Box::new(commit)))
    }

    /// Whether the run made what the commit holds: the same tables, out of as many rows.
    fn leads_to(&self, commit: &Commit) -> bool {
        same_content(&commit.tables, &self.made) && commit.figures.sources == self.figures.sources
    }

    /// Makes the commit of what the run made.
    pub(crate) async fn put_commit(
        &mut self,
        fingerprint: &str,
        options: &Options,
        inputs: Vec<commit::Input>,
        head: Option<&Head>,
    ) -> Result<Commit> {
        if planted("parent-unchecked") {
            self.number = commit::head(self.store).await?.map_or(1, |head| head.commit.number + 1);
        }
        let commit = Commit {
            format: FORMAT,
            number: self.number,
            run: self.id.clone(),
            pipeline: self.model.name.clone(),
            fingerprint: fingerprint.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            as_of: options.as_of.clone(),
            parent: head.map(|head| Parent { number: head.commit.number, sha256: head.sha256.clone() }),
            inputs,
            decisions: self.decided.clone(),
            steps: self.steps.clone(),
            tables: self.made.clone(),
            next_ids: self.next_ids.clone(),
            next: self.next.clone(),
            figures: self.figures.clone(),
        };
        let superseded = self.superseded.iter().map(|path| self.store.path(path)).collect();
        let _ = self.store.remove(superseded).await;
        match commit::put(self.store, &commit, self.swept).await {
            Ok(()) => Ok(commit),
            Err(NotPut { error, stored }) => {
                self.stored = stored;
                Err(error)
            }
        }
    }

    /// Removes what a failed run wrote, unless its commit may stand after all.
    pub(crate) async fn clean_up_after(&self, error: &Error) {
        if error.kind != Kind::Unknown && !self.stored {
            self.discard().await;
        }
    }

    /// Removes all files of this run. No commit names them, so it does not matter if that fails.
    pub(crate) async fn discard(&self) {
        let made = self.made.values().flat_map(Table::files).map(|f| &f.path).filter(|path| path.contains(&self.id));
        let paths = made.chain(&self.superseded).chain(&self.copies).map(|path| self.store.path(path)).collect();
        let _ = self.store.remove(paths).await;
    }
}

fn same_content(before: &BTreeMap<String, Table>, now: &BTreeMap<String, Table>) -> bool {
    before.len() == now.len() && before.iter().zip(now).all(|((a, old), (b, new))| a == b && old.same_content(new))
}
