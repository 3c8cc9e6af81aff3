//! What people decided about pairs of records, as clustering takes it: pairs of places, and the lines that say so.

use crate::overrides::{Decision, What};
use crate::run::Run;
use crate::step::names::Names;
use c360_model::model::EntityId;
use std::collections::BTreeMap;

/// The decisions about two records that are both at hand; others wait.
#[derive(Debug, Default)]
pub(super) struct Decided {
    /// Pairs that are one, each once.
    pub(super) always: Vec<(u32, u32)>,
    /// Pairs that are never one, each once.
    pub(super) never: Vec<(u32, u32)>,
    /// By what is said and the pair, the smaller place in front, the first line that says it.
    lines: BTreeMap<(What, u32, u32), String>,
}

impl Decided {
    /// Looks the records up by their names.
    pub(super) fn of(run: &Run<'_>, entity: EntityId, names: &Names) -> Decided {
        let mut found = Decided::default();
        let decisions = run.decisions.of(entity);
        if decisions.is_empty() {
            return found;
        }
        let known = names.by_name();
        let place = |(source, key): &(String, String)| known.find(source, key).and_then(|place| u32::try_from(place).ok());
        for decision in decisions {
            if let [Some(a), Some(b)] = [0, 1].map(|side: usize| place(&decision.records[side])) {
                found.take(decision, (a.min(b), a.max(b)));
            }
        }
        found
    }

    fn take(&mut self, decision: &Decision, pair: (u32, u32)) {
        self.lines.entry((decision.what, pair.0, pair.1)).or_insert_with(|| {
            match decision.what {
                What::Always => self.always.push(pair),
                What::Never => self.never.push(pair),
            }
            decision.place()
        });
    }

    /// `never overrides/2026.csv:7`, for a pair that was decided.
    pub(super) fn line(&self, what: What, (a, b): (u32, u32)) -> String {
        let line = self.lines.get(&(what, a.min(b), a.max(b))).map(String::as_str);
        format!("{} {}", what.word(), line.expect("the pair was decided"))
    }
}
