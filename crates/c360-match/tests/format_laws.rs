//! Laws that hold for every format of the registry, whatever the value. The formats are those that the tables of cases build.
//!
//! - No text makes a format panic.
//! - A canonical form is trimmed, not empty and a fixed point; its comparison form does not change either.
//! - The same value gives the same result.
//! - A reason never quotes the value.

#[allow(dead_code, reason = "the laws need the inputs of cases only")]
#[path = "support/cases.rs"]
mod cases;
#[path = "support/pipe.rs"]
mod pipe;
#[path = "support/show.rs"]
mod show;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use c360_match::format::Format;
use cases::{FUNCTIONS, all_cases};
use pipe::{built, stages};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use show::show;

/// A format under test.
struct Subject {
    /// Its first stage.
    first: String,
    name: String,
    format: Format,
    /// A single stage that promises fixed points.
    idempotent: bool,
}

static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(subjects);

/// Inputs of all tables: the shapes that random text never hits.
static INPUTS: LazyLock<Vec<String>> = LazyLock::new(|| all_cases().into_iter().map(|case| case.input).collect());

/// Pipes that begin with the same format; more would only take longer.
const PIPES_EACH: usize = 2;

fn subjects() -> Vec<Subject> {
    let pipes: BTreeSet<(String, String)> = all_cases().into_iter().map(|case| (case.pipe, case.country)).collect();
    let mut subjects: Vec<Subject> = Vec::new();
    for (pipe, country) in pipes {
        let stages = stages(&pipe);
        let same = |subject: &&Subject| subject.first == stages[0].name;
        let Ok(format) = built(&pipe, &country) else { continue };
        if subjects.iter().filter(same).count() < PIPES_EACH {
            let idempotent = stages.len() == 1 && !FUNCTIONS.contains(&stages[0].name.as_str());
            subjects.push(Subject { first: stages[0].name.clone(), name: format!("{pipe} in {country}"), format, idempotent });
        }
    }
    subjects
}

/// Checks all laws of one format on one value.
fn obeys(subject: &Subject, input: &str) -> Result<(), TestCaseError> {
    let name = &subject.name;
    // `first=..` would be read as a named input.
    let input = input.replace(['=', '|'], " ");
    let input = input.trim();
    if input.is_empty() {
        return Ok(());
    }
    let result = show(&subject.format, input);
    prop_assert_eq!(&result, &show(&subject.format, input), "{} is not deterministic", name);
    let shown = match result {
        Ok(shown) => shown,
        Err(reason) => {
            prop_assert!(!reason.0.is_empty(), "{} refuses without a reason", name);
            // A short value or one of plain words (`unknown`, `IBAN`) may be part of a reason by chance.
            let telling = input.len() > 5 && input.contains(|letter: char| !letter.is_ascii() || letter.is_ascii_digit());
            prop_assert!(!telling || !reason.0.contains(input), "{} quotes the value: {}", name, reason.0);
            return Ok(());
        }
    };
    prop_assert!(!shown.canonical.is_empty(), "{} makes nothing of {:?}", name, input);
    prop_assert!(shown.canonical.trim() == shown.canonical, "{} does not trim: {:?}", name, shown.canonical);
    prop_assert!(shown.parts.iter().all(|(_, value, _)| value.trim() == value), "{} does not trim a part: {:?}", name, shown.parts);
    if let (true, Some(again)) = (subject.idempotent && !shown.canonical.contains("||"), shown.again(&subject.format)) {
        prop_assert_eq!(again.as_ref(), Ok(&shown), "{} has no fixed point for {:?}", name, input);
    }
    Ok(())
}

/// Each random text meets one share of the formats: more texts for the same time.
const SHARES: usize = 4;

/// A real value, changed a little: cut, doubled, another case, a letter from elsewhere put in.
fn near_real() -> impl Strategy<Value = String> {
    let intruder = prop_oneof![
        Just(' '),
        Just('\''),
        Just(','),
        Just('.'),
        Just('-'),
        Just('('),
        Just('\u{301}'),
        Just('İ'),
        Just('ß'),
        any::<char>()
    ];
    (select(INPUTS.as_slice()), any::<Index>(), intruder, 0..7).prop_map(|(value, at, intruder, change)| {
        let mut letters: Vec<char> = value.chars().collect();
        let at = at.index(letters.len() + 1);
        match change {
            0 => letters.truncate(at),
            1 => drop(letters.drain(..at)),
            2 => letters.insert(at, intruder),
            3 => letters = letters.iter().chain(&letters).copied().collect(),
            4 => letters = letters.iter().flat_map(|letter| letter.to_uppercase()).collect(),
            5 => letters = letters.iter().flat_map(|letter| letter.to_lowercase()).collect(),
            _ => letters.rotate_left(at % value.chars().count().max(1)),
        }
        letters.into_iter().collect()
    })
}

