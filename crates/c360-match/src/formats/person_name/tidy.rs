//! The text of a name before it is read: one kind of apostrophe and hyphen, no brackets and nicknames. Knows no words.

use crate::formats::scratch::with_buffer;
use crate::formats::text;

/// Appends `raw` tidied: cleaned as `text` does; `’ ʼ ´` and the like are `'`, dashes are `-` without spaces around them; what stands in
/// brackets or quotes is left out, unless nothing else is there.
pub(super) fn tidy(raw: &str, out: &mut String) {
    if is_tidy(raw.as_bytes()) {
        return out.push_str(raw);
    }
    let start = out.len();
    with_buffer(|cleaned| {
        text::clean(raw, cleaned);
        push_outside(cleaned, out);
        if !out[start..].contains(char::is_alphanumeric) {
            out.truncate(start);
            cleaned.chars().filter(|&letter| !is_bracket(letter)).for_each(|letter| push(letter, start, out));
        }
    });
    out.truncate(start + out[start..].trim_end_matches([' ', ',', '-']).len());
}

/// Latin, Cyrillic and Chinese letters, points, commas, apostrophes and single spaces and hyphens between them: nothing to do.
fn is_tidy(bytes: &[u8]) -> bool {
    let mut last = b' ';
    for &byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'.' | b'\'' => {}
            // The first bytes of U+00C0 to U+017F, composed letters of western and central European languages, of U+0400 to U+047F and of
            // U+4000 to U+9FFF. What comes behind the first bytes of other letters is refused with these.
            0xc3..=0xc5 | 0xd0 | 0xd1 | 0xe4..=0xe9 | 0x80..=0xbf => {}
            b' ' | b'-' if !matches!(last, b' ' | b'-' | b',') => {}
            b' ' if last == b',' => {}
            b',' if !matches!(last, b' ' | b'-' | b',') => {}
            _ => return false,
        }
        last = byte;
    }
    !matches!(last, b' ' | b'-' | b',')
}

/// Appends what stands outside brackets and quotes. A single quote mark without its partner quotes nothing.
fn push_outside(text: &str, out: &mut String) {
    let start = out.len();
    let paired = text.chars().filter(|&letter| is_quote(letter)).count() % 2 == 0;
    let mut depth = 0_usize;
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '(' | '[' | '{' | '（' | '［' | '【' | '<' => depth += 1,
            ')' | ']' | '}' | '）' | '］' | '】' | '>' => depth = depth.saturating_sub(1),
            _ if is_quote(letter) => quoted = paired && !quoted,
            _ if depth == 0 && !quoted => push(letter, start, out),
            _ => {}
        }
    }
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '＂')
}

fn is_bracket(letter: char) -> bool {
    is_quote(letter) || matches!(letter, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '（' | '）' | '［' | '］' | '【' | '】')
}

/// Appends one letter, in its one kind and without doubled separators.
fn push(letter: char, start: usize, out: &mut String) {
    match letter {
        '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′' | '＇' | '\u{1fef}' | '\u{1ffd}' => out.push('\''),
        '-' | '‐' | '‑' | '–' | '—' | '−' | '－' | '﹣' => separate('-', &[' '], start, out),
        ',' | ';' | '，' | '、' | '､' => separate(',', &[' ', '-'], start, out),
        ' ' | '_' | '*' | '\u{3000}' => match out[start..].chars().next_back() {
            None | Some(' ' | '-') => {}
            Some(_) => out.push(' '),
        },
        _ => out.push(letter),
    }
}

/// Appends a separator, which takes the place of weaker ones before it.
fn separate(separator: char, weaker: &[char], start: usize, out: &mut String) {
    out.truncate(start + out[start..].trim_end_matches(weaker).len());
    if out.len() > start && !out.ends_with(['-', ',']) {
        out.push(separator);
    }
}
