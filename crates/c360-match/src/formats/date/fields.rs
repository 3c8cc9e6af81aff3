//! What the parsers found in a text, checked against the calendar: fields into days and microseconds. Reads no text.

use chrono::{Datelike, NaiveDate};

use crate::format::Reason;

/// `0000-00-00`, and with `placeholders: "refuse"` the dates of [`PLACEHOLDERS`].
pub(in crate::formats) const PLACEHOLDER: Reason = Reason::new("placeholder date");
const NO_YEAR: Reason = Reason::new("no such year");
const NO_MONTH: Reason = Reason::new("no such month");
const NO_DAY: Reason = Reason::new("no such day");
const NO_TIME: Reason = Reason::new("no such time of day");
const NO_OFFSET: Reason = Reason::new("no such offset from UTC");

const DAY: i64 = 86_400_000_000;
/// Day 0 is 1970-01-01; chrono counts from the first day of year 1.
const EPOCH_FROM_YEAR_1: i32 = 719_163;

/// Dates that programs write when they have none: the first day of many calendars and databases, and "never".
const PLACEHOLDERS: [(i32, u32, u32); 6] = [(1, 1, 1), (1753, 1, 1), (1899, 12, 30), (1900, 1, 1), (2999, 12, 31), (9999, 12, 31)];

/// A date and a time of day as written, unchecked. What the text does not name stays 0 or `None`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fields {
    pub(super) year: u32,
    pub(super) month: u32,
    pub(super) day: u32,
    /// `%j`, instead of month and day.
    pub(super) day_of_year: Option<u32>,
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) micro: u32,
    /// Whether a twelve-hour clock said p.m.; `None` on a 24-hour clock.
    pub(super) afternoon: Option<bool>,
    /// Minutes east of UTC, where the text says so.
    pub(super) offset: Option<i32>,
}

/// A point in time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) struct Stamp {
    /// Days since 1970-01-01, of the date as written.
    pub(in crate::formats) days: i32,
    /// Microseconds since that day began; a whole day for 24:00.
    pub(in crate::formats) micros: i64,
    /// Minutes east of UTC, where the text says so.
    pub(in crate::formats) offset: Option<i32>,
}

impl Stamp {
    /// The stamp of a count of microseconds since 1970-01-01T00:00:00Z; `None` outside the years 1 to 9999.
    pub(super) fn from_micros(micros: i64) -> Option<Stamp> {
        let days = i32::try_from(micros.div_euclid(DAY)).ok()?;
        is_in_range(days).then_some(Stamp { days, micros: micros.rem_euclid(DAY), offset: Some(0) })
    }

    /// Microseconds since 1970-01-01T00:00:00Z, taking `offset` where the text names none; `None` outside the years 1 to 9999.
    pub(in crate::formats) fn utc_micros(self, offset: i32) -> Option<i64> {
        let minutes = i64::from(self.offset.unwrap_or(offset));
        let micros = i64::from(self.days) * DAY + self.micros - minutes * 60_000_000;
        Stamp::from_micros(micros).map(|_| micros)
    }

    /// Whether the date is one of [`PLACEHOLDERS`].
    pub(in crate::formats) fn is_placeholder(self) -> bool {
        PLACEHOLDERS.iter().any(|(year, month, day)| days_of(*year, *month, *day) == Some(self.days))
    }
}

impl Fields {
    /// Sets a year of two digits: up to `pivot` it is 20xx, above 19xx.
    pub(super) fn set_short_year(&mut self, year: u32, pivot: u32) {
        self.year = year + if year <= pivot { 2000 } else { 1900 };
    }

    /// The fields as a point in time, if the calendar and the clock have it.
    pub(super) fn stamp(&self) -> Result<Stamp, Reason> {
        Ok(Stamp { days: self.days()?, micros: self.micros()?, offset: self.checked_offset()? })
    }

    fn days(&self) -> Result<i32, Reason> {
        if let Some(ordinal) = self.day_of_year {
            let date = i32::try_from(self.year).ok().filter(|year| *year > 0).and_then(|year| NaiveDate::from_yo_opt(year, ordinal));
            return date.map(|date| date.num_days_from_ce() - EPOCH_FROM_YEAR_1).ok_or(NO_DAY);
        }
        match (self.year, self.month, self.day) {
            (0, 0, 0) => Err(PLACEHOLDER),
            (0, _, _) | (10_000.., _, _) => Err(NO_YEAR),
            (_, 0 | 13.., _) => Err(NO_MONTH),
            (year, month, day) => days_of(i32::try_from(year).map_err(|_| NO_YEAR)?, month, day).ok_or(NO_DAY),
        }
    }

    /// 24:00 is the end of the day, a leap second is the first second of the next minute.
    fn micros(&self) -> Result<i64, Reason> {
        let hour = match (self.afternoon, self.hour) {
            (None, 24) if self.minute == 0 && self.second == 0 && self.micro == 0 => 24,
            (None, hour @ 0..=23) => hour,
            (Some(afternoon), hour @ 1..=12) => hour % 12 + if afternoon { 12 } else { 0 },
            // "15:30 PM" and "00:30 AM" are careless but clear, "00:30 PM" would be a guess.
            (Some(true), hour @ 13..=23) => hour,
            (Some(false), 0) => 0,
            _ => return Err(NO_TIME),
        };
        if self.minute > 59 || self.second > 60 {
            return Err(NO_TIME);
        }
        let seconds = i64::from(hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        Ok(seconds * 1_000_000 + i64::from(self.micro))
    }

    fn checked_offset(&self) -> Result<Option<i32>, Reason> {
        match self.offset {
            Some(minutes) if minutes.abs() > 15 * 60 => Err(NO_OFFSET),
            offset => Ok(offset),
        }
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar, extended backwards.
fn days_of(year: i32, month: u32, day: u32) -> Option<i32> {
    Some(NaiveDate::from_ymd_opt(year, month, day)?.num_days_from_ce() - EPOCH_FROM_YEAR_1)
}

/// Whether the day lies in the years 1 to 9999.
pub(super) fn is_in_range(days: i32) -> bool {
    (-719_162..=2_932_896).contains(&days)
}
