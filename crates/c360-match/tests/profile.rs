//! What columns hold, by hand and over random values; guesses as a table.

use c360_match::profile::{Column, Facts, Role, guess};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn facts<'a>(values: impl IntoIterator<Item = &'a str>) -> Facts {
    let mut column = Column::default();
    values.into_iter().for_each(|value| column.add((value != "-").then_some(value)));
    column.facts()
}

#[test]
fn facts_by_hand() {
    let facts = facts(["K-1", "K-2", " K-1 ", "", "-", "Äb"]);
    assert_eq!((facts.rows, facts.present, facts.distinct, facts.exact), (6, 4, 3, true));
    assert_eq!((facts.shortest, facts.longest), (2, 3));
    assert!((facts.mean - 2.75).abs() < 1e-9);
    assert_eq!(facts.frequent, [("K-1".to_owned(), 2), ("K-2".to_owned(), 1), ("Äb".to_owned(), 1)]);
    assert_eq!(facts.patterns, [("A-9".to_owned(), 3), ("Aa".to_owned(), 1)]);
    assert!(!facts.is_key());
}

#[test]
fn guesses() {
    const US: Option<&str> = Some("US");
    for (name, values, country, role, format) in [
        ("mail", &["a@example.com", "b@example.org"][..], None, Role::Email, "email"),
        ("Geburtsdatum", &["01.02.1980", "13.04.1975"], Some("DE"), Role::Born, "date"),
        ("date_of_birth", &["19800201", "19751331"], None, Role::Text, "text"),
        ("dob", &["1975-04-13", "1980-02-01", "1980-02-0"], None, Role::Born, "date"),
        ("dob", &["13/04/1975", "01/02/1980"], None, Role::Born, "date(\"%d/%m/%Y\")"),
        ("phone", &["702-919-1300", "(702) 919-1301"], US, Role::Phone, "phone"),
        ("phone", &["535-4350", "535-4351"], US, Role::Phone, "text | digits | length(5, 15)"),
        ("given_name", &["Anna", "Bert"], None, Role::Name("first"), "person_name"),
        ("first_and_surname", &["Anna Müller", "Bert Klein"], None, Role::Name("full"), "person_name"),
        ("Nachname", &["Müller", "Klein"], None, Role::Name("last"), "person_name"),
        ("company_name", &["Acme Inc", "Foo GmbH"], None, Role::Company, "company_name"),
        ("name", &["Anna Müller", "Klein, Bert"], None, Role::Name("full"), "person_name"),
        ("name", &["Acme Inc", "Foo Bar GmbH"], None, Role::Company, "company_name"),
        ("program name", &["Early Start", "Head Start"], None, Role::Text, "text"),
        ("zip", &["60601", "60602"], US, Role::Address("postcode"), "postcode"),
        ("city", &["Chicago", "Berlin"], None, Role::Address("city"), "postal_address"),
        ("ssn", &["123-45-6789", "123-45-6780"], None, Role::Identifier, "text"),
        ("amount", &["12.50", "3", "-7"], None, Role::Value, "number"),
        ("active", &["yes", "no", "yes"], None, Role::Value, "bool"),
        ("account", &["00123", "00124"], None, Role::Identifier, "text"),
        ("website", &["https://example.com/a", "www.example.org"], None, Role::Value, "url"),
        ("note", &["call again", "-"], None, Role::Text, "text"),
        ("dob", &["04131975", "02011980"], US, Role::Born, "date(\"%m%d%Y\")"),
        ("spouse_first_name", &["Anna", "Bert"], None, Role::Text, "text"),
        ("employer zipcode", &["60601", "60602"], US, Role::Text, "text"),
        ("dependent_1_ssn", &["123-45-6789", "123-45-6780"], None, Role::Text, "text"),
        ("MotherEmail", &["a@example.com", "b@example.org"], None, Role::Value, "email"),
        ("employer_name", &["Acme Inc", "Foo GmbH"], None, Role::Company, "company_name"),
        ("fax2", &["-", ""], None, Role::Empty, "text"),
    ] {
        let found = guess(name, &facts(values.iter().copied()), country);
        assert_eq!((found.role, found.format.as_str()), (role, format), "{name} {values:?}");
    }
}

proptest! {
    #[test]
    fn counts_are_those_of_sets(values in prop::collection::vec("[ a-c]{0,3}", 0..60), turned in 0usize..60) {
        let found = facts(values.iter().map(String::as_str));
        let present: Vec<&str> = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
        let distinct: BTreeSet<&str> = present.iter().copied().collect();
        prop_assert_eq!((found.rows, found.present, found.distinct), (values.len() as u64, present.len() as u64, distinct.len() as u64));
        prop_assert!(found.frequent.iter().all(|(value, count)| present.iter().filter(|other| *other == value).count() as u64 == *count));
        let mut other = values.clone();
        other.rotate_left(turned.min(values.len()));
        let other = facts(other.iter().map(String::as_str));
        prop_assert_eq!((other.frequent, other.patterns, other.sketch), (found.frequent, found.patterns, found.sketch), "order does not count");
    }

    #[test]
    fn any_value_and_name_can_be_guessed(name in "\\PC{0,12}", values in prop::collection::vec("\\PC{0,20}", 0..8)) {
        let found = guess(&name, &facts(values.iter().map(String::as_str)), Some("DE"));
        prop_assert!((0.0..=1.0).contains(&found.accepted));
    }
}
