//! `url`: a web address in one fixed form. Opens no connection and resolves no name.
//!
//! Accepted: addresses with `http`, `https` or `ftp`, or without a scheme (`www.x.de/shop`, then `https` is taken); angle brackets or
//! quotes around it; `\` for `/`; white space within is dropped where lines were broken, encoded where it stands between words.
//! Fixed form: scheme and host lower case, the host in ASCII; the scheme's own port, user and password, fragment, `.` and `..` segments and
//! a lone `/` dropped; path and query keep their case, with percent signs in one spelling (upper-case hex, nothing encoded that need not
//! be). `www.` and a slash at the end stay, as servers may tell them apart.
//! Compared: without scheme, `www.`, slashes at the end and query parameters that only track (`utm_…`, `gclid`, `fbclid`).
//! Refused: other schemes, e-mail addresses, hosts without a dot or with characters that no host has, wrong ports.

mod path;

use std::sync::Arc;

use super::arguments::{self, ArgumentError};
use super::hostname;
use crate::format::{Argument, Context, Format, Reason, TextFormat};

const SCHEME: Reason = Reason::new("not a web address");
const EMAIL: Reason = Reason::new("e-mail address instead of a web address");
const PORT: Reason = Reason::new("wrong port");

/// Schemes and their own ports.
const SCHEMES: [(&str, u16); 3] = [("https", 443), ("http", 80), ("ftp", 21)];

#[derive(Debug)]
struct Url;

/// `url`
pub(super) fn build(given: &[Argument], _: &Context) -> Result<Format, ArgumentError> {
    arguments::none(given)?;
    Ok(Format::Text(Arc::new(Url)))
}

impl TextFormat for Url {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        let raw = raw.trim_matches(|character: char| character.is_whitespace() || "<>\"'".contains(character));
        let (scheme, origin, rest) = split_scheme(raw)?;
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        out.push_str(scheme.0);
        out.push_str("://");
        append_host(authority, scheme.1, origin, out)?;
        path::append(rest, out);
        Ok(())
    }

    fn comparable(&self, value: &str, out: &mut String) {
        let value = value.split_once("://").map_or(value, |(_, rest)| rest);
        let value = value.strip_prefix("www.").unwrap_or(value);
        let (before, query) = value.split_once('?').unwrap_or((value, ""));
        out.push_str(before.trim_end_matches('/'));
        let mut separator = '?';
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty() && !tracks(parameter)) {
            out.push(separator);
            out.push_str(parameter);
            separator = '&';
        }
    }
}

fn tracks(parameter: &str) -> bool {
    let name = parameter.split_once('=').map_or(parameter, |(name, _)| name);
    name.starts_with("utm_") || matches!(name, "gclid" | "fbclid" | "msclkid" | "mc_cid" | "mc_eid")
}

/// Where the scheme of an address comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Written,
    Assumed,
}

/// The scheme with its port, and what follows the slashes.
fn split_scheme(raw: &str) -> Result<((&'static str, u16), Origin, &str), Reason> {
    for scheme in SCHEMES {
        let name = scheme.0;
        let is_it = raw.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        if let Some(rest) = is_it.then(|| &raw[name.len()..]).and_then(|rest| rest.strip_prefix(':')) {
            return match rest.starts_with(['/', '\\']) {
                true => Ok((scheme, Origin::Written, rest.trim_start_matches(['/', '\\']))),
                false => Err(SCHEME),
            };
        }
    }
    match raw.split_once("://") {
        Some((before, _)) if !before.contains(['/', '?', '#', '.']) => Err(SCHEME),
        _ => Ok((SCHEMES[0], Origin::Assumed, raw.trim_start_matches(['/', '\\']))),
    }
}

fn append_host(authority: &str, own_port: u16, origin: Origin, out: &mut String) -> Result<(), Reason> {
    let host = match authority.rsplit_once('@') {
        // With a scheme this is `user:password@host`; both are secrets that do not belong to the address.
        Some((_, host)) if origin == Origin::Written => host,
        Some(_) => return Err(EMAIL),
        None => authority,
    };
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (host, None),
    };
    if !hostname::append_ipv4(host, out) {
        hostname::append_domain(host, out)?;
    }
    match port {
        None | Some("") => {}
        Some(port) => append_port(port, own_port, out)?,
    }
    Ok(())
}

fn append_port(port: &str, own_port: u16, out: &mut String) -> Result<(), Reason> {
    let digits = port.bytes().all(|byte| byte.is_ascii_digit());
    let number: u16 = port.parse().ok().filter(|number| digits && *number > 0).ok_or(PORT)?;
    if number != own_port {
        out.push(':');
        out.push_str(port.trim_start_matches('0'));
    }
    Ok(())
}
