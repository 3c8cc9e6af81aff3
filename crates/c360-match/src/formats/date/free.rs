//! Reads dates for which no pattern was given: ISO 8601, dates with the month's name, and numeric dates in the order of a country.
//! Never guesses which of two numbers is the day.

use super::clock::read_time;
use super::cursor::Cursor;
use super::fields::Fields;
use super::month_names::month;
use super::order::Order;
use crate::format::Reason;

const NO_DATE: Reason = Reason::new("not a date");
const INCOMPLETE: Reason = Reason::new("not a complete date");
const NO_TIME: Reason = Reason::new("no time of day behind the date");
const AMBIGUOUS: Reason = Reason::new("day or month first? give a pattern");

/// The fields of `text`: a date, and a time of day if one follows.
pub(super) fn read(text: &str, order: Order, pivot: u32) -> Result<Fields, Reason> {
    let mut cursor = Cursor::new(text);
    let mut fields = Fields::default();
    read_date(&mut cursor, &mut fields, order, pivot)?;
    if !cursor.is_at_end() {
        read_time_behind(&mut cursor, &mut fields).ok_or(NO_TIME)?;
    }
    Ok(fields)
}

fn read_date(cursor: &mut Cursor<'_>, fields: &mut Fields, order: Order, pivot: u32) -> Result<(), Reason> {
    match cursor.digits_ahead() {
        8 => read_basic(cursor, fields).ok_or(NO_DATE),
        14 => read_compact(cursor, fields).ok_or(NO_DATE),
        4 => read_year_first(cursor, fields),
        1 | 2 => read_day_or_month_first(cursor, fields, order, pivot),
        0 => read_words_first(cursor, fields, pivot).ok_or(NO_DATE),
        _ => Err(NO_DATE),
    }
}

/// `20241231`
fn read_basic(cursor: &mut Cursor<'_>, fields: &mut Fields) -> Option<()> {
    fields.year = cursor.number(4, 4)?;
    fields.month = cursor.number(2, 2)?;
    fields.day = cursor.number(2, 2)?;
    Some(())
}

/// `20241231235959`
fn read_compact(cursor: &mut Cursor<'_>, fields: &mut Fields) -> Option<()> {
    read_basic(cursor, fields)?;
    fields.hour = cursor.number(2, 2)?;
    fields.minute = cursor.number(2, 2)?;
    fields.second = cursor.number(2, 2)?;
    Some(())
}

/// `2024-12-31`, `2024/12/31`, `2024.12.31`, `2024. 12. 31.`, `2024-Dec-31`, `2024年12月31日`, `2024년 12월 31일`
fn read_year_first(cursor: &mut Cursor<'_>, fields: &mut Fields) -> Result<(), Reason> {
    fields.year = cursor.number(4, 4).ok_or(NO_DATE)?;
    let separator = Separator::read(cursor).ok_or(if cursor.is_at_end() { INCOMPLETE } else { NO_DATE })?;
    if cursor.digits_ahead() == 0 {
        fields.month = read_month_name(cursor).ok_or(NO_DATE)?;
    } else {
        fields.month = cursor.number(1, 2).ok_or(NO_DATE)?;
    }
    if cursor.is_at_end() {
        return Err(INCOMPLETE);
    }
    Separator::read(cursor).filter(|second| *second == separator).ok_or(NO_DATE)?;
    if cursor.is_at_end() && separator == Separator::East {
        return Err(INCOMPLETE);
    }
    fields.day = cursor.number(1, 2).ok_or(NO_DATE)?;
    match separator {
        Separator::East => cursor.any(&["日", "일", "号"]).then_some(()).ok_or(NO_DATE),
        Separator::Point => {
            cursor.byte(b'.');
            Ok(())
        }
        _ => Ok(()),
    }
}

/// `31.12.2024`, `12/31/24`, `31 December 2024`
fn read_day_or_month_first(cursor: &mut Cursor<'_>, fields: &mut Fields, order: Order, pivot: u32) -> Result<(), Reason> {
    let first = cursor.number(1, 2).ok_or(NO_DATE)?;
    let mut ahead = *cursor;
    skip_day_suffix(&mut ahead);
    if read_month_and_year(&mut ahead, fields, pivot).is_some() {
        fields.day = first;
        *cursor = ahead;
        return Ok(());
    }
    let separator = Separator::read(cursor).filter(|found| *found != Separator::East).ok_or(NO_DATE)?;
    let second = cursor.number(1, 2).ok_or(NO_DATE)?;
    let is_over = cursor.is_at_end();
    Separator::read(cursor).filter(|found| *found == separator).ok_or(if is_over { INCOMPLETE } else { NO_DATE })?;
    read_year(cursor, fields, pivot).ok_or(NO_DATE)?;
    (fields.day, fields.month) = match order {
        Order::DayMonthYear => (first, second),
        Order::MonthDayYear => (second, first),
        Order::YearMonthDay => return Err(AMBIGUOUS),
    };
    Ok(())
}

