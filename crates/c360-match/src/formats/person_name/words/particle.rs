//! Words that belong to a last name, or go on with a first name.

use std::sync::LazyLock;

use crate::formats::table::Table;

/// Whether a word before the last name belongs to it: `von`, `de la`, `bin`.
pub(in crate::formats::person_name) fn is_particle(key: &str) -> bool {
    static BY_WORD: LazyLock<Table<()>> = LazyLock::new(|| Table::first_of(PARTICLES.map(|word| (word.to_owned(), ()))));
    BY_WORD.get(key).is_some()
}

/// Whether a word is a noble rank, which stands before the particle of a last name: `Freiherr von`.
pub(in crate::formats::person_name) fn is_noble_rank(key: &str) -> bool {
    NOBLE_RANKS.contains(&key)
}

/// Whether a word begins a first name of two words: `Abdul Rahman`.
pub(in crate::formats::person_name) fn begins_compound_first(key: &str) -> bool {
    COMPOUND_FIRSTS.contains(&key)
}

/// All words that are particles, noble ranks or the beginning of a first name of two words.
pub(in crate::formats::person_name) fn joining() -> impl Iterator<Item = String> {
    PARTICLES.iter().chain(&NOBLE_RANKS).chain(&COMPOUND_FIRSTS).map(|word| (*word).to_owned())
}

/// Particles that are first or last names, too: they count only where they are written small beside capitals.
pub(in crate::formats::person_name) fn is_doubtful_particle(key: &str) -> bool {
    matches!(key, "ben" | "bar" | "li" | "lo" | "mac" | "of" | "und")
}

/// Particles that stay small when the case of a name is repaired. Italian `Di`, `Della` and French `Le`, `La` are capitals.
pub(in crate::formats::person_name) fn is_small_particle(key: &str) -> bool {
    matches!(
        key,
        "von"
            | "vom"
            | "van"
            | "der"
            | "den"
            | "de"
            | "del"
            | "dos"
            | "das"
            | "da"
            | "do"
            | "du"
            | "zu"
            | "zum"
            | "zur"
            | "und"
            | "af"
            | "av"
            | "auf"
            | "of"
            | "bin"
            | "binti"
            | "ibn"
            | "bint"
            | "ten"
            | "ter"
            | "te"
            | "het"
            | "t"
            | "y"
            | "e"
            | "des"
            | "los"
            | "las"
            | "фон"
    )
}

/// Whether a particle and this word go on with the first name María: `María del Carmen`, `María de los Ángeles`.
pub(in crate::formats::person_name) fn goes_with_maria(key: &str) -> bool {
    matches!(
        key,
        "carmen"
            | "pilar"
            | "rosario"
            | "mar"
            | "socorro"
            | "refugio"
            | "consuelo"
            | "ángeles"
            | "angeles"
            | "luz"
            | "lourdes"
            | "jesús"
            | "jesus"
            | "fátima"
            | "fatima"
            | "guadalupe"
            | "dolores"
            | "mercedes"
            | "nieves"
            | "remedios"
            | "soledad"
            | "fé"
            | "fe"
    )
}

/// Words before a last name that belong to it.
const PARTICLES: [&str; 66] = [
    "de", "da", "do", "di", "du", "la", "le", "lo", "li", "el", "al", "zu", "te", "af", "av", "of", "mc", "st", "von", "van", "der", "den",
    "del", "dos", "das", "dal", "dei", "des", "las", "los", "bin", "ibn", "ben", "bar", "zum", "zur", "vom", "ten", "ter", "het", "mac",
    "abu", "auf", "und", "بن", "آل", "בן", "בר", "bint", "dela", "dall", "dell", "sint", "della", "dalla", "delle", "dello", "degli",
    "binti", "saint", "sankt", "фон", "ибн", "ابن", "بنت", "فون",
];

/// Ranks before the particle of a last name.
const NOBLE_RANKS: [&str; 13] =
    ["freiherr", "freifrau", "freiin", "graf", "gräfin", "fürst", "fürstin", "baron", "baronin", "prinz", "prinzessin", "edler", "ritter"];

/// First words of first names of two words.
const COMPOUND_FIRSTS: [&str; 6] = ["abd", "abdul", "abdel", "abdal", "abdoul", "عبد"];
