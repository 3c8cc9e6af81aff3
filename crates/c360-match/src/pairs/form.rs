//! Forms of values that blocks share and conditions compare: a code of the sound, the first letters, the year.

use crate::similarity as similar;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta};

/// What is made of a comparison form. One value can have several forms, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// The comparison form itself.
    Whole,
    /// English sound, four characters (Russell 1918).
    Soundex,
    /// German sound (Postel 1969).
    Cologne,
    /// English sound with a second reading (Philips 2000): up to two forms.
    Metaphone,
    /// One spelling for all transliterations.
    Spelling,
    /// The first letters of the words.
    Initials,
    /// The names that a nickname stands for, or else the name itself.
    FullName,
    /// The first letters, all of a shorter value.
    Prefix(usize),
    /// The last letters, all of a shorter value.
    Suffix(usize),
    /// Each word.
    Words,
    /// The value, and the value without each of its letters: two values share one of these if they are one edit apart
    /// (Mor and Fraenkel, "A hash code method for detecting and correcting spelling errors", 1982).
    Deletions,
    /// That many keys of two min-hashes each over pairs of letters (Broder 1997): texts with Jaccard similarity s share one with 1 − (1 − s²)^n.
    MinHash(usize),
    /// The year of a date, given as days since 1970-01-01.
    Year,
    /// Month and year of a date.
    Month,
    /// Day and month of a date.
    Birthday,
    /// The number itself, given as a whole number that has so many digits behind the point.
    Unscaled(u8),
    /// The year of a time, given as microseconds since 1970-01-01.
    YearOfTime,
}

impl Form {
    /// Hands each form of a value to `take`; empty ones are left out.
    pub fn each(self, value: &str, mut take: impl FnMut(&str)) {
        let mut give = |form: &str| {
            if !form.is_empty() {
                take(form);
            }
        };
        let made = |make: fn(&str, &mut String)| {
            let mut form = String::new();
            make(value, &mut form);
            form
        };
        match self {
            Form::Whole => give(value),
            Form::Soundex => give(&made(similar::soundex)),
            Form::Cologne => give(&made(similar::cologne)),
            Form::Spelling => give(&made(similar::spelling)),
            Form::Initials => give(&made(similar::initials)),
            Form::Metaphone => {
                let (first, second) = similar::double_metaphone(value);
                give(&first);
                if second != first {
                    give(&second);
                }
            }
            Form::FullName => {
                let mut any = false;
                similar::full_names(value).for_each(|name| {
                    any = true;
                    give(name);
                });
                if !any {
                    give(value);
                }
            }
            Form::Prefix(letters) => give(value.char_indices().nth(letters).map_or(value, |(end, _)| &value[..end])),
            Form::Suffix(letters) => {
                let start = value.char_indices().rev().nth(letters.saturating_sub(1)).map_or(0, |(start, _)| start);
                give(&value[start..]);
            }
            Form::Words => value.split_whitespace().for_each(give),
            Form::Deletions => deletions(value, give),
            Form::MinHash(keys) => min_hashes(value, keys, give),
            Form::Year => of_date(value, |date| date.year().to_string(), give),
            Form::Month => of_date(value, |date| date.format("%Y-%m").to_string(), give),
            Form::Birthday => of_date(value, |date| date.format("%m-%d").to_string(), give),
            Form::Unscaled(digits) => {
                let number: Option<f64> = value.parse().ok();
                number.into_iter().for_each(|number| give(&(number / 10_f64.powi(i32::from(digits))).to_string()));
            }
            Form::YearOfTime => {
                let time = value.parse().ok().and_then(DateTime::from_timestamp_micros);
                time.into_iter().for_each(|time| give(&time.year().to_string()));
            }
        }
    }
}

fn of_date(value: &str, part: impl Fn(NaiveDate) -> String, mut give: impl FnMut(&str)) {
    let days = value.parse().ok().and_then(TimeDelta::try_days);
    let date = days.and_then(|days| NaiveDate::default().checked_add_signed(days));
    date.into_iter().for_each(|date| give(&part(date)));
}

/// Longer texts are taken by their beginning: their deletions would be too many.
const LONGEST: usize = 32;

fn deletions(value: &str, mut give: impl FnMut(&str)) {
    let value = value.char_indices().nth(LONGEST).map_or(value, |(end, _)| &value[..end]);
    give(value);
    let mut without = String::with_capacity(value.len());
    let mut before = None;
    for (start, letter) in value.char_indices() {
        // Of equal letters in a row any one gives the same.
        if before.replace(letter) != Some(letter) {
            without.clear();
            without.push_str(&value[..start]);
            without.push_str(&value[start + letter.len_utf8()..]);
            give(&without);
        }
    }
}

fn min_hashes(value: &str, keys: usize, mut give: impl FnMut(&str)) {
    let letters: Vec<char> = value.chars().collect();
    let grams: Vec<u64> = match letters.len() {
        0 => return,
        1 => vec![u64::from(letters[0])],
        _ => letters.windows(2).map(|pair| u64::from(pair[0]) << 32 | u64::from(pair[1])).collect(),
    };
    let smallest = |seed: u64| grams.iter().map(|gram| mixed(gram ^ mixed(seed))).min().unwrap_or_default();
    for key in 0..keys as u64 {
        give(&format!("{key}:{:016x}{:016x}", smallest(2 * key + 1), smallest(2 * key + 2)));
    }
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
