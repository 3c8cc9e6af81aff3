//! Rows of a source into records: one row per key, everything else into the reports. Only files that changed are read, and only rows that say something
//! new are made into records again.

mod current;
mod gone;
mod held;
mod reading;
mod records;
mod rejects;
mod rows;
mod seal;
mod staging;

use super::in_order::{InOrder, by_row};
use crate::commit::Input;
use crate::engine::{Engine, Tables};
use crate::error::{Error, Kind, Result};
use crate::figures::SourceFigures;
use crate::ingest::IngestStats;
use crate::inputs::SourceFiles;
use crate::run::Run;
use c360_model::model::Source;
use c360_plan::tables::TableName;
use c360_plan::{KnownRows, NumberSet, Stage, fill_known};
pub(crate) use gone::drop_gone;
use held::HeldRows;
use reading::Reading;
pub(crate) use rejects::unit_of_file;
pub(crate) use seal::{RecordLayers, seal_records};
use staging::Staging;
use std::sync::Arc;

/// A stage before its turn: its files are being read.
pub(crate) struct Opened<'a> {
    turn: Turn<'a>,
    rows: InOrder,
}

/// A stage whose rows are all taken, and its files with their counts.
pub(crate) struct Staged<'a> {
    turn: Turn<'a>,
    staging: Staging<'a>,
    files: Vec<Input>,
}

/// What a stage reads and compares with.
struct Turn<'a> {
    source: &'a Source,
    step: &'a Stage,
    input: &'a SourceFiles,
    anew: bool,
    reading: Reading,
    held: Arc<HeldRows>,
    stats: Arc<IngestStats>,
}

/// Begins to read what changed of a source; `None` where nothing did.
pub(crate) async fn open<'a, 'm: 'a>(run: &Run<'m>, step: &'a Stage, input: &'a SourceFiles, anew: bool) -> Result<Option<Opened<'a>>> {
    let source = run.model.source(step.source);
    let known: NumberSet = run.inputs_before.iter().filter(|i| i.source == source.name).map(|i| i.number).collect();
    let nothing = input.inputs.iter().all(|i| run.unchanged.contains(&i.number)) && known.len() == input.inputs.len();
    if nothing && !anew && run.before.get(&TableName::rows(&source.name)).is_some() {
        return Ok(None);
    }
    let mut reading = Reading::of(run, input, anew, &known);
    let held = match reading.is_small(input) && !anew {
        true => {
            let (_, tables) = files(run, source, input, &reading).await?;
            HeldRows::read_keys(run, source, run.engine.execute(&step.keys, &tables).await?).await?
        }
        false => HeldRows::read(run, source).await?,
    };
    reading.read_behind(run, source, input, &held).await?;
    let held = Arc::new(held);
    let (stats, tables) = files(run, source, input, &reading).await?;
    let plan = match anew || held.is_empty() {
        true => step.plan.clone(),
        false => fill_known(step.changes.clone(), &(Arc::clone(&held) as Arc<dyn KnownRows>))?,
    };
    let parts = run.engine.sorted_parts(&plan, &tables).await.map_err(|error| error.at(source.span))?;
    let turn = Turn { source, step, input, anew, reading, held, stats };
    Ok(Some(Opened { turn, rows: InOrder::by(by_row, parts) }))
}

impl<'a> Opened<'a> {
    /// Takes all rows.
    pub(crate) async fn read(mut self, run: &mut Run<'_>) -> Result<Staged<'a>> {
        let turn = self.turn;
        let mut staging = Staging::new(run, &turn);
        while let Some(batch) = self.rows.next().await.map_err(|error| Error::from(error).at(turn.source.span))? {
            staging.take(run, &batch).await?;
        }
        let files = staging.read_files(&turn.stats, turn.input)?;
        Ok(Staged { turn, staging, files })
    }
}

impl Staged<'_> {
    /// Writes what the stage leaves; gives the source's files with their counts.
    pub(crate) async fn seal(self, run: &mut Run<'_>) -> Result<Vec<Input>> {
        let figures = seal::seal(run, self.staging, &self.turn, &self.files).await?;
        run.figures.sources.retain(|f| f.source != figures.source);
        run.figures.sources.push(figures);
        Ok(self.files)
    }
}

/// The files to be read as a table for plans, and what is counted while they are.
async fn files(run: &Run<'_>, source: &Source, input: &SourceFiles, reading: &Reading) -> Result<(Arc<IngestStats>, Tables)> {
    let table = input.table(run.model, &reading.files).await?;
    let (stats, mut tables) = (table.stats(), Tables::default());
    tables.insert(TableName::changed(&source.name), Arc::new(table));
    Ok((stats, tables))
}

/// The figures of a source, and the law that every row is accounted for.
fn figures(source: &str, files: &[Input], tally: Tally) -> Result<SourceFigures> {
    let sum = |of: fn(&Input) -> u64| files.iter().map(of).sum();
    let figures = SourceFigures {
        source: source.to_owned(),
        files: files.len() as u64,
        bytes: sum(|f| f.size),
        rows: sum(|f| f.rows),
        records: tally.records,
        duplicates: tally.behind,
        rejects: sum(|f| f.rejects),
        filtered: sum(|f| f.filtered),
        deleted: tally.deleted,
        rejected_values: tally.rejected_values,
    };
    match figures.balanced() {
        true => Ok(figures),
        false => Err(Error::new(Kind::Report, format!("source `{source}`: its rows do not balance: {figures:?}; nothing was committed"))),
    }
}

/// What became of the rows of a source that are no rejects.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    records: u64,
    deleted: u64,
    behind: u64,
    rejected_values: u64,
}
