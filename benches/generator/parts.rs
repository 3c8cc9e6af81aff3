//! The files of a generated history as independent parts of fixed size: the same bytes whoever writes them, in whatever order.
//! Decides which rows a part has; opens no file.

use std::io::{self, Write};
use std::ops::Range;

use super::rows::{RowAt, Scratch, write_header, write_row};
use super::table::layout::Change;
use super::table::{Mode, Table};
use super::world::World;

/// Bytes that are gathered before they are handed on.
const CHUNK: usize = 1 << 20;

/// How many of a million removed CRM rows stay in the dump, marked by their status.
const MARKED_PPM: u32 = 500_000;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The table.
    pub table: Table,
    /// The day on which the file arrives.
    pub day: u32,
    /// The day whose changes it has: the day before for late files.
    pub changes_of: u32,
    /// Its number among the files of its kind, table and day.
    pub number: u64,
    /// The places of its rows in the dump or among the changes of the day.
    pub places: Range<u64>,
}

impl Part {
    /// The path of the file below the folder of all.
    pub fn path(&self) -> String {
        // Late files sort before the day's own, so that newer versions stay newer in path order.
        let kind = if self.changes_of == self.day { "part" } else { "late" };
        format!("day={}/{}/{kind}-{:05}.{}", self.day, self.table.name(), self.number, self.table.extension())
    }
}

/// All files of a table that arrive on a day, each with `rows` places at most.
pub fn parts(world: &World, table: Table, day: u32, rows: u64) -> Vec<Part> {
    let layout = world.layout(table);
    let mut out = Vec::new();
    if table.mode() == Mode::Snapshot {
        cut(table, day, day, layout.rows_until(day), rows, &mut out);
    } else {
        if day > 2 && layout.has_late_changes() {
            cut(table, day, day - 1, layout.changes_on(day - 1), rows, &mut out);
        }
        cut(table, day, day, layout.changes_on(day), rows, &mut out);
    }
    out
}

fn cut(table: Table, day: u32, changes_of: u32, places: u64, rows: u64, out: &mut Vec<Part>) {
    let count = places.div_ceil(rows.max(1));
    out.extend((0..count).map(|number| Part { table, day, changes_of, number, places: number * rows..places.min((number + 1) * rows) }));
}

/// The parts of slice `index` of `count` equal slices, counted from 0.
pub fn slice(parts: &[Part], index: usize, count: usize) -> &[Part] {
    &parts[parts.len() * index / count..parts.len() * (index + 1) / count]
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows without headers.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
}

/// Writes a part with its header.
///
/// # Errors
/// What `out` refuses.
pub fn write_part(world: &World, part: &Part, out: &mut impl Write) -> io::Result<Written> {
    let mut buffer = Vec::with_capacity(CHUNK + 4_096);
    let mut scratch = Scratch::default();
    let mut written = Written::default();
    write_header(part.table, &mut buffer);
    for place in part.places.clone() {
        let Some((row, change)) = row_at(world, part, place) else { continue };
        write_row(RowAt { world, table: part.table, row, change, day: part.changes_of }, &mut scratch, &mut buffer);
        written.rows += 1;
        if buffer.len() >= CHUNK {
            written.bytes += buffer.len() as u64;
            out.write_all(&buffer)?;
            buffer.clear();
        }
    }
    written.bytes += buffer.len() as u64;
    out.write_all(&buffer)?;
    out.flush()?;
    Ok(written)
}

/// The row at a place of a part; none where it is gone, or arrives on another day.
pub fn row_at(world: &World, part: &Part, place: u64) -> Option<(u64, Change)> {
    let layout = world.layout(part.table);
    if part.table.mode() == Mode::Snapshot {
        let row = layout.in_dump(place);
        let gone = layout.removed_on(row).is_some_and(|removed| removed <= part.day);
        let marked = part.table == Table::Crm && layout.draws(row).chance(604, MARKED_PPM);
        return (!gone || marked).then_some((row, Change::Insert));
    }
    layout.change(part.changes_of, place).filter(|(row, _)| layout.arrives_on(*row, part.changes_of) == part.day)
}
