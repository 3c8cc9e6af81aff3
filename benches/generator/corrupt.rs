//! Errors in text: slips of the finger, scanners and ears; other letters for the same word. Each changes a text in place and says whether it did.

use super::draw::Draws;

/// What stands next to a letter on a keyboard, for the letters that are hit most.
static NEIGHBOURS: &[(char, &str)] = &[
    ('a', "sqw"),
    ('b', "vn"),
    ('c', "xv"),
    ('d', "sf"),
    ('e', "wr"),
    ('f', "dg"),
    ('g', "fh"),
    ('h', "gj"),
    ('i', "uo"),
    ('j', "hk"),
    ('k', "jl"),
    ('l', "kö"),
    ('m', "n"),
    ('n', "bm"),
    ('o', "ip"),
    ('p', "o"),
    ('r', "et"),
    ('s', "ad"),
    ('t', "rz"),
    ('u', "zi"),
    ('v', "cb"),
    ('w', "qe"),
    ('y', "x"),
    ('z', "tu"),
];

/// What scanners take for each other.
static MISREAD: &[(&str, &str)] = &[
    ("rn", "m"),
    ("m", "rn"),
    ("cl", "d"),
    ("li", "h"),
    ("ri", "n"),
    ("vv", "w"),
    ("l", "1"),
    ("o", "0"),
    ("e", "c"),
    ("i", "l"),
    ("B", "8"),
    ("S", "5"),
    ("g", "q"),
    ("ü", "ii"),
    ("ß", "B"),
];

/// What sounds alike.
static ALIKE: &[(&str, &str)] = &[
    ("ph", "f"),
    ("tz", "z"),
    ("dt", "t"),
    ("ck", "k"),
    ("ei", "ai"),
    ("ai", "ei"),
    ("ie", "i"),
    ("th", "t"),
    ("mann", "man"),
    ("nn", "n"),
    ("ll", "l"),
    ("tt", "t"),
    ("C", "K"),
    ("K", "C"),
    ("y", "i"),
    ("ä", "e"),
    ("eu", "oi"),
    ("v", "f"),
    ("f", "v"),
    ("x", "ks"),
    ("hl", "l"),
    ("hn", "n"),
    ("hr", "r"),
    ("zh", "j"),
    ("xi", "shi"),
];

/// Hits a wrong key, a key twice, none at all, or two in the wrong order. The first letter stays; words below three letters are left alone.
pub(crate) fn typo(draws: Draws, text: &mut String) -> bool {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() < 3 {
        return false;
    }
    let at = 1 + draws.below(0, letters.len() as u64 - 1) as usize;
    let mut changed = letters.clone();
    match draws.below(1, 4) {
        0 => {
            changed.remove(at);
        }
        1 => changed.insert(at, letters[at]),
        2 if at + 1 < letters.len() && letters[at] != letters[at + 1] => changed.swap(at, at + 1),
        _ => changed[at] = neighbour(draws, letters[at]),
    }
    text.clear();
    text.extend(&changed);
    true
}

fn neighbour(draws: Draws, letter: char) -> char {
    let found = NEIGHBOURS.iter().find(|(key, _)| *key == letter);
    let (_, around) = found.unwrap_or(&('_', "en"));
    let count = around.chars().count() as u64;
    around.chars().nth(draws.below(2, count) as usize).expect("the place is below the count")
}

/// A scanner's mistake, where the text has something to mistake.
pub(crate) fn ocr(draws: Draws, text: &mut String) -> bool {
    replace_one(draws, text, MISREAD)
}

/// Another spelling of the same sound, where the text has one.
pub(crate) fn phonetic(draws: Draws, text: &mut String) -> bool {
    replace_one(draws, text, ALIKE)
}

fn replace_one(draws: Draws, text: &mut String, list: &[(&str, &str)]) -> bool {
    let start = draws.below(0, list.len() as u64) as usize;
    let hit = (0..list.len()).map(|step| list[(start + step) % list.len()]).find_map(|(from, to)| Some((text.find(from)?, from, to)));
    match hit {
        Some((at, from, to)) => text.replace_range(at..at + from.len(), to),
        None => return false,
    }
    true
}

