//! East Asian names in Latin letters: whether the family name stands first, and where a given name has several syllables.
//!
//! `Wang Xiaoming` and `Xiaoming Wang` are the same person. A frequent Chinese family name beside a word of pinyin syllables decides;
//! where both words could be family names, the more frequent is, so that the result does not depend on the order.

use std::sync::LazyLock;

use super::word::Word;
use super::words::{Key, Mark};
use crate::formats::table::Table;

/// Chinese family names in pinyin, most frequent first (about nine of ten people in China), then those with two syllables.
pub(super) const PINYIN: [&str; 104] = [
    "wang",
    "li",
    "zhang",
    "liu",
    "chen",
    "yang",
    "huang",
    "zhao",
    "wu",
    "zhou",
    "xu",
    "sun",
    "ma",
    "zhu",
    "hu",
    "guo",
    "he",
    "lin",
    "gao",
    "luo",
    "zheng",
    "liang",
    "xie",
    "song",
    "tang",
    "deng",
    "han",
    "feng",
    "cao",
    "peng",
    "zeng",
    "xiao",
    "tian",
    "dong",
    "pan",
    "yuan",
    "cai",
    "jiang",
    "yu",
    "du",
    "ye",
    "cheng",
    "wei",
    "su",
    "lv",
    "lyu",
    "ding",
    "ren",
    "lu",
    "yao",
    "shen",
    "zhong",
    "cui",
    "tan",
    "fan",
    "liao",
    "shi",
    "jin",
    "jia",
    "xia",
    "fu",
    "fang",
    "zou",
    "xiong",
    "bai",
    "meng",
    "qin",
    "qiu",
    "hou",
    "yin",
    "xue",
    "yan",
    "duan",
    "lei",
    "long",
    "tao",
    "mao",
    "hao",
    "gong",
    "shao",
    "wan",
    "qian",
    "gu",
    "lai",
    "dai",
    "kong",
    "xiang",
    "chang",
    "wen",
    "niu",
    "ge",
    "fei",
    "ouyang",
    "shangguan",
    "sima",
    "situ",
    "zhuge",
    "huangfu",
    "dongfang",
    "ximen",
    "nangong",
    "murong",
    "xiahou",
    "linghu",
];

/// Family names in Korean and Taiwanese spelling; they count only before a given name like `Min-jun`.
pub(super) const HYPHENATED: [&str; 34] = [
    "ahn", "bae", "chang", "chao", "chiang", "cho", "choi", "chou", "chu", "chung", "han", "hsieh", "hsu", "hwang", "jang", "jeon",
    "jeong", "jung", "kang", "kim", "kwon", "lee", "lim", "moon", "oh", "park", "ryu", "seo", "shin", "tsai", "tseng", "tsao", "yoo",
    "yoon",
];

