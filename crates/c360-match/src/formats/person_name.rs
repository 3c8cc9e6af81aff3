//! `person_name`: a person's name in parts, from one text or from parts.
//!
//! - Parts: `title`, `first`, `middle`, `last`, `suffix`; constructor `name(full:, title:, first:, middle:, last:, suffix:)`. Parts that are
//!   given by themselves take the place of what `full` says. There is no part for initials: `J.` is a first or middle name.
//! - Order: given names first; family name first before a comma (`Müller, Anna`), in capitals beside small letters (`DUPONT Jean`), in Han,
//!   kana and Hangul, in pinyin and Vietnamese names that show it, before a patronymic (`Иванов Иван Петрович`), and for all names with
//!   `person_name(order: "family_first")`. In Spain and most of Spanish America the last two words are the last name. One word is a last name.
//! - The first given name is `first`, the others are `middle`, wherever they were written: sources that keep them in one column then agree
//!   with those that do not. Exceptions: `Abdul Rahman`, and Chinese given names, which are one word (`Xiao Ming` is `Xiaoming`).
//! - Particles (`von der`, `de la`, `bin`, `al-`), ranks before them (`Graf von`) and `y` between surnames belong to `last`; titles and
//!   suffixes have one spelling (`Prof. Dr. med.`, `Jr.`, `PhD`); initials have a point; brackets, nicknames in quotes and former names
//!   (`geb.`, `née`) are left out. `Wang Wei (王伟)` is Wang Wei, `王伟 (Wang Wei)` is 王伟: what stands outside the brackets is the name.
//! - Case is repaired where a part is in one case only: `MCDONALD` is `McDonald`, `VAN DER BERG` `van der Berg`; mixed case stays.
//! - Comparison form of a part: ASCII letters and digits without anything between (`Müller-Lüdenscheidt` is `muellerluedenscheidt`; `ü` is
//!   `ue`, so that Müller = Mueller, but not Muller); other scripts transliterated, Chinese to pinyin; of the suffix only the generation.
//!   Of the whole: last name, first name, generation (`smith john jr`); nothing where first or last name is missing.
//! - Refused: "a placeholder, not a name" (`unknown`, `xxx`; a part that is one is left out where others are not), "no letters", "more digits
//!   than letters", "an e-mail address, not a name", "a web address, not a name", "names more than one person", "neither a first nor a last
//!   name", "too long for a name", "too many words for a name".

mod case;
mod east_asian;
mod name;
mod order;
mod placeholder;
mod plain;
mod read;
mod romanized;
mod split;
mod tidy;
mod word;
mod words;
mod write;

use std::sync::Arc;

use super::arguments::{self, ArgumentError};
use super::scratch::with_buffer;
use super::{fold, letter};
use crate::format::{Argument, Context, Format, PartsFormat, Reason};
use east_asian::Habit;
use order::Order;
use placeholder::Kind;
use read::{Fields, Reading};
use word::Word;
use words::Mark;

const PARTS: [&str; 5] = ["title", "first", "middle", "last", "suffix"];
const FIRST: usize = 1;
const MIDDLE: usize = 2;
const LAST: usize = 3;
const SUFFIX: usize = 4;

const INPUTS: [&str; 6] = ["full", "title", "first", "middle", "last", "suffix"];

/// Bytes; the longest real names stay well below.
const LONGEST: usize = 400;

/// `person_name`, or `person_name(order: "family_first")` for full names such as `Nagy János`.
pub(super) fn build(arguments: &[Argument], context: &Context) -> Result<Format, ArgumentError> {
    let country = context.country.as_deref().unwrap_or_default();
    let [order] = arguments::named_texts(arguments, ["order"])?;
    let order = match order {
        None if has_two_surnames(country) => Order::TwoSurnames,
        None => Order::GivenFirst,
        Some((_, "family_first")) => Order::FamilyFirst,
        Some((at, _)) => {
            return Err(ArgumentError::at(at, "the only order to name is \"family_first\"; names are read given name first without it"));
        }
    };
    let habit = match country {
        "CN" | "TW" | "HK" | "MO" | "SG" => Habit::Chinese,
        "JP" => Habit::Japanese,
        _ => Habit::Unknown,
    };
    Ok(Format::Parts(Arc::new(PersonName { reading: Reading { order, habit } })))
}

/// Countries where people have the family names of both parents.
fn has_two_surnames(country: &str) -> bool {
    matches!(
        country,
        "ES" | "MX" | "CO" | "CL" | "PE" | "VE" | "EC" | "GT" | "CU" | "BO" | "DO" | "HN" | "PY" | "SV" | "NI" | "CR" | "PA" | "UY" | "PR"
    )
}

#[derive(Debug)]
struct PersonName {
    reading: Reading,
}

