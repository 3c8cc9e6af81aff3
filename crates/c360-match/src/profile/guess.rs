//! What a column most likely holds, by its values first and its name second: a hint for people and for drafts of pipelines, never used to match.

use super::Facts;
use super::formats::Candidate;
use super::words::{holds, names, words};

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// An input of `name(..)`: `full`, `first`, ..
    Name(&'static str),
    /// A company's name.
    Company,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A day of birth.
    Born,
    /// An input of `address(..)`: `line`, `street`, ..
    Address(&'static str),
    /// A number or code that tells objects apart.
    Identifier,
    /// Anything else with a format.
    Value,
    /// Anything else.
    Text,
    /// Nothing: no value is there.
    Empty,
}

/// A guess.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// What for.
    pub role: Role,
    /// The format that fits, as a pipeline writes it.
    pub format: String,
    /// The share of the different values that it reads.
    pub accepted: f64,
}

impl Role {
    /// Whether values of this kind are personal data, as far as one can tell.
    #[must_use]
    pub fn is_personal(self) -> bool {
        matches!(self, Role::Name(_) | Role::Email | Role::Phone | Role::Born | Role::Address(_) | Role::Identifier)
    }
}

/// A format must read so many of a column's values to be suggested.
const ENOUGH: f64 = 0.8;
/// Of a column that is called a date of birth so many are enough: the others are mistakes, and a date is never better read as text.
const ENOUGH_BORN: f64 = 0.6;
/// A column whose values differ by so much can tell objects apart.
const SELECTIVE: f64 = 0.2;

/// Guesses what a column holds. `country` is where phones, postcodes and dates are from.
#[must_use]
pub fn guess(column: &str, facts: &Facts, country: Option<&str>) -> Guess {
    if facts.present == 0 {
        return Guess { role: Role::Empty, format: "text".into(), accepted: 1.0 };
    }
    let words = words(column);
    let found = by_values(&words, facts, country)
        .or_else(|| by_name(&words, facts, country))
        .or_else(|| plain_value(&words, facts, country))
        .unwrap_or_else(|| text(identifier(&words, facts)));
    if names(&words, &OTHERS) { of_another(found) } else { found }
}

/// Whose name, address or number a column has if it is not that of whom the record is about.
const OTHERS: [&str; 16] = [
    "employer",
    "spouse",
    "partner",
    "parent",
    "mother",
    "father",
    "guardian",
    "child",
    "dependent",
    "dependant",
    "beneficiary",
    "emergency",
    "kin",
    "referrer",
    "arbeitgeber",
    "ehepartner",
];

/// What somebody else's column is for: it keeps its format, and tells nobody apart. Who employs somebody is a company.
fn of_another(guess: Guess) -> Guess {
    match guess.role {
        Role::Name(_) | Role::Address(_) | Role::Identifier => text(Role::Text),
        Role::Born | Role::Email | Role::Phone => Guess { role: Role::Value, ..guess },
        _ => guess,
    }
}

/// The pattern of dates that reads at least as many of the values as the format `date` does.
#[must_use]
pub fn date_pattern(facts: &Facts, country: Option<&str>) -> Option<String> {
    let plain = Candidate::new("date", &[], country)?.accepts(&facts.sample);
    best(Role::Value, &DATES[1..], facts, country).filter(|found| found.accepted >= plain).map(|found| found.format)
}

fn text(role: Role) -> Guess {
    Guess { role, format: "text".into(), accepted: 1.0 }
}

/// The best of some formats, where it reads enough.
fn best(role: Role, candidates: &[(&str, &[&str])], facts: &Facts, country: Option<&str>) -> Option<Guess> {
    let mut best: Option<Guess> = None;
    let enough = if role == Role::Born { ENOUGH_BORN } else { ENOUGH };
    for (name, arguments) in candidates {
        let Some(candidate) = Candidate::new(name, arguments, country) else { continue };
        let accepted = candidate.accepts(&facts.sample);
        if accepted >= enough && best.as_ref().is_none_or(|best| accepted > best.accepted) {
            best = Some(Guess { role, format: candidate.text, accepted });
        }
    }
    best
}

