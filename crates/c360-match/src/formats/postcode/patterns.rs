//! The shapes of postcodes by country: `9` is a digit, `A` a letter, `*` either; other letters
//! and digits must be just these, spaces and hyphens are written as they stand. Source: the addressing
//! systems that the Universal Postal Union publishes for its members.

/// A country's shapes of postcodes.
#[derive(Debug)]
pub(crate) struct Country {
    /// ISO 3166 two-letter code.
    pub(super) code: [u8; 2],
    /// The shapes, the usual first.
    shapes: &'static [&'static str],
    /// How many zeros a code of digits can begin with, and so lose.
    zeros: usize,
    /// What else is put before a code: the code of the country's cars.
    prefixes: &'static [&'static str],
}

const fn shape(code: &[u8; 2], shapes: &'static [&'static str], zeros: usize) -> Country {
    Country { code: *code, shapes, zeros, prefixes: &[] }
}

const fn known_as(prefixes: &'static [&'static str], country: Country) -> Country {
    Country { prefixes, ..country }
}

impl Country {
    /// Whether `letters` before a code name this country.
    pub(super) fn is_called(&self, letters: &str) -> bool {
        letters.as_bytes() == self.code || self.prefixes.contains(&letters)
    }

    /// Appends `code`, letters and digits in capitals, in the shape that it fits; says whether there is one.
    pub(super) fn append(&self, code: &str, out: &mut String) -> bool {
        let shape = self.shapes.iter().find(|shape| fits(code, shape));
        shape.into_iter().for_each(|shape| append_shaped(code, shape, out));
        shape.is_some()
    }

    /// Whether `code`, letters and digits in capitals, fits one of the shapes.
    pub(super) fn has(&self, code: &str) -> bool {
        self.shapes.iter().any(|shape| fits(code, shape))
    }

    /// Whether `code` is digits that the country writes just so.
    pub(super) fn writes_digits(&self, code: &str) -> bool {
        let fitting = || self.shapes.iter().find(|shape| fits(code, shape));
        code.bytes().all(|byte| byte.is_ascii_digit()) && fitting().is_some_and(|shape| shape.len() == code.len())
    }

    /// Like [`Country::append`], with the zeros put back that `code` lost at its front.
    pub(super) fn append_padded(&self, code: &str, out: &mut String) -> bool {
        const ZEROS: &str = "00000";
        let width = slots(self.shapes[0]).count();
        let missing = width.saturating_sub(code.len());
        if missing == 0 || missing > self.zeros || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let mut padded = [0; 16];
        padded[..missing].copy_from_slice(&ZEROS.as_bytes()[..missing]);
        padded[missing..width].copy_from_slice(code.as_bytes());
        std::str::from_utf8(&padded[..width]).is_ok_and(|padded| self.append(padded, out))
    }
}

fn slots(shape: &str) -> impl Iterator<Item = u8> {
    shape.bytes().filter(|slot| !b" -".contains(slot))
}

fn fits(code: &str, shape: &str) -> bool {
    let mut rest = code.as_bytes();
    for slot in slots(shape) {
        let [byte, behind @ ..] = rest else { return false };
        let fits = match slot {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            b'*' => true,
            _ => *byte == slot,
        };
        if !fits {
            return false;
        }
        rest = behind;
    }
    rest.is_empty()
}

fn append_shaped(code: &str, shape: &str, out: &mut String) {
    let mut bytes = code.chars();
    out.extend(shape.chars().filter_map(|slot| if matches!(slot, ' ' | '-') { Some(slot) } else { bytes.next() }));
}

const DIGITS3: &[&str] = &["999"];
const DIGITS4: &[&str] = &["9999"];
const DIGITS5: &[&str] = &["99999"];
const DIGITS6: &[&str] = &["999999"];
const ZIP: &[&str] = &["99999", "99999-9999"];
const BRITISH: &[&str] = &["A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA", "GIR 0AA"];
const SWEDISH: &[&str] = &["999 99"];

