//! Cuts SQL into words.

use super::sql::Why;

/// A word of SQL.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name, a keyword or the name of a function, without quotes; whether it had any.
    Name(String, Quoted),
    /// A text, without quotes.
    Text(String),
    /// A number, as it is written.
    Number(String),
    /// Anything else: `(`, `<=`, `::`.
    Sign(&'static str),
}

/// Whether a name stands in quotes, so that it is no keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoted {
    Yes,
    No,
}

/// Longer signs stand before those that they begin with.
const SIGNS: [&str; 14] = ["<=", ">=", "<>", "!=", "::", "=", "<", ">", "(", ")", ",", ".", "-", "*"];

/// The words of a text.
pub(super) fn tokens(sql: &str) -> Result<Vec<Token>, Why> {
    let mut found = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '\'' => quoted(rest, '\'').map(|(text, after)| (Token::Text(text), after))?,
            '"' | '`' => quoted(rest, first).map(|(name, after)| (Token::Name(name, Quoted::Yes), after))?,
            _ if first.is_ascii_digit() => {
                let (number, after) = while_is(rest, |letter| letter.is_ascii_digit() || letter == '.');
                (Token::Number(number.to_owned()), after)
            }
            _ if first.is_alphabetic() || first == '_' => {
                let (name, after) = while_is(rest, |letter| letter.is_alphanumeric() || letter == '_');
                (Token::Name(name.to_owned(), Quoted::No), after)
            }
            _ => {
                let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
                let sign = sign.ok_or_else(|| Why::new(format!("`{first}` has no counterpart")))?;
                (Token::Sign(sign), &rest[sign.len()..])
            }
        };
        found.push(token);
        rest = after.trim_start();
    }
    Ok(found)
}

/// What stands in quotes, in which two of them mean one, and what follows.
fn quoted(text: &str, quote: char) -> Result<(String, &str), Why> {
    let mut inside = String::new();
    let mut rest = &text[quote.len_utf8()..];
    loop {
        let Some(end) = rest.find(quote) else { return Err(Why::new(format!("{quote} is not closed"))) };
        inside.push_str(&rest[..end]);
        rest = &rest[end + quote.len_utf8()..];
        match rest.strip_prefix(quote) {
            Some(more) => {
                inside.push(quote);
                rest = more;
            }
            None => return Ok((inside, rest)),
        }
    }
}

fn while_is(text: &str, is: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|letter| !is(letter)).unwrap_or(text.len()))
}
