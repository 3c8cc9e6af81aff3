//! Which of day, month and year comes first in the countries of the world, for dates that are written without a pattern.

/// The order of numeric dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// 31.12.2024
    DayMonthYear,
    /// 12/31/2024
    MonthDayYear,
    /// Countries that write the year first, write both, or are not known: only dates that begin with the year are read.
    YearMonthDay,
}

/// Countries that write the month first.
const MONTH_FIRST: &[&str] = &["AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW", "UM", "US", "VI"];

/// Countries that write the year first, or where both day and month first are in daily use, so that no order is safe (CA, KE, GH, ZA).
const YEAR_FIRST: &[&str] = &["BT", "CA", "CN", "GH", "HU", "IR", "JP", "KE", "KP", "KR", "LT", "MN", "TW", "ZA"];

/// The order of a country by its ISO 3166 code, after Unicode CLDR's short date formats; all countries not listed write the day first.
pub(super) fn order_of(country: Option<&str>) -> Order {
    match country {
        None => Order::YearMonthDay,
        Some(country) if MONTH_FIRST.contains(&country) => Order::MonthDayYear,
        Some(country) if YEAR_FIRST.contains(&country) => Order::YearMonthDay,
        Some(_) => Order::DayMonthYear,
    }
}
