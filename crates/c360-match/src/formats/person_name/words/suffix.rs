//! What stands behind a name: generations and degrees.

use super::title::spelled;

/// All words that can be suffixes.
pub(in crate::formats::person_name) fn suffixes() -> impl Iterator<Item = String> {
    spelled(&GENERATIONS).chain(spelled(&DEGREES)).chain(spelled(&DOUBTFUL_DEGREES)).map(|(word, _)| word)
}

/// Generations that are also names, first names or initials, so that they need a point or a comma: `Jun`, `Amartya Sen`, `Vi`.
pub(super) const DOUBTFUL_GENERATIONS: [&str; 4] = ["jun", "sen", "v", "vi"];

/// Generations that are last names, too: Robert Senior.
pub(super) const SPELLED_GENERATIONS: [&str; 3] = ["senior", "junior", "júnior"];

/// What tells apart bearers of one name, father and son, with its canonical spelling.
pub(super) const GENERATIONS: [(&str, &str); 7] = [
    ("jr jnr junior júnior jun", "Jr."),
    ("sr snr senior sen", "Sr."),
    ("ii 2nd", "II"),
    ("iii 3rd", "III"),
    ("iv 4th", "IV"),
    ("v 5th", "V"),
    ("vi", "VI"),
];

/// Degrees and honours that stand behind a name, with their canonical spelling.
pub(super) const DEGREES: [(&str, &str); 26] = [
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

/// Degrees that are names, too (`Ma`, `Do`, `Ba`), with their canonical spelling: only behind a comma, or with points inside.
pub(super) const DOUBTFUL_DEGREES: [(&str, &str); 9] =
    [("ma", "MA"), ("ba", "BA"), ("ms", "MS"), ("bs", "BS"), ("do", "DO"), ("rn", "RN"), ("pe", "PE"), ("kc", "KC"), ("qc", "QC")];