/// Formats that hardly read anything else by chance.
fn by_values(words: &[String], facts: &Facts, country: Option<&str>) -> Option<Guess> {
    let any = |letters: &[char]| facts.sample.iter().filter(|value| value.contains(letters)).count() * 2 > facts.sample.len();
    if any(&['@']) {
        return best(Role::Email, &[("email", &[])], facts, country);
    }
    if (holds(words, &["url", "website", "homepage", "web"]) || any(&['/']) && any(&['.']))
        && let Some(url) = best(Role::Value, &[("url", &[])], facts, country)
    {
        return Some(url);
    }
    if holds(words, &["iban"]) {
        return best(Role::Identifier, &[("iban", &[])], facts, country);
    }
    if names(words, &["vat", "ust", "ustid", "ustidnr", "vatid", "vatno", "tva", "piva"]) {
        return best(Role::Identifier, &[("vat_id", &[])], facts, country);
    }
    None
}

const DATES: [(&str, &[&str]); 8] = [
    ("date", &[]),
    ("date", &["%Y-%m-%d"]),
    ("date", &["%Y%m%d"]),
    ("date", &["%d.%m.%Y"]),
    ("date", &["%m/%d/%Y"]),
    ("date", &["%d/%m/%Y"]),
    ("date", &["%d%m%Y"]),
    ("date", &["%m%d%Y"]),
];

/// What the name says, where the values do not object.
fn by_name(words: &[String], facts: &Facts, country: Option<&str>) -> Option<Guess> {
    if holds(words, &["birth", "geburt", "naissance", "nacimiento"]) || names(words, &["born", "dob", "bday", "gebdat"]) {
        return best(Role::Born, &DATES, facts, country);
    }
    if holds(words, &["phone", "telefon", "mobil", "handy"]) || names(words, &["tel", "fax", "cell", "fon"]) {
        let phone = best(Role::Phone, &[("phone", &[])], facts, country);
        // Local numbers, or no country: digits still compare.
        return Some(phone.unwrap_or_else(|| Guess {
            role: Role::Phone,
            format: "text | digits | length(5, 15)".into(),
            accepted: digits(facts),
        }));
    }
    name_part(words, facts).or_else(|| address_part(words, facts, country))
}

fn digits(facts: &Facts) -> f64 {
    let count = |value: &&String| (5..=15).contains(&value.chars().filter(char::is_ascii_digit).count());
    facts.sample.iter().filter(count).count() as f64 / facts.sample.len().max(1) as f64
}

fn name_part(words: &[String], facts: &Facts) -> Option<Guess> {
    let with_letters = facts.sample.iter().filter(|value| value.chars().any(char::is_alphabetic)).count();
    if with_letters * 10 < facts.sample.len() * 8 {
        return None;
    }
    let name = |part| Some(Guess { role: Role::Name(part), format: "person_name".into(), accepted: 1.0 });
    let is_name = names(words, &["name", "names", "nom", "nombre"]);
    if holds(words, &["company", "firma", "organisation", "organization", "employer", "business", "orgname", "unternehmen"])
        || names(words, &["org", "firm", "site", "legal", "trade"]) && is_name
    {
        return Some(Guess { role: Role::Company, format: "company_name".into(), accepted: 1.0 });
    }
    let first = names(words, &["first", "given", "fname", "forename", "vorname", "firstname", "givenname", "prenom"]);
    let last = names(words, &["last", "family", "surname", "lname", "nachname", "lastname", "familyname", "familienname"]);
    match (first, last) {
        (true, true) => return name("full"),
        (true, false) => return name("first"),
        (false, true) => return name("last"),
        (false, false) => {}
    }
    if names(words, &["middle", "middlename"]) {
        return name("middle");
    }
    const WHOSE: [&str; 9] = ["name", "full", "fullname", "person", "contact", "customer", "client", "kunde", "site"];
    if !is_name && !names(words, &["fullname"]) || !words.iter().all(|word| WHOSE.contains(&word.as_str())) {
        return None;
    }
    if holds(words, &["full", "person", "contact"]) || like_persons(facts) {
        return name("full");
    }
    Some(Guess { role: Role::Company, format: "company_name".into(), accepted: 1.0 })
}

