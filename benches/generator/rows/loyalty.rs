//! Rows of the loyalty programme: an American system with its own column names, dates, telephone numbers and a state.

use super::super::calendar::{DateStyle, write_date};
use super::super::contact::PhoneStyle;
use super::super::digits::push_number;
use super::super::text::Fields;
use super::super::words::places::Country;
use super::View;

pub(super) const HEADER: &[&str] = &[
    "Card Number",
    "First Name",
    "Last Name",
    "Email Address",
    "Phone",
    "Birth Date",
    "Street",
    "City",
    "State",
    "ZIP",
    "Country",
    "Points",
    "Member Since",
    "Last Activity",
];

pub(super) fn write(mut view: View<'_>, fields: &mut Fields<'_>) {
    let seen = view.seen;
    fields.field(view.key());
    fields.fields(&[&seen.given, &seen.family, &seen.email]);
    fields.field(view.text(|view, out| view.seen.write_phone(PhoneStyle::American, Country::America, view.draws, out)));
    fields.field(view.text(|view, out| view.seen.born.into_iter().for_each(|born| write_date(born, DateStyle::American, out))));
    let address = &seen.address;
    fields.field(view.text(|_, out| {
        let street = if address.latin_street.is_empty() { &address.street } else { &address.latin_street };
        // House numbers come first in America.
        [&address.number, " ", street].into_iter().for_each(|part| out.push_str(part));
    }));
    let (city, state, country) = address.city.map_or(("", "", ""), |(city, country)| (city.latin, city.state, country.names()[1]));
    fields.fields(&[city, state, &address.postcode, country]);
    fields.field(view.text(|view, out| push_number(out, view.draws.child(u64::from(view.version)).skewed(600, 20_000))));
    fields.field(view.text(|view, out| write_date(view.opened().civil(), DateStyle::American, out)));
    fields.field(view.text(|view, out| {
        let moment = view.updated();
        write_date(moment.date.civil(), DateStyle::American, out);
        let (hour, minute) = (moment.second / 3_600, moment.second / 60 % 60);
        let half = if hour < 12 { "AM" } else { "PM" };
        out.push_str(&format!(" {}:{minute:02} {half}", (hour + 11) % 12 + 1));
    }));
}
