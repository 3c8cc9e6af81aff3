//! Rows of the CRM: German columns, Latin-1, German dates and telephone numbers, customer groups by number.

use super::super::calendar::{DateStyle, write_date};
use super::super::contact::PhoneStyle;
use super::super::rates::Error;
use super::super::text::Fields;
use super::super::words::places::Country;
use super::super::world::Customer;
use super::{Table, View, write_key};

pub(super) const HEADER: &[&str] = &[
    "KundenNr",
    "Anrede",
    "Vorname",
    "Nachname",
    "Firma",
    "EMail",
    "Telefon",
    "Mobil",
    "Strasse",
    "PLZ",
    "Ort",
    "Land",
    "Geburtsdatum",
    "KonzernNr",
    "Status",
    "Werbung",
    "GeaendertAm",
];

static STYLES: &[PhoneStyle] = &[
    PhoneStyle::Slash,
    PhoneStyle::Slash,
    PhoneStyle::Grouped,
    PhoneStyle::Spaced,
    PhoneStyle::BracketedZero,
    PhoneStyle::DoubleZero,
    PhoneStyle::National,
];

pub(super) fn write(mut view: View<'_>, fields: &mut Fields<'_>) {
    let seen = view.seen;
    fields.field(view.key());
    let person = matches!(seen.customer, Some(Customer::Person(_)));
    fields.field(if !person {
        "Firma"
    } else if seen.woman {
        "Frau"
    } else {
        "Herr"
    });
    fields.fields(&[&seen.given, &seen.family, &seen.company, &seen.email]);
    // The first column is for fixed lines; persons' main number is a mobile one, and stands in the other.
    let style = view.draws.pick(600, STYLES);
    let home = person && view.draws.chance(601, 120_000);
    let number = view.text(|view, out| view.seen.write_phone(style, Country::Germany, view.draws, out)).to_owned();
    let fixed =
        if home { view.text(|view, out| view.seen.home_phone.write(style, Country::Germany, out)).to_owned() } else { String::new() };
    fields.fields(&if person { [fixed.as_str(), &number] } else { [number.as_str(), ""] });
    address(&mut view, fields);
    fields.field(view.text(|view, out| {
        let style = if view.seen.errors.contains(Error::ShortYear) { DateStyle::GermanShort } else { DateStyle::German };
        view.seen.born.into_iter().for_each(|born| write_date(born, style, out));
    }));
    fields.field(view.text(group));
    // Half of what is removed stays as a row with this status; the dump leaves out the other half.
    let removed = view.at.world.layout(Table::Crm).removed_on(view.at.row).is_some_and(|day| day <= view.at.day);
    let consent = view.draws.child(u64::from(view.version)).chance(602, 400_000);
    fields.fields(&[if removed { "X" } else { "A" }, if consent { "J" } else { "N" }]);
    fields.field(view.text(|view, out| {
        let moment = view.updated();
        moment.write(DateStyle::German, " ", out);
        // Minutes are enough for this system.
        out.truncate(out.len() - 3);
    }));
}

fn address(view: &mut View<'_>, fields: &mut Fields<'_>) {
    let address = &view.seen.address;
    let short = view.draws.chance(603, 300_000);
    let line = view.text(|_, out| {
        let street = if address.latin_street.is_empty() { &address.street } else { &address.latin_street };
        match street.strip_suffix("straße").filter(|_| short) {
            Some(stem) => {
                out.push_str(stem);
                out.push_str("str.");
            }
            None => out.push_str(street),
        }
        if !address.number.is_empty() {
            out.push(' ');
            out.push_str(&address.number);
        }
    });
    fields.fields(&[line, &address.postcode]);
    let (city, country) = address.city.map_or(("", ""), |(city, country)| (city.latin, country.names()[2]));
    fields.fields(&[city, country]);
}

/// The customer number of the company that owns this one, where the CRM knows both.
fn group(view: &View<'_>, out: &mut String) {
    let world = view.at.world;
    let Some(parent) = view.seen.parent else { return };
    if view.draws.chance(Error::NoReference as u32, world.rates(Table::Crm).ppm(Error::NoReference)) {
        return;
    }
    if let Some(row) = world.layout(Table::Crm).row_of(world.customer_number(Customer::Company(parent)), view.at.day) {
        write_key(world, Table::Crm, row, out);
    }
}
