//! Takes the text of a street apart: number, name, unit, and what does not belong to it. Knows nothing of towns and postcodes.

use super::clean::trimmed;
use super::shape::{Shape, is_direction};
use super::style::{Language, Order, Style};
use super::unit;
use super::words;
use super::{Few, Tokens, number, post_box};

/// A street, taken apart.
#[derive(Debug, Default)]
pub(super) struct Street<'a> {
    /// The words of the name, in order.
    pub(super) name: Tokens<'a>,
    /// The tokens of the number.
    pub(super) number: Few<'a>,
    /// The tokens of the unit.
    pub(super) unit: Few<'a>,
    /// Words behind the street in an English address without a comma: a town.
    pub(super) town: Few<'a>,
    /// A post office box; `name` is what it is called, `number` its number.
    pub(super) is_box: bool,
}

/// Which parts are known from inputs of their own, so that the text of the street does not hold them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) number: bool,
    pub(super) town: bool,
}

/// Takes `text` apart.
pub(super) fn parse<'a>(text: &'a str, style: Style, known: Known) -> Street<'a> {
    let mut tokens: Tokens<'a> = tokens_of(text).collect();
    let mut street = Street::default();
    if let Some(found) = post_box::read(&tokens) {
        return found;
    }
    take_unit(&mut tokens, style, &mut street.unit);
    if !known.number {
        take_number(&mut tokens, style, &mut street.number);
    }
    if style.is_english() {
        let name_begins = if street.number.is_empty() && !known.number { 2 } else { 1 };
        cut_cross_street(&mut tokens, name_begins);
        if !known.town {
            take_town(&mut tokens, &mut street.town);
        }
        take_bare_unit(&mut tokens, &mut street.unit);
    }
    street.name = tokens;
    street
}

/// Whether `text` is a post office box.
pub(super) fn is_box(text: &str) -> bool {
    let boxed = || post_box::read(&tokens_of(text).collect::<Tokens<'_>>()).is_some();
    tokens_of(text).next().is_some_and(post_box::begins) && boxed()
}

fn tokens_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_ascii_whitespace().map(|token| trimmed(token, b",;:")).filter(|token| !token.is_empty() && *token != "-")
}

/// Moves the words of a unit: from its designator to the end, or at the front to the number of the street.
fn take_unit<'a>(tokens: &mut Tokens<'a>, style: Style, unit: &mut Few<'a>) {
    let Some(at) = (0..tokens.len()).find(|at| begins_unit(tokens, *at) || is_slavic_flat(tokens, *at, style)) else { return };
    let floor_before = at > 0 && unit::is_floor(tokens[at]) && unit::is_count(tokens[at - 1]);
    let from = if floor_before { at - 1 } else { at };
    let to = match from {
        0 => tokens.len().min(if tokens[0].len() > 1 && tokens[0].starts_with('#') { 1 } else { 2 }),
        _ => tokens.len(),
    };
    if to == tokens.len() && from == 0 && tokens.len() > 2 {
        return;
    }
    unit.extend(tokens.drain(from..to));
}

/// `10/12 m. 5`: letters that mean a flat between two numbers.
fn is_slavic_flat(tokens: &[&str], at: usize, style: Style) -> bool {
    let between = || at > 0 && number::is_number(tokens[at - 1]) && tokens.get(at + 1).is_some_and(|next| number::is_number(next));
    style.language == Language::Slavic && between() && matches!(tokens[at].trim_end_matches('.'), "m" | "lok" | "kv" | "кв" | "byt")
}

fn begins_unit(tokens: &[&str], at: usize) -> bool {
    if !unit::is_designator(tokens[at]) {
        return false;
    }
    let before = at.checked_sub(1).map(|before| tokens[before]);
    let next = tokens.get(at + 1);
    let has_id = next.is_some_and(|next| unit::is_id(next) || unit::is_designator(next));
    let counted = unit::is_floor(tokens[at]) && before.is_some_and(unit::is_count);
    has_id || counted || (at > 1 && unit::is_complete(tokens[at])) || (tokens[at].len() > 1 && tokens[at].starts_with('#'))
}

