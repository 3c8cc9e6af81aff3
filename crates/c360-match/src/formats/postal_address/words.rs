//! The words for kinds of streets: how they are abbreviated, spelt out and compared. Tables only.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::style::Language;
use crate::formats::fold;
use crate::formats::scratch::with_buffer;
use crate::formats::table::Table;

/// A word for a kind of street.
#[derive(Debug)]
pub(super) struct Kind {
    /// Spelt out, as it is displayed.
    pub(super) full: &'static str,
    /// The form that comparisons use; words that are the same in several languages share it.
    pub(super) short: &'static str,
    /// Spellings besides the full and the short one, folded, separated by spaces.
    forms: &'static str,
    /// Where it stands; empty: behind the name, as in English; otherwise before it, in these languages.
    languages: &'static [Language],
}

const fn behind(full: &'static str, short: &'static str, forms: &'static str) -> Kind {
    Kind { full, short, forms, languages: &[] }
}

const fn before(languages: &'static [Language], full: &'static str, short: &'static str, forms: &'static str) -> Kind {
    Kind { full, short, forms, languages }
}

/// The kind that a word behind a name means, in any case, with or without a dot: `Ave.` in `Fifth Ave.`
pub(super) fn find_behind(token: &str) -> Option<&'static Kind> {
    let mut buffer = [0; LONGEST];
    BEHIND_BY_FORM.get(lower(token, &mut buffer)?)
}

/// Whether `token` is one of `words`, in any case, with or without a dot behind it.
pub(super) fn is_any(token: &str, words: &[&str]) -> bool {
    let token = token.trim_end_matches('.');
    words.iter().any(|word| token.eq_ignore_ascii_case(word))
}

/// The longest word of the tables.
const LONGEST: usize = 16;

/// The ASCII letters and digits of `token` in lower case, without an allocation; nothing if it is too long or holds other letters.
fn lower<'a>(token: &str, buffer: &'a mut [u8; LONGEST]) -> Option<&'a str> {
    let mut length = 0;
    for byte in token.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                *buffer.get_mut(length)? = byte.to_ascii_lowercase();
                length += 1;
            }
            0x80.. => return None,
            _ => {}
        }
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

/// The kind that a word before a name means: `R.` in `R. Augusta`. Abbreviations count only in their language.
pub(super) fn find_before(token: &str, language: Language) -> Option<&'static Kind> {
    let mut buffer = [0; LONGEST];
    match lower(token, &mut buffer) {
        Some(word) => among(word, language, Script::Latin),
        None => with_buffer(|word| {
            fold::squeeze(token, word);
            among(word, language, if token.chars().all(is_latin) { Script::Latin } else { Script::Other })
        }),
    }
}

/// Slavic languages write the same words in two scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Other,
}

fn is_latin(letter: char) -> bool {
    letter < '\u{370}'
}

fn among(word: &str, language: Language, script: Script) -> Option<&'static Kind> {
    let (kinds, places) = &*BEFORE_BY_FORM;
    let (from, to) = places.get(word)?;
    let mut kinds = kinds[from..to].iter().copied().filter(|kind| (script == Script::Latin) == kind.full.chars().all(is_latin));
    let first = kinds.clone().find(|kind| folded(kind.full) == word);
    kinds.find(|kind| kind.languages.contains(&language)).or(first)
}

/// The form in which any street word is compared, wherever it stands.
pub(super) fn compared(word: &str) -> Option<&'static str> {
    COMPARED.get(word)
}

/// Words whose kind does not appear within names of towns, so that what follows them is one: `5659 S Union Avenue Evanston`.
pub(super) fn ends_street(kind: &Kind) -> bool {
    matches!(kind.short, "st" | "av" | "blvd" | "rd" | "ln" | "ct" | "dr" | "pl" | "pkwy" | "hwy" | "cir" | "ter")
}

fn folded(full: &str) -> String {
    let mut word = String::new();
    fold::squeeze(full, &mut word);
    word
}

fn forms(kind: &'static Kind) -> impl Iterator<Item = String> {
    kind.forms.split_ascii_whitespace().map(str::to_owned).chain([kind.short.to_owned(), folded(kind.full)])
}

static BEHIND_BY_FORM: LazyLock<Table<&'static Kind>> =
    LazyLock::new(|| Table::last_of(BEHIND.iter().flat_map(|kind| forms(kind).map(move |form| (form, kind)))));

/// The kinds that share a form stand side by side; from where to where, by form.
type ByForm = (Vec<&'static Kind>, Table<(usize, usize)>);

static BEFORE_BY_FORM: LazyLock<ByForm> = LazyLock::new(|| {
    let mut by_form: BTreeMap<String, Vec<&'static Kind>> = BTreeMap::new();
    for kind in BEFORE {
        forms(kind).for_each(|form| by_form.entry(form).or_default().push(kind));
    }
    let (mut kinds, mut places) = (Vec::new(), Vec::new());
    for (form, same) in by_form {
        places.push((form, (kinds.len(), kinds.len() + same.len())));
        kinds.extend(same);
    }
    (kinds, Table::first_of(places))
});

static COMPARED: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    let kinds = BEHIND.iter().chain(BEFORE).map(|kind| (folded(kind.full), kind.short));
    let others = [
        ("strasse", "st"),
        ("str", "st"),
        ("platz", "pl"),
        ("saint", "st"),
        ("sainte", "ste"),
        ("sankt", "st"),
        ("mount", "mt"),
        ("fort", "ft"),
    ];
    Table::last_of(kinds.chain(others.map(|(word, short)| (word.to_owned(), short))))
});

