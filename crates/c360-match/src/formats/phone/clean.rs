//! Reduces what people write around a phone number to `+` and digits. Knows no numbering plan.

use super::super::narrow::narrow;
use crate::format::Reason;

const NO_NUMBER: Reason = Reason::new("not a number");
const SEVERAL: Reason = Reason::new("more than one number");
const MANGLED: Reason = Reason::new("number mangled by a spreadsheet");

/// From this many digits on, what follows a letter or a separator cannot belong to the number itself.
const ENOUGH: usize = 6;
/// Longer than any number with an extension; what has more digits is something else.
const LONGEST: usize = 40;

/// Appends the digits of the number within `raw`, after a `+` if it begins with one.
///
/// # Errors
/// No digits, letters that spell no number, two numbers, a number in scientific notation.
pub(super) fn append(raw: &str, out: &mut String) -> Result<(), Reason> {
    let raw = narrow(raw);
    let text = without_decimals(&raw);
    let text = &text[text.find(|character: char| character.is_ascii_digit() || character == '+').ok_or(NO_NUMBER)?..];
    let mut before_separator = None;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => out.push(char::from(byte)),
            b'+' if out.is_empty() => out.push('+'),
            b'+' | b'/' | b'\n' | b'&' if before_separator.is_none() && digits(out) >= ENOUGH => before_separator = Some(digits(out)),
            b',' | b';' | b'|' if digits(out) >= ENOUGH => {
                let rest = text[at..].bytes().filter(u8::is_ascii_digit).count();
                if rest >= ENOUGH && !has_extension(&text[at + 1..]) {
                    return Err(SEVERAL);
                }
                break;
            }
            b'#' if digits(out) >= ENOUGH => break,
            b'A'..=b'Z' | b'a'..=b'z' | 0x80.. => {
                append_letters(text, at, out)?;
                break;
            }
            _ => {}
        }
    }
    let digits = digits(out);
    match before_separator {
        _ if digits == 0 || digits > LONGEST => Err(NO_NUMBER),
        Some(before) if digits - before >= ENOUGH => Err(SEVERAL),
        _ => Ok(()),
    }
}

/// Whether a number, cleaned, is one that stands for "none": one digit over and over, or digits in a row.
pub(super) fn is_placeholder(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or(number);
    let first = digits.bytes().next();
    let repeated = digits.len() >= ENOUGH && digits.bytes().all(|byte| Some(byte) == first);
    repeated || matches!(digits, "1234567" | "12345678" | "123456789" | "1234567890" | "0123456789" | "01234567890")
}

fn digits(number: &str) -> usize {
    number.len() - usize::from(number.starts_with('+'))
}

/// `7029191300.0`: a column of numbers with gaps became one of fractions.
fn without_decimals(text: &str) -> &str {
    match text.strip_suffix(".0") {
        Some(whole) if whole.bytes().all(|byte| byte.is_ascii_digit()) => whole,
        _ => text,
    }
}

/// What comes at the first letter: an extension or a remark, which end the number, or letters on the keys of the phone.
fn append_letters(text: &str, at: usize, out: &mut String) -> Result<(), Reason> {
    let rest = &text.as_bytes()[at..];
    if matches!(rest, [b'E' | b'e', b'+' | b'0'..=b'9', ..]) && text.as_bytes()[at - 1].is_ascii_digit() {
        return Err(MANGLED);
    }
    if digits(out) > ENOUGH || has_extension(&text[at..]) {
        return Ok(());
    }
    // `1-800-FLOWERS`: three or four digits, then capitals, digits and hyphens alone.
    let keys = rest.iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
    let spelled = rest.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"- .".contains(byte));
    if !spelled || keys < 5 || digits(out) < 3 {
        return Err(NO_NUMBER);
    }
    out.extend(rest.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(|byte| char::from(key(*byte))));
    Ok(())
}

fn has_extension(text: &str) -> bool {
    let text = text.trim_start_matches([' ', ',', ';', '(']);
    ["ext", "x", "dw", "durchwahl", "poste", "int", "app", "доб"]
        .iter()
        .any(|word| text.get(..word.len()).is_some_and(|start| start.to_lowercase() == **word))
}

/// The key of a letter (ITU-T E.161).
const fn key(letter: u8) -> u8 {
    match letter {
        b'A'..=b'C' => b'2',
        b'D'..=b'F' => b'3',
        b'G'..=b'I' => b'4',
        b'J'..=b'L' => b'5',
        b'M'..=b'O' => b'6',
        b'P'..=b'S' => b'7',
        b'T'..=b'V' => b'8',
        b'W'..=b'Z' => b'9',
        other => other,
    }
}
