//! Matches a compiled pattern against a text. Compiles nothing and checks no calendar.

use super::clock::{read_half_day, read_offset};
use super::cursor::Cursor;
use super::fields::Fields;
use super::month_names::month;
use super::pattern::{Element, Field, Pattern};

impl Pattern {
    /// The fields of `text`, if it has this pattern's shape from the first to the last character.
    pub(super) fn read(&self, text: &str, pivot: u32) -> Option<Fields> {
        let mut cursor = Cursor::new(text);
        let mut fields = Fields::default();
        for element in &self.elements {
            step(*element, &mut cursor, &mut fields, pivot)?;
        }
        cursor.is_at_end().then_some(fields)
    }
}

fn step(element: Element, cursor: &mut Cursor<'_>, fields: &mut Fields, pivot: u32) -> Option<()> {
    match element {
        Element::Literal(byte) => return cursor.byte(byte).then_some(()),
        Element::Space { least } => return (cursor.spaces() >= least).then_some(()),
        Element::Number { field, least, most } => set(fields, field, cursor.number(least, most)?, pivot),
        Element::Fraction => fields.micro = cursor.fraction()?,
        Element::Month { point } => {
            fields.month = month(cursor.letters())?;
            if point {
                cursor.byte(b'.');
            }
        }
        Element::Weekday => return (!cursor.letters().is_empty()).then_some(()),
        Element::HalfDay => fields.afternoon = Some(read_half_day(cursor)?),
        Element::Offset => fields.offset = Some(read_offset(cursor)?),
    }
    Some(())
}

fn set(fields: &mut Fields, field: Field, value: u32, pivot: u32) {
    match field {
        Field::Year => fields.year = value,
        Field::ShortYear => fields.set_short_year(value, pivot),
        Field::Month => fields.month = value,
        Field::Day => fields.day = value,
        Field::DayOfYear => fields.day_of_year = Some(value),
        Field::Hour => fields.hour = value,
        Field::Minute => fields.minute = value,
        Field::Second => fields.second = value,
    }
}
