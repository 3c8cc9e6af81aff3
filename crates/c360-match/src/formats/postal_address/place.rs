//! Takes country, postcode, state and town off the end of an address that is written as one text. Knows nothing of streets.

use super::style::Style;
use super::{Segments, number, region};
use crate::formats::country;
use crate::formats::postcode::{self, Position};

/// What was found, each as it stands in the text.
#[derive(Debug, Default)]
pub(super) struct Place<'a> {
    pub(super) country: Option<&'static str>,
    pub(super) postcode: Option<&'a str>,
    pub(super) state: Option<&'a str>,
    pub(super) city: Option<&'a str>,
}

/// How sure it is that a text holds more than a street.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// A whole address.
    Address,
    /// Meant to be a street; only what is clearly more counts.
    Street,
}

/// What a segment can be as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// It holds the street, perhaps with more behind it.
    Street,
    /// A town stands before it, so that it can be a state: `.., New York, New York 10118`.
    State,
    /// A town or a state.
    Unclear,
}

/// Takes the place off `segments`, the texts between commas and line ends. At least one segment stays for the street, if there was one.
pub(super) fn take<'a>(segments: &mut Segments<'a>, assumed: Option<[u8; 2]>, extent: Extent) -> Place<'a> {
    let mut place = Place { country: take_country(segments, assumed), ..Place::default() };
    let country = place.country.map(|code| [code.as_bytes()[0], code.as_bytes()[1]]).or(assumed);
    if let [alone] = **segments
        && extent == Extent::Address
        && let Some((street, town)) = split_before_code(alone, country)
    {
        *segments = [street, town].into_iter().collect();
    }
    let Some(last) = segments.pop() else { return place };
    let whole = match &**segments {
        [] => Whole::Street,
        [_, .., before] if can_be_town(before, country) => Whole::State,
        _ => Whole::Unclear,
    };
    let (code, rest) = split_postcode(last, country, whole);
    place.postcode = code;
    let sure = code.is_some() || extent == Extent::Address || whole != Whole::Street;
    let (state, rest) = if sure { split_state(rest, country, code, whole) } else { (None, rest) };
    place.state = state;
    if whole == Whole::Street || !can_be_town(rest, country) {
        segments.push(rest);
        return place;
    }
    if rest.is_empty() && place.country.is_none() {
        place.country = take_country(segments, assumed);
    }
    place.city = Some(rest).filter(|rest| !rest.is_empty());
    // A region may stand behind the town, and the town's code with either.
    for _ in 0..2 {
        let may_be_behind = segments.len() > 1 && place.city.is_none_or(region::is_county);
        if !may_be_behind || !segments.last().is_some_and(|before| can_be_town(before, country)) {
            break;
        }
        place.state = place.state.or(place.city);
        place.city = segments.pop();
        take_code(country, &mut place);
    }
    place
}

/// Towns have no digits; a code may stand before or behind one.
fn can_be_town(text: &str, country: Option<[u8; 2]>) -> bool {
    !text.contains(|letter: char| letter.is_ascii_digit()) || split_postcode(text, country, Whole::Unclear).0.is_some()
}

/// `75001 Paris, Île-de-France`: the code stands with the town, the region behind it.
fn take_code(country: Option<[u8; 2]>, place: &mut Place<'_>) {
    if let (None, Some(city)) = (place.postcode, place.city) {
        let (code, rest) = split_postcode(city, country, Whole::Unclear);
        place.postcode = code;
        place.city = Some(rest).filter(|rest| !rest.is_empty());
    }
}