/// Whether most values are two to four words of letters: so are the names of persons, and few others.
fn like_persons(facts: &Facts) -> bool {
    let letters = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’' | ','));
    let is_person = |value: &&String| (2..=4).contains(&value.split_whitespace().count()) && value.split_whitespace().all(letters);
    let legal = |value: &&String| {
        let last = value.rsplit(' ').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
        ["inc", "llc", "ltd", "gmbh", "ag", "corp", "co", "limited", "company", "sa", "plc", "kg", "bv"].contains(&last.as_str())
    };
    let (persons, companies) = (facts.sample.iter().filter(is_person).count(), facts.sample.iter().filter(legal).count());
    persons * 10 >= facts.sample.len() * 8 && companies * 20 < facts.sample.len()
}

fn address_part(words: &[String], facts: &Facts, country: Option<&str>) -> Option<Guess> {
    let part = |input, format: &str, accepted| Some(Guess { role: Role::Address(input), format: format.to_owned(), accepted });
    if names(words, &["zip", "zipcode", "postcode", "postal", "plz", "zip5"]) {
        let read = best(Role::Address("postcode"), &[("postcode", &[])], facts, country);
        return part("postcode", "postcode", read.map_or(1.0, |read| read.accepted));
    }
    if names(words, &["street", "strasse", "straße", "road", "streetname"]) && !names(words, &["number", "no", "nr"]) {
        return part("street", "postal_address", 1.0);
    }
    if names(words, &["house", "hausnummer", "housenumber", "streetnumber", "hausnr"]) || names(words, &["street"]) {
        return part("number", "postal_address", 1.0);
    }
    if names(words, &["unit", "apt", "apartment", "suite"]) {
        return part("unit", "postal_address", 1.0);
    }
    if names(words, &["city", "town", "suburb", "ort", "stadt", "place", "locality", "ville"]) && !holds(words, &["birth"]) {
        return part("city", "postal_address", 1.0);
    }
    if names(words, &["state", "province", "region", "bundesland"]) {
        return part("state", "postal_address", 1.0);
    }
    if names(words, &["address", "addr", "adresse", "anschrift"]) && !names(words, &["2", "3", "type"]) {
        return part("street", "postal_address", 1.0);
    }
    None
}

/// Dates, yes and no, numbers. Digits with leading zeros are no numbers.
fn plain_value(words: &[String], facts: &Facts, country: Option<&str>) -> Option<Guess> {
    let coded = facts.sample.iter().any(|value| value.len() > 1 && value.starts_with('0') && !value.contains(['.', ',']));
    if holds(words, &["date", "datum", "time", "since", "updated", "created", "changed"]) {
        let found = best(Role::Value, &DATES, facts, country);
        return found.or_else(|| best(Role::Value, &[("datetime", &[])], facts, country));
    }
    if facts.distinct <= 3
        && !coded
        && let Some(found) = best(Role::Value, &[("bool", &[])], facts, country)
    {
        return Some(found);
    }
    if coded || identifier(words, facts) == Role::Identifier {
        return None;
    }
    best(Role::Value, &[("number", &[])], facts, country)
}

/// A number or code by its name, of which there are many.
fn identifier(words: &[String], facts: &Facts) -> Role {
    const NAMES: [&str; 20] = [
        "id", "no", "nr", "number", "num", "nummer", "code", "key", "ssn", "tax", "duns", "ein", "npi", "passport", "license", "licence",
        "ident", "serial", "account", "customer",
    ];
    let coded = facts.sample.iter().filter(|value| value.chars().any(|c| c.is_ascii_digit())).count() * 2 > facts.sample.len();
    let named = names(words, &NAMES) || words.last().is_some_and(|last| last.ends_with("id") || last.ends_with("nr"));
    if named && coded && facts.selectivity() >= SELECTIVE && facts.mean >= 3.0 { Role::Identifier } else { Role::Text }
}
