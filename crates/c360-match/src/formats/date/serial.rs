//! Dates written as counts: seconds, milliseconds or microseconds since 1970, and the serial days of spreadsheets.

use super::fields::Stamp;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Serial {
    /// Seconds since 1970-01-01T00:00:00Z.
    Epoch,
    /// Milliseconds.
    EpochMillis,
    /// Microseconds.
    EpochMicros,
    /// Days as Excel counts them in its 1900 system, with the time of day as a fraction.
    Excel,
}

/// What a serial number came to.
pub(super) enum Reading {
    /// It is none.
    NoNumber,
    /// It lies outside the years 1 to 9999, or names the day that only Excel's calendar has, 1900-02-29.
    OutOfRange,
    /// A point in time.
    Stamp(Stamp),
}

const DAY: i128 = 86_400_000_000;
/// Excel's day 0 as days since 1970-01-01, for days behind its 29 February 1900, which never was; one more for those before.
const EXCEL_DAY_0: i128 = -25_569;

impl Serial {
    /// The serial that a pattern's text names.
    pub(super) fn of(name: &str) -> Option<Serial> {
        Some(match name {
            "epoch" => Serial::Epoch,
            "epoch_ms" => Serial::EpochMillis,
            "epoch_us" => Serial::EpochMicros,
            "excel" => Serial::Excel,
            _ => return None,
        })
    }

    /// Reads a whole number or one with a fraction behind a point; only counts since 1970 may be negative.
    pub(super) fn read(self, text: &str) -> Reading {
        let Some((whole, millionths)) = millionths(text) else {
            return Reading::NoNumber;
        };
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let count = sign * (whole * 1_000_000 + millionths);
        let micros = match self {
            Serial::Epoch => count,
            Serial::EpochMillis => count.div_euclid(1000),
            Serial::EpochMicros => count.div_euclid(1_000_000),
            Serial::Excel if sign < 0 => return Reading::NoNumber,
            Serial::Excel if whole == 0 || whole == 60 => return Reading::OutOfRange,
            Serial::Excel => (whole + if whole < 60 { EXCEL_DAY_0 + 1 } else { EXCEL_DAY_0 }) * DAY + time_of_day(text),
        };
        match i64::try_from(micros).ok().and_then(Stamp::from_micros) {
            None => Reading::OutOfRange,
            // A spreadsheet's cell knows no offset.
            Some(stamp) if self == Serial::Excel => Reading::Stamp(Stamp { offset: None, ..stamp }),
            Some(stamp) => Reading::Stamp(stamp),
        }
    }
}

/// The whole part and the millionths of a number, sign aside; finer digits are cut off.
fn millionths(text: &str) -> Option<(i128, i128)> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.len() <= 20 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let millionths = (0..6).fold(0, |sum, place| sum * 10 + fraction.as_bytes().get(place).map_or(0, |digit| i128::from(digit - b'0')));
    Some((whole.parse().ok()?, millionths))
}

/// The microseconds of the fraction of a day behind the point, rounded to milliseconds, since binary fractions of a day never hit a
/// second exactly (0.4166666667 is 10:00).
fn time_of_day(text: &str) -> i128 {
    let fraction = text.split_once('.').map_or("0", |(_, fraction)| fraction);
    let (scaled, size) =
        fraction.bytes().take(18).fold((0_i128, 1_i128), |(sum, size), digit| (sum * 10 + i128::from(digit - b'0'), size * 10));
    (scaled * DAY / size + 500) / 1000 * 1000
}