/// `December 31, 2024`, `Tue, 31 Dec 2024`
fn read_words_first(cursor: &mut Cursor<'_>, fields: &mut Fields, pivot: u32) -> Option<()> {
    if let Some(found) = read_month_name(cursor) {
        skip_gap(cursor);
        fields.month = found;
        // "May 2024" is no 20 May.
        fields.day = cursor.number(1, 2).filter(|_| cursor.digits_ahead() == 0)?;
        skip_day_suffix(cursor);
        skip_gap(cursor);
        return read_year(cursor, fields, pivot);
    }
    // A weekday before the day; that it is the right one is not checked.
    if cursor.letters().is_empty() {
        return None;
    }
    skip_gap(cursor);
    if cursor.digits_ahead() == 0 {
        let mut ahead = *cursor;
        return month(ahead.letters()).and_then(|_| read_words_first(cursor, fields, pivot));
    }
    fields.day = cursor.number(1, 2)?;
    skip_day_suffix(cursor);
    read_month_and_year(cursor, fields, pivot)
}

/// ` December 2024`, `-Dec-24`, ` de mayo de 2020`
fn read_month_and_year(cursor: &mut Cursor<'_>, fields: &mut Fields, pivot: u32) -> Option<()> {
    skip_gap(cursor);
    skip_of(cursor);
    fields.month = read_month_name(cursor)?;
    skip_gap(cursor);
    skip_of(cursor);
    read_year(cursor, fields, pivot)
}

fn read_month_name(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut ahead = *cursor;
    let found = month(ahead.letters())?;
    ahead.byte(b'.');
    *cursor = ahead;
    Some(found)
}

/// A year of four digits, or of two, which the pivot completes.
fn read_year(cursor: &mut Cursor<'_>, fields: &mut Fields, pivot: u32) -> Option<()> {
    match cursor.digits_ahead() {
        2 => fields.set_short_year(cursor.number(2, 2)?, pivot),
        4 => fields.year = cursor.number(4, 4)?,
        _ => return None,
    }
    Some(())
}

/// `1st`, `2nd`, `3rd`, `4th`, `1er`, `1.`
fn skip_day_suffix(cursor: &mut Cursor<'_>) {
    cursor.any(&["st", "nd", "rd", "th", "er", "º", "°", "."]);
}

fn skip_of(cursor: &mut Cursor<'_>) {
    if cursor.any(&["of ", "de ", "del "]) {
        cursor.spaces();
    }
}

/// What stands between the words of a date: spaces, one comma, point, dash or slash.
fn skip_gap(cursor: &mut Cursor<'_>) {
    cursor.spaces();
    cursor.any(&[",", ".", "-", "/"]);
    cursor.spaces();
}

/// A time behind a date: after `T`, spaces or a comma.
fn read_time_behind(cursor: &mut Cursor<'_>, fields: &mut Fields) -> Option<()> {
    if !cursor.byte(b'T') {
        let comma = cursor.byte(b',');
        (cursor.spaces() > 0 || comma).then_some(())?;
    }
    read_time(cursor, fields)?;
    cursor.is_at_end().then_some(())
}

/// What stands between the numbers of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Dash,
    Slash,
    Point,
    /// The characters for year and month of Chinese, Japanese, Korean.
    East,
}

impl Separator {
    fn read(cursor: &mut Cursor<'_>) -> Option<Separator> {
        let mut ahead = *cursor;
        ahead.spaces();
        let found = match ahead.peek()? {
            b'-' => Separator::Dash,
            b'/' => Separator::Slash,
            b'.' => Separator::Point,
            _ => Separator::East,
        };
        ahead.any(&["-", "/", ".", "年", "月", "년", "월"]).then_some(())?;
        ahead.spaces();
        *cursor = ahead;
        Some(found)
    }
}
