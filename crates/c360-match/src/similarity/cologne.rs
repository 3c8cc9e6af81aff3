//! Kölner Phonetik: digits for how a German name sounds.
//!
//! Postel, "Die Kölner Phonetik. Ein Verfahren zur Identifizierung von Personennamen auf der Grundlage der Gestaltanalyse", 1969.

use super::letters;

/// Appends the code of `name`, `657` for Müller; nothing where it has no letters that sound. Any script is transliterated first, and all
/// letters are read as one word.
pub fn cologne(name: &str, out: &mut String) {
    let start = out.len();
    letters::push(name, out);
    // The code never is longer than what was read, but for an `x`, so it cannot be written over the letters.
    let end = out.len();
    let mut last = b'-';
    for at in start..end {
        let bytes = out.as_bytes();
        let before = bytes[start..at].last().copied();
        let next = bytes[start..end].get(at - start + 1).copied();
        for digit in digits(before, bytes[at], next).bytes() {
            // A vowel counts at the front only; elsewhere it parts equal digits.
            if digit != last && (digit != b'0' || out.len() == end) {
                out.push(char::from(digit));
            }
            last = digit;
        }
    }
    out.drain(start..end);
}

fn digits(before: Option<u8>, letter: u8, next: Option<u8>) -> &'static str {
    match letter {
        b'a' | b'e' | b'i' | b'j' | b'o' | b'u' | b'y' => "0",
        b'b' => "1",
        b'p' if next == Some(b'h') => "3",
        b'p' => "1",
        b'd' | b't' if matches!(next, Some(b'c' | b's' | b'z')) => "8",
        b'd' | b't' => "2",
        b'f' | b'v' | b'w' => "3",
        b'g' | b'k' | b'q' => "4",
        b'c' if is_hard(before, next) => "4",
        b'c' => "8",
        b'x' if matches!(before, Some(b'c' | b'k' | b'q')) => "8",
        b'x' => "48",
        b'l' => "5",
        b'm' | b'n' => "6",
        b'r' => "7",
        b's' | b'z' => "8",
        // `h` is not heard.
        _ => "",
    }
}

/// Whether `c` sounds like `k`.
fn is_hard(before: Option<u8>, next: Option<u8>) -> bool {
    match before {
        None => matches!(next, Some(b'a' | b'h' | b'k' | b'l' | b'o' | b'q' | b'r' | b'u' | b'x')),
        Some(b's' | b'z') => false,
        Some(_) => matches!(next, Some(b'a' | b'h' | b'k' | b'o' | b'q' | b'u' | b'x')),
    }
}