impl PartsFormat for PersonName {
    fn parts(&self) -> &'static [&'static str] {
        &PARTS
    }

    fn constructor(&self) -> &'static str {
        "name"
    }

    fn inputs(&self) -> &'static [&'static str] {
        &INPUTS
    }

    fn normalize(&self, inputs: &[Option<&str>], out: &mut [String]) -> Result<(), Reason> {
        if plain::read(inputs, self.reading.order, out) { Ok(()) } else { read_any(inputs, self.reading, out) }
    }

    fn comparable_part(&self, part: usize, value: &str, out: &mut String) {
        match part {
            SUFFIX => push_generation(value, out),
            _ => fold::squeeze(value, out),
        }
    }

    fn comparable(&self, parts: &[Option<&str>], out: &mut String) {
        let (Some(first), Some(last)) = (parts[FIRST], parts[LAST]) else { return };
        let start = out.len();
        fold::squeeze(last, out);
        let end = out.len();
        out.push(' ');
        fold::squeeze(first, out);
        if end == start || out.len() == end + 1 {
            return out.truncate(start);
        }
        if let Some(suffix) = parts[SUFFIX] {
            out.push(' ');
            push_generation(suffix, out);
            out.truncate(out.trim_end_matches(' ').len());
        }
    }
}

/// Reads any name; what most names need none of.
fn read_any(inputs: &[Option<&str>], reading: Reading, out: &mut [String]) -> Result<(), Reason> {
    with_buffer(|text| {
        let mut ends = [0; INPUTS.len()];
        for (end, input) in ends.iter_mut().zip(inputs) {
            if let Some(raw) = input {
                tidy_input(raw, text)?;
            }
            *end = text.len();
        }
        let fields = without_placeholders(fields(text, &ends))?;
        write::write(&read::read(&fields, reading)?, out);
        Ok(())
    })
}

/// Refuses what is no name both as it came and as it is without brackets, since that is what is read next time.
fn tidy_input(raw: &str, text: &mut String) -> Result<(), Reason> {
    let start = text.len();
    refuse_others(raw)?;
    tidy::tidy(raw, text);
    match text[start..] == *raw {
        true => Ok(()),
        false => refuse_others(&text[start..]),
    }
}

fn refuse_others(text: &str) -> Result<(), Reason> {
    if text.len() > LONGEST {
        return Err(Reason::new("too long for a name"));
    }
    if text.bytes().any(|byte| byte == b'@') {
        return Err(Reason::new("an e-mail address, not a name"));
    }
    if has_scheme(text) || has_web_host(text) {
        return Err(Reason::new("a web address, not a name"));
    }
    Ok(())
}

/// `://`; most names have no colon.
fn has_scheme(text: &str) -> bool {
    text.bytes().any(|byte| byte == b':') && text.contains("://")
}

/// `www.` at the beginning of a word.
fn has_web_host(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_host = |point: usize| {
        let start = point.checked_sub(3).filter(|start| bytes[*start..point].eq_ignore_ascii_case(b"www"));
        start.is_some_and(|start| !text[..start].ends_with(char::is_alphanumeric))
    };
    (0..bytes.len()).any(|at| bytes[at] == b'.' && is_host(at))
}

fn fields<'a>(text: &'a str, ends: &[usize; INPUTS.len()]) -> Fields<'a> {
    let [full, title, first, middle, last, suffix] = *ends;
    Fields {
        full: &text[..full],
        title: &text[full..title],
        first: &text[title..first],
        middle: &text[first..middle],
        last: &text[middle..last],
        suffix: &text[last..suffix],
    }
}

/// Empties inputs that are placeholders or have no letters.
fn without_placeholders(mut fields: Fields<'_>) -> Result<Fields<'_>, Reason> {
    let mut names = 0;
    let mut letters = false;
    let counts = [fields.full, fields.first, fields.middle, fields.last].map(count);
    let [alphabetic, numeric] = counts.iter().fold([0; 2], |[letters, digits], count| [letters + count[0], digits + count[1]]);
    if numeric > alphabetic {
        return Err(Reason::new("more digits than letters"));
    }
    let given = [&mut fields.full, &mut fields.first, &mut fields.middle, &mut fields.last].into_iter().zip(counts);
    for (field, [alphabetic, _]) in given.filter(|(field, _)| !field.is_empty()) {
        let has_letters = alphabetic > 0;
        letters |= has_letters;
        match placeholder::kind(field) {
            Kind::Placeholder => *field = "",
            _ if !has_letters => *field = "",
            Kind::Doubtful => {}
            Kind::Name => names += 1,
        }
    }
    match names {
        0 if letters => Err(placeholder::REASON),
        0 if !fields.title.is_empty() => Ok(fields),
        0 => Err(Reason::new("no letters")),
        _ => Ok(fields),
    }
}

/// How many letters and how many digits `text` has.
fn count(text: &str) -> [usize; 2] {
    let (mut letters, mut digits) = (0, 0);
    match text.is_ascii() {
        true => text.bytes().for_each(|byte| {
            letters += usize::from(byte.is_ascii_alphabetic());
            digits += usize::from(byte.is_ascii_digit());
        }),
        false => text.chars().for_each(|letter| {
            letters += usize::from(letter::is_alphabetic(letter));
            digits += usize::from(letter::is_numeric(letter));
        }),
    }
    [letters, digits]
}

/// Appends what tells apart father and son; degrees do not. `I` alone is a generation here, where no initial stands.
fn push_generation(suffix: &str, out: &mut String) {
    let generation = |word: Word<'_>| match word.text {
        "I" | "1st" => Some("I"),
        _ => word.suffix().filter(|_| word.is(Mark::GENERATION)),
    };
    fold::squeeze(suffix.split([' ', ',']).map(Word::new).find_map(generation).unwrap_or_default(), out);
}
