//! What people mean by characters that mean nothing: habits of other languages, and what editors and mails make of quotes and blanks.

/// What to write instead of these characters.
pub(super) fn advice(text: &str) -> &'static str {
    match text.chars().next() {
        Some('“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '‛' | '«' | '»' | '‹' | '›' | '´') => {
            "texts stand in straight quotes: `\"..\"` or `'..'`"
        }
        Some(';') => "leave it out: an entry ends with its line or with a comma",
        Some('#') => "a comment begins with `//`",
        Some(other) if other.is_whitespace() || is_invisible(other) => {
            "it cannot be told from a blank or from nothing at all; type it anew"
        }
        _ => "texts stand in quotes, names with other than letters, digits and `_` in backticks",
    }
}

/// Zero-width characters, direction marks and byte order marks.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
