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

/// As Americans write them.
pub(super) fn us_address(n: usize) -> String {
    let street = pick(&["Main Street", "N 5th Ave", "Martin Luther King Blvd", "Elm St Apt 4", "W Washington Blvd"], n / 3);
    let (town, state) = (pick(&["Springfield", "Las Vegas", "New York"], n / 5), pick(&["IL", "NV", "NY", "CA"], n / 7));
    format!("{} {street}, {town}, {state} {:05}", n % 9000 + 1, 10_000 + n * 7 % 80_000)
}

/// In the styles of eight countries in turn, as they stand side by side in one table.
pub(super) fn address_of_many_countries(n: usize) -> String {
    let (house, code, m) = (n % 199 + 1, 10_000 + n * 37 % 80_000, n / 8);
    match n % 8 {
        0 => address(n),
        1 => german(house, code, m),
        2 => austrian(house, m),
        3 => french(house, code, m),
        4 => british(house, m),
        5 => us_address(m),
        6 => dutch(house, m),
        _ => southern(house, code, m),
    }
}

fn german(house: usize, code: usize, n: usize) -> String {
    let street = pick(&["GARTENSTRASSE", "Bahnhofstraße", "Marienpl.", "Berliner Allee"], n);
    let (behind, car) = (pick(&["a", "", " b", "-3"], n / 4), pick(&["D-", "", ""], n));
    format!("{street} {house}{behind}, {car}{code} {}, Deutschland", pick(&["KÖLN", "Düsseldorf", "München"], n))
}

fn austrian(house: usize, n: usize) -> String {
    let street = pick(&["Mariahilfer Straße", "Stephansplatz", "Bahnhofstrasse"], n);
    let place = pick(&["A-1010 Wien, Österreich", "1060 Wien, Austria", "CH-8001 Zürich, Schweiz"], n);
    format!("{street} {house}/{}, {place}", n % 20 + 1)
}

fn french(house: usize, code: usize, n: usize) -> String {
    let street = pick(&["rue de la Paix", "bd. Saint-Germain", "avenue des Champs-Élysées", "bis rue Victor Hugo"], n);
    format!("{house} {street}, {code} {}, France", pick(&["Paris", "LYON CEDEX 03", "Aix-en-Provence"], n))
}

fn british(house: usize, n: usize) -> String {
    let (flat, street) = (pick(&["", "Flat 2, ", ""], n), pick(&["High Street", "Baker St", "Church Rd"], n));
    format!("{flat}{house} {street}, {}", pick(&["London SW1A 2AA", "Oxford OX1 2AB, UK", "Milton Keynes MK9 3HP, United Kingdom"], n / 3))
}

fn dutch(house: usize, n: usize) -> String {
    let street = pick(&["Kerkstr.", "Prinsengracht", "van der Helstplein"], n);
    format!(
        "{street} {house}, {} {}, Nederland",
        pick(&["1017 GC", "3511AB"], n),
        pick(&["Amsterdam", "'s-Hertogenbosch", "Den Haag"], n / 2)
    )
}

fn southern(house: usize, code: usize, n: usize) -> String {
    match n % 4 {
        0 => format!("Calle Mayor {house}, 3º B, {code} Madrid, España"),
        1 => format!("Via Garibaldi {house}, {code} Roma, Italia"),
        2 => format!("ul. Marszałkowska {house}/12, 00-590 Warszawa, Polska"),
        _ => format!("Postfach {house} 34\n{code} Bonn"),
    }
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
