//! What stands behind a name: generations and degrees.

use std::sync::LazyLock;

use super::title::spelled;
use crate::formats::table::Table;

/// The canonical spelling of what tells apart bearers of one name: father and son.
pub(in crate::formats::person_name) fn generation(key: &str) -> Option<&'static str> {
    static BY_WORD: LazyLock<Table<&str>> = LazyLock::new(|| Table::first_of(spelled(&GENERATIONS)));
    BY_WORD.get(key)
}

/// Generations that are also names, first names or initials, so that they need a point or a comma: `Jun`, `Amartya Sen`, `Vi`.
pub(in crate::formats::person_name) fn is_doubtful_generation(key: &str) -> bool {
    matches!(key, "jun" | "sen" | "v" | "vi")
}

/// Generations that are last names, too: Robert Senior.
pub(in crate::formats::person_name) fn is_spelled_generation(key: &str) -> bool {
    matches!(key, "senior" | "junior" | "júnior")
}

/// The canonical spelling of a degree or honour that stands behind a name.
pub(in crate::formats::person_name) fn degree(key: &str) -> Option<&'static str> {
    static BY_WORD: LazyLock<Table<&str>> = LazyLock::new(|| Table::first_of(spelled(&DEGREES)));
    BY_WORD.get(key)
}

/// Degrees that are names, too (`Ma`, `Do`, `Ba`): only behind a comma, or with points inside.
pub(in crate::formats::person_name) fn doubtful_degree(key: &str) -> Option<&'static str> {
    static BY_WORD: LazyLock<Table<&str>> = LazyLock::new(|| Table::first_of(spelled(&DOUBTFUL_DEGREES)));
    BY_WORD.get(key)
}

/// All words that can be suffixes.
pub(in crate::formats::person_name) fn suffixes() -> impl Iterator<Item = String> {
    spelled(&GENERATIONS).chain(spelled(&DEGREES)).chain(spelled(&DOUBTFUL_DEGREES)).map(|(word, _)| word)
}

/// Generations with their canonical spelling.
const GENERATIONS: [(&str, &str); 7] = [
    ("jr jnr junior júnior jun", "Jr."),
    ("sr snr senior sen", "Sr."),
    ("ii 2nd", "II"),
    ("iii 3rd", "III"),
    ("iv 4th", "IV"),
    ("v 5th", "V"),
    ("vi", "VI"),
];

/// Degrees and honours with their canonical spelling.
const DEGREES: [(&str, &str); 26] = [
    ("phd", "PhD"),
    ("dphil", "DPhil"),
    ("edd", "EdD"),
    ("mba", "MBA"),
    ("emba", "EMBA"),
    ("md", "MD"),
    ("dds", "DDS"),
    ("dmd", "DMD"),
    ("dvm", "DVM"),
    ("pharmd", "PharmD"),
    ("jd", "JD"),
    ("llm", "LLM"),
    ("llb", "LLB"),
    ("cpa", "CPA"),
    ("cfa", "CFA"),
    ("msc", "MSc"),
    ("bsc", "BSc"),
    ("meng", "MEng"),
    ("beng", "BEng"),
    ("mphil", "MPhil"),
    ("esq esquire", "Esq."),
    ("obe", "OBE"),
    ("mbe", "MBE"),
    ("cbe", "CBE"),
    ("frcs", "FRCS"),
    ("ret", "ret."),
];

/// Degrees that are names, too, with their canonical spelling.
const DOUBTFUL_DEGREES: [(&str, &str); 9] =
    [("ma", "MA"), ("ba", "BA"), ("ms", "MS"), ("bs", "BS"), ("do", "DO"), ("rn", "RN"), ("pe", "PE"), ("kc", "KC"), ("qc", "QC")];
