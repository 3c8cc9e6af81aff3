//! Path and query of a web address: dot segments and percent encoding (RFC 3986 sections 5.2.4 and 6.2.2). Knows no host.

/// Appends the fixed form of what follows the host; the fragment and a lone `/` are dropped.
pub(super) fn append(rest: &str, out: &mut String) {
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before).trim_end();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let start = out.len();
    append_segments(path, start, out);
    if &out[start..] == "/" {
        out.truncate(start);
    }
    if !query.is_empty() {
        out.push('?');
        append_encoded(query, out);
    }
}

fn append_segments(path: &str, start: usize, out: &mut String) {
    let mut segments = path.split(['/', '\\']).skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        let from = out.len();
        out.push('/');
        append_encoded(segment, out);
        let dots = &out[from..];
        if dots == "/." || dots == "/.." {
            let parent = dots == "/..";
            out.truncate(from);
            if parent {
                out.truncate(start + out[start..].rfind('/').unwrap_or(0));
            }
            if last {
                out.push('/');
            }
        }
    }
}

/// Appends `text` with unreserved characters bare, everything else that a URL may not hold as upper-case percent codes.
fn append_encoded(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match (byte, encoded_byte(&bytes[at..])) {
            (_, Some(meant)) => {
                if is_unreserved(meant) {
                    out.push(char::from(meant))
                } else {
                    push_code(meant, out)
                }
                at += 3;
                continue;
            }
            // White space comes from broken lines at least as often as from names of files; only a plain space can be either.
            (b'\t' | b'\n' | b'\r', _) => {}
            (b'%' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0..=b' ' | 0x7f.., _) => push_code(byte, out),
            _ => out.push(char::from(byte)),
        }
        at += 1;
    }
}

/// The byte that `%41` at the start of `bytes` stands for.
fn encoded_byte(bytes: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = bytes else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn push_code(byte: u8, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}
