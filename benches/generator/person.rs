//! Persons: names, birth, kin; all follow from the person's number.

use super::calendar::Date;
use super::draw::{Draws, Stream};
use super::household::{Culture, Household};
use super::words::{chinese, english, german, polish, turkish};
use super::world::World;

const MARRIED_NAME: u32 = 1;
const WOMAN: u32 = 2;
const BIRTH_YEAR: u32 = 3;
const BIRTH_DAY: u32 = 4;
const GIVEN: u32 = 5;
const SECOND_GIVEN: u32 = 6;
const FAMILY: u32 = 10;
const MADE_FAMILY: u32 = 11;
const TWINS: u32 = 20;
const NAMESAKE: u32 = 21;

/// A name in the letters of its culture and in Latin letters as passports write it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// As it is written at home.
    pub native: String,
    /// In pinyin; empty where the native form is Latin anyway.
    pub pinyin: String,
}

/// What makes two persons of a household hard to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kin {
    /// Nothing.
    Plain,
    /// The same surname, address and birthday as the next or the last person of the household.
    Twin,
    /// The same full name as the father.
    Namesake,
}

/// A person of the world.
#[derive(Clone, Debug)]
pub struct Person {
    /// Its number.
    pub number: u64,
    /// Where it lives.
    pub household: Household,
    /// The place in the household.
    pub place: u64,
    /// Given name.
    pub given: Name,
    /// Surname.
    pub family: Name,
    /// Female.
    pub woman: bool,
    /// Birthday.
    pub born: Date,
    /// Twin or namesake.
    pub kin: Kin,
}

impl Person {
    /// The person with this number.
    pub fn new(world: &World, number: u64) -> Self {
        let (household, place) = Household::of_person(world, number);
        let draws = world.draws(Stream::Person, number);
        let kin = kin(world, household, place, number);
        let woman = is_woman(world, number, place) && kin != Kin::Namesake;
        let given = match kin {
            Kin::Namesake => given_name(world.draws(Stream::Person, number - place), household.culture, false),
            _ => given_name(draws, household.culture, woman),
        };
        let home = world.draws(Stream::Household, household.number);
        let keeps_own = place == 1 && !draws.chance(MARRIED_NAME, 750_000);
        let family = family_name(if keeps_own { draws } else { home }, household.culture, woman);
        Self { number, household, place, given, family, woman, born: birthday(draws, home, household.size, place, kin), kin }
    }

    /// The surname that a married woman had before.
    pub fn maiden_name(&self, world: &World) -> Option<Name> {
        let married = self.woman && self.place == 1;
        married.then(|| family_name(world.draws(Stream::Person, self.number), self.household.culture, true))
    }
}

fn kin(world: &World, household: Household, place: u64, number: u64) -> Kin {
    let home = world.draws(Stream::Household, household.number);
    // The first two children may be twins, the first one of a man its father's namesake.
    if household.size >= 4 && (place == 2 || place == 3) && home.chance(TWINS, 60_000) {
        return Kin::Twin;
    }
    let father = place == 2 && !is_woman(world, number - place, 0);
    if father && home.chance(NAMESAKE, 60_000) { Kin::Namesake } else { Kin::Plain }
}

fn is_woman(world: &World, number: u64, place: u64) -> bool {
    let own = |number| world.draws(Stream::Person, number).chance(WOMAN, 480_000);
    // A couple is mostly a man and a woman.
    if place == 1 && !world.draws(Stream::Person, number).chance(MARRIED_NAME + 100, 30_000) { !own(number - 1) } else { own(number) }
}

fn birthday(draws: Draws, home: Draws, size: u64, place: u64, kin: Kin) -> Date {
    let draws = if kin == Kin::Twin { home } else { draws };
    // Those with children are old enough for grown-up ones.
    let couple = 1_940 + home.below(BIRTH_YEAR + 100, if size > 2 { 40 } else { 62 }) as i64;
    let year = match place {
        0 | 1 => couple + draws.below(BIRTH_YEAR, 7) as i64,
        _ => (couple + 25 + draws.below(BIRTH_YEAR, 12) as i64).min(2_009),
    };
    Date::new_year(year).after(draws.below(BIRTH_DAY, 365))
}

fn given_name(draws: Draws, culture: Culture, woman: bool) -> Name {
    let mut name = Name::default();
    let list = match (culture, woman) {
        (Culture::Chinese, _) => {
            let characters = if woman { chinese::FEMALE } else { chinese::MALE };
            let count = if draws.chance(SECOND_GIVEN, 700_000) { 2 } else { 1 };
            for field in 0..count {
                let (native, pinyin) = draws.pick_skewed(GIVEN + 200 + field, characters);
                name.native.push_str(native);
                if field == 0 { capitalize(pinyin, &mut name.pinyin) } else { name.pinyin.push_str(pinyin) }
            }
            return name;
        }
        (Culture::German, true) => german::FEMALE,
        (Culture::German, false) => german::MALE,
        (Culture::English, true) => english::FEMALE,
        (Culture::English, false) => english::MALE,
        (Culture::Turkish, true) => turkish::FEMALE,
        (Culture::Turkish, false) => turkish::MALE,
        (Culture::Polish, true) => polish::FEMALE,
        (Culture::Polish, false) => polish::MALE,
    };
    let first = draws.pick_skewed(GIVEN, list);
    name.native.push_str(first);
    let second = draws.pick_skewed(GIVEN + 1, list);
    if draws.chance(SECOND_GIVEN, 70_000) && first != second {
        name.native.push(if draws.chance(SECOND_GIVEN + 1, 400_000) { '-' } else { ' ' });
        name.native.push_str(second);
    }
    name
}

fn family_name(draws: Draws, culture: Culture, woman: bool) -> Name {
    let mut name = Name::default();
    let made = |out: &mut String, stems: &[&str], ends: &[&str]| {
        out.push_str(draws.pick(FAMILY + 1, stems));
        out.push_str(draws.pick(FAMILY + 2, ends));
    };
    match culture {
        Culture::Chinese => {
            let (native, pinyin) = draws.pick_skewed(FAMILY, chinese::FAMILY);
            name.native.push_str(native);
            name.pinyin.push_str(pinyin);
        }
        Culture::German if draws.chance(MADE_FAMILY, 350_000) => made(&mut name.native, german::FAMILY_STEMS, german::FAMILY_ENDS),
        Culture::English if draws.chance(MADE_FAMILY, 350_000) => made(&mut name.native, english::FAMILY_STEMS, english::FAMILY_ENDS),
        Culture::German => {
            name.native.push_str(draws.pick_skewed(FAMILY, german::FAMILY));
            if draws.chance(MADE_FAMILY + 1, 30_000) {
                name.native.push('-');
                made(&mut name.native, german::FAMILY_STEMS, german::FAMILY_ENDS);
            }
        }
        Culture::English => name.native.push_str(draws.pick_skewed(FAMILY, english::FAMILY)),
        Culture::Turkish => name.native.push_str(draws.pick_skewed(FAMILY, turkish::FAMILY)),
        Culture::Polish => {
            name.native.push_str(draws.pick_skewed(FAMILY, polish::FAMILY));
            if woman && ["ski", "cki", "dzki"].iter().any(|end| name.native.ends_with(end)) {
                name.native.pop();
                name.native.push('a');
            }
        }
    }
    name
}

/// Appends an ASCII word with a capital first letter.
fn capitalize(word: &str, out: &mut String) {
    let start = out.len();
    out.push_str(word);
    if let Some(first) = out.get_mut(start..start + 1) {
        first.make_ascii_uppercase();
    }
}
