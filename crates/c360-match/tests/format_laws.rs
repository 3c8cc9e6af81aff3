//! Laws that hold for every format of the registry, whatever the value. The formats are those that the tables of cases build.
//!
//! - No text makes a format panic.
//! - A canonical form is trimmed, not empty and a fixed point; its comparison form does not change either.
//! - The same value gives the same result.
//! - A reason never quotes the value.

#[path = "support/cases.rs"]
mod cases;
#[path = "support/pipe.rs"]
mod pipe;
#[path = "support/show.rs"]
mod show;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use c360_match::format::Format;
use cases::{FUNCTIONS, all_cases};
use pipe::{built, stages};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use show::show;

/// A format under test.
struct Subject {
    name: String,
    format: Format,
    /// A single stage that promises fixed points.
    idempotent: bool,
}

static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(subjects);

/// Inputs of all tables: the shapes that random text never hits.
static INPUTS: LazyLock<Vec<String>> = LazyLock::new(|| all_cases().into_iter().map(|case| case.input).collect());

fn subjects() -> Vec<Subject> {
    let pipes: BTreeMap<(String, String), ()> = all_cases().into_iter().map(|case| ((case.pipe, case.country), ())).collect();
    let subject = |(pipe, country): (String, String)| {
        let format = built(&pipe, &country).ok()?;
        let stages = stages(&pipe);
        let idempotent = stages.len() == 1 && !FUNCTIONS.contains(&stages[0].name.as_str());
        Some(Subject { name: format!("{pipe} in {country}"), format, idempotent })
    };
    pipes.into_keys().filter_map(subject).collect()
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

#[test]
fn laws_hold_on_every_input_of_every_table() {
    for subject in SUBJECTS.iter() {
        for input in INPUTS.iter() {
            obeys(subject, input).unwrap_or_else(|error| panic!("{error}"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_hold_on_any_text(input in any::<String>()) {
        for subject in SUBJECTS.iter() {
            obeys(subject, &input)?;
        }
    }

    #[test]
    fn laws_hold_near_real_values(input in near_real()) {
        for subject in SUBJECTS.iter() {
            obeys(subject, &input)?;
        }
    }
}
