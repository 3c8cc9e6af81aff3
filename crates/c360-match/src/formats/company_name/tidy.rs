//! The display form of a company's name. Leaves words and case alone.

use crate::formats::scratch::with_buffer;
use crate::formats::text;

/// Appends `raw` cleaned; may append nothing.
pub(super) fn tidy(raw: &str, out: &mut String) {
    let start = out.len();
    if is_plain(raw.as_bytes()) {
        out.push_str(raw);
    } else {
        with_buffer(|plain| {
            push_plain(raw, plain);
            text::clean(plain, out);
        });
    }
    strip_ends(start, out);
}

/// ASCII without quotes, entities, control characters and double spaces.
fn is_plain(bytes: &[u8]) -> bool {
    let mut last = b' ';
    for &byte in bytes {
        let odd = !(b' '..=b'~').contains(&byte) || matches!(byte, b'"' | b';' | b'`') || (byte == b' ' && last == b' ');
        if odd || (byte == b',' && last == b' ') {
            return false;
        }
        last = byte;
    }
    last != b' '
}

/// Appends `raw` with one kind of quote and dash, plain letters for full-width ones, and no entities and spaces before commas.
fn push_plain(raw: &str, out: &mut String) {
    let mut rest = raw;
    while let Some(letter) = rest.chars().next() {
        let entity = ENTITIES.iter().find(|(entity, _)| letter == '&' && rest.starts_with(entity));
        rest = &rest[entity.map_or(letter.len_utf8(), |(entity, _)| entity.len())..];
        match entity.map_or_else(|| narrow(letter), |(_, plain)| *plain) {
            '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′' | '\u{1fef}' | '\u{1ffd}' => out.push('\''),
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => out.push('"'),
            '‐' | '‑' | '–' | '—' | '−' => out.push('-'),
            ',' => {
                out.truncate(out.trim_end().len());
                out.push(',');
            }
            letter if text::is_invisible(letter) => {}
            letter => out.push(letter),
        }
    }
}

/// The plain letter of a full-width one.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

const ENTITIES: [(&str, char); 5] = [("&amp;", '&'), ("&#38;", '&'), ("&quot;", '"'), ("&#39;", '\''), ("&apos;", '\'')];

/// Takes commas and the like from the ends, and quotes that stand around the whole.
fn strip_ends(start: usize, out: &mut String) {
    loop {
        let name = &out[start..];
        let bare = name.trim_matches([' ', ',', ';', ':', '|', '_', '*', '-']);
        let bare = unquoted(bare);
        if bare.len() == name.len() {
            return;
        }
        let from = start + bare.as_ptr().addr() - name.as_ptr().addr();
        let end = from + bare.len();
        out.truncate(end);
        out.drain(start..from);
    }
}

fn unquoted(name: &str) -> &str {
    for quote in ['"', '\''] {
        let inner = name.strip_prefix(quote).and_then(|name| name.strip_suffix(quote));
        if let Some(inner) = inner.filter(|inner| !inner.contains(quote)) {
            return inner;
        }
    }
    name
}
