//! Chinese, Japanese and Korean addresses, which go from the large to the small and put no spaces or commas between the parts.
//!
//! 北京市朝阳区建国路88号3单元 is town 北京市, street 朝阳区建国路, number 88, unit 3单元; 東京都千代田区丸の内1-9-1 is state 東京都, town 千代田区,
//! street 丸の内, number 1-9-1. Best effort: a text that does not follow the pattern stays whole as the street.

/// What was found, each as it stands in the text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    pub(super) postcode: &'a str,
    pub(super) state: &'a str,
    pub(super) city: &'a str,
    pub(super) street: &'a str,
    pub(super) number: &'a str,
    pub(super) unit: &'a str,
}

/// Whether a text is written in Chinese characters, Kana or Hangul.
pub(super) fn is_cjk(text: &str) -> bool {
    // The first byte of all of these.
    let possible = text.bytes().any(|byte| byte >= 0xe3);
    possible && text.chars().any(|letter| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
}

/// Takes `text` apart.
pub(super) fn parse(text: &str) -> Parts<'_> {
    let mut parts = Parts::default();
    let rest = take_postcode(text.trim(), &mut parts);
    let rest = strip_country(rest);
    let rest = take_region(rest, &mut parts);
    take_number(rest, &mut parts);
    parts
}

fn take_postcode<'a>(text: &'a str, parts: &mut Parts<'a>) -> &'a str {
    let text = text.trim_start_matches('〒');
    let code = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'-').count();
    let digits = text[..code].bytes().filter(u8::is_ascii_digit).count();
    if (5..=7).contains(&digits) && code < text.len() {
        parts.postcode = &text[..code];
        return text[code..].trim_start();
    }
    text
}

/// A country that is named twice goes twice: what is left is read alike once more.
fn strip_country(text: &str) -> &str {
    const NAMES: [&str; 8] = ["中华人民共和国", "中国", "中國", "日本国", "日本", "대한민국", "台灣", "台湾"];
    let mut rest = text;
    while let Some(behind) = NAMES.iter().find_map(|name| rest.strip_prefix(name)) {
        rest = behind.trim_start_matches([' ', ',', '，']);
    }
    rest
}

/// State and town: what ends in their characters, at the front.
fn take_region<'a>(text: &'a str, parts: &mut Parts<'a>) -> &'a str {
    let mut rest = text;
    if let Some(end) = end_of(rest, &["自治区", "省", "都", "道", "府", "縣", "県", "特別行政區"], 8)
        .filter(|end| !rest[..*end].contains(['路', '街', '市']))
    {
        parts.state = &rest[..end];
        rest = rest[end..].trim_start();
    }
    if let Some(end) = end_of(rest, &["自治州", "地区", "市", "특별시", "광역시", "시"], 8) {
        parts.city = &rest[..end];
        rest = rest[end..].trim_start();
    }
    if parts.city.is_empty()
        && !parts.state.is_empty()
        && let Some(end) = end_of(rest, &["区", "區", "町", "村", "县"], 6)
    {
        parts.city = &rest[..end];
        rest = rest[end..].trim_start();
    }
    rest
}

/// Where the first of `endings` ends within the first `limit` letters of `text`, behind at least one letter.
fn end_of(text: &str, endings: &[&str], limit: usize) -> Option<usize> {
    let reach = text.char_indices().nth(limit).map_or(text.len(), |(at, _)| at);
    let ends = endings.iter().filter_map(|ending| text[..reach].find(ending).filter(|at| *at > 0).map(|at| at + ending.len()));
    ends.min().filter(|end| !text[..*end].contains(|letter: char| letter.is_ascii_digit()))
}

/// Street, number and unit: the first run of digits with hyphens behind the street, up to 号.
fn take_number<'a>(text: &'a str, parts: &mut Parts<'a>) {
    let Some(start) = text.find(|letter: char| letter.is_ascii_digit()) else {
        parts.street = text.trim_end();
        return;
    };
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '丁' | '目' | '番' | '地' | '之' | '의');
    let end = text[start..].find(|letter: char| !is_part(letter)).map_or(text.len(), |end| start + end);
    parts.street = text[..start].trim_end();
    parts.number = &text[start..end];
    parts.unit = text[end..].trim_start_matches(['号', '號', '번', ' ', ',']).trim_end();
}

/// Appends the number: digits with a hyphen for each word between them (`1丁目9番1` is `1-9-1`).
pub(super) fn append_number(number: &str, out: &mut String) {
    let start = out.len();
    for digits in number.split(|letter: char| !letter.is_ascii_digit()).filter(|digits| !digits.is_empty()) {
        if out.len() > start {
            out.push('-');
        }
        out.push_str(digits);
    }
}

/// The street behind its district, for comparison: people leave the district out where the road tells enough.
pub(super) fn without_district(street: &str) -> &str {
    let road = street.contains(['路', '街', '道', '巷', '弄']);
    street.rfind(['区', '區', '县', '縣']).map_or(street, |at| {
        let behind = &street[at + '区'.len_utf8()..];
        if road && !behind.is_empty() { behind } else { street }
    })
}
