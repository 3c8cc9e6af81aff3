//! The format `bool`: yes or no.
//!
//! Without arguments it reads, in any case: `true`, `t`, `yes`, `y`, `on`, `1`, `1.0`, `-1` (databases of offices) and the words for yes and
//! true of German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, the Nordic languages, Russian, Turkish, Chinese, Japanese, Korean;
//! likewise for no and false. `bool(true: "A", false: "I")` reads these words and no others; each can be given several times.
//!
//! Reason: "neither yes nor no".

use std::sync::Arc;

use super::arguments::ArgumentError;
use super::narrow::narrow;
use crate::format::{Argument, ArgumentValue, Context, Format, Reason, ScalarFormat};

const NEITHER: Reason = Reason::new("neither yes nor no");

/// In lower case.
const YES: &[&str] = &[
    "true",
    "yes",
    "y",
    "t",
    "1",
    "on",
    "ja",
    "j",
    "oui",
    "si",
    "sí",
    "sì",
    "s",
    "sim",
    "tak",
    "ano",
    "да",
    "д",
    "evet",
    "1.0",
    "-1",
    "wahr",
    "vrai",
    "vero",
    "verdadero",
    "verdadeiro",
    "waar",
    "prawda",
    "sant",
    "sand",
    "kyllä",
    "igen",
    "истина",
    "doğru",
    "是",
    "真",
    "对",
    "はい",
    "예",
    "네",
];
const NO: &[&str] = &[
    "false",
    "no",
    "n",
    "f",
    "0",
    "off",
    "nein",
    "non",
    "não",
    "nao",
    "nee",
    "nej",
    "nei",
    "nie",
    "ne",
    "нет",
    "н",
    "hayır",
    "hayir",
    "0.0",
    "falsch",
    "faux",
    "falso",
    "onwaar",
    "fałsz",
    "falskt",
    "falsk",
    "ei",
    "nem",
    "ложь",
    "yanlış",
    "否",
    "假",
    "不是",
    "いいえ",
    "아니요",
    "아니오",
];

/// Builds `bool(true: "A", false: "I")`.
pub(super) fn build(arguments: &[Argument], _: &Context) -> Result<Format, ArgumentError> {
    if arguments.is_empty() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        return Ok(Format::Bool(Arc::new(Bool { yes: words(YES), no: words(NO) })));
    }
    let mut own = Bool { yes: Vec::new(), no: Vec::new() };
    for (at, argument) in arguments.iter().enumerate() {
        let (words, others) = match argument.name.as_deref() {
            Some("true") => (&mut own.yes, &own.no),
            Some("false") => (&mut own.no, &own.yes),
            _ => return Err(ArgumentError::at(at, "expected `true:` or `false:`, as in `bool(true: \"A\", false: \"I\")`")),
        };
        let word = word(&argument.value).ok_or_else(|| ArgumentError::at(at, "the word is a text, as in `true: \"A\"`"))?;
        if others.contains(&word) {
            return Err(ArgumentError::at(at, format!("`{word}` cannot mean both; letters count as equal in either case")));
        }
        words.push(word);
    }
    if own.yes.is_empty() || own.no.is_empty() {
        return Err(ArgumentError::call("own words need both `true:` and `false:`"));
    }
    Ok(Format::Bool(Arc::new(own)))
}

fn word(value: &ArgumentValue) -> Option<String> {
    match value {
        ArgumentValue::Text(text) => Some(narrow(text.trim()).to_lowercase()),
        ArgumentValue::Integer(number) => Some(number.to_string()),
        ArgumentValue::Bool(_) => None,
    }
}

/// Words in lower case.
#[derive(Debug)]
struct Bool {
    yes: Vec<String>,
    no: Vec<String>,
}

impl ScalarFormat<bool> for Bool {
    fn parse(&self, raw: &str) -> Result<bool, Reason> {
        if raw.is_ascii() {
            return self.find(|word| word.eq_ignore_ascii_case(raw));
        }
        let lower = narrow(raw).to_lowercase();
        self.find(|word| word == lower)
    }
}

impl Bool {
    fn find(&self, is_meant: impl Fn(&str) -> bool) -> Result<bool, Reason> {
        let holds = |words: &[String]| words.iter().any(|word| is_meant(word));
        if holds(&self.yes) {
            Ok(true)
        } else if holds(&self.no) {
            Ok(false)
        } else {
            Err(NEITHER)
        }
    }
}
