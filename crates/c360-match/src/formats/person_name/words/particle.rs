//! Words that belong to a last name, or go on with a first name.

/// Whether a word before the last name belongs to it: `von`, `de la`, `bin`.
pub(in crate::formats::person_name) fn is_particle(key: &str) -> bool {
    match key.len() {
        2 => matches!(
            key,
            "de" | "da" | "do" | "di" | "du" | "la" | "le" | "lo" | "li" | "el" | "al" | "zu" | "te" | "af" | "av" | "of" | "mc" | "st"
        ),
        3 => matches!(
            key,
            "von"
                | "van"
                | "der"
                | "den"
                | "del"
                | "dos"
                | "das"
                | "dal"
                | "dei"
                | "des"
                | "las"
                | "los"
                | "bin"
                | "ibn"
                | "ben"
                | "bar"
                | "zum"
                | "zur"
                | "vom"
                | "ten"
                | "ter"
                | "het"
                | "mac"
                | "abu"
                | "auf"
                | "und"
        ),
        4 => matches!(key, "بن" | "آل" | "בן" | "בר" | "bint" | "dela" | "dall" | "dell" | "sint"),
        _ => matches!(
            key,
            "della" | "dalla" | "delle" | "dello" | "degli" | "binti" | "saint" | "sankt" | "фон" | "ибн" | "ابن" | "بنت" | "فون"
        ),
    }
}

/// Whether a word is a noble rank, which stands before the particle of a last name: `Freiherr von`.
pub(in crate::formats::person_name) fn is_noble_rank(key: &str) -> bool {
    matches!(
        key,
        "freiherr"
            | "freifrau"
            | "freiin"
            | "graf"
            | "gräfin"
            | "fürst"
            | "fürstin"
            | "baron"
            | "baronin"
            | "prinz"
            | "prinzessin"
            | "edler"
            | "ritter"
    )
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

/// First words of first names of two words: `Abdul Rahman`.
pub(in crate::formats::person_name) fn begins_compound_first(key: &str) -> bool {
    matches!(key, "abd" | "abdul" | "abdel" | "abdal" | "abdoul" | "عبد")
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