fn take_country(segments: &mut Segments<'_>, assumed: Option<[u8; 2]>) -> Option<&'static str> {
    if segments.len() < 2 {
        return None;
    }
    let last = segments.pop()?;
    let is_state = assumed.is_none_or(|country| country == *b"US") && region::find(last, Some(*b"US")).is_some();
    match country::find_name(last).filter(|_| !is_state) {
        Some(code) => Some(code),
        None => {
            let (rest, code) = last.rsplit_once(' ').map_or((last, None), |(rest, word)| (rest.trim_end(), country::find_name(word)));
            segments.push(if code.is_some() { rest } else { last });
            code
        }
    }
}

/// The postcode at the end or the beginning of a segment that holds no street, and the rest.
pub(super) fn split_code(segment: &str, country: Option<[u8; 2]>) -> (Option<&str>, &str) {
    split_postcode(segment, country, Whole::Unclear)
}

/// The postcode at the end or the beginning of a segment, and the rest. In a segment that also holds the street, only at the end, behind
/// something that can be a town or state, or between the street's number and a town.
fn split_postcode(segment: &str, country: Option<[u8; 2]>, whole: Whole) -> (Option<&str>, &str) {
    let tails = last_words(segment).into_iter().flatten().chain((whole != Whole::Street).then_some(0));
    for from in tails {
        let (before, code) = segment.split_at(from);
        let street_stays = whole != Whole::Street || before.split_ascii_whitespace().nth(2).is_some_and(|_| ends_in_word(before));
        if street_stays && postcode::is_one(code, country, if before.is_empty() { Position::First } else { Position::Later }) {
            return (Some(code), before.trim_end());
        }
    }
    if whole == Whole::Street {
        return (None, segment);
    }
    let space = |from: usize| segment.bytes().skip(from).position(|byte| byte == b' ').map(|at| from + at);
    let first = space(0);
    let second = first.and_then(|first| space(first + 1));
    for to in [second, first].into_iter().flatten() {
        let (code, behind) = segment.split_at(to);
        if postcode::is_one(code, country, Position::First) {
            return (Some(code), behind.trim_start());
        }
    }
    (None, segment)
}

/// Where the last two words and the last one begin, behind a space each.
fn last_words(text: &str) -> [Option<usize>; 2] {
    let space = |to: usize| text.as_bytes()[..to].iter().rposition(|byte| *byte == b' ');
    let last = space(text.len());
    let before = last.and_then(space);
    [before, last].map(|at| at.map(|at| at + 1))
}

/// `Hauptstr. 5 10115 Berlin`: a code between the house number and the town.
fn split_before_code(text: &str, country: Option<[u8; 2]>) -> Option<(&str, &str)> {
    let code_at = |from: usize| {
        let word = text[from..].split(' ').next().unwrap_or_default();
        let behind = text[from + word.len()..].trim_start();
        let house_before = text[..from].split_ascii_whitespace().skip(1).any(number::is_number);
        let code = word.len() >= 4
            && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
            && postcode::is_one(word, country, Position::Later);
        code && house_before && !behind.is_empty() && !behind.contains(|letter: char| letter.is_ascii_digit())
    };
    let from = text.match_indices(' ').map(|(at, _)| at + 1).find(|from| code_at(*from))?;
    Some((text[..from].trim_end(), &text[from..]))
}

fn ends_in_word(text: &str) -> bool {
    text.split_ascii_whitespace()
        .next_back()
        .is_some_and(|word| word.chars().all(|character| character.is_alphabetic() || character == '.'))
}

/// The state at the end of a segment, and the rest.
fn split_state<'a>(text: &'a str, country: Option<[u8; 2]>, code: Option<&str>, whole: Whole) -> (Option<&'a str>, &'a str) {
    if !Style::of(country).may_be(&[b"US", b"CA", b"AU"]) {
        return (None, text);
    }
    let starts = last_words(text).into_iter().flatten().chain((whole != Whole::Street).then_some(0));
    for from in starts {
        let (before, name) = text.split_at(from);
        let abbreviation = name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_uppercase());
        // Without a country or a code behind it, two small letters or a town's name (`New York`) prove nothing.
        let coded = code.is_some() && (name.len() <= 3 || !before.is_empty() || whole == Whole::State);
        let clear = abbreviation || coded || (country.is_some() && from == 0 && name.len() == 2);
        if clear && region::find(name, country).is_some() {
            return (Some(name), before.trim_end_matches([' ', ',', '.']));
        }
    }
    (None, text)
}