/// English. Source of the abbreviations: USPS Publication 28, appendix C1, and what people write besides.
static BEHIND: &[Kind] = &[
    behind("Street", "st", "str strt stre stree streets sts"),
    behind("Avenue", "av", "ave aven avenu avn avnue avnu aves"),
    behind("Boulevard", "blvd", "boul blv bvd bl boulv bd"),
    behind("Road", "rd", "rds"),
    behind("Lane", "ln", "lne"),
    behind("Court", "ct", "crt"),
    behind("Drive", "dr", "drv driv dve"),
    behind("Place", "pl", "plc"),
    behind("Highway", "hwy", "hw hiway hway"),
    behind("Parkway", "pkwy", "pky pwy parkwy pkway"),
    behind("Circle", "cir", "circ crcl"),
    behind("Terrace", "ter", "terr"),
    behind("Trail", "trl", "tl"),
    behind("Way", "wy", ""),
    behind("Square", "sq", "sqr squ"),
    behind("Crescent", "cres", "crs cresc"),
    behind("Close", "cl", ""),
    behind("Circuit", "cct", "circt"),
    behind("Alley", "aly", "ally"),
    behind("Plaza", "plz", "plza"),
    behind("Point", "pt", ""),
    behind("Ridge", "rdg", "rdge"),
    behind("Cove", "cv", ""),
    behind("Crossing", "xing", "crssng"),
    behind("Expressway", "expy", "expwy"),
    behind("Freeway", "fwy", "frwy"),
    behind("Turnpike", "tpke", "trnpk"),
    behind("Heights", "hts", ""),
    behind("Center", "ctr", "centre cntr cen"),
    behind("Grove", "grv", "gro"),
    behind("Gardens", "gdns", "grdns"),
    behind("Loop", "lp", ""),
    behind("Run", "rn", ""),
    behind("Pike", "pk", ""),
    behind("Trace", "trce", ""),
    behind("Valley", "vly", ""),
    behind("View", "vw", ""),
    behind("Extension", "ext", "extn"),
    behind("Route", "rte", "rt"),
    behind("Junction", "jct", ""),
    behind("Landing", "lndg", ""),
    behind("Meadows", "mdws", ""),
    behind("Parade", "pde", ""),
    behind("Esplanade", "esp", ""),
    behind("Promenade", "prom", ""),
    behind("Station", "sta", "stn"),
    behind("Village", "vlg", "vlge"),
];

use Language::{French, Italian, Portuguese, Slavic, Spanish};

/// Words before the name.
static BEFORE: &[Kind] = &[
    before(&[French], "Rue", "rue", "r"),
    before(&[French], "Avenue", "av", "ave"),
    before(&[French], "Boulevard", "blvd", "bd bld boul bvd"),
    before(&[French], "Place", "pl", "plce"),
    before(&[French], "Chemin", "chemin", "ch che chem"),
    before(&[French], "Route", "rte", ""),
    before(&[French], "Impasse", "imp", ""),
    before(&[French], "Allée", "allee", "all"),
    before(&[French], "Quai", "quai", ""),
    before(&[French], "Cours", "cours", "crs"),
    before(&[French], "Passage", "passage", "pass pas"),
    before(&[French], "Square", "sq", ""),
    before(&[Spanish], "Calle", "calle", "c cl cll"),
    before(&[Spanish], "Carrera", "cra", "kra cr"),
    before(&[Spanish, Portuguese], "Avenida", "av", "avda avd avenid"),
    before(&[Spanish], "Plaza", "plz", "pza pl plza"),
    before(&[Spanish], "Paseo", "paseo", "pso po p"),
    before(&[Spanish], "Carretera", "ctra", "crta carret"),
    before(&[Spanish], "Camino", "camino", "cno cmno"),
    before(&[Spanish], "Ronda", "ronda", "rda"),
    before(&[Spanish], "Travesía", "trva", "trav"),
    before(&[Italian], "Via", "via", "v"),
    before(&[Italian], "Viale", "viale", "vle vl"),
    before(&[Italian], "Piazza", "pza", "piaz pzza p"),
    before(&[Italian], "Piazzale", "ple", "pzle"),
    before(&[Italian], "Corso", "corso", "cso c"),
    before(&[Italian], "Largo", "largo", "lgo"),
    before(&[Italian], "Vicolo", "vicolo", "vlo vic"),
    before(&[Italian], "Strada", "strada", "str"),
    before(&[Portuguese], "Rua", "rua", "r"),
    before(&[Portuguese], "Praça", "praca", "pca pc"),
    before(&[Portuguese], "Travessa", "tv", "trv"),
    before(&[Portuguese], "Alameda", "alameda", "al"),
    before(&[Portuguese], "Estrada", "estr", "est"),
    before(&[Portuguese], "Rodovia", "rod", ""),
    before(&[Portuguese], "Largo", "largo", "lg lgo"),
    before(&[Slavic], "ulica", "ul", ""),
    before(&[Slavic], "aleja", "al", "aleje"),
    before(&[Slavic], "plac", "pl", ""),
    before(&[Slavic], "osiedle", "os", ""),
    before(&[Slavic], "náměstí", "nam", ""),
    before(&[Slavic], "улица", "ul", ""),
    before(&[Slavic], "проспект", "prosp", "pr prt prkt"),
    before(&[Slavic], "переулок", "per", ""),
    before(&[Slavic], "площадь", "pl", ""),
    before(&[Slavic], "шоссе", "sh", ""),
    before(&[Slavic], "бульвар", "blvd", "br"),
    before(&[Slavic], "набережная", "nab", ""),
];
