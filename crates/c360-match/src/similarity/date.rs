//! Dates: how many days apart, and whether one may be the other mistyped.

/// How two dates differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateDifference {
    /// Not at all.
    Same,
    /// Day and month stand in each other's place.
    DayMonthSwapped,
    /// One digit of the eight of year, month and day is another.
    OneDigit,
    /// Two neighbouring digits of year, month or day stand in each other's place.
    DigitsSwapped,
    /// By this many days, and by none of the mistakes above.
    Days(u32),
}

/// Beyond a year's distance nothing but a mistake makes dates similar.
const HORIZON: f64 = 365.0;

/// Below every mistake: who is born a day apart is not the same person, unless by a mistake.
const NEAREST: f64 = 0.8;

/// What a mistake of typing leaves.
const MISTAKE: f64 = 0.9;

/// Days between two dates, which are days since 1970-01-01.
#[must_use]
pub fn days_between(left: i32, right: i32) -> u32 {
    left.abs_diff(right)
}

/// How two dates differ, which are days since 1970-01-01 (proleptic Gregorian calendar). The first that holds: the same, day and month
/// swapped, one digit, neighbouring digits swapped, days. Years outside 0 to 9999 have no digits to compare.
#[must_use]
pub fn date_difference(left: i32, right: i32) -> DateDifference {
    if left == right {
        return DateDifference::Same;
    }
    let (one, other) = (civil(left), civil(right));
    if one == (Civil { day: other.month, month: other.day, ..other }) {
        return DateDifference::DayMonthSwapped;
    }
    let (Some(ours), Some(theirs)) = (digits(one), digits(other)) else { return DateDifference::Days(days_between(left, right)) };
    match ours.iter().zip(&theirs).filter(|(our, their)| our != their).count() {
        1 => DateDifference::OneDigit,
        2 if has_neighbours_swapped(&ours, &theirs) => DateDifference::DigitsSwapped,
        _ => DateDifference::Days(days_between(left, right)),
    }
}

/// 1 for the same date, 0.9 for a mistake of typing ([`date_difference`]), otherwise from 0.8 down to 0 at 365 days and beyond.
#[must_use]
pub fn date(left: i32, right: i32) -> f64 {
    match date_difference(left, right) {
        DateDifference::Same => 1.0,
        DateDifference::DayMonthSwapped | DateDifference::OneDigit | DateDifference::DigitsSwapped => MISTAKE,
        DateDifference::Days(days) => NEAREST * super::numeric::falling(false, f64::from(days) / HORIZON),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Civil {
    year: i64,
    month: u8,
    day: u8,
}

/// Year, month and day: Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`. Holds for every `i32`, which `chrono` does not.
fn civil(days: i32) -> Civil {
    // Eras of 400 years that begin on a 1 March, so that the leap day comes last.
    let days = i64::from(days) + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u8;
    Civil { year: year_of_era + era * 400 + i64::from(month <= 2), month, day }
}

/// `YYYYMMDD`.
fn digits(date: Civil) -> Option<[u8; 8]> {
    let year = u16::try_from(date.year).ok().filter(|year| *year <= 9999)?;
    let digit = |number: u16, power: u16| (number / power % 10) as u8;
    let (month, day) = (u16::from(date.month), u16::from(date.day));
    let years = [digit(year, 1000), digit(year, 100), digit(year, 10), digit(year, 1)];
    let [a, b, c, d] = years;
    Some([a, b, c, d, digit(month, 10), digit(month, 1), digit(day, 10), digit(day, 1)])
}

/// Whether two digits that stand side by side in year, month or day are exchanged; the dates differ in two digits.
fn has_neighbours_swapped(left: &[u8; 8], right: &[u8; 8]) -> bool {
    [0, 1, 2, 4, 6].into_iter().any(|at| left[at] != right[at] && left[at] == right[at + 1] && left[at + 1] == right[at])
}
