//! Reads the inputs of an address into its parts: which text holds what, and which segment of it is the street.

use std::borrow::Cow;

use super::clean::{cleaned, is_care_of, is_placeholder, without_remarks};
use super::place::{self, Extent, Place};
use super::settled::{Reading, settle};
use super::shape::Shape;
use super::spelling;
use super::street::{self, Known, Street};
use super::style::Style;
use super::{CITY, COUNTRY, Few, INPUTS, NUMBER, POSTCODE, STATE, STREET, Segments, Tokens, UNIT, cjk, number, region, unit};
use crate::format::Reason;
use crate::formats::{country, postcode};

const PLACEHOLDER: Reason = Reason::new("placeholder address");
const NOTHING: Reason = Reason::new("no part of an address");

/// The inputs, in the order of the format's inputs.
#[derive(Default)]
pub(super) struct Inputs<'a> {
    pub(super) line: Option<&'a str>,
    pub(super) street: Option<&'a str>,
    pub(super) number: Option<&'a str>,
    pub(super) unit: Option<&'a str>,
    pub(super) postcode: Option<&'a str>,
    pub(super) city: Option<&'a str>,
    pub(super) state: Option<&'a str>,
    pub(super) country: Option<&'a str>,
    /// The code of the country, if it is one.
    pub(super) code: Option<&'static str>,
}

/// Fills the parts of `out` from `inputs`; an input of its own wins over what a line or a street holds.
pub(super) fn address(inputs: &[Option<&str>], assumed: Option<[u8; 2]>, out: &mut [String]) -> Result<Reading, Reason> {
    let clean: [Option<Cow<'_, str>>; INPUTS.len()] = std::array::from_fn(|at| inputs.get(at).copied().flatten().map(cleaned));
    let given = |at: usize| clean[at].as_deref().filter(|text| !is_placeholder(text));
    let inputs = Inputs {
        line: given(0),
        street: given(1),
        number: given(2),
        unit: given(3),
        postcode: given(4),
        city: given(5),
        state: given(6),
        country: given(7),
        code: given(7).and_then(country::find),
    };
    let assumed = inputs.code.map(bytes).or(assumed.filter(|_| inputs.country.is_none()));
    let spaceless = inputs.street.or(inputs.line).filter(|text| cjk::is_cjk(text));
    match (inputs.street, inputs.line) {
        _ if let Some(text) = spaceless => fill_cjk(text, &inputs, out),
        (Some(text), _) => fill_text(text, Extent::Street, &inputs, assumed, out),
        (None, Some(text)) => fill_text(text, Extent::Address, &inputs, assumed, out),
        (None, None) => fill_place(&Place::default(), &inputs, assumed, out),
    }
    match out.iter().all(String::is_empty) {
        true if clean.iter().flatten().any(|text| is_placeholder(text)) => Err(PLACEHOLDER),
        true => Err(NOTHING),
        false => {
            let reading = settle(out);
            // What is left of a Chinese address without its Chinese words is read as any other the next time.
            let same_reader = spaceless.is_none() || cjk::is_cjk(&out[STREET]);
            Ok(if same_reader { reading } else { Reading::Open })
        }
    }
}

/// The code of a country as its two bytes.
pub(super) fn bytes(code: &str) -> [u8; 2] {
    let code = code.as_bytes();
    [code[0], code[1]]
}

fn fill_text(text: &str, extent: Extent, inputs: &Inputs<'_>, assumed: Option<[u8; 2]>, out: &mut [String]) {
    let text = without_remarks(text);
    let mut segments = segments_of(&text);
    let mut units = Few::new();
    take_units(&mut segments, &mut units);
    // Four digits behind the last comma are a postcode rather than a house, unless town or code are known.
    let longest_last = if inputs.postcode.is_none() && inputs.city.is_none() { 3 } else { 6 };
    let number = take_lone_number(&mut segments, longest_last);
    let place = match extent == Extent::Address || inputs.city.is_none() {
        true => place::take(&mut segments, assumed, extent),
        false => Place::default(),
    };
    let style = Style::of(place.country.map(bytes).or(assumed));
    let known = Known { number: inputs.number.is_some() || number.is_some(), town: inputs.city.is_some() || place.city.is_some() };
    let street = segments.get(street_among(&segments, style)).map(|text| street::parse(text, style, known)).unwrap_or_default();
    fill_place(&place, inputs, style.country, out);
    if out[CITY].is_empty() && !street.town.is_empty() {
        spelling::append_name(&street.town.join(" "), style, &mut out[CITY]);
    }
    fill_street(&street, number, &units, inputs, style, out);
}

/// The texts between commas and line ends that say something.
fn segments_of(text: &str) -> Segments<'_> {
    let separates = |byte: u8| matches!(byte, b',' | b'\n' | b';' | b'|');
    let says = |segment: &&str| !is_placeholder(segment) && !is_care_of(segment);
    match text.bytes().any(separates) {
        true => text.split([',', '\n', ';', '|']).map(str::trim).filter(says).collect(),
        false => Some(text.trim()).filter(says).into_iter().collect(),
    }
}

