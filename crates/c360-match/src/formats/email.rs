//! `email`: an e-mail address in one fixed form, lower case with an ASCII domain. Sends nothing and asks no server.
//!
//! Accepted: a plain address; one in angle brackets with or without a name before it (`"Müller, Anna" <anna@x.de>`); `mailto:` links
//! (what follows `?` is dropped); quotes around the whole; a comment in parentheses and `;`, `,` or `.` at the end; full-width characters.
//! Fixed form: lower case, the part before the `@` as well. RFC 5321 lets hosts tell `Anna` from `anna`; none of weight does, and people
//! type both. The domain is ASCII (`müller.de` becomes `xn--mller-kva.de`), so that two spellings of one domain are one.
//! `plus: "drop"` drops what follows a `+` (`anna+shop@x.de`), `dots: "drop"` drops dots that Gmail ignores and turns `googlemail.com` into
//! `gmail.com`. Addresses that stand for "none" are refused unless `placeholders: "keep"`; see `email/placeholder.rs`.
//! Compared: the fixed form.
//! Refused: several addresses, no or nothing around the `@`, spaces, characters or dots where RFC 5321's atoms have none, quoted local
//! parts, IP addresses as domains, domains without a dot, parts that are too long.

mod placeholder;
mod unwrap;

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use super::arguments::{ArgumentError, named_texts};
use super::{hostname, options};
use crate::format::{Argument, Context, Format, Reason, TextFormat};

const NO_AT: Reason = Reason::new("no @");
const NO_LOCAL: Reason = Reason::new("nothing before the @");
const NO_DOMAIN: Reason = Reason::new("nothing after the @");
const TWO_AT: Reason = Reason::new("more than one @");
const SPACE: Reason = Reason::new("space inside");
const QUOTED: Reason = Reason::new("quoted part before the @");
const LONG_LOCAL: Reason = Reason::new("part before the @ is too long");
const WRONG_CHARACTER: Reason = Reason::new("wrong character before the @");
const WRONG_DOT: Reason = Reason::new("dot in the wrong place before the @");
const PLACEHOLDER: Reason = Reason::new("placeholder address");

/// The longest part before the `@` (RFC 5321 section 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// Whether a thing that does not matter is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    Keep,
    Drop,
}

#[derive(Debug)]
struct Email {
    plus: Rest,
    dots: Rest,
    placeholders: Rest,
}

/// `email(plus: "keep" | "drop", dots: "keep" | "drop", placeholders: "refuse" | "keep")`
pub(super) fn build(arguments: &[Argument], _: &Context) -> Result<Format, ArgumentError> {
    let [plus, dots, placeholders] = named_texts(arguments, ["plus", "dots", "placeholders"])?;
    let keep_or_drop = [("keep", Rest::Keep), ("drop", Rest::Drop)];
    Ok(Format::Text(Arc::new(Email {
        plus: options::choice(plus, &keep_or_drop, Rest::Keep)?,
        dots: options::choice(dots, &keep_or_drop, Rest::Keep)?,
        placeholders: options::choice(placeholders, &[("refuse", Rest::Drop), ("keep", Rest::Keep)], Rest::Drop)?,
    })))
}

impl TextFormat for Email {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        let address = unwrap::address(raw)?;
        let (local, domain) = split(&address)?;
        let start = out.len();
        append_local(local, out)?;
        if self.plus == Rest::Drop {
            drop_tag(start, out);
        }
        let at = out.len();
        out.push('@');
        hostname::append_domain(domain, out)?;
        if self.dots == Rest::Drop {
            drop_gmail_dots(start, at, out);
        }
        match self.placeholders == Rest::Drop && placeholder::is_one(&out[start..]) {
            true => Err(PLACEHOLDER),
            false => Ok(()),
        }
    }
}

fn split(address: &str) -> Result<(&str, &str), Reason> {
    let (local, domain) = address.rsplit_once('@').ok_or(NO_AT)?;
    match (local, domain) {
        ("", _) => Err(NO_LOCAL),
        (_, "") => Err(NO_DOMAIN),
        _ if address.contains(char::is_whitespace) => Err(SPACE),
        _ if local.starts_with('"') => Err(QUOTED),
        _ if local.contains('@') => Err(TWO_AT),
        _ => Ok((local, domain)),
    }
}

/// Appends the part before the `@` in lower case, after checking it against RFC 5321's dot-string; letters beyond ASCII as in RFC 6531.
fn append_local(local: &str, out: &mut String) -> Result<(), Reason> {
    if local.len() > LONGEST_LOCAL {
        return Err(LONG_LOCAL);
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(WRONG_DOT);
    }
    let start = out.len();
    match local.is_ascii() {
        true => out.push_str(local),
        // Composed before and after: lower-casing can leave a letter and its accent apart.
        false => out.extend(local.nfc().flat_map(char::to_lowercase).nfc()),
    }
    out[start..].make_ascii_lowercase();
    match out[start..].chars().all(is_atom) {
        true => Ok(()),
        false => Err(WRONG_CHARACTER),
    }
}

fn is_atom(character: char) -> bool {
    match character.is_ascii() {
        true => {
            character.is_ascii_alphanumeric()
                || matches!(character, '.' | '!' | '#'..='\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^'..='`' | '{'..='~')
        }
        false => character.is_alphanumeric(),
    }
}

fn drop_tag(start: usize, out: &mut String) {
    if let Some(plus) = out[start..].find('+').filter(|plus| *plus > 0) {
        out.truncate(start + plus);
    }
    // `anna.+shop@` would leave a dot where none may stand.
    out.truncate(start + out[start..].trim_end_matches('.').len());
}

fn drop_gmail_dots(start: usize, at: usize, out: &mut String) {
    if !matches!(&out[at..], "@gmail.com" | "@googlemail.com") {
        return;
    }
    let local: String = out[start..at].chars().filter(|character| *character != '.').collect();
    out.truncate(start);
    out.push_str(&local);
    out.push_str("@gmail.com");
}
