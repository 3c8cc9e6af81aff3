//! Finds the address in what people put around it: names, angle brackets, `mailto:`, quotes, comments. Does not check the address.

use std::borrow::Cow;

use super::super::narrow::narrow;
use crate::format::Reason;

const SEVERAL: Reason = Reason::new("more than one address");
const BRACKET: Reason = Reason::new("angle bracket without its partner");

/// The bare address within `raw`.
///
/// # Errors
/// Several addresses, or a bracket that is not closed.
pub(super) fn address(raw: &str) -> Result<Cow<'_, str>, Reason> {
    let narrow = narrow(raw);
    match narrow {
        Cow::Borrowed(text) => bare(text).map(Cow::Borrowed),
        Cow::Owned(text) => bare(&text).map(|text| Cow::Owned(text.to_owned())),
    }
}

fn bare(text: &str) -> Result<&str, Reason> {
    let text = match text.find('<') {
        Some(open) => bracketed(text, open)?,
        None => text,
    };
    let text = without_comment(trim(text));
    let text = trim(without_link(trim(text)));
    match text.contains([';', ',']) && text.matches('@').count() > 1 {
        true => Err(SEVERAL),
        false => Ok(text),
    }
}

fn bracketed(text: &str, open: usize) -> Result<&str, Reason> {
    let rest = &text[open + 1..];
    let close = rest.find('>').ok_or(BRACKET)?;
    match rest[close + 1..].contains('@') {
        true => Err(SEVERAL),
        false => Ok(&rest[..close]),
    }
}

/// Drops `(private)` at the end.
fn without_comment(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((before, _)) => before.trim_end(),
        None => text,
    }
}

fn without_link(text: &str) -> &str {
    for prefix in ["mailto:", "email:", "e-mail:", "smtp:"] {
        if text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
            let link = text[prefix.len()..].trim_start();
            return link.split_once('?').map_or(link, |(address, _)| address);
        }
    }
    text
}

fn trim(text: &str) -> &str {
    let around = |letter: char| matches!(letter, '"' | '\'' | '\u{201c}' | '\u{201d}' | '\u{201e}' | ';' | ',') || letter.is_whitespace();
    text.trim_matches(around).trim_end_matches('.')
}
