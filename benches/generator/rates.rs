//! What goes wrong in the rows of a system, and how often. Data and its lookup; what an error does is in `observe` and `corrupt`.

use super::table::Table;

/// Something that a row has and the truth has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// A letter of a name is wrong, missing, doubled or swapped with the next.
    Typo,
    /// A letter of a name was misread by a scanner.
    Ocr,
    /// A name is written as it sounds.
    Phonetic,
    /// The everyday form of the given name.
    Nickname,
    /// Only the first letter of the given name.
    Initial,
    /// Given name and surname have changed places.
    Swapped,
    /// Umlauts as two letters, other letters without their marks.
    Transliterated,
    /// Umlauts and all other letters without their marks.
    Unmarked,
    /// Pinyin in place of characters.
    Pinyin,
    /// Names in capitals.
    Capitals,
    /// Names in small letters.
    Small,
    /// The address before the last move.
    FormerAddress,
    /// The surname before marriage.
    FormerName,
    /// Street and city with a typo.
    AddressTypo,
    /// No address.
    NoAddress,
    /// No e-mail.
    NoEmail,
    /// Another e-mail of the same person.
    SecondEmail,
    /// The e-mail of another person of the household.
    FamilyEmail,
    /// The e-mail with a tag behind a plus sign.
    PlusTag,
    /// The e-mail in capitals.
    EmailCapitals,
    /// A placeholder in place of the e-mail.
    EmailPlaceholder,
    /// The e-mail with a typo, mostly no e-mail any more.
    EmailTypo,
    /// No telephone number.
    NoPhone,
    /// The fixed line of the household in place of the mobile number.
    HomePhone,
    /// The switchboard of an employer in place of the mobile number.
    WorkPhone,
    /// A placeholder in place of the telephone number.
    PhonePlaceholder,
    /// The telephone number with a wrong digit.
    PhoneTypo,
    /// A value that many unrelated rows share, in place of the e-mail or the telephone number.
    SuperConnector,
    /// No birthday.
    NoBirthday,
    /// Day and month of the birthday have changed places.
    DayMonthSwapped,
    /// A placeholder in place of the birthday.
    BirthdayPlaceholder,
    /// The year of the birthday has two digits.
    ShortYear,
    /// The reference to another system is missing.
    NoReference,
    /// The reference to another system names nothing that exists.
    Orphan,
    /// The legal form of a company in other words, or none.
    OtherLegalForm,
}

/// How many errors there are.
pub const ERRORS: usize = Error::OtherLegalForm as usize + 1;

/// How often each error happens, in a million rows.
#[derive(Clone, Debug)]
pub struct Rates([u32; ERRORS]);

/// The errors of one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Errors(u64);

impl Errors {
    /// Notes an error.
    pub fn insert(&mut self, error: Error) {
        self.0 |= 1 << error as u64;
    }

    /// Whether the row has it.
    pub fn contains(self, error: Error) -> bool {
        self.0 & (1 << error as u64) != 0
    }
}

impl Rates {
    /// No errors at all.
    pub fn none(_: Table) -> Self {
        Self([0; ERRORS])
    }

    /// What systems of this kind have in life.
    pub fn usual(table: Table) -> Self {
        let mut rates = Self::none(table);
        rates.set(COMMON);
        rates.set(match table {
            Table::Crm => CRM,
            Table::Billing => BILLING,
            Table::Shop => SHOP,
            Table::Support => SUPPORT,
            Table::Loyalty => LOYALTY,
            Table::ErpCompanies | Table::ErpAccounts | Table::ErpAssets => ERP,
        });
        rates
    }

    /// Each error `percent` times a hundredth as often.
    pub fn scaled(mut self, percent: u32) -> Self {
        self.0.iter_mut().for_each(|rate| *rate = (*rate).saturating_mul(percent) / 100);
        self
    }

    /// How many rows of a million have an error.
    pub fn ppm(&self, error: Error) -> u32 {
        self.0[error as usize]
    }

    fn set(&mut self, rates: &[(Error, u32)]) {
        for (error, ppm) in rates {
            self.0[*error as usize] = *ppm;
        }
    }
}

static COMMON: &[(Error, u32)] = &[
    (Error::Typo, 15_000),
    (Error::Phonetic, 5_000),
    (Error::Nickname, 15_000),
    (Error::Initial, 8_000),
    (Error::Swapped, 6_000),
    (Error::Transliterated, 40_000),
    (Error::Unmarked, 15_000),
    (Error::FormerAddress, 400_000),
    (Error::FormerName, 250_000),
    (Error::AddressTypo, 15_000),
    (Error::NoEmail, 80_000),
    (Error::SecondEmail, 120_000),
    (Error::FamilyEmail, 10_000),
    (Error::EmailCapitals, 20_000),
    (Error::EmailPlaceholder, 8_000),
    (Error::EmailTypo, 8_000),
    (Error::NoPhone, 150_000),
    (Error::HomePhone, 150_000),
    (Error::WorkPhone, 20_000),
    (Error::PhonePlaceholder, 8_000),
    (Error::PhoneTypo, 8_000),
    (Error::SuperConnector, 3_000),
    (Error::NoBirthday, 150_000),
    (Error::DayMonthSwapped, 10_000),
    (Error::OtherLegalForm, 200_000),
];
/// Typed by sales people; holds no characters beyond Latin-1.
static CRM: &[(Error, u32)] = &[
    (Error::Pinyin, 1_000_000),
    (Error::NoEmail, 180_000),
    (Error::BirthdayPlaceholder, 15_000),
    (Error::ShortYear, 40_000),
    (Error::NoReference, 300_000),
];
/// Careful about names and addresses, keeps the customer number of the CRM.
static BILLING: &[(Error, u32)] = &[
    (Error::Typo, 6_000),
    (Error::Nickname, 1_000),
    (Error::Pinyin, 300_000),
    (Error::NoReference, 400_000),
    (Error::Orphan, 2_000),
    (Error::FormerAddress, 150_000),
];
/// Typed by the buyers themselves.
static SHOP: &[(Error, u32)] = &[
    (Error::Pinyin, 500_000),
    (Error::NoEmail, 0),
    (Error::Nickname, 50_000),
    (Error::PlusTag, 20_000),
    (Error::Small, 60_000),
    (Error::NoReference, 300_000),
    (Error::EmailPlaceholder, 1_000),
];
/// Written down in a hurry, partly from scanned letters.
static SUPPORT: &[(Error, u32)] = &[
    (Error::Pinyin, 400_000),
    (Error::Typo, 40_000),
    (Error::Ocr, 20_000),
    (Error::Phonetic, 20_000),
    (Error::Initial, 40_000),
    (Error::NoEmail, 250_000),
    (Error::EmailPlaceholder, 20_000),
    (Error::NoReference, 500_000),
];
/// A bought American system fed from paper forms.
static LOYALTY: &[(Error, u32)] = &[
    (Error::Pinyin, 900_000),
    (Error::Ocr, 25_000),
    (Error::Unmarked, 300_000),
    (Error::Capitals, 100_000),
    (Error::PlusTag, 30_000),
    (Error::DayMonthSwapped, 30_000),
    (Error::BirthdayPlaceholder, 20_000),
    (Error::NoBirthday, 50_000),
];
/// Clean, but in capitals and with its own spellings.
static ERP: &[(Error, u32)] = &[
    (Error::Capitals, 500_000),
    (Error::Typo, 3_000),
    (Error::NoEmail, 300_000),
    (Error::OtherLegalForm, 350_000),
    (Error::NoReference, 200_000),
    (Error::Orphan, 5_000),
];
