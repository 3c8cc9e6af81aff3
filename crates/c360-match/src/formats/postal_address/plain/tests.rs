//! What goes the short way is read as by the reader of all addresses.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::read_any;

/// Words of streets and towns beside words that mean something in some country.
const WORDS: [&str; 50] = [
    "Haupt",
    "Hauptstr.",
    "Ringstraße",
    "GOETHESTRASSE",
    "Am",
    "alten",
    "Markt",
    "rue",
    "Paix",
    "Calle",
    "Mayor",
    "ul.",
    "Akacjowa",
    "Sokak",
    "Köln",
    "BERLIN",
    "łódź",
    "İzmir",
    "a×b",
    "Kerkstr",
    "Pl.",
    "Platz",
    "Nr.",
    "dom",
    "bis",
    "Whg",
    "EG",
    "Apt",
    "Postfach",
    "BP",
    "Post",
    "attn",
    "Attnang",
    "none",
    "N",
    "Ave",
    "Floor",
    "St",
    "#4",
    "Saint-Cloud",
    "St.",
    "'s-Bosch",
    "O'Hara",
    "-",
    "unbekannt",
    "m",
    "5",
    "12a",
    "3rd",
    "",
];

fn words() -> impl Strategy<Value = String> {
    let number = || select(&["", "", "7", "12a", "12 b", "5/3", "2-4", "3 bis", "Apt 4b", "Fl 2", "012B", "1234567", "5e 6"][..]);
    (number(), prop::collection::vec(select(&WORDS[..]), 1..4), number())
        .prop_map(|(front, words, back)| format!("{front} {} {back}", words.join(" ")).trim().to_owned())
}

#[test]
fn usual_addresses_are_plain() {
    let reads = |inputs: &[Option<&str>]| super::read(inputs, Some(*b"DE"), &mut vec![String::new(); 7]);
    for street in ["Hauptstr. 12a", "12 Am Alten Markt", "Große Straße 5"] {
        assert!(reads(&[None, Some(street), None, None, Some("10115"), Some("Köln"), None, Some("Germany")]), "{street}");
    }
    assert!(reads(&[None, Some("ul. Akacjowa"), Some("5"), None, None, Some("Poznań"), None, Some("PL")]));
    assert!(reads(&[None, Some("12 East Main St"), None, None, Some("62701"), Some("Springfield"), Some("IL"), Some("US")]));
    assert!(!reads(&[None, Some("Highway 5"), None, None, None, Some("Springfield"), None, Some("US")]));
}

#[test]
fn usual_lines_are_plain() {
    let reads = |line| super::read(&[Some(line), None, None, None, None, None, None, None], Some(*b"DE"), &mut vec![String::new(); 7]);
    for line in [
        "Hauptstr. 5, 10115 Berlin",
        "12 rue de la Paix, 75002 Paris, France",
        "Ringstr. 3 , 1010 Wien,Österreich",
        "Ringstr. 3 b, D-10115 Bad-Orb",
        "5 bd. Saint-Michel, 10115 St. Pölten",
        "Kerkstr. 3-5, 1017 GC Ede, Nederland",
        "5 High Street, London OX1 2AB, UK",
    ] {
        assert!(reads(line), "{line}");
    }
    for line in [
        "Hauptstr. 5, Berlin",
        "12 Main St, 62701 Springfield, USA",
        "Markt 5, Suite 2400, France",
        "Markt 5, 10115 Berlin Germany",
        "Postfach 5, 53111 Bonn",
    ] {
        assert!(!reads(line), "{line}");
    }
}

