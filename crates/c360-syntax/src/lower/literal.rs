//! Texts and numbers as written into their values.

use super::{Lowering, Parsed};
use crate::codes::syntax as codes;
use crate::{Diagnostic, Span};

impl Lowering {
    /// The value of a text; `raw` has its quotes. Unknown escapes are reported and stay as they are.
    pub(super) fn text_value(&mut self, raw: &str, span: Span) -> String {
        let content = &raw[1..raw.len() - 1];
        let mut value = String::with_capacity(content.len());
        let mut rest = content;
        while let Some(at) = rest.find('\\') {
            value.push_str(&rest[..at]);
            let offset = 1 + content.len() - rest.len() + at;
            rest = &rest[at + 1..];
            let length = match escape(rest) {
                Some((character, length)) => {
                    value.push(character);
                    length
                }
                None => self.unknown_escape(rest, span, offset, &mut value),
            };
            rest = &rest[length..];
        }
        value.push_str(rest);
        value
    }

    fn unknown_escape(&mut self, rest: &str, text: Span, offset: usize, value: &mut String) -> usize {
        let letter = rest.chars().next();
        let length = letter.map_or(0, char::len_utf8);
        value.push('\\');
        value.extend(letter);
        let start = text.start + u32::try_from(offset).expect("texts are below the size limit");
        let end = start + 1 + u32::try_from(length).expect("a character is short");
        let span = Span { start, end: end.min(text.end), ..text };
        let shown = letter.map(String::from).unwrap_or_default();
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_ESCAPE, span, format!("texts have no escape `\\{}`", shown.escape_debug()));
        let help = r#"a backslash itself is written `\\`; the escapes are `\n`, `\t`, `\r`, `\'`, `\"` and `\u{..}`"#;
        self.report(diagnostic.label("unknown escape").help(help).suggest(span, format!("\\\\{shown}")));
        length
    }

    /// A number as the tree holds it: digits, a fraction, an exponent.
    pub(super) fn number(&mut self, raw: &str, span: Span) -> Parsed<String> {
        if is_number(raw) {
            return Ok(raw.to_string());
        }
        let help = match raw.strip_suffix('%') {
            Some(number) => format!("a share stands in expectations only; the remainder is written with blanks: `{number} % ..`"),
            None => {
                "numbers are written like `1000`, `0.5`, `1e6`; a column whose name starts with a digit stands in backticks".to_string()
            }
        };
        let diagnostic = Diagnostic::new(&codes::MALFORMED_NUMBER, span, format!("`{}` is no number", super::report::shortened(raw)));
        Err(self.report(diagnostic.label("no number").help(help)))
    }
}

/// The character behind the backslash and how many bytes it takes.
fn escape(rest: &str) -> Option<(char, usize)> {
    let character = match rest.chars().next()? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'u' => return unicode_escape(rest),
        same @ ('\\' | '\'' | '"') => same,
        _ => return None,
    };
    Some((character, 1))
}

/// `u{1F600}`: one to six hexadecimal digits.
fn unicode_escape(rest: &str) -> Option<(char, usize)> {
    let behind = rest.strip_prefix("u{")?;
    let length = behind.bytes().take(7).position(|byte| byte == b'}')?;
    let digits = &behind[..length];
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((character, "u{}".len() + digits.len()))
}

fn is_number(raw: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = raw.split_once(['e', 'E']).map_or((raw, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(whole, fraction)| (whole, Some(fraction)));
    is_digits(whole) && fraction.is_none_or(is_digits) && exponent.is_none_or(is_digits)
}
