//! The parts of a name as text: spelling of titles and suffixes, case, initials with points.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::case::{self, Case};
use super::east_asian::is_east_asian;
use super::name::{Joint, Name};
use super::word::Word;
use super::words::{Key, Mark};
use crate::formats::letter;

/// Writes `name` into the five parts in the order of `parts`: title, first, middle, last, suffix.
pub(super) fn write(name: &Name<'_>, out: &mut [String]) {
    let whole = Case::of([&name.first, &name.middle, &name.last]);
    let [title, first, middle, last, suffix] = out else { return };
    push_titles(&name.title, title);
    push_given(&name.first, name.joint, whole, first);
    push_given(&name.middle, Joint::Space, whole, middle);
    push_last(&name.last, whole, last);
    push_suffixes(&name.suffix, suffix);
    out.iter_mut().for_each(compose);
}

/// A change of case can part a letter from its mark: `i` + U+0307 is `İ` as a capital.
fn compose(part: &mut String) {
    if !part.bytes().all(letter::is_composed) && is_nfc_quick(part.chars()) != IsNormalized::Yes {
        *part = part.nfc().collect();
    }
}

fn push_titles(titles: &[Word<'_>], out: &mut String) {
    for word in titles {
        separate(word, out);
        match word.title() {
            Some(title) => out.push_str(title),
            None if word.is(Mark::HONORIS_CAUSA) => out.push_str("h. c."),
            None if word.is(Mark::DOCTORAL) => {
                out.push_str(Key::new(word).as_str());
                out.push('.');
            }
            None => out.push_str(word),
        }
    }
}

fn push_suffixes(suffixes: &[Word<'_>], out: &mut String) {
    let mut known_before = false;
    for word in suffixes {
        let known = word.suffix();
        if !out.is_empty() {
            out.push_str(if known_before && known.is_some() { ", " } else { " " });
        }
        out.push_str(known.unwrap_or(word));
        known_before = known.is_some();
    }
}

fn push_given(part: &[Word<'_>], joint: Joint, whole: Case, out: &mut String) {
    // Of a word made of several the first begins it, and the others are small.
    let telling = if joint == Joint::Solid { &part[..part.len().min(1)] } else { part };
    let repair = case::needs_repair(telling, whole);
    for (at, word) in part.iter().enumerate() {
        if joint == Joint::Solid && at > 0 {
            out.extend(word.chars().flat_map(char::to_lowercase));
            continue;
        }
        separate(word, out);
        match repair {
            _ if case::push_initial(word, out) => {}
            false => out.push_str(word),
            // `María del Carmen`; the first given name is a name even where it looks like a particle: Van Morrison.
            true if at > 0 && is_small(part, at) => case::push_lower(word, out),
            true => case::push_repaired(word, out),
        }
    }
}

fn push_last(part: &[Word<'_>], whole: Case, out: &mut String) {
    let repair = case::needs_repair(part, whole);
    for (at, word) in part.iter().enumerate() {
        separate(word, out);
        match repair {
            false => out.push_str(word),
            true if is_small(part, at) => case::push_lower(word, out),
            // Without the point it would be the fifth of his name.
            true if at > 0 && word.text == "v" => out.push_str("V."),
            true => case::push_repaired(word, out),
        }
    }
}

/// Whether the word is a particle that is written small: another word follows, and `la` follows `de`.
fn is_small(part: &[Word<'_>], at: usize) -> bool {
    let word = &part[at];
    let after_de = || at > 0 && part[at - 1].eq_ignore_ascii_case("de");
    at + 1 < part.len() && (word.is(Mark::SMALL_PARTICLE) || (word.is(Mark::PARTICLE) && after_de() && Key::new(word).as_str() == "la"))
}

/// A space, where `next` is not the first word and not written without spaces.
fn separate(next: &str, out: &mut String) {
    let solid = || out.ends_with(is_east_asian) && next.starts_with(is_east_asian);
    if !out.is_empty() && !solid() {
        out.push(' ');
    }
}