/// How umlauts are written where there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Umlaut {
    /// ü as ue
    TwoLetters,
    /// ü as u
    Unmarked,
}

/// Appends a text of European letters in ASCII; other scripts stay as they are.
pub(crate) fn ascii(text: &str, umlaut: Umlaut, out: &mut String) {
    for letter in text.chars() {
        let replaced = match (letter, umlaut) {
            ('ä', Umlaut::TwoLetters) => "ae",
            ('ö', Umlaut::TwoLetters) => "oe",
            ('ü', Umlaut::TwoLetters) => "ue",
            ('Ä', Umlaut::TwoLetters) => "Ae",
            ('Ö', Umlaut::TwoLetters) => "Oe",
            ('Ü', Umlaut::TwoLetters) => "Ue",
            ('ß', _) => "ss",
            (other, _) => {
                out.push(unmarked(other));
                continue;
            }
        };
        out.push_str(replaced);
    }
}

/// A letter without its marks.
fn unmarked(letter: char) -> char {
    match letter {
        'ä' | 'ą' | 'â' => 'a',
        'ö' | 'ó' => 'o',
        'ü' => 'u',
        'Ä' => 'A',
        'Ö' | 'Ó' => 'O',
        'Ü' => 'U',
        'ç' | 'ć' => 'c',
        'Ç' => 'C',
        'ę' | 'é' => 'e',
        'ğ' => 'g',
        'ı' => 'i',
        'İ' => 'I',
        'ł' => 'l',
        'Ł' => 'L',
        'ń' => 'n',
        'ş' | 'ś' => 's',
        'Ş' | 'Ś' => 'S',
        'ż' | 'ź' => 'z',
        'Ż' | 'Ź' => 'Z',
        other => other,
    }
}

/// Appends a text with what Latin-1 lacks replaced by plain letters, and by a question mark where there are none.
pub(crate) fn latin1(text: &str, out: &mut String) {
    out.extend(text.chars().map(|letter| match letter {
        '\0'..='\u{FF}' => letter,
        other => Some(unmarked(other)).filter(|plain| plain.is_ascii()).unwrap_or('?'),
    }));
}

/// Swaps a digit for another one.
pub(crate) fn digit(draws: Draws, text: &mut String) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count() as u64;
    if digits == 0 {
        return false;
    }
    let at = draws.below(0, digits) as usize;
    let place = text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).nth(at).expect("the place is below the count").0;
    let other = (text.as_bytes()[place] - b'0' + 1 + draws.below(1, 9) as u8) % 10;
    text.replace_range(place..place + 1, char::from(b'0' + other).encode_utf8(&mut [0; 4]));
    true
}

#[cfg(test)]
mod tests {
    use super::super::draw::{Draws, Stream};
    use super::*;

    #[test]
    fn a_typo_is_one_slip() {
        for number in 0..1_000 {
            let mut text = String::from("Schröder");
            assert!(typo(Draws::new(1, Stream::Row, number), &mut text));
            assert!(text.starts_with('S') && text.chars().count().abs_diff(8) <= 1, "{text}");
        }
    }

    #[test]
    fn letters_without_marks() {
        let mut two = String::new();
        ascii("Jürgen Weiß-Łukasz Şahin 王", Umlaut::TwoLetters, &mut two);
        assert_eq!(two, "Juergen Weiss-Lukasz Sahin 王");
        let mut latin = String::new();
        latin1("Müller Wiśniewski Kılıç 王", &mut latin);
        assert_eq!(latin, "Müller Wisniewski Kiliç ?");
    }

    #[test]
    fn a_digit_changes_once() {
        let mut text = String::from("+49 170 1234567");
        assert!(digit(Draws::new(1, Stream::Row, 1), &mut text));
        assert_eq!(text.chars().zip("+49 170 1234567".chars()).filter(|(a, b)| a != b).count(), 1);
    }
}
