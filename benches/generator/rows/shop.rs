//! Rows of the shop: one JSON object for each order, with its buyer and its lines nested.

use super::super::calendar::DateStyle;
use super::super::contact::PhoneStyle;
use super::super::draw::Stream;
use super::super::rates::Error;
use super::super::text::json_string;
use super::super::words::business::GOODS;
use super::super::words::places::Country;
use super::super::world::Customer;
use super::{Table, View};

/// Devices of one person.
const DEVICES: u64 = 3;

pub(super) fn write(mut view: View<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"order_id\":");
    json_string(view.key(), out);
    out.extend_from_slice(b",\"ts\":");
    json_string(
        view.text(|view, out| {
            view.updated().write(DateStyle::Iso, "T", out);
            out.push('Z');
        }),
        out,
    );
    out.extend_from_slice(b",\"buyer\":{");
    buyer(&mut view, out);
    out.extend_from_slice(b"},\"lines\":[");
    let cents = lines(&view, out);
    out.extend_from_slice(format!("],\"total\":{}.{:02},\"currency\":\"EUR\"}}\n", cents / 100, cents % 100).as_bytes());
}

fn buyer(view: &mut View<'_>, out: &mut Vec<u8>) {
    let (seen, world) = (view.seen, view.at.world);
    let Some(Customer::Person(person)) = seen.customer else { unreachable!("only persons buy in the shop") };
    let draws = world.draws(Stream::Person, person);
    let guest = view.draws.chance(Error::NoReference as u32, world.rates(Table::Shop).ppm(Error::NoReference));
    member(
        out,
        "",
        "id",
        |out| if guest { out.extend_from_slice(b"null") } else { json_string(&format!("{:016x}", draws.bits(800)), out) },
    );
    let device = 801 + view.draws.skewed(600, DEVICES) as u32;
    member(out, ",", "cid", |out| json_string(&format!("{:016x}", draws.bits(device)), out));
    for (name, value) in [("email", &seen.email), ("first_name", &seen.given), ("last_name", &seen.family)] {
        member(out, ",", name, |out| if value.is_empty() { out.extend_from_slice(b"null") } else { json_string(value, out) });
    }
    let style = if view.draws.chance(601, 500_000) { PhoneStyle::Plain } else { PhoneStyle::National };
    let phone = view.text(|view, out| view.seen.write_phone(style, Country::Germany, view.draws, out));
    if !phone.is_empty() {
        member(out, ",", "phone", |out| json_string(phone, out));
    }
    let Some((city, country)) = seen.address.city else { return };
    out.extend_from_slice(b",\"address\":{");
    let street = format!("{} {}", seen.address.street, seen.address.number);
    for (comma, name, value) in [
        ("", "street", street.as_str()),
        (",", "postcode", &seen.address.postcode),
        (",", "city", city.name),
        (",", "country", country.names()[1]),
    ] {
        member(out, comma, name, |out| json_string(value, out));
    }
    out.push(b'}');
}

/// One to four lines; gives back their sum in cents.
fn lines(view: &View<'_>, out: &mut Vec<u8>) -> u64 {
    let mut sum = 0;
    for line in 0..=view.draws.skewed(610, 4) as u32 {
        let (sku, price) = view.draws.pick_skewed(611 + line, GOODS);
        let quantity = 1 + view.draws.skewed(621 + line, 3);
        sum += price * quantity;
        let comma = if line == 0 { "" } else { "," };
        out.extend_from_slice(
            format!("{comma}{{\"sku\":\"{sku}\",\"qty\":{quantity},\"price\":{}.{:02}}}", price / 100, price % 100).as_bytes(),
        );
    }
    sum
}

fn member(out: &mut Vec<u8>, comma: &str, name: &str, value: impl FnOnce(&mut Vec<u8>)) {
    out.extend_from_slice(comma.as_bytes());
    json_string(name, out);
    out.push(b':');
    value(out);
}