/// By code.
pub(super) const COUNTRIES: &[Country] = &[
    shape(b"AD", &["AD999"], 0),
    shape(b"AF", DIGITS4, 0),
    shape(b"AL", DIGITS4, 0),
    shape(b"AM", DIGITS4, 1),
    shape(b"AR", &["9999", "A9999AAA"], 0),
    known_as(&["A"], shape(b"AT", DIGITS4, 0)),
    shape(b"AU", DIGITS4, 1),
    shape(b"AZ", DIGITS4, 0),
    shape(b"BA", DIGITS5, 0),
    shape(b"BB", &["BB99999"], 0),
    shape(b"BD", DIGITS4, 0),
    known_as(&["B"], shape(b"BE", DIGITS4, 0)),
    shape(b"BG", DIGITS4, 0),
    shape(b"BH", &["9999", "999"], 0),
    shape(b"BM", &["AA 99", "AA AA"], 0),
    shape(b"BN", &["AA9999"], 0),
    shape(b"BR", &["99999-999"], 1),
    shape(b"BT", DIGITS5, 0),
    shape(b"BY", DIGITS6, 0),
    shape(b"CA", &["A9A 9A9"], 0),
    shape(b"CH", DIGITS4, 0),
    shape(b"CL", &["9999999"], 0),
    shape(b"CN", DIGITS6, 1),
    shape(b"CO", DIGITS6, 1),
    shape(b"CR", DIGITS5, 0),
    shape(b"CU", DIGITS5, 0),
    shape(b"CY", DIGITS4, 0),
    shape(b"CZ", SWEDISH, 0),
    known_as(&["D"], shape(b"DE", DIGITS5, 1)),
    shape(b"DK", DIGITS4, 1),
    shape(b"DO", DIGITS5, 0),
    shape(b"DZ", DIGITS5, 1),
    shape(b"EC", DIGITS6, 1),
    shape(b"EE", DIGITS5, 0),
    shape(b"EG", DIGITS5, 0),
    known_as(&["E"], shape(b"ES", DIGITS5, 1)),
    shape(b"ET", DIGITS4, 0),
    known_as(&["FIN"], shape(b"FI", DIGITS5, 2)),
    shape(b"FO", DIGITS3, 0),
    known_as(&["F"], shape(b"FR", DIGITS5, 1)),
    shape(b"GB", BRITISH, 0),
    shape(b"GE", DIGITS4, 1),
    shape(b"GG", BRITISH, 0),
    shape(b"GL", DIGITS4, 0),
    shape(b"GR", SWEDISH, 0),
    shape(b"GT", DIGITS5, 1),
    shape(b"HN", DIGITS5, 0),
    shape(b"HR", DIGITS5, 0),
    shape(b"HT", DIGITS4, 0),
    known_as(&["H"], shape(b"HU", DIGITS4, 0)),
    shape(b"ID", DIGITS5, 0),
    shape(b"IE", &["A99 ****", "A9A ****"], 0),
    shape(b"IL", &["9999999", "99999"], 0),
    shape(b"IM", BRITISH, 0),
    shape(b"IN", &["999999"], 0),
    shape(b"IQ", DIGITS5, 0),
    shape(b"IR", &["99999-99999"], 0),
    shape(b"IS", DIGITS3, 0),
    known_as(&["I"], shape(b"IT", DIGITS5, 2)),
    shape(b"JE", BRITISH, 0),
    shape(b"JO", DIGITS5, 0),
    shape(b"JP", &["999-9999"], 1),
    shape(b"KE", DIGITS5, 1),
    shape(b"KG", DIGITS6, 0),
    shape(b"KH", &["999999", "99999"], 1),
    shape(b"KR", &["99999", "999-999"], 1),
    shape(b"KW", DIGITS5, 0),
    shape(b"KZ", &["999999", "A99A9A9"], 1),
    shape(b"LA", DIGITS5, 1),
    shape(b"LB", &["9999 9999", "9999"], 0),
    known_as(&["FL"], shape(b"LI", DIGITS4, 0)),
    shape(b"LK", DIGITS5, 1),
    shape(b"LT", DIGITS5, 1),
    known_as(&["L"], shape(b"LU", DIGITS4, 0)),
    shape(b"LV", DIGITS4, 0),
    shape(b"MA", DIGITS5, 0),
    shape(b"MC", DIGITS5, 0),
    shape(b"MD", DIGITS4, 0),
    shape(b"ME", DIGITS5, 0),
    shape(b"MG", DIGITS3, 0),
    shape(b"MK", DIGITS4, 0),
    shape(b"MM", DIGITS5, 1),
    shape(b"MN", DIGITS5, 0),
    shape(b"MT", &["AAA 9999"], 0),
    shape(b"MU", DIGITS5, 0),
    shape(b"MV", DIGITS5, 1),
    known_as(&["MEX"], shape(b"MX", DIGITS5, 1)),
    shape(b"MY", DIGITS5, 1),
    shape(b"NG", DIGITS6, 0),
    shape(b"NI", DIGITS5, 0),
    shape(b"NL", &["9999 AA"], 0),
    known_as(&["N"], shape(b"NO", DIGITS4, 1)),
    shape(b"NP", DIGITS5, 0),
    shape(b"NZ", DIGITS4, 1),
    shape(b"OM", DIGITS3, 0),
    shape(b"PA", DIGITS4, 1),
    shape(b"PE", DIGITS5, 1),
    shape(b"PH", DIGITS4, 1),
    shape(b"PK", DIGITS5, 0),
    shape(b"PL", &["99-999"], 1),
    shape(b"PR", ZIP, 2),
    known_as(&["P"], shape(b"PT", &["9999-999", "9999"], 0)),
    shape(b"PY", DIGITS6, 1),
    shape(b"RO", DIGITS6, 1),
    known_as(&["SRB"], shape(b"RS", DIGITS5, 0)),
    shape(b"RU", DIGITS6, 0),
    shape(b"SA", ZIP, 0),
    known_as(&["S"], shape(b"SE", SWEDISH, 0)),
    shape(b"SG", DIGITS6, 1),
    known_as(&["SLO"], shape(b"SI", DIGITS4, 0)),
    shape(b"SK", SWEDISH, 1),
    shape(b"SM", DIGITS5, 0),
    shape(b"SN", DIGITS5, 0),
    shape(b"SV", DIGITS4, 0),
    shape(b"TH", DIGITS5, 0),
    shape(b"TJ", DIGITS6, 0),
    shape(b"TM", DIGITS6, 0),
    shape(b"TN", DIGITS4, 0),
    shape(b"TR", DIGITS5, 1),
    shape(b"TW", &["999", "99999", "999999"], 0),
    shape(b"TZ", DIGITS5, 0),
    shape(b"UA", DIGITS5, 1),
    shape(b"US", ZIP, 2),
    shape(b"UY", DIGITS5, 0),
    shape(b"UZ", DIGITS6, 0),
    shape(b"VA", DIGITS5, 1),
    shape(b"VE", &["9999", "9999-A"], 0),
    shape(b"VN", &["99999", "999999"], 0),
    shape(b"ZA", DIGITS4, 1),
    shape(b"ZM", DIGITS5, 0),
];

#[cfg(test)]
mod tests {
    use super::COUNTRIES;

    #[test]
    fn countries_are_sorted_by_code() {
        assert!(COUNTRIES.is_sorted_by(|left, right| left.code < right.code));
    }
}
