//! Errors happen as often as their rates say; without errors a row tells the truth.

use std::collections::BTreeMap;

use super::super::observe::Observed;
use super::super::person::Person;
use super::super::rates::{Error, Rates};
use super::super::table::Table;
use super::super::world::{Customer, World};

/// Errors that depend on nothing but their rate.
const UNCONDITIONAL: [Error; 9] = [
    Error::NoEmail,
    Error::NoPhone,
    Error::NoBirthday,
    Error::SecondEmail,
    Error::EmailCapitals,
    Error::EmailPlaceholder,
    Error::PhoneTypo,
    Error::SuperConnector,
    Error::Swapped,
];

/// Calls `look` with what each row of a table's first day says of a person.
fn each_person(world: &World, table: Table, mut look: impl FnMut(u64, &Observed)) {
    let mut seen = Observed::default();
    for row in 0..world.layout(table).first_day() {
        seen.fill(world, table, row, 0);
        if let Some(Customer::Person(number)) = seen.customer {
            look(number, &seen);
        }
    }
}

#[test]
fn errors_are_as_frequent_as_their_rates() {
    let world = World::new(1, 60_000);
    for table in [Table::Crm, Table::Support, Table::Loyalty] {
        let mut rows = 0u32;
        let mut counts = [0u32; UNCONDITIONAL.len()];
        each_person(&world, table, |_, seen| {
            rows += 1;
            for (count, error) in counts.iter_mut().zip(UNCONDITIONAL) {
                *count += u32::from(seen.errors.contains(error));
            }
        });
        for (count, error) in counts.into_iter().zip(UNCONDITIONAL) {
            // An e-mail of the family comes before a second one of the person's own, at most in one of a hundred rows.
            let expected = f64::from(rows) * f64::from(world.rates(table).ppm(error)) / 1e6;
            let tolerance = 4.0 * expected.sqrt() + expected * 0.02 + 1.0;
            assert!((f64::from(count) - expected).abs() <= tolerance, "{} {error:?}: {count} of {rows}, {expected} expected", table.name());
        }
    }
}

#[test]
fn typos_hit_nearly_all_rows_that_they_are_drawn_for() {
    let world = World::new(2, 60_000);
    let (mut rows, mut typos) = (0, 0);
    each_person(&world, Table::Support, |_, seen| {
        rows += 1;
        typos += u32::from(seen.errors.contains(Error::Typo));
    });
    // Names below three letters and single initials cannot have one.
    let rate = f64::from(typos) / f64::from(rows);
    assert!((0.028..=0.044).contains(&rate), "{rate} of 0.04");
}

#[test]
fn without_errors_rows_tell_the_truth() {
    let world = World::with_rates(1, 20_000, Rates::none);
    let mut emails: BTreeMap<String, u64> = BTreeMap::new();
    for table in [Table::Crm, Table::Shop, Table::Loyalty] {
        each_person(&world, table, |number, seen| {
            let person = Person::new(&world, number);
            assert_eq!((&seen.given, &seen.family), (&person.given.native, &person.family.native));
            assert_eq!(seen.born, Some(person.born.civil()));
            assert_eq!(seen.errors, Default::default());
            let before = emails.insert(seen.email.clone(), number);
            assert!(before.is_none_or(|before| before == number), "{} belongs to two persons", seen.email);
        });
    }
}

#[test]
fn every_error_happens_somewhere() {
    let world = World::new(1, 200_000);
    let all = [
        Error::Ocr,
        Error::Phonetic,
        Error::Nickname,
        Error::Initial,
        Error::Transliterated,
        Error::Unmarked,
        Error::Pinyin,
        Error::Capitals,
        Error::Small,
        Error::FormerAddress,
        Error::FormerName,
        Error::AddressTypo,
        Error::FamilyEmail,
        Error::PlusTag,
        Error::EmailTypo,
        Error::HomePhone,
        Error::WorkPhone,
        Error::PhonePlaceholder,
        Error::DayMonthSwapped,
        Error::BirthdayPlaceholder,
        Error::ShortYear,
    ];
    let mut missing = all.to_vec();
    for table in [Table::Crm, Table::Shop, Table::Support, Table::Loyalty] {
        let mut seen = Observed::default();
        for row in 0..3_000 {
            seen.fill(&world, table, row, 0);
            missing.retain(|error| !seen.errors.contains(*error));
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_super_connector_is_shared_by_many_and_there_is_one_per_hundred_thousand() {
    let world = World::new(1, 120_000);
    assert_eq!(world.sizes().super_connectors, 2);
    let mut emails: BTreeMap<String, u32> = BTreeMap::new();
    each_person(&world, Table::Loyalty, |_, seen| {
        if seen.errors.contains(Error::SuperConnector) && seen.email.starts_with("kasse") {
            *emails.entry(seen.email.clone()).or_default() += 1;
        }
    });
    assert!(emails.len() == 2 && emails.values().all(|rows| *rows >= 3), "{emails:?}");
}

#[test]
fn scaling_scales() {
    let rates = Rates::usual(Table::Crm).scaled(50);
    assert_eq!(rates.ppm(Error::NoEmail) * 2, Rates::usual(Table::Crm).ppm(Error::NoEmail));
    assert_eq!(Rates::usual(Table::Crm).scaled(0).ppm(Error::Typo), 0);
}
