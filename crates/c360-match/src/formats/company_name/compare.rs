//! The comparison form of a company's name: its folded words without legal forms.

use super::east_asian;
use super::forms::{INDEX, Place};
use super::words::{MOST, Word, read};
use crate::formats::scratch::with_buffer;

/// Appends the comparison form of `name`.
pub(crate) fn push(name: &str, out: &mut String) {
    if name.is_ascii() {
        return push_words(name, out);
    }
    with_buffer(|text| {
        east_asian::push_without_forms(name, text);
        push_words(text, out);
    });
}

fn push_words(name: &str, out: &mut String) {
    with_buffer(|folded| {
        let mut words = [Word::default(); MOST];
        let count = read(name, folded, &mut words);
        let words = without_forms(without_the(&mut words[..count], folded), folded);
        let start = out.len();
        for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            if out.len() > start {
                out.push(' ');
            }
            let inner = at > 0 && at + 1 < words.len();
            match word.of(folded) {
                "und" | "et" | "y" | "og" | "och" if inner => out.push_str("and"),
                text => out.push_str(written_out(text)),
            }
        }
    });
}

/// Abbreviations that mean one word only.
fn written_out(word: &str) -> &str {
    match word {
        "bros" => "brothers",
        "intl" => "international",
        "mfg" => "manufacturing",
        "mgmt" => "management",
        "assn" => "association",
        "svcs" => "services",
        "natl" => "national",
        "gebr" => "gebrueder",
        "centre" => "center",
        _ => word,
    }
}

/// Without `the` in front, or behind a comma: `Coca-Cola Company, The`.
fn without_the<'a>(words: &'a mut [Word], folded: &str) -> &'a mut [Word] {
    let from = usize::from(words.len() > 1 && words[0].of(folded) == "the");
    let words = &mut words[from..];
    let behind = words.len() > 1 && words.last().is_some_and(|last| last.after_comma && last.of(folded) == "the");
    let end = words.len() - usize::from(behind);
    &mut words[..end]
}

/// The words without legal forms; those inside become empty. At least one word stays.
fn without_forms<'a>(words: &'a mut [Word], folded: &str) -> &'a [Word] {
    let mut end = words.len();
    while let Some(length) = form_at_end(&words[..end], folded) {
        end -= length;
        // `GmbH & Co.` without `Co.` is `GmbH &`.
        while end > 1 && words[end - 1].of(folded) == "and" {
            end -= 1;
        }
    }
    let start = form_at_front(&words[..end], folded);
    let mut at = start + 1;
    while at < end {
        let length = form_inside(&words[at..end], folded);
        words[at..at + length].iter_mut().for_each(Word::clear);
        at += length.max(1);
    }
    &words[start..end]
}

/// How many words at the end are a form that leaves a word before it.
fn form_at_end(words: &[Word], folded: &str) -> Option<usize> {
    let last = words.last()?;
    let fits = |place: Place| match place {
        Place::EndInitials | Place::EndsInitials => last.initials,
        Place::EndsForeign => last.foreign,
        Place::End | Place::Ends | Place::Anywhere => true,
    };
    let forms = INDEX.ending_in(last.of(folded)).iter().filter(|form| fits(form.place) && form.words.len() < words.len());
    forms.map(|form| &form.words).find(|form| same(&words[words.len() - form.len()..], form, folded)).map(Vec::len)
}

/// How many words at the front are a form that leaves a word behind it.
fn form_at_front(words: &[Word], folded: &str) -> usize {
    let Some(first) = words.first() else { return 0 };
    let fits = |place: Place| match place {
        Place::Ends => true,
        Place::EndsInitials => first.initials,
        Place::EndsForeign => first.foreign,
        Place::End | Place::EndInitials | Place::Anywhere => false,
    };
    let forms = INDEX.beginning_with(first.of(folded)).iter().filter(|form| fits(form.place) && form.words.len() < words.len());
    forms.map(|form| &form.words).find(|form| same(&words[..form.len()], form, folded)).map_or(0, Vec::len)
}

/// How many words are a form that counts anywhere.
fn form_inside(words: &[Word], folded: &str) -> usize {
    let forms = INDEX.beginning_with(words[0].of(folded)).iter();
    let found = forms.filter(|form| form.place == Place::Anywhere && form.words.len() <= words.len());
    found.map(|form| &form.words).find(|form| same(&words[..form.len()], form, folded)).map_or(0, Vec::len)
}

fn same(words: &[Word], form: &[&str], folded: &str) -> bool {
    words.iter().zip(form).all(|(word, form)| word.of(folded) == *form)
}
