//! The levels of agreement of an attribute where a model says nothing: chosen by its format.

use super::attributes::Members;
use crate::model::Term;
use c360_match::format::Format;

/// The conditions of the levels of a term, the strongest first, as they would be written; `else` is not among them.
pub(super) fn levels(term: Term, name: &str, members: &Members<'_>) -> Vec<String> {
    let templates: &[&str] = match Values::of(term, members) {
        Values::GivenName => &["same(x)", "jaro_winkler(x) >= 0.92", "nicknames(x) | initials_agree(x)", "jaro_winkler(x) >= 0.8"],
        Values::FamilyName => &["same(x)", "jaro_winkler(x) >= 0.92", "jaro_winkler(x) >= 0.8 | same(soundex(x))"],
        Values::Words => &["same(x)", "jaro_winkler(x) >= 0.92", "token_set(x) >= 0.85", "jaro_winkler(x) >= 0.8"],
        // A mailbox mostly spells the name, which is compared already: what is alike because of that is no evidence of its own. A mistype is.
        Values::Email => &["same(x)", "jaro_winkler(x) >= 0.92 & damerau_edits(x) <= 3"],
        Values::Company => &["same(x)", "company(x) >= 0.95", "company(x) >= 0.8", "jaro_winkler(x) >= 0.88"],
        // Without town and postcode, which many sources leave out: a level that reads what is missing makes the whole comparison unknown.
        Values::Address => &[
            "same(x)",
            "same(x.number) & same(x.street)",
            "same(x.number) & jaro_winkler(x.street) >= 0.85",
            "same(x.street)",
            "jaro_winkler(x.street) >= 0.92",
        ],
        Values::Code => &["same(x)", "damerau_edits(x) <= 1", "damerau_edits(x) <= 2"],
        Values::Postcode => &["same(x)", "damerau_edits(x) <= 1", "same(prefix(x, 3))"],
        Values::Date => &["same(x)", "date(x) >= 0.9", "same(year(x)) | days(x) <= 31", "days(x) <= 730"],
        Values::Time => &["same(x)", "days(x) <= 1", "days(x) <= 31"],
        Values::Number => &["same(x)", "relative(x) >= 0.98", "relative(x) >= 0.9"],
        Values::Few => &["same(x)"],
    };
    let mut levels: Vec<String> = templates.iter().map(|template| template.replace("(x", &format!("({name}"))).collect();
    if let Some(person) = name.strip_suffix(".first").filter(|_| Values::of(term, members) == Values::GivenName) {
        // Behind the first level, to which frequencies belong. The last name has no such level: one exchange is one piece of evidence.
        levels.insert(1, format!("swapped({name}, {person}.last)"));
    }
    levels
}

/// What an attribute holds, as far as it decides how values differ by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    GivenName,
    FamilyName,
    Words,
    Email,
    Company,
    Address,
    Code,
    Postcode,
    Date,
    Time,
    Number,
    Few,
}

impl Values {
    /// By the last stage of the format.
    pub(super) fn of(term: Term, members: &Members<'_>) -> Values {
        let Term::Attribute { attribute, part } = term else { return Values::Few };
        let Some(built) = &members.attribute(attribute).built else { return Values::Few };
        let part = match (&built.format, part) {
            (Format::Parts(format), Some(part)) => Some(format.parts()[part]),
            _ => None,
        };
        match (&built.format, built.stages.last().map_or("", |stage| stage.name.as_str()), part) {
            (Format::Date(_), ..) => Values::Date,
            (Format::DateTime(_), ..) => Values::Time,
            (Format::Decimal { .. }, ..) => Values::Number,
            (Format::Bool(_), ..) | (_, "one_of" | "country", _) | (_, _, Some("country" | "state" | "title" | "suffix")) => Values::Few,
            (_, _, Some("first" | "middle")) => Values::GivenName,
            (_, _, Some("last")) => Values::FamilyName,
            (_, "postcode", _) | (_, _, Some("postcode")) => Values::Postcode,
            (_, "postal_address", None) => Values::Address,
            (_, "email", _) => Values::Email,
            (_, "company_name", _) => Values::Company,
            (_, "phone" | "vat_id" | "iban" | "url", _) => Values::Code,
            _ => Values::Words,
        }
    }
}
