//! The format `datetime`: a point in time, as microseconds since 1970-01-01T00:00:00Z, years 1 to 9999.
//!
//! Reads what `date` reads, by the same patterns or without, plus a time of day: `2024-12-31T23:59:59.123+01:00`, `20241231T235959Z`,
//! `31.12.2024 23:59`, `12/31/2024 11:59 PM`, `Tue, 31 Dec 2024 23:59:59 GMT`. Without a time it is midnight; 24:00 is the end of the
//! day, second 60 the next minute; what is finer than a microsecond is cut off. A text that names no offset counts as UTC, or as written
//! at `offset: "+01:00"`. Names of time zones (CET, Europe/Berlin) are not read: clocks that change need the offset in the data.
//!
//! Arguments and reasons are those of `date`, and `offset:`.

use std::sync::Arc;

use super::arguments::ArgumentError;
use super::date::Settings;
use crate::format::{Argument, ArgumentValue, Context, Format, Reason, ScalarFormat};

const OUT_OF_RANGE: Reason = Reason::new("out of range");

/// Builds `datetime(patterns.., offset: "+01:00", pivot: 30, placeholders: "keep")`.
pub(super) fn build(arguments: &[Argument], context: &Context) -> Result<Format, ArgumentError> {
    let mut offset = 0;
    let settings = Settings::new(arguments, context, |at, name, value| {
        if name != "offset" {
            return Err(ArgumentError::at(
                at,
                format!("there is no argument `{name}`; expected patterns, `offset:`, `pivot:` or `placeholders:`"),
            ));
        }
        offset = offset_argument(value).ok_or_else(|| ArgumentError::at(at, "`offset` is hours and minutes from UTC, as in \"+01:00\""))?;
        Ok(())
    })?;
    Ok(Format::DateTime(Arc::new(DateTime { settings, offset })))
}

#[derive(Debug)]
struct DateTime {
    settings: Settings,
    /// Minutes east of UTC, for texts that name no offset.
    offset: i32,
}

impl ScalarFormat<i64> for DateTime {
    fn parse(&self, raw: &str) -> Result<i64, Reason> {
        self.settings.read(raw)?.utc_micros(self.offset).ok_or(OUT_OF_RANGE)
    }
}

/// The minutes of `+hh:mm` or `-hh:mm`.
fn offset_argument(value: &ArgumentValue) -> Option<i32> {
    let ArgumentValue::Text(text) = value else {
        return None;
    };
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let part = |part: &str, limit: i32| part.parse::<i32>().ok().filter(|value| part.len() == 2 && (0..limit).contains(value));
    Some(sign * (part(hours, 15)? * 60 + part(minutes, 60)?))
}
