//! Names in Han characters, kana and Hangul: the family name stands first, usually without a space behind it.
//!
//! Known family names of two and three characters (欧阳, 佐々木, 남궁) are taken whole. Otherwise Chinese and Korean family names have one
//! character. Japanese ones have mostly two: so they do where the pipeline's country is JP, where the name is of four characters, or where
//! it begins with a frequent Japanese family name. `迈克尔·杰克逊` has its points between given and family name.

use std::sync::LazyLock;

use super::name::{List, Name, Words};
use super::order;
use super::split::push_words;
use super::word::Word;
use crate::format::Reason;
use crate::formats::scratch::with_buffer;
use crate::formats::table::Table;
use crate::formats::{fold, letter};

/// Whose names to expect where characters alone do not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    Chinese,
    Japanese,
    Unknown,
}

/// Whether a letter belongs to a script that is written without spaces, or to Hangul.
pub(super) fn is_east_asian(letter: char) -> bool {
    is_han(letter) || is_kana(letter) || is_hangul(letter)
}

fn is_han(letter: char) -> bool {
    matches!(letter, '々' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn is_kana(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}')
}

fn is_hangul(letter: char) -> bool {
    matches!(letter, '\u{ac00}'..='\u{d7a3}')
}

/// Reads a full name that has East Asian letters.
///
/// # Errors
/// Too many words.
pub(super) fn read<'a>(text: &'a str, habit: Habit, name: &mut Name<'a>) -> Result<(), Reason> {
    let mut own = List::<&str>::default();
    let mut latin = Words::default();
    for word in text.split([' ', ',']) {
        if !word.contains(is_east_asian) {
            push_words(word, &mut latin)?;
            continue;
        }
        let pieces = word.split(is_no_letter).map(|piece| piece.trim_matches(is_middle_point));
        for piece in pieces.filter(|piece| piece.contains(letter::is_alphabetic)) {
            match piece.contains(is_east_asian) {
                true => own.push(piece)?,
                false => latin.push(Word::new(piece))?,
            }
        }
    }
    latin.retain(Word::is_alphabetic);
    if let Some((last, rest)) = own.split_last() {
        let (bare, title) = without_title(last, rest.len());
        let rest = rest.len();
        own.truncate(rest);
        title.map_or(Ok(()), |title| name.title.push(Word::new(title)))?;
        own.extend(Some(bare).filter(|bare| !bare.is_empty()).as_slice())?;
    }
    match *own {
        [] => {}
        [whole] if whole.contains(is_middle_point) => western(whole, name)?,
        [whole] if !latin.is_empty() && whole.chars().count() == 1 => {
            name.last.push(Word::new(whole))?;
            return order::set_given(&latin, name);
        }
        [whole] => one_word(whole, habit, name)?,
        [family, ..] => {
            name.last.push(Word::new(family))?;
            own[1..].iter().try_for_each(|given| name.first.push(Word::new(given)))?;
        }
    }
    match latin.is_empty() || is_transliteration(&latin, name) {
        true => Ok(()),
        false => name.middle.extend(&latin),
    }
}

/// Signs between words; the middle point has a meaning of its own.
fn is_no_letter(letter: char) -> bool {
    !letter::is_alphanumeric(letter) && !is_middle_point(letter)
}

fn is_middle_point(letter: char) -> bool {
    matches!(letter, '·' | '・' | '•' | '‧' | '･')
}

/// A foreign name in its own order.
fn western<'a>(whole: &'a str, name: &mut Name<'a>) -> Result<(), Reason> {
    let mut words = Words::default();
    whole.split(is_middle_point).filter(|word| word.contains(char::is_alphabetic)).try_for_each(|word| words.push(Word::new(word)))?;
    let Some((last, given)) = words.split_last() else { return Ok(()) };
    name.last.push(*last)?;
    name.first.extend(given.get(..1).unwrap_or_default())?;
    name.middle.extend(given.get(1..).unwrap_or_default())
}

fn one_word<'a>(whole: &'a str, habit: Habit, name: &mut Name<'a>) -> Result<(), Reason> {
    let (family, given) = match family_length(whole, habit).and_then(|length| whole.char_indices().nth(length)) {
        Some((end, _)) => whole.split_at(end),
        None => (whole, ""),
    };
    name.last.push(Word::new(family))?;
    if given.is_empty() { Ok(()) } else { name.first.push(Word::new(given)) }
}

/// Forms of address behind a name, with at least one character of the name left.
fn without_title(word: &str, words_before: usize) -> (&str, Option<&'static str>) {
    const TITLES: [&str; 13] = ["先生", "女士", "小姐", "太太", "博士", "教授", "様", "さま", "さん", "殿", "님", "씨", "선생님"];
    const ENDINGS: [char; 11] = ['生', '士', '姐', '太', '授', '様', 'ま', 'ん', '殿', '님', '씨'];
    let split = |title: &'static str| {
        let bare = word.strip_suffix(title).filter(|bare| words_before > 0 || !bare.is_empty())?;
        Some((bare, title))
    };
    if !word.ends_with(ENDINGS) {
        return (word, None);
    }
    // The longest, since 선생님 ends in 님.
    let found = TITLES.into_iter().filter_map(split).min_by_key(|(bare, _)| bare.len());
    found.map_or((word, None), |(bare, title)| (bare, Some(title)))
}

