//! Legal forms by country, as they look among the folded words of a name. Facts as in the ISO 20275 list and the registers' own usage.
//!
//! Words are lower-case ASCII with umlauts written out; initials are joined: `Sp. z o.o.` is `sp zoo`, `S.A. de C.V.` is `sa de cv`.

use std::sync::LazyLock;

use crate::formats::table::Table;

/// Where in a name a form is a form and not a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind the name.
    End,
    /// Behind the name, written as initials (`S.p.A.`) or with its last letter alone as a capital again (`SpA`); `Spa` is a word.
    EndInitials,
    /// Before the name or behind it.
    Ends,
    /// Before the name or behind it, written as initials.
    EndsInitials,
    /// Before the name or behind it, in another script than Latin.
    EndsForeign,
    /// Anywhere behind the first word.
    Anywhere,
}

use Place::{Anywhere, End, EndInitials, Ends, EndsForeign, EndsInitials};

/// The forms of countries that share them. The countries are for the reader.
type Forms = (&'static str, Place, &'static [&'static str]);

static FORMS: &[Forms] = &[
    ("DE AT CH LI", Anywhere, &["gmbh", "ggmbh", "mbh", "gesmbh", "kgaa", "gesellschaft mit beschraenkter haftung"]),
    (
        "DE AT CH LI",
        End,
        &["ag", "kg", "ohg", "og", "gbr", "ug", "haftungsbeschraenkt", "partg", "partgmbb", "eg", "ewiv", "aktiengesellschaft"],
    ),
    ("DE AT CH LI", End, &["kommanditgesellschaft", "offene handelsgesellschaft", "unternehmergesellschaft", "eingetragener verein"]),
    ("DE AT", End, &["eingetragener kaufmann", "eingetragene kauffrau", "eingetragene genossenschaft", "kommanditgesellschaft auf aktien"]),
    ("DE AT", EndInitials, &["ek", "ev", "eu", "il", "ig", "vvag", "ekfm", "ekfr"]),
    ("DE", End, &["e k", "e v", "ekfm", "ekfr", "vvag"]),
    ("DE AT CH", Ends, &["firma"]),
    ("EU", End, &["se", "sce", "eeig"]),
    ("GB IE", End, &["ltd", "limited", "plc", "llp", "cic", "dac", "clg", "unltd"]),
    ("GB IE US", Ends, &["public limited company", "limited liability company", "limited liability partnership", "limited partnership"]),
    ("US CA", End, &["inc", "incorporated", "incorp", "corp", "corporation", "llc", "lllp", "pllc", "lp", "ltee"]),
    ("US", EndInitials, &["pc", "pa", "na"]),
    ("US GB", End, &["co", "company", "cie"]),
    ("IN", End, &["pvt", "opc", "private limited"]),
    ("SG MY", End, &["pte", "bhd", "sdn", "berhad", "sendirian berhad"]),
    ("AU NZ ZA", End, &["pty", "proprietary", "cc", "npc"]),
    ("FR BE LU CH", End, &["sa", "sas", "snc", "scs", "sca", "sprl", "scrl", "asbl", "srl"]),
    ("FR BE LU CH", Ends, &["sasu", "sarl", "eurl", "selarl", "gaec", "societe anonyme"]),
    ("FR", Ends, &["societe a responsabilite limitee", "societe par actions simplifiee"]),
    ("FR", EndsInitials, &["sci", "scp", "scop", "gie"]),
    (
        "IT",
        End,
        &["srl", "srls", "sapa", "snc", "sas", "societa per azioni", "societa a responsabilita limitata", "scarl", "scrl", "onlus"],
    ),
    ("IT CL", EndInitials, &["spa", "ss"]),
    ("ES", End, &["sl", "slu", "sll", "slne", "sau", "sociedad anonima", "sociedad limitada", "scoop", "s coop"]),
    (
        "MX CO AR CL PE",
        End,
        &["sa de cv", "sab de cv", "sapi de cv", "s de rl", "s de rl de cv", "srl de cv", "saic", "saci", "sac", "eirl"],
    ),
    ("MX", End, &["sociedad anonima de capital variable", "de cv", "rl de cv"]),
    ("PT BR", End, &["lda", "ltda", "limitada", "unipessoal", "eireli", "sgps", "epp"]),
    ("BR", EndInitials, &["me", "ei"]),
    (
        "NL BE",
        End,
        &["bv", "nv", "vof", "cv", "cvba", "bvba", "besloten vennootschap", "naamloze vennootschap", "cooperatie ua", "vzw", "ivzw"],
    ),
    ("SE", End, &["ab", "publ", "hb", "kb", "aktiebolag", "handelsbolag", "kommanditbolag"]),
    ("SE FI", Ends, &["ab", "oy", "oyj", "osakeyhtioe", "abp"]),
    ("FI", End, &["ky", "tmi", "ry", "osk"]),
    ("DK", End, &["aps", "ivs", "amba", "anpartsselskab", "aktieselskab"]),
    ("DK NO", End, &["as", "asa", "ans", "nuf", "aksjeselskap", "ks"]),
    ("NO", EndInitials, &["da", "ba"]),
    ("IS", End, &["ehf", "hf", "ohf"]),
    (
        "PL",
        End,
        &["sp zoo", "sp zo o", "spzoo", "spolka z ograniczona odpowiedzialnoscia", "spolka akcyjna", "sp j", "sp k", "sp zoo sp k", "sp p"],
    ),
    ("PL", End, &["spolka jawna", "spolka komandytowa", "spolka cywilna", "psa", "ska"]),
    ("PL", EndsInitials, &["sc", "sj"]),
    ("CZ SK", End, &["sro", "spol sro", "s ro", "vos", "ks", "akciova spolecnost", "akciova spolocnost", "zs", "ops"]),
    ("CZ SK", EndInitials, &["as"]),
    ("HU", End, &["kft", "zrt", "nyrt", "bt", "kkt", "rt", "korlatolt felelossegu tarsasag", "korlatolt feleloessegue tarsasag"]),
    ("RO MD", End, &["srl", "srl d", "pfa"]),
    ("RO MD", Ends, &["societatea cu raspundere limitata", "societate cu raspundere limitata", "societatea pe actiuni"]),
    ("HR SI RS BA ME MK", End, &["doo", "dooel", "jdoo", "dno", "drustvo s ogranicenom odgovornoscu"]),
    ("HR SI RS BA ME BG MK", EndInitials, &["dd", "ad", "ead", "sp"]),
    ("BG", End, &["ood", "eood"]),
    ("BG MK RS", EndsForeign, &["ood", "eood", "ad", "ead", "doo", "dooel"]),
    ("GR CY", End, &["aee", "aebe", "epe", "ike", "monoprosopi", "mepe"]),
    ("GR", EndInitials, &["ae", "oe", "ee"]),
    ("GR", EndsForeign, &["ae", "oe", "ee", "epe", "ike", "aebe"]),
    ("LT LV EE", Ends, &["uab"]),
    ("LT LV EE", End, &["sia", "oue", "mb"]),
    ("TR", End, &["ltd sti", "sti", "limited sirketi", "anonim sirketi", "san ve tic ltd sti", "san ve tic as"]),
    (
        "RU BY KZ UA",
        EndsForeign,
        &["ooo", "oao", "zao", "pao", "ao", "nao", "ip", "too", "tov", "prat", "pat", "fop", "pp", "odo", "up", "chup"],
    ),
    (
        "RU",
        Ends,
        &["ooo", "oao", "zao", "pao", "obshchestvo s ogranichennoy otvetstvennostyu", "obshchestvo s ogranichennoi otvetstvennostyu"],
    ),
    ("RU", Ends, &["aktsionernoe obshchestvo", "otkrytoe aktsionernoe obshchestvo", "publichnoe aktsionernoe obshchestvo"]),
    ("JP", End, &["kk", "gk", "yk", "kabushiki kaisha", "kabushiki gaisha", "godo kaisha", "yugen kaisha"]),
    ("ID", Ends, &["pt", "tbk", "persero"]),
    (
        "RU VN",
        Ends,
        &[
            "jsc",
            "ojsc",
            "cjsc",
            "pjsc",
            "joint stock company",
            "open joint stock company",
            "closed joint stock company",
            "public joint stock company",
            "private joint stock company",
        ],
    ),
    ("TH PH", End, &["pcl", "public company limited", "opc"]),
    ("AE SA KW QA", End, &["llc", "fzc", "fze", "fzco", "fz llc", "fzllc", "wll", "bsc", "psc", "kscc", "kscp", "saog", "saoc"]),
    ("EG LB MA", End, &["sae", "sal", "sarl au"]),
    ("IL", EndsForeign, &["vm", "bm"]),
    ("AE SA EG JO", EndsForeign, &["shmm", "dhmm", "thmm", "shshw"]),
    ("BM KY VG", End, &["spc", "ibc"]),
];

/// A form, word by word.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) words: Vec<&'static str>,
    pub(super) place: Place,
}

/// All forms, by their last word, and by their first.
pub(super) struct Index {
    by_last: Sorted,
    by_first: Sorted,
}

impl Index {
    /// The forms that end in `word`.
    pub(super) fn ending_in(&self, word: &str) -> &[Form] {
        self.by_last.get(word)
    }

    /// The forms that begin with `word`.
    pub(super) fn beginning_with(&self, word: &str) -> &[Form] {
        self.by_first.get(word)
    }
}

/// Forms that are found by one of their words.
struct Sorted {
    forms: Vec<Form>,
    /// Where those of a word begin and end.
    places: Table<(usize, usize)>,
}

impl Sorted {
    fn by(word: fn(&Form) -> &'static str) -> Sorted {
        let mut forms = all();
        // The longest first, so that it is found before a part of it.
        forms.sort_by_key(|form| (word(form), usize::MAX - form.words.len()));
        let mut end = 0;
        let places = forms.chunk_by(|left, right| word(left) == word(right)).map(|same| {
            let start = end;
            end += same.len();
            (word(&same[0]).to_owned(), (start, end))
        });
        let places = Table::first_of(places);
        Sorted { forms, places }
    }

    fn get(&self, word: &str) -> &[Form] {
        self.places.get(word).map_or(&[], |(start, end)| &self.forms[start..end])
    }
}

/// The index, made once.
pub(super) static INDEX: LazyLock<Index> =
    LazyLock::new(|| Index { by_last: Sorted::by(|form| form.words[form.words.len() - 1]), by_first: Sorted::by(|form| form.words[0]) });

fn all() -> Vec<Form> {
    let form = |place: Place, text: &'static str| Form { words: text.split(' ').collect(), place };
    FORMS.iter().flat_map(|(_, place, texts)| texts.iter().map(move |text| form(*place, text))).collect()
}
