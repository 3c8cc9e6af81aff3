//! Post office boxes: what they are called, and the street that one stands for.

use super::Few;
use super::street::Street;

/// `P.O. Box 12`, `Postfach 12 34`, `BP 12`.
pub(super) fn read<'a>(tokens: &[&'a str]) -> Option<Street<'a>> {
    if !tokens.first().is_some_and(|first| begins(first)) {
        return None;
    }
    let mut called = String::new();
    for (at, token) in tokens.iter().take(4).enumerate() {
        called.extend(token.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()));
        let Some((_, written)) = BOXES.iter().find(|(word, _)| *word == called) else { continue };
        let number: Few<'a> =
            tokens[at + 1..].iter().copied().take_while(|token| token.bytes().any(|byte| byte.is_ascii_digit())).collect();
        if number.is_empty() && at + 1 < tokens.len() {
            continue;
        }
        return Some(Street { name: written.split(' ').collect(), number, is_box: true, ..Street::default() });
    }
    None
}

/// Whether the ASCII letters of `token` can begin what a box is called.
pub(super) fn begins(token: &str) -> bool {
    let Some(first) = token.bytes().next().filter(u8::is_ascii_alphabetic) else { return false };
    let spells = |called: &str| {
        let mut rest = called.bytes();
        token.bytes().filter(u8::is_ascii_alphabetic).all(|byte| rest.next() == Some(byte.to_ascii_lowercase()))
    };
    BOXES.iter().any(|(called, _)| called.as_bytes()[0] == first.to_ascii_lowercase() && spells(called))
}

/// What post office boxes are called, without spaces and signs, and how that is written.
const BOXES: [(&str, &str); 12] = [
    ("pobox", "PO Box"),
    ("postofficebox", "PO Box"),
    ("postbox", "PO Box"),
    ("boitepostale", "PO Box"),
    ("bp", "PO Box"),
    ("apartado", "PO Box"),
    ("apartadodecorreos", "PO Box"),
    ("casellapostale", "PO Box"),
    ("postboks", "PO Box"),
    ("skrytkapocztowa", "PO Box"),
    ("postfach", "Postfach"),
    ("postbus", "Postbus"),
];
