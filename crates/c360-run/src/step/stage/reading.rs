//! Which files of a source a run must read: those that are new or changed, and those that hold a row behind one that is gone.

use super::held::{HeldRows, file_of, join};
use crate::error::Result;
use crate::inputs::SourceFiles;
use crate::run::Run;
use crate::step::arrays::numbers;
use crate::tables::rows_of;
use c360_match::planted::planted;
use c360_model::model::Source;
use c360_plan::NumberSet;
use c360_plan::tables::TableName;
use futures::StreamExt;

/// A quarter of a source is small.
const SMALL_SHARE: u64 = 4;

/// What to read, and what no longer counts as it stands in the state.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Indices into the source's files.
    pub(super) files: Vec<usize>,
    /// Numbers of files that are gone or read again.
    pub(super) dropped: NumberSet,
    /// Rows of `behind.<source>` in those files.
    pub(super) behind: NumberSet,
}

impl Reading {
    /// `anew`: read everything. `known` are the numbers of the source's files in the last commit.
    pub(super) fn of(run: &Run<'_>, input: &SourceFiles, anew: bool, known: &NumberSet) -> Reading {
        let mut reading = Reading::default();
        for (index, file) in input.inputs.iter().enumerate() {
            // What is the same as in the last commit carries its counts.
            let was_there = known.contains(&file.number);
            let is_read = if was_there { run.unchanged.contains(&file.number) } else { planted("watermark-before-data") };
            if anew || !is_read {
                reading.files.push(index);
            }
        }
        let here: NumberSet = input.inputs.iter().map(|file| file.number).collect();
        let read: NumberSet = reading.files.iter().map(|index| input.inputs[*index].number).collect();
        reading.dropped = known.iter().copied().filter(|number| read.contains(number) || !here.contains(number)).collect();
        reading
    }

    /// Whether the files hold so little of the source that its current rows are better looked up than read: no row of a file is gone, and
    /// few rows are new.
    pub(super) fn is_small(&self, input: &SourceFiles) -> bool {
        let bytes = |files: &mut dyn Iterator<Item = usize>| files.map(|file| input.files[file].size).sum::<u64>();
        self.dropped.is_empty() && bytes(&mut self.files.iter().copied()) * SMALL_SHARE <= bytes(&mut (0..input.files.len()))
    }

    /// Finds the rows behind that are dropped, and those that may now come to the front: their files are read again.
    pub(super) async fn read_behind(&mut self, run: &Run<'_>, source: &Source, input: &SourceFiles, held: &HeldRows) -> Result<()> {
        if self.dropped.is_empty() || planted("behind-unread") {
            return Ok(());
        }
        let Some(table) = run.before.get(&TableName::behind(&source.name)) else { return Ok(()) };
        let dropped = self.dropped.clone();
        let orphaned = |key: u128| held.get(key).is_some_and(|front| dropped.contains(&file_of(front.place)));
        let mut places = Vec::new();
        let mut batches = rows_of(table, &["place", "high", "low"], run.engine).await?;
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            let [place, high, low] = ["place", "high", "low"].map(|name| numbers(&batch, name));
            for row in 0..batch.num_rows() {
                places.push(place.value(row));
                if orphaned(join(high.value(row), low.value(row))) {
                    self.dropped.insert(file_of(place.value(row)));
                }
            }
        }
        let again = |index: &usize| self.dropped.contains(&input.inputs[*index].number) && !self.files.contains(index);
        let again: Vec<usize> = (0..input.inputs.len()).filter(again).collect();
        self.files.extend(again);
        self.files.sort_unstable();
        self.behind = places.into_iter().filter(|place| self.dropped.contains(&file_of(*place))).collect();
        Ok(())
    }
}
