//! The national structures of IBANs: how long each country's is and where it has letters.

/// The structure of a country's account part, behind the country code and the check digits, in the registry's letters:
/// `n` digits, `a` capitals, `c` both; `a4n14` is four capitals and fourteen digits.
pub(super) fn structure_of(country: &str) -> Option<&'static str> {
    let at = STRUCTURES.binary_search_by(|(known, _)| (*known).cmp(country)).ok()?;
    Some(STRUCTURES[at].1)
}

/// The length that a structure prescribes.
pub(super) fn length(structure: &'static str) -> usize {
    parts(structure).map(|(_, count)| count).sum()
}

/// Whether `account` has the letters and digits that `structure` prescribes.
pub(super) fn fits(structure: &'static str, account: &str) -> bool {
    let mut rest = account.as_bytes();
    for (kind, count) in parts(structure) {
        let Some((part, behind)) = rest.split_at_checked(count) else {
            return false;
        };
        let fits = match kind {
            b'n' => part.iter().all(u8::is_ascii_digit),
            b'a' => part.iter().all(u8::is_ascii_uppercase),
            _ => part.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()),
        };
        if !fits {
            return false;
        }
        rest = behind;
    }
    rest.is_empty()
}

/// The parts of a structure: letter and count.
fn parts(structure: &'static str) -> impl Iterator<Item = (u8, usize)> {
    let mut rest = structure.as_bytes();
    std::iter::from_fn(move || {
        let (kind, behind) = rest.split_first()?;
        let digits = behind.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let count = behind[..digits].iter().fold(0, |count, digit| count * 10 + usize::from(digit - b'0'));
        rest = &behind[digits..];
        Some((*kind, count))
    })
}

/// Sorted by country; after the IBAN registry of SWIFT, the registration authority of ISO 13616.
#[rustfmt::skip]
static STRUCTURES: &[(&str, &str)] = &[
    ("AD", "n8c12"), ("AE", "n19"), ("AL", "n8c16"), ("AT", "n16"), ("AZ", "a4c20"), ("BA", "n16"), ("BE", "n12"), ("BG", "a4n6c8"),
    ("BH", "a4c14"), ("BI", "n23"), ("BR", "n23a1c1"), ("BY", "c4n4c16"), ("CH", "n5c12"), ("CR", "n18"), ("CY", "n8c16"), ("CZ", "n20"),
    ("DE", "n18"), ("DJ", "n23"), ("DK", "n14"), ("DO", "c4n20"), ("EE", "n16"), ("EG", "n25"), ("ES", "n20"), ("FI", "n14"),
    ("FK", "a2n12"), ("FO", "n14"), ("FR", "n10c11n2"), ("GB", "a4n14"), ("GE", "a2n16"), ("GI", "a4c15"), ("GL", "n14"), ("GR", "n7c16"),
    ("GT", "c24"), ("HN", "a4n20"), ("HR", "n17"), ("HU", "n24"), ("IE", "a4n14"), ("IL", "n19"), ("IQ", "a4n15"), ("IS", "n22"),
    ("IT", "a1n10c12"), ("JO", "a4n4c18"), ("KW", "a4c22"), ("KZ", "n3c13"), ("LB", "n4c20"), ("LC", "a4c24"), ("LI", "n5c12"),
    ("LT", "n16"), ("LU", "n3c13"), ("LV", "a4c13"), ("LY", "n21"), ("MC", "n10c11n2"), ("MD", "c20"), ("ME", "n18"), ("MK", "n3c10n2"),
    ("MN", "n16"), ("MR", "n23"), ("MT", "a4n5c18"), ("MU", "a4n19a3"), ("NI", "a4n20"), ("NL", "a4n10"), ("NO", "n11"), ("OM", "n3c16"),
    ("PK", "a4c16"), ("PL", "n24"), ("PS", "a4c21"), ("PT", "n21"), ("QA", "a4c21"), ("RO", "a4c16"), ("RS", "n18"), ("RU", "n14c15"),
    ("SA", "n2c18"), ("SC", "a4n20a3"), ("SD", "n14"), ("SE", "n20"), ("SI", "n15"), ("SK", "n20"), ("SM", "a1n10c12"), ("SO", "n19"),
    ("ST", "n21"), ("SV", "a4n20"), ("TL", "n19"), ("TN", "n20"), ("TR", "n6c16"), ("UA", "n6c19"), ("VA", "n18"), ("VG", "a4n16"),
    ("XK", "n16"), ("YE", "a4n4c18"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structures_are_sorted_and_of_lengths_that_exist() {
        assert!(STRUCTURES.is_sorted_by(|left, right| left.0 < right.0));
        assert!(STRUCTURES.iter().all(|(_, structure)| (11..=30).contains(&length(structure))));
    }
}
