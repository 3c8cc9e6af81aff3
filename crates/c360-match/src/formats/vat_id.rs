//! The format `vat_id`: the VAT number of a company in the EU, the United Kingdom (GB, XI for Northern Ireland), Switzerland or Norway, as prefix
//! and number in capitals without spaces: `DE136695976`.
//!
//! Accepts spaces, points, dashes, slashes between the characters and small letters. Where the prefix is missing, it is added from the pipeline's country. GR
//! becomes EL, UK becomes GB; a Belgian number of nine digits gets its leading zero; the Swiss `MWST`, `TVA`, `IVA` and the
//! Norwegian `MVA` behind the number are dropped. The shape and, where the country has any, the check digits must be right; that the
//! number was issued is not checked. Comparison form: the same.
//!
//! Reasons: "not a VAT number", "no country prefix", "unknown country prefix", "wrong length or letters for the country", "wrong check
//! digit".

mod checksum;
mod countries;
mod east;
mod west;

use std::sync::Arc;

use super::arguments::{self, ArgumentError};
use super::compact::Compact;
use crate::format::{Argument, Context, Format, Reason, TextFormat};
use countries::{Country, country};

const NO_NUMBER: Reason = Reason::new("not a VAT number");
const NO_PREFIX: Reason = Reason::new("no country prefix");
const UNKNOWN_PREFIX: Reason = Reason::new("unknown country prefix");
const SHAPE: Reason = Reason::new("wrong length or letters for the country");
const CHECK: Reason = Reason::new("wrong check digit");

/// Builds `vat_id`.
pub(super) fn build(arguments: &[Argument], context: &Context) -> Result<Format, ArgumentError> {
    arguments::none(arguments)?;
    Ok(Format::Text(Arc::new(VatId { home: context.country.as_deref().and_then(country) })))
}

#[derive(Debug)]
struct VatId {
    /// The pipeline's country, if its numbers are known.
    home: Option<&'static Country>,
}

impl TextFormat for VatId {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        let compact = Compact::new(raw).ok_or(NO_NUMBER)?;
        let text = compact.as_str();
        if text.len() < 4 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Err(NO_NUMBER);
        }
        let (country, body) = self.resolve(text)?;
        out.push_str(country.prefix);
        let start = out.len();
        // Until 2005 Belgian numbers had nine digits, and many still write them so.
        if country.prefix == "BE" && body.len() == 9 {
            out.push('0');
        }
        out.push_str(body);
        if (country.check)(&out.as_bytes()[start..]) { Ok(()) } else { Err(CHECK) }
    }
}

impl VatId {
    /// The country that `text` names, or else the pipeline's, whose shape it has.
    fn resolve<'a>(&self, text: &'a str) -> Result<(&'static Country, &'a str), Reason> {
        let named = country(&text[..2]);
        let by_name = named.and_then(|country| Some((country, country.fit(&text[2..])?)));
        let by_home = || self.home.and_then(|country| Some((country, country.fit(text)?)));
        by_name.or_else(by_home).ok_or_else(|| match (named, self.home) {
            (Some(_), _) => SHAPE,
            (None, _) if text.as_bytes()[..2].iter().all(u8::is_ascii_alphabetic) => UNKNOWN_PREFIX,
            (None, Some(_)) => SHAPE,
            (None, None) => NO_PREFIX,
        })
    }
}
