//! Compiles strftime-like patterns into elements, and says what is wrong with those that cannot name a date. Matching is `matcher`'s.

use super::specifier::{self, Specifier};

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) elements: Vec<Element>,
}

/// One step of matching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// This byte, ASCII case aside.
    Literal(u8),
    /// Any spaces; at least one where digits would run together without.
    Space { least: usize },
    /// A number of `least` to `most` digits.
    Number { field: Field, least: usize, most: usize },
    /// Digits of a fraction of a second.
    Fraction,
    /// A month's name, and the point of an abbreviation unless the pattern goes on with one.
    Month { point: bool },
    /// Any word.
    Weekday,
    /// AM or PM.
    HalfDay,
    /// Z, UTC, GMT, +01:00.
    Offset,
}

/// What a number means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Year,
    ShortYear,
    Month,
    Day,
    DayOfYear,
    Hour,
    Minute,
    Second,
}

/// Compiles `text`.
///
/// # Errors
/// What is wrong with it, and what to write instead.
pub(super) fn compile(text: &str) -> Result<Pattern, String> {
    let mut elements = Vec::new();
    let mut specifiers = Vec::new();
    let expanded = expand(text);
    let mut characters = expanded.chars();
    while let Some(character) = characters.next() {
        match character {
            '%' => match specifier::of(characters.next())? {
                Specifier::Percent => elements.push(Element::Literal(b'%')),
                specifier => {
                    specifiers.push(specifier);
                    elements.push(specifier.element());
                }
            },
            space if space.is_whitespace() => push_space(&mut elements),
            other => elements.extend(other.encode_utf8(&mut [0; 4]).bytes().map(Element::Literal)),
        }
    }
    specifier::check(&specifiers)?;
    look_around(&mut elements);
    Ok(Pattern { elements })
}

/// Replaces the short forms of whole dates and times.
fn expand(text: &str) -> String {
    text.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S").replace("%R", "%H:%M").replace("%D", "%m/%d/%y")
}

fn push_space(elements: &mut Vec<Element>) {
    if !matches!(elements.last(), Some(Element::Space { .. })) {
        elements.push(Element::Space { least: 0 });
    }
}

/// Fits elements to their neighbours: numbers without anything between them have all their digits ("%Y%m%d"), numbers with only spaces
/// between them need one.
fn look_around(elements: &mut [Element]) {
    for at in 0..elements.len() {
        let before = at.checked_sub(1).map(|before| elements[before]);
        let after = elements.get(at + 1).copied();
        let touches = |neighbour: Option<Element>| matches!(neighbour, Some(Element::Number { .. } | Element::Fraction));
        match &mut elements[at] {
            Element::Number { least, most, .. } if touches(before) || touches(after) => *least = *most,
            Element::Space { least } => *least = usize::from(touches(before) && touches(after)),
            Element::Month { point } => *point = after != Some(Element::Literal(b'.')),
            _ => {}
        }
    }
}