/// How many characters of `whole` are the family name; `None` where it cannot be told apart.
fn family_length(whole: &str, habit: Habit) -> Option<usize> {
    let count = whole.chars().count();
    if count < 2 || !whole.chars().all(letter::is_alphabetic) {
        return None;
    }
    if whole.contains(is_hangul) {
        return Some(if count > 2 && KOREAN_TWO.iter().any(|family| whole.starts_with(family)) { 2 } else { 1 });
    }
    if whole.contains(is_kana) {
        let first_is_kana = whole.starts_with(is_kana);
        return whole.chars().position(|letter| is_kana(letter) != first_is_kana);
    }
    let known = if count > 2 { begins_with_known(whole) } else { Known::default() };
    if known.chinese_two {
        return Some(2);
    }
    let japanese = habit == Habit::Japanese || whole.contains('々');
    if habit != Habit::Chinese && count > 3 && known.japanese_three {
        return Some(3);
    }
    if habit != Habit::Chinese && known.japanese_two {
        return Some(2);
    }
    match count {
        2 => Some(1),
        3 if japanese && whole.starts_with(|letter| JAPANESE_ONE.contains(letter)) => Some(1),
        4 => Some(2),
        _ if japanese => Some(2),
        _ => Some(1),
    }
}

/// Which of the lists of family names in Han characters have one with which a name begins.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    chinese_two: bool,
    japanese_two: bool,
    japanese_three: bool,
}

/// Each character of these names has three bytes.
fn begins_with_known(whole: &str) -> Known {
    static TWO: LazyLock<Table<Known>> = LazyLock::new(|| {
        let known = |family: &&str| Known {
            chinese_two: CHINESE_TWO.contains(family),
            japanese_two: JAPANESE_TWO.contains(family),
            japanese_three: false,
        };
        Table::first_of(CHINESE_TWO.iter().chain(&JAPANESE_TWO).map(|family| ((*family).to_owned(), known(family))))
    });
    let known = whole.get(..6).and_then(|two| TWO.get(two)).unwrap_or_default();
    Known { japanese_three: whole.get(..9).is_some_and(|three| JAPANESE_THREE.contains(&three)), ..known }
}

/// Whether `latin` is the name in Latin letters, in any order: 王伟 Wang Wei.
fn is_transliteration(latin: &[Word<'_>], name: &Name<'_>) -> bool {
    let same = |words: &[&[Word<'_>]]| {
        with_buffer(|expected| {
            words.iter().copied().flatten().for_each(|word| fold::squeeze(word, expected));
            with_buffer(|actual| {
                latin.iter().for_each(|word| fold::squeeze(word, actual));
                actual == expected
            })
        })
    };
    same(&[&name.last, &name.first]) || same(&[&name.first, &name.last])
}

const KOREAN_TWO: [&str; 8] = ["남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방"];

const CHINESE_TWO: [&str; 36] = [
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "令狐", "长孙",
    "長孫", "宇文", "司徒", "夏侯", "轩辕", "軒轅", "端木", "百里", "南宫", "南宮", "呼延", "闻人", "聞人", "独孤", "獨孤", "西门", "西門",
    "公羊", "司空",
];

const JAPANESE_ONE: &str = "林森原東南西北関辻堀岡星島谷菅泉緑秦畑浜平堤乾榊";

const JAPANESE_THREE: [&str; 16] = [
    "佐々木",
    "長谷川",
    "五十嵐",
    "久保田",
    "大久保",
    "小笠原",
    "佐久間",
    "宇佐美",
    "日比野",
    "長谷部",
    "大河原",
    "小野寺",
    "波多野",
    "阿久津",
    "曽我部",
    "二階堂",
];

const JAPANESE_TWO: [&str; 96] = [
    "佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "渡邊", "渡邉", "山本", "中村", "小林", "加藤", "吉田", "山田", "山口", "松本", "井上",
    "木村", "斎藤", "斉藤", "齋藤", "清水", "山崎", "池田", "橋本", "阿部", "石川", "山下", "中島", "石井", "小川", "前田", "岡田", "藤田",
    "近藤", "後藤", "村上", "青木", "坂本", "遠藤", "福田", "太田", "西村", "三浦", "藤井", "岡本", "松田", "中川", "中野", "原田", "小野",
    "田村", "竹内", "金子", "和田", "中山", "藤原", "石田", "上田", "森田", "柴田", "酒井", "工藤", "横山", "宮崎", "宮本", "内田", "高木",
    "安藤", "谷口", "大野", "丸山", "今井", "高田", "藤本", "武田", "村田", "上野", "杉山", "増田", "平野", "大塚", "千葉", "久保", "松井",
    "野口", "松尾", "菊地", "菊池", "野村", "木下", "佐野", "市川", "古川", "島田", "小島",
];