fn take_number<'a>(tokens: &mut Tokens<'a>, style: Style, number: &mut Few<'a>) {
    let taken = match style.order {
        Order::NumberFirst => take_first(tokens, style, number) || take_last(tokens, style, number) || take_middle(tokens, style, number),
        Order::NumberLast => take_last(tokens, style, number) || take_first(tokens, style, number),
    };
    if !taken {
        number.clear();
    }
}

fn take_first<'a>(tokens: &mut Tokens<'a>, style: Style, number: &mut Few<'a>) -> bool {
    let marked = usize::from(tokens.len() > 2 && number::is_marker(tokens[0]));
    let Some(first) = tokens.get(marked) else { return false };
    if let Some((house, counted)) = split_joined(first) {
        number.push(house);
        tokens[marked] = counted;
        drop(tokens.drain(..marked));
        return true;
    }
    if !number::is_number(first) || first.ends_with('.') || tokens.len() < marked + 2 {
        return false;
    }
    let mut end = marked + 1;
    while end + 1 < tokens.len() && continues(tokens, end, style) {
        end += 1;
    }
    number.extend(tokens.drain(..end));
    // `206 206 E 60th St`: the number came with the street and was put before it once more.
    if tokens.len() > 1 && tokens.first() == number.last() {
        tokens.remove(0);
    }
    true
}

/// `4800-60th Street`: as some towns write the house and the street.
fn split_joined(token: &str) -> Option<(&str, &str)> {
    let (house, counted) = token.split_once('-')?;
    (number::is_ordinal(counted) && !house.is_empty() && house.bytes().all(|byte| byte.is_ascii_digit())).then_some((house, counted))
}

/// Whether the token at `at` goes on with the number before it: `12 a`, `12 1/2`, `12 - 14`; directions do not (`12 E Main St`), nor does
/// a letter that is the name (`12 V St`).
fn continues(tokens: &[&str], at: usize, style: Style) -> bool {
    let token = tokens[at];
    let begins_street = !style.is_english() && words::find_before(token, style.language).is_some();
    let letter = token.len() == 1 && token.bytes().all(|byte| byte.is_ascii_alphabetic()) && !is_direction(token) && !begins_street;
    let is_name = at + 2 == tokens.len() && words::find_behind(tokens[at + 1]).is_some();
    let fraction = matches!(token, "1/2" | "1/4" | "3/4");
    let bis = token.eq_ignore_ascii_case("bis") || token.eq_ignore_ascii_case("ter");
    (letter && !is_name) || fraction || bis || token == "-" || (tokens[at - 1] == "-" && number::is_number(token))
}

fn take_last<'a>(tokens: &mut Tokens<'a>, style: Style, number: &mut Few<'a>) -> bool {
    let Some(mut at) = tokens.len().checked_sub(1) else { return false };
    let letter =
        at > 1 && tokens[at].chars().count() == 1 && tokens[at].chars().all(char::is_alphabetic) && number::is_number(tokens[at - 1]);
    let bis = at > 1 && (number::is_bis(tokens[at]) || tokens[at] == "1/2") && number::is_number(tokens[at - 1]);
    at -= usize::from(letter || bis);
    if at == 0 || !number::is_number(tokens[at]) || tokens[at].ends_with('.') {
        return false;
    }
    // `Highway 9`, `Street 128`: the number is the name.
    let numbered = style.is_english() && at == 1 && names_by_number(tokens[0]);
    if numbered || (style.is_english() && at > 1 && is_road(tokens[at - 1])) {
        return false;
    }
    let from = at - usize::from(number::is_marker(tokens[at - 1]));
    number.extend(tokens.drain(from..));
    true
}

