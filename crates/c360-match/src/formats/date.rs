//! The format `date`: a day of the Gregorian calendar, years 1 to 9999, as days since 1970-01-01. Knows no time zones.
//!
//! `date("%d.%m.%Y", "%Y-%m-%d")` reads by patterns: the first that fits from the first to the last character and gives a date that
//! exists wins. Numbers `%d %m %H %I` have one or two digits, `%Y` four, `%y %M %S` two, `%j` up to three; where numbers touch (`%Y%m%d`)
//! each has all its digits. `%B` (or `%b`) is a month's name, full or short, in English, German, French, Spanish, Italian, Portuguese,
//! Dutch, Polish, Czech, Swedish, Danish; `%A` any word; `%f` a fraction; `%p` AM/PM; `%z` an offset. A space stands for any spaces or
//! none, letters match in either case. A pattern may have a time, which is dropped; the date counts as written, whatever the offset.
//! `"epoch"`, `"epoch_ms"`, `"epoch_us"` (UTC) and `"excel"` (the 1900 system) are patterns too.
//!
//! `date` without patterns reads ISO 8601 dates (`2024-12-31`, `20241231`, with `/` and `.` too), dates with a month's name
//! (`31 December 2024`, `Dec 31, 2024`, `31-Dec-24`), `2024年12月31日`, and numeric dates in the order of the pipeline's country:
//! month first in the US and the Philippines, day first elsewhere. Where the country is unknown or writes both, they are refused. A time behind
//! the date is checked and dropped.
//!
//! Two-digit years up to `pivot:` (30) are 20xx, above 19xx. `placeholders: "refuse"` refuses 0001-01-01, 1753-01-01, 1899-12-30,
//! 1900-01-01, 2999-12-31, 9999-12-31; 0000-00-00 is always refused. Digits of other scripts and full-width characters count as ASCII.
//!
//! Reasons: "fits no pattern", "not a date", "not a complete date", "no time of day behind the date", "day or month first? give a
//! pattern", "no such year", "no such month", "no such day", "no such time of day", "no such offset from UTC", "out of range", "placeholder
//! date".

mod clock;
mod cursor;
mod fields;
mod free;
mod matcher;
mod month_names;
mod order;
mod pattern;
mod serial;
mod settings;
mod specifier;

use std::sync::Arc;

use super::arguments::ArgumentError;
use crate::format::{Argument, Context, Format, Reason, ScalarFormat};

pub(super) use settings::Settings;

/// Builds `date(patterns.., pivot: 30, placeholders: "keep")`.
pub(super) fn build(arguments: &[Argument], context: &Context) -> Result<Format, ArgumentError> {
    let settings = Settings::new(arguments, context, |at, name, _| {
        Err(ArgumentError::at(at, format!("there is no argument `{name}`; expected patterns, `pivot:` or `placeholders:`")))
    })?;
    Ok(Format::Date(Arc::new(Date { settings })))
}

#[derive(Debug)]
struct Date {
    settings: Settings,
}

impl ScalarFormat<i32> for Date {
    fn parse(&self, raw: &str) -> Result<i32, Reason> {
        self.settings.read(raw).map(|stamp| stamp.days)
    }
}
