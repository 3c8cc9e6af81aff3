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

use super::in_order::{InOrder, by_row};
use crate::commit::Input;
use crate::error::{Error, Kind, Result};
use crate::figures::SourceFigures;
use crate::ingest::IngestStats;
use crate::inputs::SourceFiles;
use crate::run::Run;
use c360_match::planted::planted;
use c360_model::model::Source;
use c360_plan::tables::TableName;
use c360_plan::{KnownRows, NumberSet, Stage, fill_known};
use current::{Competition, From};
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::buffer::BooleanBuffer;
pub(crate) use gone::drop_gone;
use held::HeldRows;
use reading::Reading;
use records::RecordsWriter;
pub(crate) use rejects::unit_of_file;
use rejects::{ValueRejects, row_rejects};
use rows::Rows;
pub(crate) use seal::{RecordLayers, seal_records};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs the stage of one source; gives its files with their counts.
pub(crate) async fn stage(run: &mut Run<'_>, step: &Stage, input: &SourceFiles, anew: bool) -> Result<Vec<Input>> {
    let source = run.model.source(step.source);
    let known: NumberSet = run.inputs_before.iter().filter(|i| i.source == source.name).map(|i| i.number).collect();
    let nothing = input.inputs.iter().all(|i| run.unchanged.contains(&i.number)) && known.len() == input.inputs.len();
    if nothing && !anew && run.before.get(&TableName::rows(&source.name)).is_some() {
        run.records.carry_over(step);
        return Ok(input.inputs.clone());
    }
    let mut reading = Reading::of(run, input, anew, &known);
    let held = match reading.is_small(input) && !anew {
        true => {
            read_files(run, source, input, &reading).await?;
            HeldRows::read_keys(run, source, run.rows(&step.keys).await?).await?
        }
        false => HeldRows::read(run, source).await?,
    };
    reading.read_behind(run, source, input, &held).await?;
    let held = Arc::new(held);
    let stats = read_files(run, source, input, &reading).await?;
    let plan = match anew || held.is_empty() {
        true => step.plan.clone(),
        false => fill_known(step.changes.clone(), &(Arc::clone(&held) as Arc<dyn KnownRows>))?,
    };
    let order: BTreeMap<i64, usize> = input.inputs.iter().enumerate().map(|(order, file)| (file.number, order)).collect();
    let mut staging = Staging {
        source: &source.name,
        files: reading.files.iter().map(|index| &input.inputs[*index]).collect(),
        order: reading.files.clone(),
        writers: step.entities.iter().map(|entity| RecordsWriter::new(run, *entity, source)).collect(),
        competition: Competition::new(&held, &reading.dropped, &order, run.next.record),
        values: ValueRejects::default(),
        counts: vec![Counts::default(); reading.files.len()],
    };
    let parts = run.engine.sorted_parts(&plan, &run.tables).await.map_err(|error| error.at(source.span))?;
    let mut rows = InOrder::by(by_row, parts);
    while let Some(batch) = rows.next().await.map_err(|error| Error::from(error).at(source.span))? {
        staging.take(run, &batch).await?;
    }
    let read = staging.read_files(&stats, input)?;
    let figures = seal::seal(run, staging, &held, &reading, anew, &read).await?;
    run.figures.sources.retain(|f| f.source != source.name);
    run.figures.sources.push(figures);
    Ok(read)
}

/// Makes the rows of the files to be read a table for plans.
async fn read_files(run: &mut Run<'_>, source: &Source, input: &SourceFiles, reading: &Reading) -> Result<Arc<IngestStats>> {
    let table = input.table(run.model, &reading.files).await?;
    let stats = table.stats();
    run.tables.insert(TableName::changed(&source.name), Arc::new(table));
    Ok(stats)
}

/// Rows of one file that came out of the plan.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    rejects: u64,
    offered: u64,
}

struct Staging<'a> {
    source: &'a str,
    /// The files that are read, and the place of each in the order of all files of the source.
    files: Vec<&'a Input>,
    order: Vec<usize>,
    writers: Vec<RecordsWriter>,
    competition: Competition<'a>,
    values: ValueRejects,
    counts: Vec<Counts>,
}

impl Staging<'_> {
    async fn take(&mut self, run: &mut Run<'_>, batch: &RecordBatch) -> Result<()> {
        let rows = Rows::of(batch);
        let described: Vec<BooleanBuffer> = self.writers.iter().map(|writer| writer.described(batch)).collect();
        let describes = described.iter().fold(BooleanBuffer::new_unset(batch.num_rows()), |all, one| &all | one);
        let mut records = Vec::with_capacity(batch.num_rows());
        let mut places = Vec::with_capacity(batch.num_rows());
        let mut reasons: Vec<Option<&str>> = Vec::with_capacity(batch.num_rows());
        for (row, described) in describes.iter().enumerate() {
            let empty = !described && !rows.known(row) && !rows.deletes(row);
            let reason = rows.trouble(row).or_else(|| empty.then_some("describes nothing: every mapped value is empty"));
            let offered = rows.row(row, &self.files, &self.order);
            let count = &mut self.counts[rows.file(row)];
            places.push(offered.place);
            reasons.push(reason);
            if reason.is_some() {
                count.rejects += 1;
                records.push(None);
                continue;
            }
            count.offered += 1;
            let from = if rows.known(row) { From::Same } else { From::Read };
            let record = self.competition.offer(rows.key(row), offered, rows.content(row), from);
            records.push(record.filter(|_| !offered.deletes));
        }
        if let Some(rejected) = row_rejects(batch, &reasons, &self.files)?.filter(|_| !planted("reject-lost")) {
            run.reports.rejects.write(rejected).await?;
        }
        self.values.take(self.source, batch, &records, &places)?;
        for (writer, described) in self.writers.iter_mut().zip(&described) {
            writer.write(run, batch, described, &records, &places).await?;
        }
        Ok(())
    }

    /// All files of the source, with the counts of those that were read.
    fn read_files(&self, stats: &IngestStats, input: &SourceFiles) -> Result<Vec<Input>> {
        let mut files = input.inputs.clone();
        let found = stats.files();
        for (position, index) in self.order.iter().enumerate() {
            let counts = self.counts[position];
            let Some(rows) = found[position].as_ref().map(|file| file.rows) else { return Err(self.lost(&files[*index], 0, 0)) };
            let came_out = counts.rejects + counts.offered;
            if came_out > rows {
                return Err(self.lost(&files[*index], rows, came_out));
            }
            let file = &mut files[*index];
            (file.rows, file.rejects, file.filtered) = (rows, counts.rejects, rows - came_out);
        }
        Ok(files)
    }

    fn lost(&self, file: &Input, rows: u64, came_out: u64) -> Error {
        let message = format!(
            "`{}` of source `{}`: {rows} rows were read, {came_out} came out of the plan; nothing was committed",
            file.path, self.source
        );
        Error::new(Kind::Report, message)
    }
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
