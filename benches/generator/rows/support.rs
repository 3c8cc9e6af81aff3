//! Rows of the ticket system: tab-separated, the customer as free text, times in seconds, sometimes the serial number of a device.

use super::super::contact::PhoneStyle;
use super::super::digits::push_number;
use super::super::rates::Error;
use super::super::text::Fields;
use super::super::words::business::SUBJECTS;
use super::super::words::places::Country;
use super::super::world::World;
use super::erp::write_serial;
use super::{Table, View};

pub(super) const HEADER: &[&str] =
    &["ticket", "opened", "customer", "contact_email", "contact_phone", "serial", "subject", "status", "updated", "csat"];

static STYLES: &[PhoneStyle] = &[PhoneStyle::Slash, PhoneStyle::National, PhoneStyle::Plain, PhoneStyle::Spaced, PhoneStyle::DoubleZero];

pub(super) fn write(mut view: View<'_>, fields: &mut Fields<'_>) {
    fields.field(view.key());
    fields.field(&view.created().epoch().to_string());
    fields.field(view.text(customer));
    fields.field(&view.seen.email);
    let style = view.draws.pick(600, STYLES);
    fields.field(view.text(|view, out| view.seen.write_phone(style, Country::Germany, view.draws, out)));
    fields.field(
        view.text(|view, out| asset(view.at.world, view.at.row).into_iter().for_each(|asset| write_serial(view.at.world, asset, out))),
    );
    fields.field(view.draws.pick_skewed(601, SUBJECTS));
    let closed = view.version > 0 || view.draws.chance(602, 800_000);
    fields.field(if closed { "closed" } else { "open" });
    fields.field(&view.updated().epoch().to_string());
    fields.field(view.text(|view, out| {
        if closed && view.draws.chance(603, 350_000) {
            push_number(out, 5 - view.draws.skewed(604, 5));
        }
    }));
}

/// Surname first with a comma in three of ten tickets.
fn customer(view: &View<'_>, out: &mut String) {
    let seen = view.seen;
    let parts = match (seen.company.is_empty(), view.draws.chance(605, 300_000)) {
        (false, _) => [seen.company.as_str(), "", ""],
        (true, true) => [&seen.family, ", ", &seen.given],
        (true, false) => [&seen.given, " ", &seen.family],
    };
    parts.into_iter().for_each(|part| out.push_str(part));
}

/// The asset that a ticket is about: one of the customer's first account, where there is one and the ticket names it.
pub fn asset(world: &World, row: u64) -> Option<u64> {
    let layout = world.layout(Table::Support);
    if layout.draws(row).chance(Error::NoReference as u32, world.rates(Table::Support).ppm(Error::NoReference)) {
        return None;
    }
    world.layout(Table::Billing).row_of(layout.owner(row), 1).and_then(|account| world.asset_of_account(account))
}
