//! The table of `%` specifiers that date patterns know, and which of them make a date together.

use super::pattern::{Element, Field};

/// A letter behind a percent sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Specifier {
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    DayOfYear,
    Weekday,
    Hour24,
    Hour12,
    Minute,
    Second,
    Fraction,
    HalfDay,
    Offset,
    Percent,
}

use Specifier::{
    Day, DayOfYear, Fraction, HalfDay, Hour12, Hour24, Minute, Month, MonthName, Offset, Percent, Second, ShortYear, Weekday, Year,
};

const KNOWN: &str = "%Y %y %m %B %d %j %A %H %I %M %S %f %p %z %F %T %R %D %%";

/// The specifier of a letter.
///
/// # Errors
/// A message that lists the known ones.
pub(super) fn of(letter: Option<char>) -> Result<Specifier, String> {
    Ok(match letter {
        Some('Y') => Year,
        Some('y') => ShortYear,
        Some('m') => Month,
        Some('B' | 'b' | 'h') => MonthName,
        Some('d' | 'e') => Day,
        Some('j') => DayOfYear,
        Some('A' | 'a') => Weekday,
        Some('H' | 'k') => Hour24,
        Some('I' | 'l') => Hour12,
        Some('M') => Minute,
        Some('S') => Second,
        Some('f') => Fraction,
        Some('p' | 'P') => HalfDay,
        Some('z') => Offset,
        Some('%') => Percent,
        Some('-' | '_' | '0') => return Err("`%d`, `%m`, `%H` read one digit as well as two: leave the flag out".to_owned()),
        Some('Z') => return Err("names of time zones are ambiguous: use `%z` for offsets, UTC and GMT".to_owned()),
        Some(other) => return Err(format!("`%{other}` is not known here; known are {KNOWN}")),
        None => return Err("a single `%` at the end; a percent sign itself is written `%%`".to_owned()),
    })
}

impl Specifier {
    /// What it matches, before its neighbours are known.
    pub(super) fn element(self) -> Element {
        let number = |field, least, most| Element::Number { field, least, most };
        match self {
            Year => number(Field::Year, 4, 4),
            ShortYear => number(Field::ShortYear, 2, 2),
            Month => number(Field::Month, 1, 2),
            Day => number(Field::Day, 1, 2),
            DayOfYear => number(Field::DayOfYear, 1, 3),
            Hour24 | Hour12 => number(Field::Hour, 1, 2),
            Minute => number(Field::Minute, 2, 2),
            Second => number(Field::Second, 2, 2),
            Fraction => Element::Fraction,
            MonthName => Element::Month { point: true },
            Weekday => Element::Weekday,
            HalfDay => Element::HalfDay,
            Offset => Element::Offset,
            Percent => Element::Literal(b'%'),
        }
    }
}

/// Whether these name one date, each field once, and no half of a twelve-hour clock.
///
/// # Errors
/// What is missing, or there twice.
pub(super) fn check(specifiers: &[Specifier]) -> Result<(), String> {
    let count = |of: &[Specifier]| specifiers.iter().filter(|specifier| of.contains(specifier)).count();
    let all: [(&[Specifier], &str); 8] = [
        (&[Year, ShortYear], "the year"),
        (&[Month, MonthName, DayOfYear], "the month"),
        (&[Day, DayOfYear], "the day"),
        (&[Hour24, Hour12], "the hour"),
        (&[Minute], "the minute"),
        (&[Second], "the second"),
        (&[Fraction], "the fraction"),
        (&[Offset], "the offset"),
    ];
    for (at, (specifiers, what)) in all.into_iter().enumerate() {
        match count(specifiers) {
            0 if at < 3 => return Err(format!("the pattern lacks {what}; a whole date is for example \"%d.%m.%Y\"")),
            0 | 1 => {}
            _ => return Err(format!("the pattern has {what} twice")),
        }
    }
    match (count(&[Hour12]), count(&[HalfDay]), count(&[Hour24, Hour12]), count(&[Minute, Second, Fraction])) {
        (1, 0, ..) => Err("`%I` is an hour of a twelve-hour clock and needs `%p`; `%H` is the hour of 24".to_owned()),
        (0, 1, ..) => Err("`%p` belongs to `%I`, the hour of a twelve-hour clock".to_owned()),
        (.., 0, 1..) => Err("the pattern has minutes or seconds without an hour".to_owned()),
        _ => Ok(()),
    }
}
