//! `postcode`: a postal code as its country writes it. Knows the shape of codes, not which of them are in use.
//!
//! `postcode("DE", "AT")` tries these countries in order, codes that fit as written before those that need repair; without arguments the pipeline's country counts. `postcode("any")`, or no country
//! at all or one whose codes we do not know, takes every code of 3 to 10 letters and digits with at least one digit.
//! Accepted: any case, any or no spaces, hyphens and dots; the country before it (`D-10115`, `CH-8001`, `FL 9490`, `〒150-0001`); `.0` at
//! the end, which tables with gaps put there.
//! A code of digits that is one short gets back the zero that a spreadsheet took, in countries whose codes can begin with one (`1067` in
//! DE is `01067`; in US two zeros, `601` is `00601`) and unless `short: "refuse"`.
//! Fixed form: capitals with the country's own space or hyphen: `SW1A 2AA`, `1234 AB`, `00-950`, `123 45`, `150-0001`. In US the five digits;
//! `plus4: "keep"` keeps all nine (`89132-1234`). Without a country: capitals, one space or hyphen where there was one.
//! Compared: letters and digits alone.
//! Refused: what does not fit the country, codes of zeros only.

mod by_code;
mod of_address;
mod patterns;

use std::sync::Arc;

use super::arguments::{ArgumentError, at_most, named_texts};
use super::narrow::narrow;
use super::options;
use crate::format::{Argument, ArgumentValue, Context, Format, Reason, TextFormat};
use by_code::country;
pub(super) use of_address::{Position, append_of_address, is_one, is_written};
use patterns::Country;

const NO_FIT: Reason = Reason::new("not a postcode of this country");
const NO_CODE: Reason = Reason::new("not a postcode");
const ZEROS: Reason = Reason::new("placeholder postcode");

/// The longest code with its country before it, in letters and digits.
const LONGEST: usize = 13;

/// What happens to a code of digits that lost its zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Short {
    Pad,
    Refuse,
}

/// Whether the four digits that a US code can have after the five are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PlusFour {
    Keep,
    Drop,
}

#[derive(Debug)]
struct Postcode {
    /// In order of preference; none: any code.
    countries: Vec<&'static Country>,
    short: Short,
    plus4: PlusFour,
}

/// `postcode("DE", .., short: "pad" | "refuse", plus4: "drop" | "keep")`, `postcode("any")`
pub(super) fn build(arguments: &[Argument], context: &Context) -> Result<Format, ArgumentError> {
    let (countries, named) = options::split(arguments);
    let [short, plus4] = named_texts(named, ["short", "plus4"]).map_err(options::behind(countries.len()))?;
    let any = countries.iter().position(|argument| argument.value == ArgumentValue::Text("any".into()));
    let codes = match any {
        Some(_) => at_most(countries, 1, "\"any\" alone").map(|()| Vec::new())?,
        None => options::countries(countries, context)?,
    };
    Ok(Format::Text(Arc::new(Postcode {
        countries: codes.into_iter().filter_map(country).collect(),
        short: options::choice(short, &[("pad", Short::Pad), ("refuse", Short::Refuse)], Short::Pad)?,
        plus4: options::choice(plus4, &[("drop", PlusFour::Drop), ("keep", PlusFour::Keep)], PlusFour::Drop)?,
    })))
}

impl TextFormat for Postcode {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        Rules { countries: &self.countries, short: self.short, plus4: self.plus4 }.append(raw, out)
    }

    fn comparable(&self, value: &str, out: &mut String) {
        out.extend(value.chars().filter(|character| character.is_alphanumeric()));
    }
}

/// What a code must be, and what happens to it.
#[derive(Debug, Clone, Copy)]
struct Rules<'a> {
    countries: &'a [&'static Country],
    short: Short,
    plus4: PlusFour,
}

impl Rules<'_> {
    fn append(self, raw: &str, out: &mut String) -> Result<(), Reason> {
        let raw = narrow(raw);
        let raw = raw.strip_suffix(".0").unwrap_or(&raw).trim_start_matches('〒').trim();
        let code = Code::read(raw)?;
        let start = out.len();
        match self.countries {
            [] => append_any(raw, code, out)?,
            _ if self.append_fitting(raw, code.text(), out) => {}
            _ => return Err(NO_FIT),
        }
        if self.plus4 == PlusFour::Drop && out.len() - start == 10 && out.as_bytes()[start + 5] == b'-' && self.is_american() {
            out.truncate(start + 5);
        }
        let digits = out[start..].bytes().all(|byte| matches!(byte, b'0' | b' ' | b'-'));
        if digits { Err(ZEROS) } else { Ok(()) }
    }

    fn is_american(self) -> bool {
        self.countries.iter().any(|country| matches!(&country.code, b"US" | b"PR"))
    }

    /// Appends the shape of the first country that `code` fits: as it is written, else in its letters and digits, else repaired.
    fn append_fitting(self, raw: &str, code: &str, out: &mut String) -> bool {
        let start = out.len();
        for country in self.countries {
            if country.append(code, out) && &out[start..] == raw {
                return true;
            }
            out.truncate(start);
        }
        self.countries.iter().any(|country| country.append(code, out))
            || self.countries.iter().any(|country| self.append_behind_country(country, code, out))
            || self.countries.iter().any(|country| self.append_padded(country, code, out))
    }

    /// The code without the country before it.
    fn append_behind_country(self, country: &Country, code: &str, out: &mut String) -> bool {
        let letters = code.bytes().take_while(u8::is_ascii_uppercase).count();
        if !(1..=3).contains(&letters) || !country.is_called(&code[..letters]) {
            return false;
        }
        country.append(&code[letters..], out) || self.append_padded(country, &code[letters..], out)
    }

    /// The code with the zeros that it lost.
    fn append_padded(self, country: &Country, code: &str, out: &mut String) -> bool {
        self.short == Short::Pad && country.append_padded(code, out)
    }
}

/// Letters and digits of a value, in capitals.
#[derive(Clone, Copy)]
struct Code {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Code {
    fn read(raw: &str) -> Result<Code, Reason> {
        let mut code = Code { bytes: [0; LONGEST], length: 0 };
        for character in raw.chars() {
            match character {
                ' ' | '-' | '.' | '\t' => {}
                _ if character.is_ascii_alphanumeric() && code.length < LONGEST => {
                    code.bytes[code.length] = character.to_ascii_uppercase() as u8;
                    code.length += 1;
                }
                _ => return Err(NO_CODE),
            }
        }
        Ok(code)
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).expect("only ASCII was written")
    }
}

/// A code of no known country: capitals, separators where they stood, each one character.
fn append_any(raw: &str, code: Code, out: &mut String) -> Result<(), Reason> {
    if !(3..=10).contains(&code.length) || !code.text().bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(NO_CODE);
    }
    let mut separator = None;
    let start = out.len();
    for character in raw.chars() {
        if character.is_ascii_alphanumeric() {
            out.extend(separator.take().filter(|_| out.len() > start));
            out.push(character.to_ascii_uppercase());
        } else if separator != Some('-') {
            separator = Some(if character == '-' { '-' } else { ' ' });
        }
    }
    Ok(())
}
