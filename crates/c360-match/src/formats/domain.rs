//! `domain`: the registrable domain of a web address, an e-mail address or a host name. Looks up the public suffix list that is compiled
//! in, not the network.
//!
//! Accepted: `https://shop.example.co.uk/a?b`, `anna@mail.example.co.uk`, `shop.example.co.uk:8080`, with or without `www.`.
//! Fixed form: the public suffix and one label more, lower case, ASCII (`example.co.uk`). Suffixes that hosting companies hand out count
//! (`anna.github.io` stays whole), since their names belong to different people.
//! Compared: the fixed form.
//! Refused: IP addresses, names without a dot, names that are a public suffix themselves, top-level domains that do not exist.

use std::sync::Arc;

use super::arguments::{self, ArgumentError};
use super::hostname;
use super::scratch::with_buffer;
use crate::format::{Argument, Context, Format, Reason, TextFormat};

const SUFFIX_ONLY: Reason = Reason::new("public suffix without a name before it");
const UNKNOWN_TOP: Reason = Reason::new("unknown top-level domain");

#[derive(Debug)]
struct Domain;

/// `domain`
pub(super) fn build(given: &[Argument], _: &Context) -> Result<Format, ArgumentError> {
    arguments::none(given)?;
    Ok(Format::Text(Arc::new(Domain)))
}

impl TextFormat for Domain {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        with_buffer(|host| {
            hostname::append_domain(host_of(raw), host)?;
            let suffix = psl::suffix(host.as_bytes()).filter(psl::Suffix::is_known).ok_or(UNKNOWN_TOP)?;
            if suffix.as_bytes().len() == host.len() {
                return Err(SUFFIX_ONLY);
            }
            out.push_str(psl::domain_str(host).ok_or(SUFFIX_ONLY)?);
            Ok(())
        })
    }
}

/// The host within a web address, an e-mail address or a bare host with or without a port.
fn host_of(raw: &str) -> &str {
    let raw = raw.trim_matches(|character: char| character.is_whitespace() || "<>\"',;".contains(character));
    let rest = raw.split_once("://").map_or(raw, |(_, rest)| rest).trim_start_matches('/');
    let rest = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    host.split_once(':').map_or(host, |(host, _)| host).trim_end_matches('>')
}
