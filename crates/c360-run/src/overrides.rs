//! Decisions of people about pairs of records: reads the files that `overrides` names and holds them against the pipeline and against each other.
//! Does not know which records there are: a decision waits until both are there.

mod read;
mod row;

use crate::commit::sha256;
use crate::error::{Error, Kind, Result};
use c360_match::decisions::{Contradiction, contradictions};
use c360_model::model::{EntityId, Model};
use std::collections::BTreeMap;
use std::path::Path;

/// What people decided, by entity, in the order of files and lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    entities: BTreeMap<EntityId, Vec<Decision>>,
    /// Rows that are not decided yet.
    pub undecided: u64,
}

/// A pair of records and what somebody decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What.
    pub what: What,
    /// The pair as it was written: source and key.
    pub records: [(String, String); 2],
    /// Who decided; may be empty.
    pub author: String,
    /// When, as it was written; may be empty.
    pub time: String,
    /// Why; may be empty.
    pub note: String,
    /// The file, as messages name it.
    pub file: String,
    /// The line in it.
    pub line: i64,
}

/// What can be decided about two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// They are one object.
    Always,
    /// They are never one object.
    Never,
}

impl What {
    /// The word in files and tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            What::Always => "always",
            What::Never => "never",
        }
    }
}

impl Decision {
    /// `overrides/2026.csv:7`
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

/// Reads all decisions. Relative places start at `folder`.
///
/// # Errors
/// A file that cannot be read; rows that cannot be used, all of them at once with file and line; decisions that contradict each other.
pub async fn read_decisions(model: &Model, folder: &Path) -> Result<Decisions> {
    let (decisions, mut problems) = read::read(model, folder).await?;
    for (entity, decisions) in &decisions.entities {
        problems.extend(contradicting(&model.entity(*entity).name, decisions));
    }
    match problems.as_slice() {
        [] => Ok(decisions),
        [one] => Err(Error::new(Kind::FixInput, one.clone())),
        all => Err(Error::new(Kind::FixInput, format!("{} decisions cannot be used:\n{}", all.len(), all.join("\n")))),
    }
}

impl Decisions {
    /// Those about records of an entity.
    #[must_use]
    pub fn of(&self, entity: EntityId) -> &[Decision] {
        self.entities.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// How many there are in all.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entities.values().map(Vec::len).sum()
    }

    /// sha256 over all of them, as commits keep it; empty where the pipeline names no files.
    #[must_use]
    pub fn fingerprint(&self, model: &Model) -> String {
        if model.overrides.is_empty() {
            return String::new();
        }
        let said: Vec<_> = self.entities.iter().map(|(entity, decisions)| (&model.entity(*entity).name, decisions)).collect();
        sha256(format!("{said:?}").as_bytes())
    }
}

/// Pairs that are kept apart by one line and made one by others, in words. No keys of records: the lines are named.
fn contradicting(entity: &str, decisions: &[Decision]) -> Vec<String> {
    let mut numbers: BTreeMap<&(String, String), u32> = BTreeMap::new();
    let mut pairs = |what: What| -> (Vec<&Decision>, Vec<(u32, u32)>) {
        let mut number = |name| {
            let next = u32::try_from(numbers.len()).expect("files of decisions have fewer than 2^31 lines");
            *numbers.entry(name).or_insert(next)
        };
        let of: Vec<&Decision> = decisions.iter().filter(|decision| decision.what == what).collect();
        let pairs = of.iter().map(|decision| (number(&decision.records[0]), number(&decision.records[1]))).collect();
        (of, pairs)
    };
    let ((always, joined), (never, apart)) = (pairs(What::Always), pairs(What::Never));
    let said = |found: &Contradiction| {
        let chain: Vec<String> = found.always.iter().map(|place| always[*place].place()).collect();
        let chain = if chain.len() > 1 { format!("{} together", chain.join(", ")) } else { chain.concat() };
        format!(
            "{}: `never` for two records of `{entity}` that {chain} make one by `always`; take one of these lines away",
            never[found.never].place()
        )
    };
    contradictions(numbers.len(), &joined, &apart).iter().map(said).collect()
}
