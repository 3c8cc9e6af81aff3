//! Titles before a name, and the words that say what kind of doctor.

/// All words that are titles.
pub(in crate::formats::person_name) fn titles() -> impl Iterator<Item = String> {
    spelled(&TITLES).map(|(word, _)| word)
}

/// The words of a list of spellings: each may stand for several, separated by spaces.
pub(super) fn spelled(list: &'static [(&str, &str)]) -> impl Iterator<Item = (String, &'static str)> {
    list.iter().flat_map(|(words, spelling)| words.split(' ').map(|word| (word.to_owned(), *spelling)))
}

/// What says what kind of doctor somebody is: it follows `Dr.` and is written small or with a point.
pub(super) const DOCTORAL: [&str; 23] = [
    "med", "phil", "jur", "iur", "rer", "nat", "ing", "oec", "pol", "hc", "habil", "dent", "vet", "mult", "theol", "sc", "techn", "mont",
    "agr", "soc", "math", "paed", "univ",
];

/// Titles with their canonical spelling.
pub(super) const TITLES: [(&str, &str); 66] = [
    ("mr mister", "Mr."),
    ("mrs", "Mrs."),
    ("ms", "Ms."),
    ("miss", "Miss"),
    ("mx", "Mx."),
    ("sir", "Sir"),
    ("dame", "Dame"),
    ("lord", "Lord"),
    ("lady", "Lady"),
    ("madam", "Madam"),
    ("dr doctor doktor", "Dr."),
    ("prof professor professorin", "Prof."),
    ("rev reverend", "Rev."),
    ("hon", "Hon."),
    ("capt captain", "Capt."),
    ("col colonel", "Col."),
    ("gen", "Gen."),
    ("lt", "Lt."),
    ("maj", "Maj."),
    ("sgt", "Sgt."),
    ("fr", "Fr."),
    ("herr herrn hr", "Herr"),
    ("frau", "Frau"),
    ("fräulein fraeulein frl", "Fräulein"),
    ("dring", "Dr.-Ing."),
    ("drmed", "Dr. med."),
    ("univprof", "Univ.-Prof."),
    ("dipling", "Dipl.-Ing."),
    ("diplkfm", "Dipl.-Kfm."),
    ("diplkffr", "Dipl.-Kffr."),
    ("diplinf diplinform", "Dipl.-Inf."),
    ("diplphys", "Dipl.-Phys."),
    ("diplchem", "Dipl.-Chem."),
    ("diplbiol", "Dipl.-Biol."),
    ("diplpsych", "Dipl.-Psych."),
    ("diplbetrw", "Dipl.-Betrw."),
    ("diplvw diplvolksw", "Dipl.-Volksw."),
    ("mag", "Mag."),
    ("ing", "Ing."),
    ("mme madame", "Mme"),
    ("mlle mademoiselle", "Mlle"),
    ("monsieur", "M."),
    ("sr señor senor senhor", "Sr."),
    ("sra señora senora senhora", "Sra."),
    ("srta señorita senorita", "Srta."),
    ("doña", "Doña"),
    ("dra", "Dra."),
    ("sig signor", "Sig."),
    ("sigra signora", "Sig.ra"),
    ("dott dottor", "Dott."),
    ("dottssa dottoressa", "Dott.ssa"),
    ("avv", "Avv."),
    ("dhr meneer", "dhr."),
    ("mevr mevrouw", "mevr."),
    ("drs", "drs."),
    ("shri", "Shri"),
    ("smt", "Smt."),
    ("bc", "Bc."),
    ("mgr", "Mgr."),
    ("mudr", "MUDr."),
    ("judr", "JUDr."),
    ("phdr", "PhDr."),
    ("rndr", "RNDr."),
    ("гн господин", "г-н"),
    ("гжа госпожа", "г-жа"),
    ("др", "д-р"),
];
