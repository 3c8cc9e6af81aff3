//! Reads times of day and offsets from UTC. Does not judge them: 25:61 is read, and refused by the fields.

use super::cursor::Cursor;
use super::fields::Fields;

/// Reads `h:mm`, `h:mm:ss`, `h:mm:ss.fff` (point or comma), or `hhmm`, `hhmmss`; then AM or PM; then an offset. `None` leaves `fields` half filled.
pub(super) fn read_time(cursor: &mut Cursor<'_>, fields: &mut Fields) -> Option<()> {
    match cursor.digits_ahead() {
        4 | 6 => read_basic(cursor, fields)?,
        _ => read_extended(cursor, fields)?,
    }
    if cursor.byte(b'.') || cursor.byte(b',') {
        fields.micro = cursor.fraction()?;
    }
    let mut ahead = *cursor;
    ahead.spaces();
    if let Some(afternoon) = read_half_day(&mut ahead) {
        fields.afternoon = Some(afternoon);
        *cursor = ahead;
    }
    let mut ahead = *cursor;
    ahead.spaces();
    if let Some(offset) = read_offset(&mut ahead) {
        fields.offset = Some(offset);
        *cursor = ahead;
    }
    Some(())
}

fn read_basic(cursor: &mut Cursor<'_>, fields: &mut Fields) -> Option<()> {
    fields.hour = cursor.number(2, 2)?;
    fields.minute = cursor.number(2, 2)?;
    fields.second = cursor.number(0, 2)?;
    Some(())
}

fn read_extended(cursor: &mut Cursor<'_>, fields: &mut Fields) -> Option<()> {
    fields.hour = cursor.number(1, 2)?;
    if cursor.byte(b':') {
        fields.minute = cursor.number(2, 2)?;
        fields.second = if cursor.byte(b':') { cursor.number(2, 2)? } else { 0 };
        return Some(());
    }
    // A bare hour is a time only on a twelve-hour clock: "3 PM".
    let mut ahead = *cursor;
    ahead.spaces();
    read_half_day(&mut ahead).map(|_| ())
}

/// Reads AM, PM, a.m., p.m.: whether it is the afternoon.
pub(super) fn read_half_day(cursor: &mut Cursor<'_>) -> Option<bool> {
    let mut ahead = *cursor;
    let afternoon = ahead.byte(b'p');
    if !afternoon && !ahead.byte(b'a') {
        return None;
    }
    let dotted = ahead.byte(b'.');
    if dotted {
        ahead.spaces();
    }
    if !ahead.byte(b'm') {
        return None;
    }
    if dotted {
        ahead.byte(b'.');
    }
    *cursor = ahead;
    Some(afternoon)
}

/// Reads `Z`, `UTC`, `GMT`, `+01:00`, `+0100`, `+01`, `UTC+1`: minutes east of UTC.
pub(super) fn read_offset(cursor: &mut Cursor<'_>) -> Option<i32> {
    let named = cursor.word("UTC") || cursor.word("GMT") || cursor.byte(b'Z');
    let sign = match cursor.peek() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return named.then_some(0),
    };
    cursor.byte(b'+');
    cursor.byte(b'-');
    let hours = cursor.number(1, 2)?;
    let minutes = if cursor.byte(b':') { cursor.number(2, 2)? } else { cursor.number(0, 2)? };
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    // 99 minutes are no offset; the fields refuse what is out of range.
    Some(if minutes < 60 { sign * total } else { i32::MAX })
}