/// Moves the units that stand between commas, or at the beginning of what does.
fn take_units<'a>(segments: &mut Segments<'a>, units: &mut Few<'a>) {
    let mut at = 0;
    while at < segments.len() && segments.len() > 1 {
        let mut first = [""; 4];
        let words = first_words(segments[at], &mut first);
        let count = unit::leading(words);
        if count == 0 {
            at += 1;
            continue;
        }
        units.extend(words[..count].iter().copied());
        match words.get(count).map(|rest| rest.as_ptr().addr() - segments[at].as_ptr().addr()) {
            Some(rest) => segments[at] = &segments[at][rest..],
            None => drop(segments.remove(at)),
        }
    }
}

/// As many of the first words of `text` as there is room for.
fn first_words<'a, 'b>(text: &'a str, room: &'b mut [&'a str]) -> &'b [&'a str] {
    let mut count = 0;
    for (slot, word) in room.iter_mut().zip(text.split_ascii_whitespace()) {
        *slot = word;
        count += 1;
    }
    &room[..count]
}

/// Takes out a segment that is a house number alone: `Rua Augusta, 55`, `No 321, Street 128`.
fn take_lone_number<'a>(segments: &mut Segments<'a>, longest_last: usize) -> Option<&'a str> {
    let last = segments.len() - usize::from(!segments.is_empty());
    let is_lone = |at: usize| {
        let mut first = [""; 3];
        let words = first_words(segments[at], &mut first);
        let house = |word: &str| number::is_number(word) && (at < last || word.len() <= longest_last);
        matches!(*words, [marker, word] if number::is_marker(marker) && house(word))
            || matches!(*words, [word] if house(word.trim_start_matches('#')))
            || matches!(*words, [word, letter] if at < last && house(word) && (number::is_bis(letter) || letter.len() == 1))
    };
    let at = (0..segments.len()).find(|at| segments.len() > 1 && is_lone(*at))?;
    Some(segments.remove(at).trim_start_matches('#').trim_start())
}

/// The segment that is the street: the first that begins with a number or is a box, else that ends with one, else that has a street word.
fn street_among(segments: &[&str], style: Style) -> usize {
    let first = |segment: &&str| {
        segment
            .split_ascii_whitespace()
            .next()
            .is_some_and(|word| number::is_number(word) || word.contains('-') && word.as_bytes()[0].is_ascii_digit())
    };
    let boxed = |segment: &&str| street::is_box(segment);
    let last = |segment: &&str| segment.split_ascii_whitespace().next_back().is_some_and(number::is_number);
    let worded = |segment: &&str| {
        let words: Tokens<'_> = segment.split_ascii_whitespace().collect();
        Shape::of(&words, style).is_some()
    };
    let numbered = |segment: &&str| segment.contains(|letter: char| letter.is_ascii_digit());
    if segments.len() < 2 {
        return 0;
    }
    let by = [&first as &dyn Fn(&&str) -> bool, &boxed, &last, &numbered, &worded];
    by.iter().find_map(|holds| segments.iter().position(holds)).unwrap_or(0)
}

