//! Whether the parts of a plain address are written the same once more, where the reader of all addresses would read them again.

use crate::formats::postal_address::clean::is_placeholder;
use crate::formats::postal_address::style::Style;
use crate::formats::postal_address::{CITY, COUNTRY, POSTCODE, STREET, UNIT, spelling, unit};
use crate::formats::scratch::with_buffer;
use crate::formats::{latin, postcode};

use super::street::MOST;

/// Whether each part is, no word of the street names a unit, and the country's code (`NA`) does not stand for "none".
pub(super) fn is_alike(out: &[String], style: Style) -> bool {
    (out[COUNTRY].is_empty() || !is_placeholder(&out[COUNTRY]))
        && street_stays(&out[STREET], style)
        && is_same(&out[CITY], |again| spelling::append_name(&out[CITY], style, again))
        && is_same(&out[UNIT], |again| unit::append(&out[UNIT], again))
        && is_same(&out[POSTCODE], |again| postcode::append_of_address(&out[POSTCODE], style.country, again))
}

fn is_same(text: &str, write: impl FnOnce(&mut String)) -> bool {
    let written = |again: &mut String| {
        write(again);
        again == text
    };
    text.is_empty() || with_buffer(written)
}

fn street_stays(street: &str, style: Style) -> bool {
    let mut words = [""; MOST];
    let mut count = 0;
    for word in latin::words(street) {
        let Some(slot) = words.get_mut(count).filter(|_| !unit::is_designator(word)) else { return false };
        *slot = word;
        count += 1;
    }
    is_same(street, |again| spelling::append_street(&words[..count], style, again))
}
