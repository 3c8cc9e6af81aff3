//! A run in numbers: what its summary, `log` and the commit tell.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All figures of a run. Times are left out of commits, since a commit's content follows from its input alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// By source, in the order of declaration.
    pub sources: Vec<SourceFigures>,
    /// By entity, in the order of declaration.
    pub entities: Vec<EntityFigures>,
}

/// What became of the rows of a source: `rows = records + duplicates + rejects + filtered + deleted`, checked in every run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFigures {
    /// The source.
    pub source: String,
    /// Files read.
    pub files: u64,
    /// Bytes of these files.
    pub bytes: u64,
    /// Rows in them.
    pub rows: u64,
    /// Rows that became the current record of their key.
    pub records: u64,
    /// Rows that stood back behind another row with the same key.
    pub duplicates: u64,
    /// Rows that could not be read or have no key.
    pub rejects: u64,
    /// Rows that `where` left out.
    pub filtered: u64,
    /// Rows that removed their key by `delete`.
    pub deleted: u64,
    /// Values that their format refused; their rows are records all the same.
    pub rejected_values: u64,
}

/// What became of the records of an entity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityFigures {
    /// The entity.
    pub entity: String,
    /// Its records.
    pub records: u64,
    /// Its objects.
    pub objects: u64,
    /// How many objects have records of one source, of two, ..
    pub by_sources: BTreeMap<u64, u64>,
    /// Merges by rule, strongest first: each counts for the strongest rule that joins.
    pub merges: Vec<(String, u64)>,
    /// Joins that guards refused.
    pub refused: u64,
    /// Values that too many records share.
    pub hubs: u64,
    /// References (and `is`) that lead to nothing.
    pub orphans: u64,
    /// Decisions of people; nothing where the pipeline names no files of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decisions: Option<DecisionFigures>,
    /// Ids given for the first time.
    pub created: u64,
    /// Ids that went into another.
    pub merged: u64,
    /// Ids of parts that split off.
    pub split: u64,
    /// Ids whose records are gone.
    pub retired: u64,
}

/// Decisions of people about pairs of records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionFigures {
    /// Pairs that are one.
    pub always: u64,
    /// Pairs that are never one.
    pub never: u64,
    /// Of both, how many name a record that is not there (yet).
    pub waiting: u64,
}

impl Figures {
    /// What there is, without what the last run did.
    pub(crate) fn for_next_run(&self) -> Figures {
        let mut figures = self.clone();
        for entity in &mut figures.entities {
            (entity.created, entity.merged, entity.split, entity.retired) = (0, 0, 0, 0);
            entity.merges.iter_mut().for_each(|(_, merges)| *merges = 0);
        }
        figures
    }

    /// The figures of an entity, to be changed.
    pub(crate) fn entity(&mut self, name: &str) -> &mut EntityFigures {
        let position = self.entities.iter().position(|figures| figures.entity == name).unwrap_or_else(|| {
            self.entities.push(EntityFigures { entity: name.to_owned(), ..EntityFigures::default() });
            self.entities.len() - 1
        });
        &mut self.entities[position]
    }
}

impl SourceFigures {
    /// Whether every row is accounted for.
    #[must_use]
    pub fn balanced(&self) -> bool {
        self.rows == self.records + self.duplicates + self.rejects + self.filtered + self.deleted
    }
}
