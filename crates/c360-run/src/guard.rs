//! Guards of a run: what would be a surprise stops the commit. Budgets are shares of the objects before, in percent.

use crate::care::EntityPreview;
use crate::commit::Commit;
use crate::error::{Error, Kind, Result};
use crate::figures::Figures;
use c360_model::model::{Mode, Model};

/// What a run may do at most.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Budget {
    /// Of the objects, so many percent may go into others.
    pub merged: Option<f64>,
    /// So many parts may split off.
    pub split: Option<f64>,
    /// So many may be left without records.
    pub retired: Option<f64>,
    /// So many may get other values.
    pub changed: Option<f64>,
    /// No object may have more records.
    pub cluster: Option<u64>,
    /// Whether a source that had records may have none.
    pub empty: bool,
}

impl Budget {
    /// What goes beyond it, in words; nothing for the first objects of an entity.
    #[must_use]
    pub fn exceeded(&self, entity: &EntityPreview) -> Vec<String> {
        let shares = [
            ("merged", entity.merged, self.merged),
            ("split off", entity.split, self.split),
            ("retired", entity.retired, self.retired),
            ("changed", entity.changed, self.changed),
        ];
        let over = |(what, count, budget): (&str, u64, Option<f64>)| {
            let budget = budget.filter(|_| count > 0 && entity.before > 0)?;
            let share = 100.0 * count as f64 / entity.before as f64;
            (share > budget)
                .then(|| format!("{}: {count} of {} would be {what}, {share:.2}%; the budget is {budget}%", entity.entity, entity.before))
        };
        let mut exceeded: Vec<String> = shares.into_iter().filter_map(over).collect();
        if let Some(most) = self.cluster.filter(|most| entity.largest > *most) {
            exceeded.push(format!("{}: one object would have {} records; the budget is {most}", entity.entity, entity.largest));
        }
        exceeded
    }

    /// Whether anything needs to be counted.
    pub(crate) fn counts(&self) -> bool {
        self.merged.is_some() || self.split.is_some() || self.retired.is_some() || self.changed.is_some() || self.cluster.is_some()
    }

    /// Fails where a snapshot that had records has none: more often a delivery that did not come than the end of all customers.
    pub(crate) fn check_empty(&self, model: &Model, now: &Figures, last: Option<&Commit>) -> Result<()> {
        let had = |name: &str| last.and_then(|c| c.figures.sources.iter().find(|f| f.source == name)).map_or(0, |f| f.records);
        for figures in now.sources.iter().filter(|figures| !self.empty && figures.records == 0 && had(&figures.source) > 0) {
            let source = model.sources.iter().find(|source| source.name == figures.source);
            if let Some(source) = source.filter(|source| source.mode == Mode::Snapshot) {
                let message = format!(
                    "source `{}` has no records now and had {} in the last commit: they would all go; if that is right, run with --allow-empty",
                    source.name,
                    had(&source.name)
                );
                return Err(Error::new(Kind::Refused, message).at(source.read.span));
            }
        }
        Ok(())
    }
}
