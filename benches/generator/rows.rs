//! One row of a table as bytes, and the header of its files. What a row says comes from `observe`; each system writes it its own way.

mod billing;
mod crm;
mod erp;
mod loyalty;
mod shop;
mod support;

use super::calendar::{Date, Moment};
use super::digits::push_padded;
use super::draw::Draws;
use super::observe::Observed;
use super::table::layout::Change;
use super::table::{Format, Table};
use super::text::{Encoding, Fields};
use super::world::World;

pub use support::asset as asset_of_ticket;

/// Which row is written, and as of when.
#[derive(Clone, Copy, Debug)]
pub struct RowAt<'w> {
    /// The world.
    pub world: &'w World,
    /// The table.
    pub table: Table,
    /// The row's number.
    pub row: u64,
    /// What happened to it.
    pub change: Change,
    /// The day whose state is told.
    pub day: u32,
}

/// Texts that are used again from row to row.
#[derive(Debug, Default)]
pub struct Scratch {
    seen: Observed,
    text: String,
}

/// What a writer of rows has at hand.
struct View<'a> {
    at: RowAt<'a>,
    draws: Draws,
    version: u32,
    since: u32,
    seen: &'a Observed,
    text: &'a mut String,
}

/// Appends the header of a table's files, where they have one.
pub fn write_header(table: Table, out: &mut Vec<u8>) {
    let Format::Csv(delimiter, line_end) = table.format() else { return };
    let mut fields = Fields::new(out, delimiter, line_end, Encoding::Utf8);
    fields.fields(match table {
        Table::Crm => crm::HEADER,
        Table::Billing => billing::HEADER,
        Table::Support => support::HEADER,
        Table::ErpCompanies => erp::COMPANIES,
        Table::ErpAccounts => erp::ACCOUNTS,
        Table::ErpAssets => erp::ASSETS,
        Table::Loyalty => loyalty::HEADER,
        Table::Shop => &[],
    });
    fields.end();
}

/// Appends a row.
pub fn write_row(at: RowAt<'_>, scratch: &mut Scratch, out: &mut Vec<u8>) {
    let layout = at.world.layout(at.table);
    let (version, since) = layout.version(at.row, at.day);
    scratch.seen.fill(at.world, at.table, at.row, version);
    let view = View { at, draws: layout.draws(at.row), version, since, seen: &scratch.seen, text: &mut scratch.text };
    let (delimiter, line_end) = match at.table.format() {
        Format::Csv(delimiter, line_end) => (delimiter, line_end),
        Format::Ndjson => return shop::write(view, out),
    };
    let encoding = if at.table == Table::Crm { Encoding::Latin1 } else { Encoding::Utf8 };
    let mut fields = Fields::new(out, delimiter, line_end, encoding);
    match at.table {
        Table::Crm => crm::write(view, &mut fields),
        Table::Billing => billing::write(view, &mut fields),
        Table::Support => support::write(view, &mut fields),
        Table::Loyalty => loyalty::write(view, &mut fields),
        Table::ErpCompanies => erp::write_company(view, &mut fields),
        Table::ErpAccounts => erp::write_account(view, &mut fields),
        Table::ErpAssets => erp::write_asset(view, &mut fields),
        Table::Shop => unreachable!("the shop writes JSON"),
    }
    fields.end();
}

/// Appends the key of a row as its table writes it.
pub fn write_key(world: &World, table: Table, row: u64, out: &mut String) {
    let layout = world.layout(table);
    out.push_str(table.key_prefix());
    push_padded(out, layout.key(row), layout.key_digits());
}

/// The row that a key names; none where the table has no such row up to `day`. The inverse of [`write_key`].
pub fn row_of_key(world: &World, table: Table, key: &str, day: u32) -> Option<u64> {
    let digits = key.strip_prefix(table.key_prefix())?;
    let layout = world.layout(table);
    (digits.len() == layout.key_digits()).then_some(())?;
    layout.row_of_key(digits.parse().ok()?, day)
}

impl<'a> View<'a> {
    /// The text, emptied and filled.
    fn text(&mut self, fill: impl FnOnce(&View<'a>, &mut String)) -> &str {
        let mut text = std::mem::take(self.text);
        text.clear();
        fill(self, &mut text);
        *self.text = text;
        self.text
    }

    /// The row's key.
    fn key(&mut self) -> &str {
        self.text(|view, out| write_key(view.at.world, view.at.table, view.at.row, out))
    }

    /// When this version of the row was written.
    fn updated(&self) -> Moment {
        self.written(self.version, self.since)
    }

    /// When the row was first written.
    fn created(&self) -> Moment {
        self.written(0, self.at.world.layout(self.at.table).born_on(self.at.row))
    }

    /// In the two years before the first day, or on a later day of the history.
    fn written(&self, version: u32, since: u32) -> Moment {
        let second = self.draws.child(u64::from(version)).below(500, 86_400) as u32;
        let date = if since == 1 { Date::of_day(1).before(1 + self.draws.skewed(501, 730)) } else { Date::of_day(since) };
        Moment { date, second }
    }

    /// When the row's object came to the company: in the ten years before the row was written.
    fn opened(&self) -> Date {
        self.created().date.before(self.draws.skewed(502, 3_650))
    }
}