/// 512, unless the environment asks for more or fewer, as always with proptest.
fn cases() -> u32 {
    if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 512 }
}

#[test]
fn laws_hold_on_every_input_of_every_table() {
    for subject in SUBJECTS.iter() {
        for input in INPUTS.iter() {
            obeys(subject, input).unwrap_or_else(|error| panic!("{error}"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_hold_on_any_text(input in any::<String>(), share in 0..SHARES) {
        for subject in SUBJECTS.iter().skip(share).step_by(SHARES) {
            obeys(subject, &input)?;
        }
    }

    #[test]
    fn laws_hold_near_real_values(input in near_real(), share in 0..SHARES) {
        for subject in SUBJECTS.iter().skip(share).step_by(SHARES) {
            obeys(subject, &input)?;
        }
    }
}

/// Other ways to write a person's name that name the same person: case, umlauts, accents, order, titles, spaces.
fn rewritten_person(first: &str, last: &str, way: usize) -> String {
    match way {
        0 => format!("{last}, {first}").to_uppercase(),
        1 => format!("{first} {last}").to_lowercase(),
        2 => format!("Dr. {first} {last}, PhD"),
        3 => format!("{last},{first}").replace('ü', "ue").replace('ö', "oe").replace('ä', "ae").replace('ß', "ss"),
        4 => format!("  {first}   {last} ").replace('é', "e").replace('ñ', "n"),
        5 => format!("Frau {first} {last}").replace('ü', "u\u{308}").replace('\'', "’"),
        _ => format!("{last} , {first}").replace('-', " - "),
    }
}

const FIRST: [&str; 10] = ["Anna", "Jürgen", "José", "Zoë", "Anna-Lena", "Łukasz", "Søren", "Seán", "Björn", "Иван"];
const LAST: [&str; 11] =
    ["Müller", "Weiß", "von der Leyen", "O'Brien", "McDonald", "Núñez", "Müller-Lüdenscheidt", "Åkesson", "Çelik", "de la Cruz", "Петров"];

const NAMES: [&str; 8] = ["Müller", "Müller & Söhne", "I.B.M.", "Deutsche Bank", "Crédit Agricole", "Ромашка", "McDonald's", "Coca-Cola"];
const FORMS: [&str; 18] = [
    "GmbH",
    "GmbH & Co. KG",
    "AG",
    "Ltd.",
    "Limited",
    "Inc",
    "LLC",
    "S.A.",
    "SARL",
    "S.r.l.",
    "B.V.",
    "Oy",
    "ApS",
    "Sp. z o.o.",
    "s.r.o.",
    "Pty Ltd",
    "K.K.",
    "株式会社",
];

fn comparison(pipe: &str, input: &str) -> String {
    let format = built(pipe, "-").expect("a format without arguments");
    show(&format, input).unwrap_or_else(|reason| panic!("{input:?}: {}", reason.0)).comparison
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_person_compares_the_same_however_written(first in select(&FIRST), last in select(&LAST), way in 0_usize..7) {
        let plain = comparison("person_name", &format!("{first} {last}"));
        prop_assert!(!plain.is_empty());
        prop_assert_eq!(comparison("person_name", &rewritten_person(first, last, way)), plain.clone());
        prop_assert_ne!(comparison("person_name", &format!("{first} {last} Jr.")), plain.clone());
        prop_assert_ne!(comparison("person_name", &format!("{first} {last} Jr.")), comparison("person_name", &format!("{first} {last} Sr.")));
    }

    #[test]
    fn one_company_compares_the_same_whatever_its_legal_form(name in select(&NAMES), form in select(&FORMS), other in select(&FORMS)) {
        let plain = comparison("company_name", name);
        prop_assert!(!plain.is_empty());
        let written = [format!("{name} {form}"), format!("\"{name}\", {other}"), format!("{name}  {form}").to_uppercase(), format!("The {name} {other}")];
        for text in written {
            prop_assert_eq!(comparison("company_name", &text), plain.clone(), "{}", text);
        }
    }
}
