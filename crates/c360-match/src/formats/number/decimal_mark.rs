//! The two decimal marks, and which of them the countries of the world use.

/// What stands between the whole and the fraction of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum DecimalMark {
    /// 1.234,56
    Comma,
    /// 1,234.56
    Point,
}

/// Countries that write a decimal comma.
#[rustfmt::skip]
const COMMA: &[&str] = &[
    "AD", "AL", "AM", "AO", "AR", "AT", "AX", "AZ", "BA", "BE", "BF", "BG", "BJ", "BO", "BR", "BY", "CG", "CI", "CL", "CM", "CO", "CR", "CU",
    "CY", "CZ", "DE", "DK", "DZ", "EC", "EE", "ES", "FI", "FO", "FR", "GA", "GE", "GF", "GL", "GP", "GR", "HR", "HU", "ID", "IS", "IT", "KG",
    "KZ", "LT", "LU", "LV", "MA", "MC", "MD", "ME", "MK", "ML", "MQ", "MZ", "NE", "NL", "NO", "PL", "PT", "PY", "RE", "RO", "RS", "RU", "SE",
    "SI", "SK", "SM", "SN", "SR", "TG", "TM", "TN", "TR", "UA", "UY", "UZ", "VA", "VE", "VN", "XK",
];

/// Countries that write a decimal point. Switzerland and Liechtenstein do in tables and with money.
#[rustfmt::skip]
const POINT: &[&str] = &[
    "AE", "AU", "BD", "BW", "BZ", "CH", "CN", "DO", "ET", "GB", "GH", "GT", "HK", "HN", "IE", "IL", "IN", "JM", "JO", "JP", "KE", "KH", "KP",
    "KR", "KW", "LI", "LK", "MM", "MN", "MO", "MT", "MX", "MY", "NG", "NI", "NP", "NZ", "OM", "PA", "PE", "PH", "PK", "PR", "QA", "SG", "SV",
    "TH", "TT", "TW", "TZ", "UG", "US", "ZM", "ZW",
];

/// The mark of a country by its ISO 3166 code, after Unicode CLDR; `None` where both are in use (Canada, South Africa) or nothing is known.
pub(in crate::formats) fn mark_of(country: Option<&str>) -> Option<DecimalMark> {
    let country = country?;
    match (COMMA.contains(&country), POINT.contains(&country)) {
        (true, _) => Some(DecimalMark::Comma),
        (_, true) => Some(DecimalMark::Point),
        _ => None,
    }
}

impl DecimalMark {
    /// The mark as it is written.
    pub(super) fn byte(self) -> u8 {
        match self {
            DecimalMark::Comma => b',',
            DecimalMark::Point => b'.',
        }
    }
}
