//! The words in the name of a column.

/// The words of a name in lower case: `GeburtsDatum`, `geburts_datum` and `geburts datum` are all `geburts`, `datum`.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut lower_before = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && lower_before) || (c.is_numeric() && word.ends_with(char::is_alphabetic)) {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        lower_before = c.is_lowercase();
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// Whether the name has one of these words, or is one of them when it is written in one.
pub(super) fn names(words: &[String], any: &[&str]) -> bool {
    let joined = words.concat();
    words.iter().any(|word| any.contains(&word.as_str())) || any.contains(&joined.as_str())
}

/// Whether the name, written in one, holds one of these texts.
pub(super) fn holds(words: &[String], any: &[&str]) -> bool {
    let joined = words.concat();
    any.iter().any(|text| joined.contains(text))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn names_fall_into_words() {
        for (name, expected) in [
            ("GeburtsDatum", "geburts datum"),
            ("E-Mail", "e mail"),
            ("address_1", "address 1"),
            ("KundenNr", "kunden nr"),
            ("ID", "id"),
            ("", ""),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }
}
