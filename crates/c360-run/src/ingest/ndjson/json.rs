//! Just enough of JSON (RFC 8259) to find values without building them: checks the grammar and gives places in the text.
//!
//! Strict about everything that could change a value: no comments, no trailing commas, no lone surrogates.

/// Why a text is not JSON.
pub(super) type Reason = &'static str;

/// How deep objects and arrays may be nested.
const DEPTH_LIMIT: usize = 128;

/// What a JSON value is, as far as making text of it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    /// A number, `true`, `false`
    Literal,
    /// A string without escapes.
    PlainText,
    /// A string with escapes.
    EscapedText,
    /// An object or array.
    Nested,
}

/// The kind of a whole, valid value.
pub(super) fn kind(json: &str) -> Kind {
    match json.as_bytes().first() {
        Some(b'n') => Kind::Null,
        Some(b'"') if memchr::memchr(b'\\', json.as_bytes()).is_none() => Kind::PlainText,
        Some(b'"') => Kind::EscapedText,
        Some(b'{' | b'[') => Kind::Nested,
        _ => Kind::Literal,
    }
}

/// The first place at or behind `at` that is not white space.
#[inline]
pub(super) fn space(json: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = json.get(at) {
        at += 1;
    }
    at
}

/// Goes over the members of the object at `at`, which is a `{`, and gives the place behind it. `member` gets the key with its
/// quotes (start, end) and the place of the value, and gives the place behind the value.
pub(super) fn members(
    json: &[u8],
    at: usize,
    member: &mut dyn FnMut(usize, usize, usize) -> Result<usize, Reason>,
) -> Result<usize, Reason> {
    let mut at = space(json, at + 1);
    if json.get(at) == Some(&b'}') {
        return Ok(at + 1);
    }
    loop {
        if json.get(at) != Some(&b'"') {
            return Err("a key is expected");
        }
        let key_end = string(json, at)?;
        let colon = space(json, key_end);
        if json.get(colon) != Some(&b':') {
            return Err("a colon is expected behind a key");
        }
        let behind = member(at, key_end, space(json, colon + 1))?;
        at = space(json, behind);
        match json.get(at) {
            Some(b',') => at = space(json, at + 1),
            Some(b'}') => return Ok(at + 1),
            None => return Err("it ends inside an object"),
            Some(_) => return Err("a comma or a closing brace is expected"),
        }
    }
}

/// The place behind the value at `at`, inside `depth` objects and arrays.
pub(super) fn value(json: &[u8], at: usize, depth: usize) -> Result<usize, Reason> {
    match json.get(at) {
        None => Err("it ends where a value is expected"),
        Some(b'"') => string(json, at),
        Some(b'{') => members(json, deeper(at, depth)?, &mut |_, _, at| value(json, at, depth + 1)),
        Some(b'[') => array(json, deeper(at, depth)?, depth),
        Some(b'-' | b'0'..=b'9') => number(json, at),
        Some(_) => ["null", "true", "false"]
            .iter()
            .find(|word| json[at..].starts_with(word.as_bytes()))
            .map(|word| at + word.len())
            .ok_or("a value is expected"),
    }
}

fn deeper(at: usize, depth: usize) -> Result<usize, Reason> {
    if depth < DEPTH_LIMIT { Ok(at) } else { Err("it is nested too deep") }
}

fn array(json: &[u8], at: usize, depth: usize) -> Result<usize, Reason> {
    let mut at = space(json, at + 1);
    if json.get(at) == Some(&b']') {
        return Ok(at + 1);
    }
    loop {
        at = space(json, value(json, at, depth + 1)?);
        match json.get(at) {
            Some(b',') => at = space(json, at + 1),
            Some(b']') => return Ok(at + 1),
            None => return Err("it ends inside an array"),
            Some(_) => return Err("a comma or a closing bracket is expected"),
        }
    }
}

fn number(json: &[u8], at: usize) -> Result<usize, Reason> {
    const REASON: Reason = "a number is malformed";
    let digits = |mut at: usize| {
        let start = at;
        while json.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        if at > start { Ok(at) } else { Err(REASON) }
    };
    let start = at + usize::from(json[at] == b'-');
    let mut at = digits(start)?;
    if json[start] == b'0' && at > start + 1 {
        return Err(REASON);
    }
    if json.get(at) == Some(&b'.') {
        at = digits(at + 1)?;
    }
    if let Some(b'e' | b'E') = json.get(at) {
        let sign = usize::from(matches!(json.get(at + 1), Some(b'+' | b'-')));
        at = digits(at + 1 + sign)?;
    }
    Ok(at)
}

/// The place behind the string that starts at `at` with its quote.
#[inline]
pub(super) fn string(json: &[u8], at: usize) -> Result<usize, Reason> {
    let mut at = at + 1;
    loop {
        let special = json[at..].iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).ok_or("a string is not closed")?;
        at += special;
        match json[at] {
            b'"' => return Ok(at + 1),
            b'\\' => at = escape(json, at)?,
            _ => return Err("a string holds a control character"),
        }
    }
}

/// The place behind the escape at `at`; a pair of surrogates is one escape.
fn escape(json: &[u8], at: usize) -> Result<usize, Reason> {
    match json.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => code_point(json, at).map(|(_, behind)| behind),
        _ => Err("a string holds an unknown escape"),
    }
}

/// The character that the `\u` escape at `at` stands for, and the place behind it.
fn code_point(json: &[u8], at: usize) -> Result<(char, usize), Reason> {
    const REASON: Reason = "a string holds a malformed \\u escape";
    let unit = |at: usize| -> Option<u32> {
        let digits = json.get(at + 2..at + 6).filter(|digits| json[at..at + 2] == *b"\\u" && digits.iter().all(u8::is_ascii_hexdigit))?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let first = unit(at).ok_or(REASON)?;
    if let Some(character) = char::from_u32(first) {
        return Ok((character, at + 6));
    }
    let second = unit(at + 6).filter(|second| first < 0xDC00 && (0xDC00..0xE000).contains(second)).ok_or(REASON)?;
    let character = char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)).ok_or(REASON)?;
    Ok((character, at + 12))
}

/// Writes the text of a valid string without its quotes into `out`, escapes resolved.
pub(super) fn unescape(text: &str, out: &mut String) {
    out.clear();
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let (character, behind) = match rest.as_bytes()[at + 1] {
            b'b' => ('\u{8}', at + 2),
            b'f' => ('\u{c}', at + 2),
            b'n' => ('\n', at + 2),
            b'r' => ('\r', at + 2),
            b't' => ('\t', at + 2),
            b'u' => code_point(rest.as_bytes(), at).expect("escapes were checked when the line was read"),
            other => (char::from(other), at + 2),
        };
        out.push(character);
        rest = &rest[behind..];
    }
    out.push_str(rest);
}

/// Writes a valid value into `out` without the white space between its tokens; everything else stays as written.
pub(super) fn compact(json: &str, out: &mut String) {
    out.clear();
    let bytes = json.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'"' => string(bytes, at).expect("strings were checked when the line was read"),
            _ => at + bytes[at..].iter().position(|byte| matches!(byte, b'"' | b' ' | b'\t' | b'\n' | b'\r')).unwrap_or(bytes.len() - at),
        };
        out.push_str(&json[at..end]);
        at = space(bytes, end);
    }
}
