//! `phone`: a phone number in E.164, `+491701234567`. Calls nobody; numbering plans come from libphonenumber's data, compiled in.
//!
//! `phone("DE", "AT")` reads national numbers as numbers of the first country that they fit; without arguments the pipeline's country counts.
//! Accepted: international numbers (`+49 …`, `0049 …`, `+49 (0)30 …`), national ones where a country is known, `tel:` links, words before
//! the number (`Tel.:`), letters that stand for digits (`1-800-FLOWERS`), digits of other scripts, `.0` at the end, which tables with gaps
//! put there. A number that begins with the country's own calling code and lacks the `+` counts as well (`18188922818` in US).
//! Whether a number is possible is decided by its length, so that reserved numbers (555-…) and new ranges pass; `accept: "valid"` also
//! demands that its range is in use. Extensions are dropped: the phone is the same.
//! `area: "312"` completes numbers that lack the area code (`535-4350`), as they stand in old systems of one town; without it they are refused.
//! Fixed form and compared form: E.164.
//! Refused: no number, too short, too long, unknown country code, national numbers without a country, local numbers, several numbers,
//! numbers mangled by spreadsheets (`4.93E+11`), placeholders (one digit over and over, `1234567890`).

mod clean;
mod plain;

use std::sync::Arc;

use rlibphonenumber::{NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, Region, ValidationError};

use super::arguments::{ArgumentError, named_texts};
use super::options;
use super::scratch::with_buffer;
use crate::format::{Argument, Context, Format, Reason, TextFormat};

const NO_NUMBER: Reason = Reason::new("not a number");
const NO_COUNTRY: Reason = Reason::new("national number and no country");
const UNKNOWN_CODE: Reason = Reason::new("unknown country code");
const SHORT: Reason = Reason::new("too short");
const LONG: Reason = Reason::new("too long");
const LENGTH: Reason = Reason::new("wrong length");
const LOCAL: Reason = Reason::new("local number without area code");
const UNUSED: Reason = Reason::new("number range not in use");
const PLACEHOLDER: Reason = Reason::new("placeholder number");

/// Which numbers pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Accept {
    /// Those of a length that the country has.
    Possible,
    /// Those in a range that the country uses.
    Valid,
}

#[derive(Debug)]
struct Phone {
    regions: Vec<Region>,
    /// How numbers are dialled in the first of them.
    plan: Option<&'static plain::Plan>,
    area: Option<String>,
    accept: Accept,
}

/// `phone("DE", .., area: "312", accept: "possible" | "valid")`
pub(super) fn build(arguments: &[Argument], context: &Context) -> Result<Format, ArgumentError> {
    let (positional, named) = options::split(arguments);
    let [area, accept] = named_texts(named, ["area", "accept"]).map_err(options::behind(positional.len()))?;
    let countries = options::countries(positional, context)?;
    let regions: Vec<Region> = countries.iter().filter_map(|code| Region::try_from(std::str::from_utf8(code).ok()?).ok()).collect();
    let area = match area {
        Some((at, digits)) if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) || regions.is_empty() => {
            return Err(ArgumentError::at(at + positional.len(), "expected the digits of an area code, and a country to go with it"));
        }
        area => area.map(|(_, digits)| digits.to_owned()),
    };
    let accept = options::choice(accept, &[("possible", Accept::Possible), ("valid", Accept::Valid)], Accept::Possible)?;
    let plan = countries.first().and_then(|code| plain::plan_of(*code));
    Ok(Format::Text(Arc::new(Phone { regions, plan, area, accept })))
}

impl TextFormat for Phone {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        with_buffer(|number| {
            clean::append(raw, number)?;
            if clean::is_placeholder(number) {
                return Err(PLACEHOLDER);
            }
            out.push('+');
            let start = out.len();
            let code = match plain::read(number, self.plan).filter(|_| self.accept == Accept::Possible) {
                Some((code, national)) => {
                    out.push_str(code);
                    out.push_str(national);
                    code.len()
                }
                None => {
                    let parsed = settled(number, self.parse(number)?)?;
                    out.push_str(parsed.format_as(PhoneNumberFormat::E164).trim_start_matches('+'));
                    digits(parsed.country_code)
                }
            };
            if clean::is_placeholder(&out[start + code..]) { Err(PLACEHOLDER) } else { Ok(()) }
        })
    }
}