/// Vietnamese family names with their marks.
pub(super) const VIETNAMESE: [&str; 15] =
    ["nguyễn", "trần", "lê", "phạm", "huỳnh", "hoàng", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý"];

/// Vietnamese family names without marks; they count only beside `Van` or `Thi`.
pub(super) const VIETNAMESE_PLAIN: [&str; 16] =
    ["nguyen", "tran", "le", "pham", "huynh", "hoang", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong", "ly"];

/// All words that can be a family name in front, as keys.
pub(super) fn families() -> impl Iterator<Item = String> {
    PINYIN.iter().chain(&HYPHENATED).chain(&VIETNAMESE).chain(&VIETNAMESE_PLAIN).map(|word| (*word).to_owned())
}

/// Whether the first word is the family name.
pub(super) fn is_family_first(names: &[Word<'_>]) -> bool {
    if let [family, given] = names
        && (rank(family).is_some() || family.is(Mark::HYPHENATED))
        && is_syllables_with_hyphen(given)
    {
        return true;
    }
    let (Some((family, given)), Some(last)) = (names.split_first(), names.last()) else { return false };
    let Some(front) = rank(family) else { return false };
    is_chinese_given(&[*family], given) && rank(last).is_none_or(|back| front <= back)
}

/// Whether `given` is a Chinese given name beside `family`: one word of up to three syllables, or two or three of one syllable each.
pub(super) fn is_chinese_given(family: &[Word<'_>], given: &[Word<'_>]) -> bool {
    let [family] = family else { return false };
    if rank(family).is_none() {
        return false;
    }
    match given {
        [word] => syllables(word).is_some(),
        [_, _] | [_, _, _] => given.iter().all(|word| syllables(word) == Some(1)),
        _ => false,
    }
}

/// Nguyễn Văn An: a family name with its marks in front, or without marks beside `Van` or `Thi`.
pub(super) fn is_vietnamese(names: &[Word<'_>]) -> bool {
    let Some((family, rest)) = names.split_first() else { return false };
    if family.is(Mark::VIETNAMESE) && !family.is_ascii() {
        return !rest.is_empty();
    }
    rest.len() >= 2 && family.is(Mark::VIETNAMESE_PLAIN) && matches!(Key::new(&rest[0]).as_str(), "van" | "thi" | "văn" | "thị")
}

/// The place of `word` in the order of frequency.
fn rank(word: &Word<'_>) -> Option<usize> {
    static BY_NAME: LazyLock<Table<usize>> = LazyLock::new(|| Table::first_of(PINYIN.map(str::to_owned).into_iter().zip(0..)));
    // The key of a word with signs in it is that of the name, too.
    if word.is(Mark::PINYIN) { BY_NAME.get(word) } else { None }
}

/// `Min-jun`: one hyphen, a small letter behind it. `Anna-Lena` has a capital there.
fn is_syllables_with_hyphen(word: &str) -> bool {
    word.split_once('-').is_some_and(|(front, back)| {
        front.starts_with(|letter: char| letter.is_ascii_uppercase())
            && !back.is_empty()
            && back.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

/// How many pinyin syllables `word` has, one to three; `None` where it is no pinyin.
fn syllables(word: &str) -> Option<usize> {
    let mut lower = [0; 18];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    if !lower.iter().all(u8::is_ascii_lowercase) {
        return None;
    }
    (1..=3).find(|&count| splits_into(lower, count))
}

/// Whether `letters` are `count` syllables. Inside a word no syllable begins with a vowel: that takes an apostrophe, Xi'an.
fn splits_into(letters: &[u8], count: usize) -> bool {
    let rest_is = |rest: &[u8]| match count {
        1 => rest.is_empty(),
        _ => !matches!(rest, [] | [b'a' | b'e' | b'o', ..]) && splits_into(rest, count - 1),
    };
    (1..=letters.len().min(6)).any(|end| is_syllable(&letters[..end]) && rest_is(&letters[end..]))
}

/// Whether `letters` are one syllable: an initial that may be missing, and a final that can follow it.
fn is_syllable(letters: &[u8]) -> bool {
    let initial = match letters {
        [b'z' | b'c' | b's', b'h', ..] => 2,
        [b'a' | b'e' | b'o', ..] => 0,
        [b'i' | b'u' | b'v', ..] => return false,
        _ => 1,
    };
    let (initial, last) = letters.split_at(initial);
    match initial {
        b"" => matches!(last, b"a" | b"ai" | b"an" | b"ang" | b"ao" | b"e" | b"ei" | b"en" | b"er" | b"o" | b"ou"),
        b"b" | b"p" | b"m" | b"f" => is_open_final(last) || is_narrow_final(last) || matches!(last, b"o" | b"u" | b"ou" | b"iao" | b"ian"),
        b"d" | b"t" | b"n" | b"l" => {
            is_open_final(last) || is_narrow_final(last) || is_round_final(last) || matches!(last, b"v" | b"ve" | b"ue")
        }
        b"g" | b"k" | b"h" | b"zh" | b"ch" | b"sh" | b"r" | b"z" | b"c" | b"s" => {
            is_open_final(last) || is_round_final(last) || (last == b"i" && !matches!(initial, b"g" | b"k" | b"h"))
        }
        b"j" | b"q" | b"x" => is_narrow_final(last) || matches!(last, b"u" | b"ue" | b"uan" | b"un" | b"iong" | b"ia" | b"iang"),
        b"y" => {
            matches!(last, b"a" | b"an" | b"ang" | b"ao" | b"e" | b"i" | b"in" | b"ing" | b"ong" | b"ou" | b"u" | b"uan" | b"ue" | b"un")
        }
        b"w" => matches!(last, b"a" | b"ai" | b"an" | b"ang" | b"ei" | b"en" | b"eng" | b"o" | b"u"),
        _ => false,
    }
}

fn is_open_final(last: &[u8]) -> bool {
    matches!(last, b"a" | b"ai" | b"an" | b"ang" | b"ao" | b"e" | b"ei" | b"en" | b"eng")
}

fn is_narrow_final(last: &[u8]) -> bool {
    matches!(last, b"i" | b"ia" | b"ian" | b"iang" | b"iao" | b"ie" | b"in" | b"ing" | b"iu")
}

fn is_round_final(last: &[u8]) -> bool {
    matches!(last, b"u" | b"ua" | b"uai" | b"uan" | b"uang" | b"ui" | b"un" | b"uo" | b"ou" | b"ong")
}
