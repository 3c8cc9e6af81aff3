//! House numbers: what is one, its fixed form (`12a`, `12-14`, `123 1/2`) and its comparison form. Knows no streets.

/// Whether a token can be a house number: digits, then at most a letter, a range, a fraction or parts behind a slash; no ordinal (`5th`).
pub(super) fn is_number(token: &str) -> bool {
    let token = token.trim_end_matches(['.', ',']);
    let digits = token.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &token[digits..];
    let plain = rest.is_empty() || is_letter(rest) || matches!(rest, "bis" | "ter" | "Bis" | "BIS" | "TER");
    let further = rest.starts_with(['-', '/'])
        && rest[1..].bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-/".contains(&byte))
        && !is_ordinal(token);
    (1..=6).contains(&digits) && (plain || further)
}

/// Whether a token is a number in a row: `5th`, `21ST`.
pub(super) fn is_ordinal(token: &str) -> bool {
    ordinal(token).is_some()
}

/// The digits of an ordinal: `5` of `5th`.
pub(super) fn ordinal(token: &str) -> Option<&str> {
    let token = token.trim_end_matches('.');
    let digits = token.get(..token.len().checked_sub(2)?)?;
    let suffix = &token.as_bytes()[digits.len()..];
    let fits = [b"st", b"nd", b"rd", b"th"].iter().any(|word| suffix.eq_ignore_ascii_case(*word));
    (fits && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

fn is_letter(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Appends the fixed form of a number of one or several tokens: a letter joined to the digits and lower case, ranges without spaces, words
/// for "number" dropped. Anything else keeps its characters with single spaces.
pub(super) fn append(text: &str, out: &mut String) {
    let start = out.len();
    for token in text.split([' ', '\t', '\n', ',']).filter(|token| !token.is_empty()) {
        let token = token.trim_matches(['#', '.', '°', 'º']);
        if token.is_empty() || (out.len() == start && is_marker(token)) {
            continue;
        }
        let after_digit = out[start..].ends_with(|last: char| last.is_ascii_digit());
        let joins =
            (is_letter(token) && after_digit) || token.starts_with(['-', '/']) || out[start..].ends_with(['-', '/']) || is_bis(token);
        if out.len() > start && !joins {
            out.push(' ');
        }
        // `293-b` is `293b`.
        let token = match token.split_once('-') {
            Some((digits, letter)) if is_letter(letter) && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                out.push_str(digits);
                letter
            }
            _ => token,
        };
        let from = out.len();
        out.push_str(token);
        // `12A` and `12 a` are one; `N59W28135` is a name for a place in a grid.
        match token.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
            || joins
            || out[..from].ends_with(|last: char| last.is_ascii_digit())
        {
            true => out[from..].make_ascii_lowercase(),
            false => out[from..].make_ascii_uppercase(),
        }
    }
}

/// Whether a token sets a number apart from its neighbour, as in France: `12 bis`.
pub(super) fn is_bis(token: &str) -> bool {
    ["bis", "ter"].iter().any(|word| token.eq_ignore_ascii_case(word))
}

/// Whether a token only says that a number follows.
pub(super) fn is_marker(token: &str) -> bool {
    const MARKERS: [&str; 13] = ["no", "nr", "n", "num", "numero", "nummer", "number", "hausnr", "house", "bld", "dom", "д", "дом"];
    let token = token.trim_end_matches(['.', '°', 'º', ':']);
    MARKERS.iter().any(|word| token.eq_ignore_ascii_case(word))
}

/// Appends the comparison form: no leading zeros, of a range its first number (`12-14` = `12`), no spaces.
pub(super) fn append_compared(value: &str, out: &mut String) {
    let value = value.trim_start_matches('0');
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let behind = value[digits..].strip_prefix('-');
    let is_range =
        digits > 0 && behind.is_some_and(|behind| !behind.contains('-') && behind.starts_with(|next: char| next.is_ascii_digit()));
    match is_range {
        true => out.push_str(&value[..digits]),
        false => out.extend(value.chars().filter(|character| *character != ' ').flat_map(char::to_lowercase)),
    }
}