/// The reading that E.164 keeps. A number that is possible but in no range in use can carry a second national prefix (`0 030 …`), which
/// goes when it is read again.
fn settled(number: &str, mut parsed: PhoneNumber) -> Result<PhoneNumber, Reason> {
    for _ in 0..3 {
        let written = parsed.format_as(PhoneNumberFormat::E164);
        if written == number || is_north_american(&parsed) || parsed.is_valid() {
            return Ok(parsed);
        }
        let again = PHONE_NUMBER_UTIL.parse(&*written, None).map_err(|error| parse_reason(&error))?;
        if again == parsed {
            return Ok(parsed);
        }
        if !matches!(again.is_possible_with_reason(), Ok(NumberLengthType::IsPossible)) {
            return Err(LENGTH);
        }
        parsed = again;
    }
    Err(NO_NUMBER)
}

/// Ten digits that do not begin with the prefix `1`, in use or not: nothing goes from them. Spares the common fictitious 555-numbers a
/// second look.
const fn is_north_american(parsed: &PhoneNumber) -> bool {
    parsed.country_code == 1 && parsed.national_number >= 2_000_000_000 && parsed.national_number < 10_000_000_000
}

/// How many digits a country's calling code has.
const fn digits(calling_code: i32) -> usize {
    match calling_code {
        ..10 => 1,
        10..100 => 2,
        _ => 3,
    }
}

impl Phone {
    /// The first reading of a cleaned number that a country's plan allows; the reason of the first that does not, if none.
    fn parse(&self, number: &str) -> Result<PhoneNumber, Reason> {
        let international = number.starts_with('+');
        let mut first = None;
        if international || self.regions.is_empty() {
            first = Some(match self.read(number, None) {
                Err(reason) if reason == UNKNOWN_CODE && !international => NO_COUNTRY,
                Err(reason) => reason,
                Ok(parsed) => return Ok(parsed),
            });
        } else {
            for region in &self.regions {
                match self.read(number, Some(*region)) {
                    Ok(parsed) => return Ok(parsed),
                    Err(reason) => first = first.or(Some(reason)),
                }
            }
        }
        // `00` dials out of most countries; people write it in the others as well.
        if let Some(rest) = number.strip_prefix("00") {
            let foreign = with_buffer(|foreign| {
                foreign.push('+');
                foreign.push_str(rest);
                self.read(foreign, None)
            });
            return foreign.map_err(|reason| first.unwrap_or(reason));
        }
        Err(first.unwrap_or(NO_NUMBER))
    }

    fn read(&self, number: &str, region: Option<Region>) -> Result<PhoneNumber, Reason> {
        let parsed = PHONE_NUMBER_UTIL.parse(number, region).map_err(|error| parse_reason(&error))?;
        match parsed.is_possible_with_reason() {
            Ok(NumberLengthType::IsPossible) => self.accepted(parsed),
            Ok(NumberLengthType::IsPossibleLocalOnly) => self.with_area(number, region),
            Err(error) => Err(length_reason(error)),
        }
    }

    fn with_area(&self, number: &str, region: Option<Region>) -> Result<PhoneNumber, Reason> {
        let (Some(area), Some(region)) = (&self.area, region) else { return Err(LOCAL) };
        with_buffer(|complete| {
            complete.push_str(area);
            complete.push_str(number);
            let parsed = PHONE_NUMBER_UTIL.parse(&complete, Some(region)).map_err(|error| parse_reason(&error))?;
            match parsed.is_possible_with_reason() {
                Ok(NumberLengthType::IsPossible) => self.accepted(parsed),
                _ => Err(LOCAL),
            }
        })
    }

    fn accepted(&self, parsed: PhoneNumber) -> Result<PhoneNumber, Reason> {
        match self.accept == Accept::Valid && !parsed.is_valid() {
            true => Err(UNUSED),
            false => Ok(parsed),
        }
    }
}

fn parse_reason(error: &ParseError) -> Reason {
    match error {
        ParseError::InvalidCountryCode => UNKNOWN_CODE,
        ParseError::NotANumber(_) => NO_NUMBER,
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => SHORT,
        ParseError::TooLongNsn => LONG,
    }
}

const fn length_reason(error: ValidationError) -> Reason {
    match error {
        ValidationError::InvalidCountryCode => UNKNOWN_CODE,
        ValidationError::TooShort => SHORT,
        ValidationError::TooLong => LONG,
        ValidationError::InvalidLength => LENGTH,
    }
}