fn fill_street(street: &Street<'_>, number: Option<&str>, units: &[&str], inputs: &Inputs<'_>, style: Style, out: &mut [String]) {
    match street.is_box {
        true => out[STREET].push_str(&street.name.join(" ")),
        false => spelling::append_street(&street.name, style, &mut out[STREET]),
    }
    let found = joined(&street.number, if street.is_box { "" } else { " " });
    number::append(inputs.number.or(number).unwrap_or(&found), &mut out[NUMBER]);
    let unit = joined(if street.unit.is_empty() { units } else { &street.unit }, " ");
    unit::append(inputs.unit.unwrap_or(&unit), &mut out[UNIT]);
}

/// Most numbers and units are one word.
fn joined<'a>(words: &[&'a str], between: &str) -> Cow<'a, str> {
    match words {
        [] => Cow::Borrowed(""),
        [word] => Cow::Borrowed(word),
        words => Cow::Owned(words.join(between)),
    }
}

/// Fills postcode, city, state and country, and what else stands in inputs of its own where there is no street.
pub(super) fn fill_place(place: &Place<'_>, inputs: &Inputs<'_>, country: Option<[u8; 2]>, out: &mut [String]) {
    let style = Style::of(country);
    if let Some(code) = inputs.postcode.or(place.postcode) {
        postcode::append_of_address(code, country, &mut out[POSTCODE]);
    }
    if let Some(city) = inputs.city.or(place.city) {
        spelling::append_name(city, style, &mut out[CITY]);
    }
    if let Some(state) = inputs.state.or(place.state) {
        match region::find(state, country) {
            Some(code) => out[STATE].push_str(code),
            None => spelling::append_name(state, style, &mut out[STATE]),
        }
    }
    match (inputs.country.map(|name| (inputs.code, name)), place.country) {
        (Some((Some(code), _)), _) | (None, Some(code)) => out[COUNTRY].push_str(code),
        (Some((None, name)), _) => spelling::append_name(name, style, &mut out[COUNTRY]),
        (None, None) => {}
    }
    // One town is the whole country, so people name it once.
    if out[CITY].is_empty() && matches!(out[COUNTRY].as_str(), "SG" | "HK" | "MO" | "MC" | "VA" | "GI") {
        let name = country::english_name(&out[COUNTRY]);
        out[CITY].push_str(name.unwrap_or_default());
    }
    if inputs.street.is_none() && inputs.line.is_none() {
        inputs.number.into_iter().for_each(|number| number::append(number, &mut out[NUMBER]));
        inputs.unit.into_iter().for_each(|unit| unit::append(unit, &mut out[UNIT]));
    }
}

fn fill_cjk(text: &str, inputs: &Inputs<'_>, out: &mut [String]) {
    let compact: String = text
        .chars()
        .filter(|letter| !matches!(letter, ' ' | '\n' | ',') || text.chars().any(|other| matches!(other, '\u{ac00}'..='\u{d7af}')))
        .collect();
    let parts = cjk::parse(&compact);
    let country = inputs.code.map(bytes);
    let place = Place {
        country: None,
        postcode: Some(parts.postcode).filter(|part| !part.is_empty()),
        state: Some(parts.state).filter(|part| !part.is_empty()),
        city: Some(parts.city).filter(|part| !part.is_empty()),
    };
    fill_place(&place, inputs, country, out);
    out[STREET].push_str(parts.street.trim());
    match inputs.number {
        Some(number) => number::append(number, &mut out[NUMBER]),
        None => cjk::append_number(parts.number, &mut out[NUMBER]),
    }
    unit::append(inputs.unit.unwrap_or(parts.unit), &mut out[UNIT]);
}
