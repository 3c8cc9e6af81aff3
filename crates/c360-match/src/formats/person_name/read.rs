//! Inputs into the parts of a name: the whole as one text, or texts for its parts.

use super::east_asian::{self, Habit, is_east_asian};
use super::name::{Name, Words};
use super::order::{self, Order};
use super::placeholder::{self, Kind};
use super::split;
use crate::format::Reason;

/// How a format reads names, fixed when it is built.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) order: Order,
    pub(super) habit: Habit,
}

/// The tidied inputs; empty where there is none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fields<'a> {
    pub(super) full: &'a str,
    pub(super) title: &'a str,
    pub(super) first: &'a str,
    pub(super) middle: &'a str,
    pub(super) last: &'a str,
    pub(super) suffix: &'a str,
}

const TWO_PEOPLE: Reason = Reason::new("names more than one person");
const NO_NAME: Reason = Reason::new("neither a first nor a last name");

/// Reads all inputs. Parts that are given by themselves take the place of what the full name says.
///
/// # Errors
/// Two people, too many words, or neither a first nor a last name.
pub(super) fn read<'a>(fields: &Fields<'a>, reading: Reading) -> Result<Name<'a>, Reason> {
    let mut name = Name::default();
    let alone = fields.full.is_empty() && fields.first.is_empty() && fields.middle.is_empty();
    if alone && fields.last.contains(',') {
        read_full(fields.last, reading, &mut name)?;
    } else {
        if !fields.full.is_empty() {
            read_full(fields.full, reading, &mut name)?;
        }
        read_last(fields.last, &mut name)?;
        read_given(fields, &mut name)?;
    }
    read_title_and_suffix(fields, &mut name)?;
    drop_placeholders(&mut name)?;
    if name.first.is_empty() && name.last.is_empty() { Err(NO_NAME) } else { Ok(name) }
}

/// `Anna Unknown` is Anna; beside a real name `Test` and `Null` are names, too.
fn drop_placeholders(name: &mut Name<'_>) -> Result<(), Reason> {
    let parts = [&mut name.first, &mut name.middle, &mut name.last];
    let kinds = parts.each_ref().map(|part| if part.is_empty() { None } else { Some(placeholder::kind_of_words(part)) });
    if kinds.iter().any(Option::is_some) && !kinds.contains(&Some(Kind::Name)) {
        return Err(placeholder::REASON);
    }
    for (part, kind) in parts.into_iter().zip(kinds) {
        if kind == Some(Kind::Placeholder) {
            part.truncate(0);
        }
    }
    Ok(())
}

/// Reads a whole name: `Dr. Anna Müller-Lüdenscheidt`, `Müller, Anna`, `Smith, John, Jr.`, `王伟`.
fn read_full<'a>(text: &'a str, reading: Reading, name: &mut Name<'a>) -> Result<(), Reason> {
    if !text.is_ascii() && text.contains(is_east_asian) {
        return east_asian::read(text, reading.habit, name);
    }
    if !text.contains(',') {
        let names = peeled(text, 2, name)?;
        order::assign(&names, reading.order, name)?;
        return settle(name);
    }
    let mut family: Option<Words<'a>> = None;
    let mut given = Words::default();
    for segment in text.split(',') {
        let mut words = Words::default();
        split::push_words(segment, &mut words)?;
        if family.is_some() && split::is_former(&words) {
            continue;
        }
        if family.is_some() && split::are_suffixes(&words) {
            name.suffix.extend(&words)?;
        } else if split::are_titles(&words) {
            name.title.extend(&words)?;
        } else if family.is_none() {
            family = Some(peeled(segment, 1, name)?);
        } else {
            given.extend(&peeled(segment, 1, name)?)?;
        }
    }
    let family = family.unwrap_or_default();
    if given.is_empty() {
        order::assign(&family, reading.order, name)?;
        return settle(name);
    }
    name.last.extend(&family)?;
    let particles = order::particles_behind(&given);
    name.last.prepend(&given[given.len() - particles..])?;
    order::set_given(&given[..given.len() - particles], name)?;
    settle(name)
}

/// Takes titles and suffixes out of the parts, as if these had been given one by one, so that a name read from its parts stays the same.
fn settle(name: &mut Name<'_>) -> Result<(), Reason> {
    split::peel_titles(&mut name.last, &mut name.title)?;
    split::peel_suffixes(&mut name.last, &mut name.suffix, 1)?;
    split::peel_titles(&mut name.first, &mut name.title)?;
    split::peel_suffixes(&mut name.first, &mut name.suffix, 1)
}

/// The words of `text` without titles, suffixes and former names; the first two go to `name`. What `before_spelled` is:
/// [`split::peel_suffixes`].
fn peeled<'a>(text: &'a str, before_spelled: usize, name: &mut Name<'a>) -> Result<Words<'a>, Reason> {
    let mut names = Words::default();
    split::push_words(text, &mut names)?;
    if split::names_two(&names) {
        return Err(TWO_PEOPLE);
    }
    names.retain(|word| !split::is_and_sign(word));
    split::drop_former(&mut names);
    split::peel_titles(&mut names, &mut name.title)?;
    split::peel_suffixes(&mut names, &mut name.suffix, before_spelled)?;
    Ok(names)
}

fn read_last<'a>(text: &'a str, name: &mut Name<'a>) -> Result<(), Reason> {
    if !text.is_empty() {
        name.last = peeled(text, 1, name)?;
    }
    Ok(())
}

/// Given names beyond the first are middle names, wherever they were written: `first: "Anna Maria"` is what `Anna Maria Müller` is.
fn read_given<'a>(fields: &Fields<'a>, name: &mut Name<'a>) -> Result<(), Reason> {
    if !fields.middle.is_empty() {
        name.middle = Words::default();
        split::push_words(fields.middle, &mut name.middle)?;
    }
    if fields.first.is_empty() {
        return Ok(());
    }
    let given = peeled(fields.first, 1, name)?;
    name.first = Words::default();
    match fields.first.contains(is_east_asian) {
        true => name.first.extend(&given),
        false => order::set_given(&given, name),
    }
}

fn read_title_and_suffix<'a>(fields: &Fields<'a>, name: &mut Name<'a>) -> Result<(), Reason> {
    if !fields.title.is_empty() {
        let mut titles = Words::default();
        split::push_words(fields.title, &mut titles)?;
        name.title.prepend(&titles)?;
    }
    if !fields.suffix.is_empty() {
        let mut suffixes = Words::default();
        split::push_words(fields.suffix, &mut suffixes)?;
        name.suffix.prepend(&suffixes)?;
    }
    Ok(())
}
