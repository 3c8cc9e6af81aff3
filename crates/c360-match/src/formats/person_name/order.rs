//! Which words are the first and which the last name, for names in scripts that put spaces between them.

use super::name::{Joint, Name};
use super::romanized;
use super::word::Word;
use super::words::{self, Key, Mark};
use crate::format::Reason;

/// Where the last name of a full name stands when nothing in the name itself tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// At the end, one word.
    GivenFirst,
    /// At the end, two words: Spain and most of Spanish America.
    TwoSurnames,
    /// At the front.
    FamilyFirst,
}

/// Sorts the words of a full name without titles and suffixes into `name`. A single word is a last name, as passports have it;
/// there is none where a number stands in the place of the name (`5, Fr.`).
///
/// # Errors
/// Too many words.
pub(super) fn assign<'a>(names: &[Word<'a>], order: Order, name: &mut Name<'a>) -> Result<(), Reason> {
    if names.len() <= 1 {
        return name.last.extend(names);
    }
    if order == Order::FamilyFirst {
        return family_first(names, family_length(names), name);
    }
    if let Some(last) = family_in_capitals(names).filter(|last| last.start == 0) {
        return family_first(names, last.end, name);
    }
    if romanized::is_family_first(names) {
        return family_first(names, 1, name);
    }
    if romanized::is_vietnamese(names) {
        return vietnamese(names, name);
    }
    if ends_in_patronymic(names) {
        return family_first(names, 1, name);
    }
    given_first(names, order, name)
}

/// Sorts words into a family name of `length` words and given names behind it.
fn family_first<'a>(names: &[Word<'a>], length: usize, name: &mut Name<'a>) -> Result<(), Reason> {
    let (family, given) = names.split_at(length);
    name.last.extend(family)?;
    set_given(given, name)
}

/// Family name, middle names, first name.
fn vietnamese<'a>(names: &[Word<'a>], name: &mut Name<'a>) -> Result<(), Reason> {
    let last = names.len() - 1;
    name.last.push(names[0])?;
    name.middle.extend(&names[1..last])?;
    name.first.push(names[last])
}

fn given_first<'a>(names: &[Word<'a>], order: Order, name: &mut Name<'a>) -> Result<(), Reason> {
    let (given, family) = names.split_at(family_start(names, order));
    name.last.extend(family)?;
    set_given(given, name)
}

/// Sets the given names of somebody whose last name is known: Chinese ones of several syllables are one word.
pub(super) fn set_given<'a>(given: &[Word<'a>], name: &mut Name<'a>) -> Result<(), Reason> {
    if romanized::is_chinese_given(&name.last, given) {
        name.joint = Joint::Solid;
        return name.first.extend(given);
    }
    let (first, middle) = given.split_at(first_length(given));
    name.first.extend(first)?;
    name.middle.prepend(middle)
}