#[test]
fn usual_american_lines_are_plain() {
    let reads = |line| super::read(&[Some(line), None, None, None, None, None, None, None], Some(*b"US"), &mut vec![String::new(); 7]);
    for line in ["12 N Main St, Las Vegas, NV 89132", "12a 5th Ave. Apt 4b, New York, New York 10118, USA", "12 Elm St #4, SALEM, OR 62704"]
    {
        assert!(reads(line), "{line}");
    }
    for line in
        ["Main St, Salem, OR 62704", "12 Main St, Lebanon, OR 62704", "12 2nd Floor 4, Salem, OR 62704", "12 Main St, Salem, Bayern 62704"]
    {
        assert!(!reads(line), "{line}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_addresses_are_read_as_all_others(
        street in words(),
        number in select(&[None, None, Some("5"), Some("12 a"), Some("7B")][..]),
        postcode in select(&[None, Some("10115"), Some("00000"), Some("1067"), Some("D-10115"), Some("69-331"), Some("SW1A 2AA"), Some("62701-1234"), Some("n/a")][..]),
        city in words(),
        state in select(&[None, None, Some("NY"), Some("New York"), Some("Bayern"), Some("BAYERN"), Some("na")][..]),
        country in select(&[None, Some("DE"), Some("Polen"), Some("Türkei"), Some("France"), Some("US"), Some("United Kingdom"), Some("Kanada"), Some("Nirgends"), Some("none")][..]),
        assumed in select(vec![None, Some(*b"DE"), Some(*b"FR"), Some(*b"CH"), Some(*b"US")]),
    ) {
        let given = |text| Some(text).filter(|text: &&str| !text.is_empty());
        let inputs = [None, given(street.as_str()), number, None, postcode, given(city.as_str()), state, country];
        let (mut plain, mut any) = (vec![String::new(); 7], vec![String::new(); 7]);
        if super::read(&inputs, assumed, &mut plain) {
            prop_assert_eq!(read_any(&inputs, assumed, &mut any), Ok(()));
        }
        // One that is left to the other reader leaves nothing behind.
        prop_assert_eq!(plain, any);
    }

    #[test]
    fn american_lines_are_read_as_all_others(
        street in words(),
        unit in select(&["", "", " Apt 4", " Floor 2b", " #4", ", Ste 9", " Unit B"][..]),
        city in select(&["Springfield", "LAS VEGAS", "New York", "Lebanon", "Top", "New Mexico", "Winston-Salem", "Attn", "the", "N"][..]),
        state in select(&[", IL", ", ny", ", New York", ", West Virginia", " NV", ", FL", ", Texas", ", Bayern", ""][..]),
        code in select(&["62704", "89132-1234", "1234", "00000", ""][..]),
        country in select(&["", ", USA", ", United States", ", Georgia", ", Canada", ", US"][..]),
        assumed in select(vec![None, Some(*b"US"), Some(*b"CA")]),
    ) {
        let line = format!("{street}{unit}, {city}{state} {code}{country}");
        let inputs = [Some(line.trim()), None, None, None, None, None, None, None];
        let (mut plain, mut any) = (vec![String::new(); 7], vec![String::new(); 7]);
        if super::read(&inputs, assumed, &mut plain) {
            prop_assert_eq!(read_any(&inputs, assumed, &mut any), Ok(()));
        }
        prop_assert_eq!(plain, any);
    }

    #[test]
    fn plain_lines_are_read_as_all_others(
        street in words(),
        code in select(&["10115", "1010", "1234 AB", "00000", "1067", "111 22", "D-10115", "Nr", "SW1A 2AA", "1017 GC", ""][..]),
        city in words(),
        country in select(&["", ", Deutschland", ", Schweiz", ",France", ", Georgia", ", USA", " Polska", ", DE", ", UK", ", Nederland"][..]),
        assumed in select(vec![None, Some(*b"DE"), Some(*b"FR"), Some(*b"CH"), Some(*b"US"), Some(*b"NL"), Some(*b"IN")]),
    ) {
        let line = format!("{street}, {code} {city}{country}");
        let inputs = [Some(line.trim()), None, None, None, None, None, None, None];
        let (mut plain, mut any) = (vec![String::new(); 7], vec![String::new(); 7]);
        if super::read(&inputs, assumed, &mut plain) {
            prop_assert_eq!(read_any(&inputs, assumed, &mut any), Ok(()));
        }
        prop_assert_eq!(plain, any);
    }
}
