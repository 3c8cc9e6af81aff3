//! Names of persons and companies as systems hold them: several orders, cases, titles, legal forms.

const FIRST: [&str; 16] = [
    "Anna",
    "James",
    "Maria",
    "Robert",
    "Patricia",
    "Mohammed",
    "Gabriel",
    "Sarah",
    "Thomas",
    "Linda",
    "Ahmed",
    "Elizabeth",
    "Jean-Paul",
    "David",
    "Susan",
    "Christopher",
];
const LAST: [&str; 16] = [
    "Smith",
    "Johnson",
    "Garcia Marquez",
    "O'Brien",
    "McDonald",
    "van der Berg",
    "Miller",
    "Taylor",
    "Anderson",
    "Lopez-Hernandez",
    "Wilson",
    "Thompson",
    "de la Cruz",
    "Robinson",
    "Clark",
    "Wright",
];
const GERMAN_FIRST: [&str; 8] = ["Jürgen", "Bärbel", "Günther", "Zoë", "Björn", "Käthe", "Rüdiger", "Sören"];
const GERMAN_LAST: [&str; 8] = ["Müller", "Schröder", "Weiß", "von der Höhe", "Müller-Lüdenscheidt", "Köhler", "Größe", "Bäcker"];
const FAMILY: [char; 8] = ['王', '李', '张', '刘', '陈', '杨', '黄', '赵'];
const GIVEN: [char; 16] = ['伟', '芳', '娜', '秀', '英', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '明'];
const TRADE: [&str; 8] = ["Logistics", "Engineering", "& Sons", "Textiles", "Bank", "Foods International", "Versicherung", "Motors"];
const FORM: [&str; 12] = ["GmbH", "GmbH & Co. KG", "AG", "Ltd.", "Limited", "Inc.", "LLC", "S.A.", "S.p.A.", "Sp. z o.o.", "Pty Ltd", ""];

pub(super) fn pick<'a>(list: &[&'a str], n: usize) -> &'a str {
    list[n % list.len()]
}

/// A person's name in Latin letters without marks.
pub(super) fn person(n: usize) -> String {
    let (first, last) = (pick(&FIRST, n), pick(&LAST, n / 16 + n / 256));
    match n % 7 {
        0 => format!("{last}, {first}"),
        1 => format!("{first} {last}").to_uppercase(),
        2 => format!("{first} {last}").to_lowercase(),
        3 => format!("Dr. {first} J. {last}"),
        4 => format!("{first} {last} Jr."),
        _ => format!("{first} {last}"),
    }
}

/// A German name with umlauts.
pub(super) fn german(n: usize) -> String {
    let (first, last) = (pick(&GERMAN_FIRST, n), pick(&GERMAN_LAST, n / 8 + n / 64));
    match n % 4 {
        0 => format!("{last}, {first}"),
        1 => format!("Frau {first} {last}").to_uppercase(),
        _ => format!("{first} {last}"),
    }
}

/// A Chinese name of two or three characters.
pub(super) fn chinese(n: usize) -> String {
    let mut name = String::from(FAMILY[n % 8]);
    name.push(GIVEN[n / 8 % 16]);
    if !n.is_multiple_of(3) {
        name.push(GIVEN[n / 128 % 16]);
    }
    name
}

/// A company's name.
pub(super) fn company(n: usize) -> String {
    format!("{} {} {}", pick(&LAST, n), pick(&TRADE, n / 16), pick(&FORM, n / 3)).trim().to_owned()
}
