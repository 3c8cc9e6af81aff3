//! Words that belong to a last name, or go on with a first name.

/// All words that are particles, noble ranks or the beginning of a first name of two words.
pub(in crate::formats::person_name) fn joining() -> impl Iterator<Item = String> {
    PARTICLES.iter().chain(&NOBLE_RANKS).chain(&COMPOUND_FIRSTS).map(|word| (*word).to_owned())
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
pub(super) const PARTICLES: [&str; 66] = [
    "de", "da", "do", "di", "du", "la", "le", "lo", "li", "el", "al", "zu", "te", "af", "av", "of", "mc", "st", "von", "van", "der", "den",
    "del", "dos", "das", "dal", "dei", "des", "las", "los", "bin", "ibn", "ben", "bar", "zum", "zur", "vom", "ten", "ter", "het", "mac",
    "abu", "auf", "und", "بن", "آل", "בן", "בר", "bint", "dela", "dall", "dell", "sint", "della", "dalla", "delle", "dello", "degli",
    "binti", "saint", "sankt", "фон", "ибн", "ابن", "بنت", "فون",
];

/// Ranks before the particle of a last name.
pub(super) const NOBLE_RANKS: [&str; 13] =
    ["freiherr", "freifrau", "freiin", "graf", "gräfin", "fürst", "fürstin", "baron", "baronin", "prinz", "prinzessin", "edler", "ritter"];

/// First words of first names of two words.
pub(super) const COMPOUND_FIRSTS: [&str; 6] = ["abd", "abdul", "abdel", "abdal", "abdoul", "عبد"];

/// Particles that are first or last names, too: they count only where they are written small beside capitals.
pub(super) const DOUBTFUL_PARTICLES: [&str; 7] = ["ben", "bar", "li", "lo", "mac", "of", "und"];

/// Particles that stay small when the case of a name is repaired. Italian `Di`, `Della` and French `Le`, `La` are capitals.
pub(super) const SMALL_PARTICLES: [&str; 35] = [
    "von", "vom", "van", "der", "den", "de", "del", "dos", "das", "da", "do", "du", "zu", "zum", "zur", "und", "af", "av", "auf", "of",
    "bin", "binti", "ibn", "bint", "ten", "ter", "te", "het", "t", "y", "e", "des", "los", "las", "фон",
];
