//! The currencies of ISO 4217 with their minor units, and the signs by which people write them.

/// A currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Currency {
    /// The ISO 4217 code.
    pub(super) code: &'static str,
    /// Digits behind the point: 2 for EUR, 0 for JPY, 3 for KWD.
    pub(super) minor_units: u8,
}

/// The currency of a code in any case.
pub(super) fn currency(code: &str) -> Option<Currency> {
    let units: [(&[&'static str], u8); 4] = [(TWO, 2), (NONE, 0), (THREE, 3), (FOUR, 4)];
    let found = |codes: &[&'static str]| codes.iter().find(|known| known.eq_ignore_ascii_case(code)).copied();
    units.into_iter().find_map(|(codes, minor_units)| Some(Currency { code: found(codes)?, minor_units }))
}

/// The codes of the currencies that are written with this sign or short name, in any ASCII case, the most usual first; empty if it is none.
pub(super) fn codes_of_sign(sign: &str) -> &'static [&'static str] {
    SIGNS.iter().find(|(known, _)| is_sign(known, sign)).map_or(&[], |(_, codes)| codes)
}

/// The signs that can stand for the currency of `code`, the most particular first.
pub(super) fn signs_of(code: &str) -> Vec<&'static str> {
    let mut signs: Vec<_> = SIGNS.iter().filter(|(_, codes)| codes.contains(&code)).collect();
    signs.sort_by_key(|(_, codes)| codes.len());
    signs.into_iter().map(|(sign, _)| *sign).collect()
}

/// Whether `written` is this sign, in any case.
pub(super) fn is_sign(sign: &str, written: &str) -> bool {
    sign.eq_ignore_ascii_case(written) || is_same_word(sign, written)
}

fn is_same_word(known: &str, sign: &str) -> bool {
    !sign.is_ascii() && known.len() == sign.len() && known.chars().eq(sign.chars().flat_map(char::to_lowercase))
}

#[rustfmt::skip]
const TWO: &[&str] = &[
    "EUR", "USD", "GBP", "CHF", "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BMD", "BND",
    "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN",
    "ETB", "FJD", "FKP", "GEL", "GHS", "GIP", "GMD", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES",
    "KGS", "KHR", "KPW", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB",
    "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TOP", "TRY",
    "TTD", "TWD", "TZS", "UAH", "UYU", "UZS", "VED", "VES", "WST", "XCD", "XCG", "YER", "ZAR", "ZMW", "ZWG",
];

const NONE: &[&str] = &["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];

const THREE: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

const FOUR: &[&str] = &["CLF", "UYW"];

/// Signs in lower case where they have letters beyond ASCII.
#[rustfmt::skip]
const SIGNS: &[(&str, &[&str])] = &[
    ("€", &["EUR"]), ("euro", &["EUR"]), ("euros", &["EUR"]),
    ("$", &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "ARS", "CLP", "COP", "TWD", "BRL", "UYU", "DOP", "JMD", "TTD", "BBD", "BSD", "BZD",
        "FJD", "GYD", "KYD", "LRD", "NAD", "SBD", "SRD", "XCD", "BMD", "BND", "CUP"]),
    ("us$", &["USD"]), ("$us", &["USD", "BOB"]), ("c$", &["CAD", "NIO"]), ("ca$", &["CAD"]), ("a$", &["AUD"]), ("au$", &["AUD"]),
    ("nz$", &["NZD"]), ("hk$", &["HKD"]), ("s$", &["SGD"]), ("nt$", &["TWD"]), ("mx$", &["MXN"]), ("r$", &["BRL"]), ("dollars", &["USD"]),
    ("£", &["GBP", "EGP", "FKP", "GIP", "SHP", "SYP", "LBP", "SDG"]), ("stg", &["GBP"]),
    ("¥", &["JPY", "CNY"]), ("￥", &["JPY", "CNY"]), ("円", &["JPY"]), ("圓", &["TWD", "HKD"]), ("元", &["CNY", "TWD", "HKD"]),
    ("人民币", &["CNY"]), ("rmb", &["CNY"]), ("₩", &["KRW", "KPW"]), ("원", &["KRW"]),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]), ("kr.", &["DKK", "SEK", "NOK", "ISK"]), ("fr", &["CHF", "XOF", "XAF"]), ("fr.", &["CHF", "XOF", "XAF"]),
    ("sfr", &["CHF"]), ("sfr.", &["CHF"]), ("zł", &["PLN"]), ("zl", &["PLN"]), ("kč", &["CZK"]), ("kc", &["CZK"]), ("ft", &["HUF"]),
    ("lei", &["RON", "MDL"]), ("лв", &["BGN"]), ("лв.", &["BGN"]), ("kn", &["HRK"]), ("km", &["BAM"]), ("din", &["RSD"]), ("din.", &["RSD"]),
    ("дин", &["RSD"]), ("дин.", &["RSD"]), ("₽", &["RUB"]), ("руб", &["RUB"]), ("руб.", &["RUB"]), ("₴", &["UAH"]), ("грн", &["UAH"]),
    ("грн.", &["UAH"]), ("₺", &["TRY"]), ("tl", &["TRY"]), ("₪", &["ILS"]), ("₹", &["INR"]), ("rs", &["INR", "PKR", "LKR", "NPR", "MUR"]),
    ("rs.", &["INR", "PKR", "LKR", "NPR", "MUR"]), ("₨", &["PKR", "INR", "LKR", "NPR", "MUR"]), ("฿", &["THB"]), ("₫", &["VND"]),
    ("đ", &["VND"]), ("₱", &["PHP"]), ("rp", &["IDR"]), ("rp.", &["IDR"]), ("rm", &["MYR"]), ("₦", &["NGN"]), ("₵", &["GHS"]),
    ("gh₵", &["GHS"]), ("ksh", &["KES"]), ("r", &["ZAR"]), ("₡", &["CRC"]), ("₲", &["PYG"]), ("s/", &["PEN"]), ("s/.", &["PEN"]),
    ("bs", &["BOB", "VES"]), ("bs.", &["BOB", "VES"]), ("q", &["GTQ"]), ("₾", &["GEL"]), ("₸", &["KZT"]), ("֏", &["AMD"]), ("₼", &["AZN"]),
    ("₮", &["MNT"]), ("kd", &["KWD"]), ("bd", &["BHD"]), ("jd", &["JOD"]), ("dt", &["TND"]),
    ("dh", &["AED", "MAD"]), ("dhs", &["AED", "MAD"]), ("د.إ", &["AED"]), ("ر.س", &["SAR"]), ("﷼", &["SAR", "IRR", "OMR", "QAR", "YER"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_stands_for_known_currencies() {
        for (sign, codes) in SIGNS {
            assert!(codes.iter().all(|code| currency(code).is_some()), "{sign}");
        }
    }

    #[test]
    fn codes_are_three_letters_and_there_once() {
        let mut all = [TWO, NONE, THREE, FOUR].concat();
        assert!(all.iter().all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
        all.sort_unstable();
        assert!(all.is_sorted_by(|left, right| left < right));
    }
}
