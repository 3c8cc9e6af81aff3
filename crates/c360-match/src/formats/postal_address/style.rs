//! How a country writes its addresses: the language of its street words and on which side of the street the number stands.

/// The language of words such as `street` and of their abbreviations. A country with several gets the first that fits its addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
    Slavic,
    Other,
    /// Nothing is known of the country: only spellings that mean the same everywhere count.
    Unknown,
}

/// On which side of the street the house number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    NumberFirst,
    NumberLast,
}

/// How a country writes its addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// ISO 3166 two-letter code.
    pub(super) country: Option<[u8; 2]>,
    pub(super) language: Language,
    pub(super) order: Order,
}

impl Style {
    /// The style of a country, or the one to assume of an unknown.
    pub(super) fn of(country: Option<[u8; 2]>) -> Style {
        let (language, order) = match country {
            None => (Language::Unknown, Order::NumberFirst),
            Some(code) => habits(code),
        };
        Style { country, language, order }
    }

    /// Whether English street words and directions (`N Main St`) may occur.
    pub(super) fn is_english(self) -> bool {
        matches!(self.language, Language::English | Language::Unknown)
    }

    /// Whether the country is one of `codes`, or unknown.
    pub(super) fn may_be(self, codes: &[&[u8; 2]]) -> bool {
        self.country.is_none_or(|country| codes.contains(&&country))
    }
}

const fn habits(code: [u8; 2]) -> (Language, Order) {
    match &code {
        b"DE" | b"AT" | b"CH" | b"LI" => (Language::German, Order::NumberLast),
        b"FR" | b"LU" | b"MC" | b"GP" | b"MQ" | b"RE" | b"GF" | b"YT" | b"MA" | b"TN" | b"DZ" | b"SN" | b"CI" => {
            (Language::French, Order::NumberFirst)
        }
        b"BE" => (Language::French, Order::NumberLast),
        b"NL" => (Language::Dutch, Order::NumberLast),
        b"IT" | b"SM" | b"VA" => (Language::Italian, Order::NumberLast),
        b"ES" | b"AD" | b"MX" | b"AR" | b"CL" | b"CO" | b"PE" | b"EC" | b"UY" | b"PY" | b"BO" | b"VE" | b"CR" | b"PA" | b"GT" | b"HN"
        | b"NI" | b"SV" | b"DO" | b"CU" => (Language::Spanish, Order::NumberLast),
        b"PT" | b"BR" | b"AO" | b"MZ" => (Language::Portuguese, Order::NumberLast),
        b"PL" | b"CZ" | b"SK" | b"RU" | b"UA" | b"BY" | b"BG" | b"RS" | b"HR" | b"SI" | b"BA" | b"ME" | b"MK" | b"KZ" => {
            (Language::Slavic, Order::NumberLast)
        }
        b"DK" | b"SE" | b"NO" | b"FI" | b"IS" | b"EE" | b"LV" | b"LT" | b"HU" | b"RO" | b"GR" | b"CY" | b"TR" | b"AL" | b"GE" | b"AM"
        | b"AZ" | b"FO" | b"GL" => (Language::Other, Order::NumberLast),
        _ => (Language::English, Order::NumberFirst),
    }
}
