//! Host names in their one ASCII form: lower case, internationalized labels as punycode. Shared by `email`, `url` and `domain`; knows
//! nothing of public suffixes and looks nothing up.

use std::net::Ipv4Addr;

use crate::format::Reason;

/// The longest name that the domain name system can carry (RFC 1035 section 2.3.4, as text).
const LONGEST: usize = 253;
const LONGEST_LABEL: usize = 63;

const WRONG_CHARACTER: Reason = Reason::new("wrong character in the domain");
const WRONG_LABEL: Reason = Reason::new("wrong label in the domain");
const TOO_LONG: Reason = Reason::new("domain is too long");
const NO_DOT: Reason = Reason::new("no dot in the domain");
const ADDRESS: Reason = Reason::new("IP address instead of a domain");
const WRONG_TOP: Reason = Reason::new("wrong top-level domain");

/// Appends the ASCII form of a domain with at least two labels. One dot at the end is dropped.
///
/// # Errors
/// The name breaks the rules of host names (letters, digits, inner hyphens and underscores, lengths), is an IP address or has no dot.
pub(super) fn append_domain(raw: &str, out: &mut String) -> Result<(), Reason> {
    let start = out.len();
    append_ascii(raw, out)?;
    let domain = &out[start..];
    let Some((_, top)) = domain.rsplit_once('.') else { return Err(NO_DOT) };
    if domain.starts_with(|first: char| first.is_ascii_digit()) && domain.parse::<Ipv4Addr>().is_ok() {
        return Err(ADDRESS);
    }
    let letters = top.bytes().all(|byte| byte.is_ascii_lowercase());
    if top.len() < 2 || !(letters || top.starts_with("xn--")) {
        return Err(WRONG_TOP);
    }
    Ok(())
}

/// Appends the fixed form of an IPv4 address if `raw` is one, and says whether it did.
pub(super) fn append_ipv4(raw: &str, out: &mut String) -> bool {
    let address = raw.parse::<Ipv4Addr>().is_ok();
    if address {
        out.push_str(raw);
    }
    address
}

fn append_ascii(raw: &str, out: &mut String) -> Result<(), Reason> {
    let raw = raw.strip_suffix(['.', '。']).unwrap_or(raw);
    let start = out.len();
    if raw.is_ascii() && !has_punycode(raw) {
        out.push_str(raw);
        out[start..].make_ascii_lowercase();
    } else {
        // UTS 46 lower-cases, maps compatibility characters (full-width letters and dots) and encodes; it also checks what `xn--` hides.
        out.push_str(&idna::domain_to_ascii(raw).map_err(|_| WRONG_CHARACTER)?);
    }
    check(&out[start..])
}

fn has_punycode(raw: &str) -> bool {
    let hyphens = raw.as_bytes().windows(2).any(|pair| pair == b"--");
    hyphens && raw.as_bytes().windows(4).any(|window| window.eq_ignore_ascii_case(b"xn--"))
}

fn check(domain: &str) -> Result<(), Reason> {
    if domain.len() > LONGEST {
        return Err(TOO_LONG);
    }
    let mut label = 0;
    let mut previous = b'.';
    for byte in domain.bytes() {
        match byte {
            b'.' if label == 0 || previous == b'-' => return Err(WRONG_LABEL),
            b'-' if label == 0 => return Err(WRONG_LABEL),
            b'.' => label = 0,
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => label += 1,
            _ => return Err(WRONG_CHARACTER),
        }
        if label > LONGEST_LABEL {
            return Err(TOO_LONG);
        }
        previous = byte;
    }
    if label == 0 || previous == b'-' { Err(WRONG_LABEL) } else { Ok(()) }
}
