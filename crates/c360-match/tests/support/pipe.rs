//! Reads a pipe as it is written in a `.c360` file, for tests only: the real grammar lives in c360-syntax, which this crate does not know.

use std::iter::Peekable;
use std::str::Chars;

use c360_match::format::{Argument, ArgumentValue, Context, Format, StageCall, build};

/// Builds the format that `text` writes: `text | lpad(8, "0")`. The country `-` is none.
///
/// # Panics
/// Where the pipe cannot be read.
pub(crate) fn built(text: &str, country: &str) -> Result<Format, String> {
    let context = Context { country: (country != "-").then(|| country.to_owned()) };
    build(&stages(text), &context).map_err(|error| error.message)
}

/// The stages of a pipe.
///
/// # Panics
/// Where the pipe cannot be read.
pub(crate) fn stages(text: &str) -> Vec<StageCall> {
    let mut letters = text.chars().peekable();
    let mut stages = vec![stage(&mut letters, text)];
    loop {
        match next(&mut letters) {
            None => return stages,
            Some('|') => stages.push(stage(&mut letters, text)),
            Some(other) => panic!("unexpected `{other}` in pipe `{text}`"),
        }
    }
}

fn stage(letters: &mut Peekable<Chars<'_>>, text: &str) -> StageCall {
    let name = word(letters);
    assert!(!name.is_empty(), "a stage without a name in pipe `{text}`");
    let mut arguments = Vec::new();
    if peek(letters) == Some('(') {
        next(letters);
        while peek(letters) != Some(')') {
            arguments.push(argument(letters, text));
            match peek(letters) {
                Some(',') => next(letters),
                Some(')') => None,
                _ => panic!("expected `,` or `)` in pipe `{text}`"),
            };
        }
        next(letters);
    }
    StageCall { name, arguments }
}

fn argument(letters: &mut Peekable<Chars<'_>>, text: &str) -> Argument {
    if peek(letters) == Some('"') {
        return Argument { name: None, value: quoted(letters, text) };
    }
    let first = word(letters);
    if peek(letters) == Some(':') {
        next(letters);
        return Argument { value: argument(letters, text).value, name: Some(first) };
    }
    let value = match first.as_str() {
        "true" => ArgumentValue::Bool(true),
        "false" => ArgumentValue::Bool(false),
        number => ArgumentValue::Integer(number.parse().unwrap_or_else(|_| panic!("cannot read `{number}` in pipe `{text}`"))),
    };
    Argument { name: None, value }
}

/// A quoted text; `\"` and `\\` stand for themselves, any other backslash stays.
fn quoted(letters: &mut Peekable<Chars<'_>>, text: &str) -> ArgumentValue {
    next(letters);
    let mut value = String::new();
    loop {
        match letters.next() {
            Some('"') => return ArgumentValue::Text(value),
            Some('\\') if matches!(letters.peek(), Some('"' | '\\')) => value.extend(letters.next()),
            Some(letter) => value.push(letter),
            None => panic!("a text without its end in pipe `{text}`"),
        }
    }
}

fn word(letters: &mut Peekable<Chars<'_>>) -> String {
    peek(letters);
    let mut word = String::new();
    while let Some(letter) = letters.next_if(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-')) {
        word.push(letter);
    }
    word
}

fn peek(letters: &mut Peekable<Chars<'_>>) -> Option<char> {
    while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
    letters.peek().copied()
}

fn next(letters: &mut Peekable<Chars<'_>>) -> Option<char> {
    peek(letters);
    letters.next()
}
