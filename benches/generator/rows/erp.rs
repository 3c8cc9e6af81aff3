//! Rows of the ERP: companies with their owners, accounts with their holders, assets with their accounts; dates without dots, German decimals.

use super::super::calendar::{DateStyle, write_date};
use super::super::contact::PhoneStyle;
use super::super::digits::{push_number, push_padded};
use super::super::draw::Stream;
use super::super::rates::Error;
use super::super::text::Fields;
use super::super::words::business::{INDUSTRIES, MODELS};
use super::super::words::places::Country;
use super::super::world::{Customer, World};
use super::billing::crm_number;
use super::{Table, View, write_key};

pub(super) const COMPANIES: &[&str] = &[
    "company_id",
    "name",
    "vat_id",
    "parent_id",
    "street",
    "postcode",
    "city",
    "country",
    "phone",
    "email",
    "industry",
    "employees",
    "revenue",
    "changed",
];
pub(super) const ACCOUNTS: &[&str] = &["id", "account_no", "company_id", "crm_no", "opened", "balance", "status", "changed"];
pub(super) const ASSETS: &[&str] = &["asset_id", "serial", "model", "account_no", "installed", "price", "changed"];

pub(super) fn write_company(mut view: View<'_>, fields: &mut Fields<'_>) {
    let seen = view.seen;
    fields.field(view.key());
    fields.fields(&[&seen.company, &seen.vat_id]);
    fields.field(view.text(|view, out| {
        let layout = view.at.world.layout(Table::ErpCompanies);
        let parent = view.seen.parent.and_then(|parent| layout.row_of(parent, view.at.day));
        parent.into_iter().for_each(|row| write_key(view.at.world, Table::ErpCompanies, row, out));
    }));
    let address = &seen.address;
    fields.field(view.text(|_, out| [&address.street, " ", &address.number].into_iter().for_each(|part| out.push_str(part))));
    let (city, country) = address.city.map_or(("", ""), |(city, country)| (city.name, country.names()[0]));
    fields.fields(&[&address.postcode, city, country]);
    fields.field(view.text(|view, out| view.seen.write_phone(PhoneStyle::DoubleZero, Country::Germany, view.draws, out)));
    fields.fields(&[&seen.email, view.draws.pick_skewed(600, INDUSTRIES)]);
    let employees = 1 + view.draws.skewed(601, 3_000) * view.draws.skewed(602, 100) / 10;
    fields.field(&employees.to_string());
    fields.field(view.text(|view, out| decimal_comma(employees * 12_000_000 + view.draws.below(603, 1_000_000_000), out)));
    changed(&mut view, fields);
}

pub(super) fn write_account(mut view: View<'_>, fields: &mut Fields<'_>) {
    let world = view.at.world;
    let account = world.layout(Table::ErpAccounts).owner(view.at.row);
    fields.field(view.key());
    fields.field(view.text(|view, out| account_number(view.at.world, account, out)));
    let company = match view.seen.customer {
        Some(Customer::Company(number)) => world.layout(Table::ErpCompanies).row_of(number, view.at.day),
        _ => None,
    };
    fields.field(view.text(|view, out| company.into_iter().for_each(|row| write_key(view.at.world, Table::ErpCompanies, row, out))));
    fields.field(view.text(|view, out| {
        if company.is_none() {
            crm_number(view, Table::ErpAccounts, out);
        }
    }));
    fields.field(view.text(|view, out| write_date(view.opened().civil(), DateStyle::Compact, out)));
    fields.field(view.text(|view, out| decimal_comma(view.draws.child(u64::from(view.version)).skewed(600, 90_000_000), out)));
    fields.field(if view.draws.chance(601, 60_000) { "CLOSED" } else { "ACTIVE" });
    changed(&mut view, fields);
}

pub(super) fn write_asset(mut view: View<'_>, fields: &mut Fields<'_>) {
    let world = view.at.world;
    let asset = world.layout(Table::ErpAssets).owner(view.at.row);
    fields.field(view.key());
    fields.field(view.text(|view, out| write_serial(view.at.world, asset, out)));
    fields.field(world.draws(Stream::Asset, asset).pick_skewed(0, MODELS));
    fields.field(view.text(|view, out| {
        let orphan = view.draws.chance(Error::Orphan as u32, world.rates(Table::ErpAssets).ppm(Error::Orphan));
        if orphan { out.push_str("AC-0") } else { account_number(world, world.account_of_asset(asset), out) }
    }));
    fields.field(view.text(|view, out| write_date(view.opened().civil(), DateStyle::Compact, out)));
    fields.field(view.text(|_, out| decimal_comma(world.draws(Stream::Asset, asset).skewed(1, 400_000), out)));
    changed(&mut view, fields);
}

fn changed(view: &mut View<'_>, fields: &mut Fields<'_>) {
    fields.field(view.text(|view, out| write_date(view.updated().date.civil(), DateStyle::Compact, out)));
}

/// The number of an account as the ERP writes it: that of billing behind a prefix.
fn account_number(world: &World, account: u64, out: &mut String) {
    out.push_str("AC-");
    write_key(world, Table::Billing, account, out);
}

/// The serial number of an asset.
pub(super) fn write_serial(world: &World, asset: u64, out: &mut String) {
    out.push_str("SN");
    push_padded(out, world.serial(asset), 9);
}

/// Cents as 1.234.567,89
fn decimal_comma(cents: u64, out: &mut String) {
    let euros = cents / 100;
    let mut group = 1_000u64.pow(euros.checked_ilog(1_000).unwrap_or(0));
    push_number(out, euros / group);
    while group > 1 {
        group /= 1_000;
        out.push('.');
        push_padded(out, euros / group % 1_000, 3);
    }
    out.push(',');
    push_padded(out, cents % 100, 2);
}

#[cfg(test)]
mod tests {
    #[test]
    fn german_decimals() {
        let mut out = String::new();
        super::decimal_comma(123_456_789, &mut out);
        assert_eq!(out, "1.234.567,89");
    }
}