/// How many words at the end of given names are particles of the last name before the comma: `Leyen, Ursula von der`.
pub(super) fn particles_behind(given: &[Word<'_>]) -> usize {
    given.iter().skip(1).rev().take_while(|word| is_particle(word)).count()
}

/// How many of the given names make up the first: one, or two as in `Abdul Rahman`.
fn first_length(given: &[Word<'_>]) -> usize {
    match given {
        [] => 0,
        [first, _, ..] if first.is(Mark::COMPOUND_FIRST) => 2,
        _ => 1,
    }
}

/// How many words `María del Carmen` or `María de los Ángeles` has at the front of a full name, where a last name follows.
fn maria_length(names: &[Word<'_>]) -> usize {
    let is = |at: usize, words: &[&str]| names.get(at).is_some_and(|word| words.contains(&Key::new(word).as_str()));
    if !is(0, &["maria", "maría", "mª"]) || !is(1, &["de", "del"]) {
        return 0;
    }
    let noun = if is(2, &["la", "los", "las"]) { 3 } else { 2 };
    let goes = names.len() > noun + 1 && words::goes_with_maria(Key::new(&names[noun]).as_str());
    if goes { noun + 1 } else { 0 }
}

/// The words of the family name at the front: one, with the particles before it.
fn family_length(names: &[Word<'_>]) -> usize {
    let particles = names.iter().take_while(|word| word.is(Mark::PARTICLE)).count();
    (particles + 1).min(names.len() - 1)
}

/// Where the last name begins: at the first particle, with the rank before it (in German law part of the name: `Graf von`), or before
/// the `y` of `Ortega y Gasset`, or with the last word.
fn family_start(names: &[Word<'_>], order: Order) -> usize {
    let last = names.len() - 1;
    let from = first_length(names).max(maria_length(names)).min(last);
    let fallback = match family_in_capitals(names) {
        Some(capitals) => capitals.start,
        None if order == Order::TwoSurnames => two_surnames_start(names),
        None => last,
    };
    let particle = (from..fallback).find(|&at| is_particle(&names[at]) || (at >= 2 && is_connector(&names[at]))).unwrap_or(fallback);
    let before_connector = particle < fallback && is_connector(&names[particle]);
    let rank = particle > from && names[particle - 1].is(Mark::NOBLE_RANK);
    if before_connector || rank { particle - 1 } else { particle }
}

fn is_particle(word: &Word<'_>) -> bool {
    if word.ends_with('.') {
        return matches!(word.text, "v." | "d." | "St." | "Ste." | "st.");
    }
    (word.is(Mark::PARTICLE) && (!word.is(Mark::DOUBTFUL_PARTICLE) || word.starts_with(char::is_lowercase)))
        || matches!(word.text, "'t" | "'T" | "O'" | "D'")
}

/// `y` between two surnames; a capital could be an initial, so that `e` and `i` count only when they are small.
fn is_connector(word: &str) -> bool {
    matches!(word, "y" | "Y" | "e" | "i")
}

/// Three words are two given names only where the second is a usual second given name or an initial.
fn two_surnames_start(names: &[Word<'_>]) -> usize {
    match names {
        [_, _] => 1,
        [_, second, _] if is_second_given(second) => 2,
        [_, _, _] => 1,
        _ => names.len() - 2,
    }
}

fn is_second_given(word: &str) -> bool {
    let key = Key::new(word);
    key.as_str().chars().count() == 1
        || matches!(
            key.as_str(),
            "maría"
                | "maria"
                | "josé"
                | "jose"
                | "luis"
                | "carlos"
                | "antonio"
                | "manuel"
                | "isabel"
                | "carmen"
                | "ángel"
                | "angel"
                | "jesús"
                | "jesus"
                | "luisa"
                | "elena"
                | "pilar"
                | "teresa"
                | "miguel"
                | "javier"
                | "alberto"
                | "ignacio"
                | "pablo"
                | "andrés"
                | "andres"
                | "fernando"
                | "francisco"
                | "alejandro"
                | "eduardo"
                | "enrique"
                | "ramón"
                | "ramon"
                | "rosa"
                | "belén"
                | "belen"
                | "cristina"
        )
}

/// The run of words in capitals at one end of a name whose other words are not: `DUPONT Jean`, `Gabriel GARCIA MARQUEZ`.
fn family_in_capitals(names: &[Word<'_>]) -> Option<std::ops::Range<usize>> {
    let front = names.iter().take_while(|word| word.is_capitals()).count();
    let back = names.iter().rev().take_while(|word| word.is_capitals()).count();
    let (run, rest) = match (front, back) {
        (0, 0) => return None,
        (front, 0) => (0..front, &names[front..]),
        (0, back) => (names.len() - back..names.len(), &names[..names.len() - back]),
        _ => return None,
    };
    rest.iter().all(|word| word.has_lower() || word.ends_with('.')).then_some(run)
}

/// Иванов Иван Петрович: three words, of which the last and not the second is a patronymic.
fn ends_in_patronymic(names: &[Word<'_>]) -> bool {
    matches!(names, [_, second, third] if is_patronymic(third) && !is_patronymic(second))
}

fn is_patronymic(word: &str) -> bool {
    const ENDINGS: [&str; 12] = ["ович", "евич", "йович", "ьич", "авіч", "евіч", "ёвіч", "овна", "евна", "ична", "івна", "ївна"];
    let is_cyrillic = |byte| matches!(byte, 0xd0 | 0xd1);
    word.bytes().any(is_cyrillic) && {
        let key = Key::new(word);
        ENDINGS.iter().any(|ending| key.as_str().ends_with(ending))
    }
}
