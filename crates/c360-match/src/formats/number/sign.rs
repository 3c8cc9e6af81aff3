//! Takes the sign off a number: before it, behind it, or as parentheses. A dash behind a decimal mark (`12,-`) is no sign.

/// Whether `text` is negative, and what is left of it; `None` with two signs.
pub(in crate::formats) fn strip(text: &str) -> Option<(bool, &str)> {
    if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        let inner = inner.trim();
        return (!has_sign(inner)).then_some((true, inner));
    }
    let (negative, leads, rest) = match text.as_bytes() {
        [b'-', ..] => (true, true, &text[1..]),
        [b'+', ..] => (false, true, &text[1..]),
        [.., b'-'] => (true, false, &text[..text.len() - 1]),
        [.., b'+'] => (false, false, &text[..text.len() - 1]),
        _ => return Some((false, text)),
    };
    let rest = rest.trim();
    (!has_sign(rest) && (leads || !rest.ends_with(['.', ',']))).then_some((negative, rest))
}

/// Whether a sign stands at either end.
pub(in crate::formats) fn has_sign(text: &str) -> bool {
    text.starts_with(['-', '+', '(']) || text.ends_with(['-', '+', ')'])
}
