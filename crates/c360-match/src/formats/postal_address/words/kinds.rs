//! The words for kinds of streets, with their abbreviations. A table only.

use crate::formats::postal_address::style::Language::{self, French, Italian, Portuguese, Slavic, Spanish};

/// A word for a kind of street.
#[derive(Debug)]
pub(crate) struct Kind {
    /// Spelt out, as it is displayed.
    pub(crate) full: &'static str,
    /// The form that comparisons use; words that are the same in several languages share it.
    pub(crate) short: &'static str,
    /// Spellings besides the full and the short one, folded, separated by spaces.
    pub(super) forms: &'static str,
    /// Where it stands; empty: behind the name, as in English; otherwise before it, in these languages.
    pub(super) languages: &'static [Language],
}

const fn behind(full: &'static str, short: &'static str, forms: &'static str) -> Kind {
    Kind { full, short, forms, languages: &[] }
}

const fn before(languages: &'static [Language], full: &'static str, short: &'static str, forms: &'static str) -> Kind {
    Kind { full, short, forms, languages }
}

/// English. Source of the abbreviations: USPS Publication 28, appendix C1, and what people write besides.
pub(super) static BEHIND: &[Kind] = &[
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

/// Words before the name.
pub(super) static BEFORE: &[Kind] = &[
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
