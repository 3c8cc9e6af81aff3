//! Values of other formats, in the ways in which systems write them.

use super::names::pick;

const HOSTS: [&str; 4] = ["example.com", "Mail.Example.ORG", "post.beispiel.de", "firma.co.uk"];
const STREETS: [&str; 4] = ["Hauptstr.", "Am Alten Markt", "Goethestraße", "Lange Gasse"];
const TOWNS: [&str; 4] = ["Berlin", "Köln", "Rüsselsheim am Main", "St. Pölten"];
const COUNTRIES: [&str; 8] = ["DE", "Deutschland", "germany", "FRA", "Österreich", "United Kingdom", "us", "Polska"];

pub(super) fn email(n: usize) -> String {
    format!("Anna.Meier{n}{}@{}", if n.is_multiple_of(5) { "+shop" } else { "" }, pick(&HOSTS, n))
}

pub(super) fn phone(n: usize) -> String {
    let number = 1_000_000 + n * 7 % 8_999_999;
    match n % 3 {
        0 => format!("+49 170 {number}"),
        1 => format!("0170/{number}"),
        _ => format!("(0170) {number}"),
    }
}

pub(super) fn address(n: usize) -> String {
    format!("{} {}, {:05} {}", pick(&STREETS, n), n % 199 + 1, 10_000 + n % 80_000, pick(&TOWNS, n / 4))
}

pub(super) fn postcode(n: usize) -> String {
    format!("{}{:05}", if n.is_multiple_of(4) { "D-" } else { "" }, 10_000 + n % 80_000)
}

pub(super) fn country(n: usize) -> String {
    pick(&COUNTRIES, n).to_owned()
}

pub(super) fn date(n: usize) -> String {
    format!("{:02}.{:02}.{}", n % 28 + 1, n % 12 + 1, 1930 + n % 80)
}

pub(super) fn number(n: usize) -> String {
    format!("{}.{:03},{:02}", n % 900 + 1, n % 1000, n % 100)
}

pub(super) fn money(n: usize) -> String {
    format!("{} EUR", number(n))
}

pub(super) fn url(n: usize) -> String {
    format!("https://www.{}/shop/{n}?from=mail", pick(&HOSTS, n))
}

pub(super) fn yes_or_no(n: usize) -> String {
    pick(&["yes", "NO", "true", "0"], n).to_owned()
}

pub(super) fn plan(n: usize) -> String {
    pick(&["basic", "Gold", " gold "], n).to_owned()
}

/// Web addresses, e-mail addresses and bare hosts, in several depths.
pub(super) fn domain(n: usize) -> String {
    let host = pick(&HOSTS, n / 3);
    match n % 3 {
        0 => format!("https://www.shop{n}.{host}/a?b=c"),
        1 => format!("anna@{}{n}.com", pick(&["beispiel", "Example-"], n / 7)),
        _ => format!("shop{n}.{host}"),
    }
}