/// `Adventura Apartments 638 Downey St`: the name of a building before number and street, which end in a word for streets.
fn take_middle<'a>(tokens: &mut Tokens<'a>, style: Style, number: &mut Few<'a>) -> bool {
    let Some(at) = (1..tokens.len().saturating_sub(2)).find(|at| number::is_number(tokens[*at]) && tokens[*at].len() > 1) else {
        return false;
    };
    let last_is_kind = Shape::of(&tokens[at + 1..], style).behind().is_some_and(|(place, _)| at + 1 + place == tokens.len() - 1);
    if last_is_kind && style.is_english() && !names_by_number(tokens[at - 1]) {
        drop(tokens.drain(..at));
        number.push(tokens.remove(0));
    }
    !number.is_empty()
}

/// Whether a number behind this word of a longer street belongs to its name: behind `Highway`, not behind `Road`.
pub(super) fn is_road(token: &str) -> bool {
    names_by_number(token) && !words::find_behind(token).is_some_and(|kind| matches!(kind.short, "st" | "av" | "rd" | "ln"))
}

/// Whether a street of one word has a number for its name: `Highway 9`, `Street 128`.
pub(super) fn names_by_number(token: &str) -> bool {
    words::is_any(token, &["cr", "sr", "us", "i", "interstate", "county", "state", "fm", "loop", "ch"])
        || words::find_behind(token).is_some_and(|kind| matches!(kind.short, "hwy" | "rte" | "st" | "av" | "rd" | "ln"))
}

/// Drops `between 77th and 78th sts.`, `at 85th st.`, `off thompson st.`.
fn cut_cross_street(tokens: &mut Tokens<'_>, from: usize) {
    if let Some(at) = (from..tokens.len()).find(|at| begins_cross_street(tokens[*at]) && at + 1 < tokens.len()) {
        tokens.truncate(at);
    }
}

/// Whether what follows says where a street is, not how it is called.
pub(super) fn begins_cross_street(token: &str) -> bool {
    words::is_any(token, &["between", "btwn", "bet", "off", "near", "at", "cnr", "corner", "@"])
}

/// Moves what stands behind the kind of an English street, apart from a direction or a word for a part of it: `Union Avenue Evanston`.
fn take_town<'a>(tokens: &mut Tokens<'a>, town: &mut Few<'a>) {
    let kind = (1..tokens.len()).rev().find(|at| words::find_behind(tokens[*at]).is_some_and(words::ends_street));
    let kind = kind.filter(|at| !tokens[..*at].iter().all(|token| is_direction(token)));
    let Some(mut from) = kind.map(|at| at + 1) else { return };
    // A street has one direction: in `East 170th Street South Holland` the second belongs to the town.
    let directed = is_direction(tokens[0]);
    from += usize::from(!directed && tokens.get(from).is_some_and(|token| is_direction(token)));
    let rest = &tokens[from.min(tokens.len())..];
    let names = |token: &&str| token.len() == 2 || token.chars().all(|letter| letter.is_alphabetic() || "'-.".contains(letter));
    let is_town = match rest {
        [] => false,
        [only] => only.len() > 3 && !is_direction(only),
        [first, ..] => first.len() > 1 && (directed || !is_direction(first)),
    };
    if is_town && rest.iter().all(names) && !is_part_of_street(rest[0]) {
        town.extend(tokens.drain(from..));
    }
}

fn is_part_of_street(token: &str) -> bool {
    let part = ["of", "and", "rear", "lower", "upper", "front", "ground"];
    words::is_any(token, &part) || unit::is_designator(token) || words::find_behind(token).is_some()
}

/// `801 South Canal Street C1S`, `160 North LaSalle N201`: letters and digits mixed behind the name.
fn take_bare_unit<'a>(tokens: &mut Tokens<'a>, unit: &mut Few<'a>) {
    let Some(last) = tokens.last().filter(|_| tokens.len() > 1 && unit.is_empty()) else { return };
    let digits = last.bytes().filter(u8::is_ascii_digit).count();
    let capital = last.as_bytes()[0].is_ascii_alphabetic();
    if capital && digits > 0 && last.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !is_road(tokens[tokens.len() - 2]) {
        unit.extend(tokens.pop());
    }
}
