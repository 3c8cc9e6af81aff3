//! Dates and times of the generated world, whose first day is 2026-03-01. Proleptic Gregorian, no time zones, no clock.

use super::digits::push_padded;

/// The first day of the generated systems, in days since 1970-01-01.
const FIRST_DAY: i64 = 20_513;

/// A day, in days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(i64);

/// A second of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// Seconds since midnight.
    pub second: u32,
}

impl Date {
    /// The date of day `day` of the generated history, counted from 1.
    pub fn of_day(day: u32) -> Self {
        Self(FIRST_DAY + i64::from(day) - 1)
    }

    /// `days` earlier.
    pub fn before(self, days: u64) -> Self {
        Self(self.0 - days.cast_signed())
    }

    /// `days` later.
    pub fn after(self, days: u64) -> Self {
        Self(self.0 + days.cast_signed())
    }

    /// The first of January.
    pub fn new_year(year: i64) -> Self {
        let before = year - 1;
        Self(before * 365 + before / 4 - before / 100 + before / 400 - 719_162)
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i64 {
        self.0
    }

    /// Year, month, day: the era-based conversion of Howard Hinnant, "chrono-compatible low-level date algorithms".
    pub fn civil(self) -> (i64, u32, u32) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        (year_of_era + era * 400 + i64::from(month <= 2), month as u32, day as u32)
    }
}

/// A way to write dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// 2026-03-01
    Iso,
    /// 20260301
    Compact,
    /// 01.03.2026
    German,
    /// 01.03.26
    GermanShort,
    /// 03/01/2026
    American,
}

/// Appends `year`, `month`, `day`, which need not be a real date: a swapped day and month is written as it is.
pub fn write_date((year, month, day): (i64, u32, u32), style: DateStyle, out: &mut String) {
    let (year, month, day) = (year.unsigned_abs(), u64::from(month), u64::from(day));
    let (parts, separator) = match style {
        DateStyle::Iso => ([(year, 4), (month, 2), (day, 2)], "-"),
        DateStyle::Compact => ([(year, 4), (month, 2), (day, 2)], ""),
        DateStyle::German => ([(day, 2), (month, 2), (year, 4)], "."),
        DateStyle::GermanShort => ([(day, 2), (month, 2), (year % 100, 2)], "."),
        DateStyle::American => ([(month, 2), (day, 2), (year, 4)], "/"),
    };
    push_joined(&parts, separator, out);
}

fn push_joined(parts: &[(u64, usize)], separator: &str, out: &mut String) {
    for (index, (number, width)) in parts.iter().enumerate() {
        out.push_str(if index == 0 { "" } else { separator });
        push_padded(out, *number, *width);
    }
}

impl Moment {
    /// Appends the date, `separator` and the time of day.
    pub fn write(self, style: DateStyle, separator: &str, out: &mut String) {
        write_date(self.date.civil(), style, out);
        out.push_str(separator);
        let second = u64::from(self.second);
        push_joined(&[(second / 3_600, 2), (second / 60 % 60, 2), (second % 60, 2)], ":", out);
    }

    /// Seconds since 1970-01-01.
    pub fn epoch(self) -> i64 {
        self.date.0 * 86_400 + i64::from(self.second)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn days_become_dates() {
        assert_eq!(Date::of_day(1).civil(), (2026, 3, 1));
        assert_eq!(Date::of_day(32).civil(), (2026, 4, 1));
        assert_eq!(Date::new_year(1970).days(), 0);
        assert_eq!(Date::new_year(2000).after(59).civil(), (2000, 2, 29));
        assert_eq!(Date::new_year(1937).civil(), (1937, 1, 1));
    }
}
