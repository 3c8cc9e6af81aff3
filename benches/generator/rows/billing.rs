//! Rows of billing: one for each account, with the holder in one column, the customer number of the CRM, and what happened to the row.

use super::super::calendar::{DateStyle, write_date};
use super::super::contact::PhoneStyle;
use super::super::digits::{push_number, push_padded};
use super::super::draw::Draws;
use super::super::rates::Error;
use super::super::table::layout::Change;
use super::super::text::Fields;
use super::super::words::places::Country;
use super::super::world::{Customer, World};
use super::{Table, View, write_key};

pub(super) const HEADER: &[&str] = &[
    "acct_no",
    "cust_no",
    "holder",
    "email",
    "phone",
    "vat",
    "iban",
    "plan",
    "street",
    "house_no",
    "zip",
    "city",
    "country",
    "balance",
    "open_dt",
    "modified_at",
    "op",
];

pub(super) fn write(mut view: View<'_>, fields: &mut Fields<'_>) {
    let seen = view.seen;
    fields.field(view.key());
    fields.field(view.text(|view, out| crm_number(view, Table::Billing, out)));
    fields.field(view.text(holder));
    fields.field(&seen.email);
    fields.field(view.text(|view, out| view.seen.write_phone(PhoneStyle::Plain, Country::Germany, view.draws, out)));
    fields.field(&seen.vat_id);
    fields.field(view.text(|view, out| iban(view.draws, out)));
    let plan = view.draws.child(u64::from(view.version));
    fields.field(if plan.chance(600, 250_000) { "gold" } else { "basic" });
    let address = &seen.address;
    let (city, country) = address.city.map_or(("", ""), |(city, country)| (city.name, country.names()[0]));
    fields.fields(&[&address.street, &address.number, &address.postcode, city, country]);
    fields.field(view.text(|_, out| {
        let cents = plan.skewed(601, 500_000);
        push_number(out, cents / 100);
        out.push('.');
        push_padded(out, cents % 100, 2);
    }));
    fields.field(view.text(|view, out| write_date(view.opened().civil(), DateStyle::Iso, out)));
    fields.field(view.text(|view, out| view.updated().write(DateStyle::Iso, "T", out)));
    fields.field(match view.at.change {
        Change::Insert => "I",
        Change::Update => "U",
        Change::Delete => "D",
    });
}

/// Given name first, or the company; Chinese names in characters have the surname first and no space.
fn holder(view: &View<'_>, out: &mut String) {
    let seen = view.seen;
    if !seen.company.is_empty() {
        return out.push_str(&seen.company);
    }
    let characters = seen.family.chars().next().is_some_and(|letter| ('\u{4E00}'..'\u{A000}').contains(&letter));
    let (first, space, last) = if characters { (&seen.family, "", &seen.given) } else { (&seen.given, " ", &seen.family) };
    [first.as_str(), space, last].into_iter().for_each(|part| out.push_str(part));
}

/// The customer number that the CRM has for the customer, mostly; now and then one that nobody has.
pub(super) fn crm_number(view: &View<'_>, table: Table, out: &mut String) {
    let world = view.at.world;
    let rate = |error| world.rates(table).ppm(error);
    if view.draws.chance(Error::Orphan as u32, rate(Error::Orphan)) {
        out.push_str(Table::Crm.key_prefix());
        out.push_str(&"9".repeat(world.layout(Table::Crm).key_digits() + 1));
    } else if !view.draws.chance(Error::NoReference as u32, rate(Error::NoReference)) {
        crm_key(world, view.seen.customer, view.at.day, out);
    }
}

fn crm_key(world: &World, customer: Option<Customer>, day: u32, out: &mut String) {
    let row = customer.and_then(|customer| world.layout(Table::Crm).row_of(world.customer_number(customer), day));
    row.into_iter().for_each(|row| write_key(world, Table::Crm, row, out));
}

/// A German IBAN with right check digits (ISO 13616): the remainder by 97 of the account, the country as 1314, and 00.
fn iban(draws: Draws, out: &mut String) {
    let (bank, account) = (10_000_000 + draws.below(700, 80_000_000), draws.below(701, 10_000_000_000));
    let remainder = (u128::from(bank) * 10u128.pow(16) + u128::from(account) * 1_000_000 + 131_400) % 97;
    out.push_str("DE");
    push_padded(out, 98 - remainder as u64, 2);
    push_padded(out, bank, 8);
    push_padded(out, account, 10);
}
