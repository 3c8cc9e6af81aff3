//! The name most like a misspelt one. Compares column names only, never values.

/// The one of `names` that `wanted` is most likely meant to be: equal but for case and signs, or a few letters away.
/// `None` where nothing is similar. Ties go to the earlier name.
pub(crate) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = plain(wanted);
    // Names of one or two letters are all alike.
    let allowed = if wanted.len() < 3 { 0 } else { (wanted.len() / 3).max(1) };
    names
        .into_iter()
        .map(|name| (distance(&wanted, &plain(name)), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Letters and digits in lower case.
fn plain(name: &str) -> Vec<char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Edits from `a` to `b`: letters put in, left out, replaced, neighbours swapped (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            let edits = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            row.push(if swapped { edits.min(before[j - 2] + 1) } else { edits });
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_similar_name_and_nothing_else() {
        let names = ["KundenNr", "EMail", "Ort", "e_mail_2"];
        for (wanted, expected) in [
            ("Emial", Some("EMail")),
            ("kundennr", Some("KundenNr")),
            ("Kunden_Nr", Some("KundenNr")),
            ("Telefon", None),
            ("Or", None),
            ("Orte", Some("Ort")),
        ] {
            assert_eq!(nearest(wanted, names), expected, "{wanted}");
        }
    }
}
