//! Words in name fields that stand for "no name".

use std::sync::LazyLock;

use super::super::placeholder::Kind;
use crate::formats::table::Table;

/// What a text is that stands for "no name", wherever it is found or (`Doubtful`) when nothing else is known: it is somebody's name beside
/// another, Jennifer Null, Na Hyun. Of ASCII letters it may be in any case.
pub(in crate::formats::person_name) fn placeholder(key: &str) -> Option<Kind> {
    KINDS.get(key)
}

/// Whether some text that stands for "no name" begins with this byte and is so long; the length of those above 15 bytes is not told apart.
pub(in crate::formats::person_name) fn has_length(first: u8, length: usize) -> bool {
    KINDS.has_length(first, length)
}

/// All texts that can stand for "no name".
pub(in crate::formats::person_name) fn placeholders() -> impl Iterator<Item = String> {
    PLACEHOLDERS.iter().chain(&DOUBTFUL).map(|word| (*word).to_owned())
}

static KINDS: LazyLock<Table<Kind>> = LazyLock::new(|| {
    let sure = PLACEHOLDERS.iter().map(|word| ((*word).to_owned(), Kind::Placeholder));
    Table::first_of(sure.chain(DOUBTFUL.iter().map(|word| ((*word).to_owned(), Kind::Doubtful))))
});

/// Texts that stand for "no name" wherever they are found.
pub(super) const PLACEHOLDERS: [&str; 60] = [
    "unknown",
    "unbekannt",
    "inconnu",
    "inconnue",
    "desconocido",
    "desconocida",
    "sconosciuto",
    "desconhecido",
    "onbekend",
    "tbd",
    "tba",
    "noname",
    "nofirstname",
    "nolastname",
    "nosurname",
    "dontknow",
    "nameunknown",
    "notprovided",
    "notapplicable",
    "notavailable",
    "notgiven",
    "notknown",
    "keineangabe",
    "ohnenamen",
    "anonymous",
    "anonym",
    "anonymisiert",
    "redacted",
    "undefined",
    "unnamed",
    "deleted",
    "firstname",
    "lastname",
    "surname",
    "vorname",
    "nachname",
    "fullname",
    "yourname",
    "mustermann",
    "maxmustermann",
    "erikamustermann",
    "asdf",
    "asdfasdf",
    "qwerty",
    "qwertz",
    "dummy",
    "testuser",
    "testtest",
    "testkunde",
    "vornamenachname",
    "firstnamelastname",
    "неизвестно",
    "неизвестный",
    "不详",
    "不明",
    "未知",
    "无名",
    "匿名",
    "测试",
    "測試",
];

/// Texts that are names beside another.
pub(super) const DOUBTFUL: [&str; 21] = [
    "test", "tester", "na", "none", "null", "nil", "nan", "customer", "kunde", "client", "guest", "gast", "user", "name", "keine", "kein",
    "leer", "empty", "nn", "无", "無",
];
