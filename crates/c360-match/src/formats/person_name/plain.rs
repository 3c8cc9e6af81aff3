//! Names of plain words, which most are: every word begins with a capital, goes on in small letters and means nothing but a name. Such names
//! are their own fixed form and only need to be dealt out to the parts. Gives back the same as the reader of all names, or leaves it to that.

use std::sync::LazyLock;

use super::order::Order;
use super::placeholder::{self, Kind};
use super::romanized;
use super::words::{self, Key};
use super::{FIRST, LAST, MIDDLE};
use crate::formats::latin;
use crate::formats::table::{SHORT, Table};

/// Bytes of an input: those of 16 words of two letters, which are as many as a part can have.
const LONGEST: usize = 48;

/// The parts of a plain name, each as it stands in the inputs.
#[derive(Default)]
struct Plain<'a> {
    first: &'a str,
    middle: &'a str,
    last: &'a str,
}

/// Fills `out` if the inputs are a plain name; otherwise leaves it as it is and returns false.
pub(super) fn read(inputs: &[Option<&str>], order: Order, out: &mut [String]) -> bool {
    let name = match *inputs {
        [Some(full), None, None, None, None, None] => whole(full, order),
        [None, None, first, middle, last, None] if first.is_some() || last.is_some() => parts(first, middle, last),
        _ => None,
    };
    // Words that are names one by one can be a placeholder together.
    let Some(name) = name.filter(|name| is_name(name.middle)) else { return false };
    out[FIRST].push_str(name.first);
    out[MIDDLE].push_str(name.middle);
    out[LAST].push_str(name.last);
    true
}

/// `Anna Maria Müller`, `Müller, Anna Maria`.
fn whole(text: &str, order: Order) -> Option<Plain<'_>> {
    if let Some((last, given)) = latin::cut(text, b',') {
        return parts(given.strip_prefix(' '), None, Some(last)).filter(|name| !name.first.is_empty() && is_name(text));
    }
    if !is_plain(text) {
        return None;
    }
    let Some((front, rest)) = latin::cut(text, b' ') else { return Some(Plain { last: text, ..Plain::default() }) };
    if order == Order::FamilyFirst {
        let (first, middle) = first_and_middle(rest);
        return Some(Plain { first, middle, last: front });
    }
    match latin::cut_last(rest, b' ') {
        None => Some(Plain { first: front, middle: "", last: rest }),
        // The second of three words can belong to either.
        Some(_) if order == Order::TwoSurnames => None,
        Some((middle, last)) => Some(Plain { first: front, middle, last }),
    }
}

fn parts<'a>(first: Option<&'a str>, middle: Option<&'a str>, last: Option<&'a str>) -> Option<Plain<'a>> {
    if ![first, middle, last].into_iter().flatten().all(is_plain) {
        return None;
    }
    let (first, more) = first_and_middle(first.unwrap_or_default());
    let middle = match (more, middle) {
        (more, None) => more,
        ("", Some(middle)) => middle,
        _ => return None,
    };
    Some(Plain { first, middle, last: last.unwrap_or_default() })
}

fn first_and_middle(given: &str) -> (&str, &str) {
    latin::cut(given, b' ').unwrap_or((given, ""))
}

/// Whether `text` is plain words with single spaces between them, and no placeholder.
fn is_plain(text: &str) -> bool {
    text.len() <= LONGEST && latin::words(text).all(is_plain_word) && is_name(text)
}

/// Whether `text` of plain words is no placeholder. A single word is none if it is plain.
fn is_name(text: &str) -> bool {
    latin::cut(text, b' ').is_none() || placeholder::kind(text) == Kind::Name
}

fn is_plain_word(word: &str) -> bool {
    if !latin::is_capitalized(word) {
        return false;
    }
    let bytes = word.as_bytes();
    let letters = bytes.iter().all(u8::is_ascii_alphabetic);
    let means = match letters && bytes.len() <= SHORT {
        true => MEANING.get(word),
        false => MEANING.get(Key::new(word).as_str()),
    };
    // `Xxx` and `X-xx` are placeholders.
    let repeats = if letters { bytes[0].eq_ignore_ascii_case(&bytes[1]) } else { word.is_ascii() };
    means.is_none() && (!repeats || placeholder::kind(word) == Kind::Name)
}

/// Every word that is read as something else than a name, or tells the order of a name. What kinds of doctors and former names are called is
/// not among them, since that counts in small letters only, nor what follows `María de`, since `de` is.
static MEANING: LazyLock<Table<()>> = LazyLock::new(|| {
    let words = words::titles().chain(words::suffixes()).chain(words::joining()).chain(words::placeholders());
    let words = words.chain(romanized::families()).chain(words::ANDS.map(str::to_owned));
    Table::first_of(words.map(|word| (word, ())))
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::east_asian::Habit;
    use super::super::order::Order;
    use super::super::read::Reading;
    use super::super::read_any;

    /// Names beside words that look like names and mean something.
    const WORDS: [&str; 48] = [
        "Anna",
        "Maria",
        "Müller",
        "Łucja",
        "Müller-Lüdenscheidt",
        "O'Brien",
        "Min-jun",
        "Aaron",
        "Carmen",
        "Xx",
        "X-xx",
        "Aa",
        "Wang",
        "Li",
        "Xiaoming",
        "Kim",
        "Nguyen",
        "Van",
        "De",
        "Graf",
        "Freiherr",
        "Abdul",
        "Rahman",
        "Und",
        "Of",
        "Dr",
        "Frau",
        "Fräulein",
        "Med",
        "Phil",
        "Jr",
        "Senior",
        "Jun",
        "Ma",
        "Phd",
        "Geb",
        "Null",
        "Test",
        "User",
        "Keine",
        "Angabe",
        "No",
        "Name",
        "Max",
        "Mustermann",
        "MEIER",
        "meier",
        "J.",
    ];

    fn words() -> impl Strategy<Value = Option<String>> {
        let between = select(&[" ", " ", ", ", "  ", "-"][..]);
        (prop::collection::vec(select(&WORDS[..]), 0..5), between)
            .prop_map(|(words, between)| Some(words.join(between)).filter(|text| !text.is_empty()))
    }

    #[test]
    fn usual_names_are_plain() {
        for full in ["Anna Müller", "Müller, Anna Maria", "Karl-Heinz O'Brien", "Beatrix"] {
            let mut out = vec![String::new(); 5];
            assert!(super::read(&[Some(full), None, None, None, None, None], Order::GivenFirst, &mut out), "{full}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn plain_names_are_read_as_all_others(
            full in words(),
            parts in prop::option::of((words(), words(), words())),
            order in select(&[Order::GivenFirst, Order::TwoSurnames, Order::FamilyFirst][..]),
        ) {
            let (first, middle, last) = parts.clone().unwrap_or_default();
            let full = full.filter(|_| parts.is_none());
            let inputs = [full.as_deref(), None, first.as_deref(), middle.as_deref(), last.as_deref(), None];
            let (mut plain, mut any) = (vec![String::new(); 5], vec![String::new(); 5]);
            if super::read(&inputs, order, &mut plain) {
                prop_assert_eq!(read_any(&inputs, Reading { order, habit: Habit::Unknown }, &mut any), Ok(()));
            }
            // One that is left to the other reader leaves nothing behind.
            prop_assert_eq!(plain, any);
        }
    }
}
