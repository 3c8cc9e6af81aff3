//! Takes the rows of a stage one batch after the other: into records, rejects, and the competition for each key.

use super::Turn;
use super::current::Competition;
use super::records::RecordsWriter;
use super::rejects::{ValueRejects, row_rejects};
use super::rows::Rows;
use crate::commit::Input;
use crate::error::{Error, Kind, Result};
use crate::ingest::IngestStats;
use crate::inputs::SourceFiles;
use crate::run::Run;
use c360_match::planted::planted;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::buffer::BooleanBuffer;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows of one file that came out of the plan.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    rejects: u64,
    offered: u64,
}

/// What the rows of a source came to so far.
pub(super) struct Staging<'a> {
    source: &'a str,
    /// The files that are read, and the place of each in the order of all files of the source.
    files: Vec<&'a Input>,
    order: Vec<usize>,
    pub(super) writers: Vec<RecordsWriter>,
    pub(super) competition: Competition,
    pub(super) values: ValueRejects,
    counts: Vec<Counts>,
}

impl<'a> Staging<'a> {
    pub(super) fn new(run: &Run<'_>, turn: &Turn<'a>) -> Staging<'a> {
        let (inputs, read) = (&turn.input.inputs, &turn.reading.files);
        let order: BTreeMap<i64, usize> = inputs.iter().enumerate().map(|(order, file)| (file.number, order)).collect();
        Staging {
            source: &turn.source.name,
            files: read.iter().map(|index| &inputs[*index]).collect(),
            order: read.clone(),
            writers: turn.step.entities.iter().map(|entity| RecordsWriter::new(run, *entity, turn.source)).collect(),
            competition: Competition::new(Arc::clone(&turn.held), turn.reading.dropped.clone(), order, run.next.record),
            values: ValueRejects::default(),
            counts: vec![Counts::default(); read.len()],
        }
    }

    pub(super) async fn take(&mut self, run: &mut Run<'_>, batch: &RecordBatch) -> Result<()> {
        let rows = Rows::of(batch);
        let described: Vec<BooleanBuffer> = self.writers.iter().map(|writer| writer.described(batch)).collect();
        let describes = described.iter().fold(BooleanBuffer::new_unset(batch.num_rows()), |all, one| &all | one);
        let mut records = Vec::with_capacity(batch.num_rows());
        let mut places = Vec::with_capacity(batch.num_rows());
        let mut reasons: Vec<Option<&str>> = Vec::with_capacity(batch.num_rows());
        for (row, described) in describes.iter().enumerate() {
            let known = rows.known(row);
            let empty = !described && known.is_none() && !rows.deletes(row);
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
            let record = match known {
                Some(position) => {
                    self.competition.offer_same(position, rows.key(row), offered);
                    None
                }
                None => self.competition.offer(rows.key(row), offered, rows.content(row)),
            };
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
    pub(super) fn read_files(&self, stats: &IngestStats, input: &SourceFiles) -> Result<Vec<Input>> {
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
