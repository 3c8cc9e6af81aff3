//! E-mail addresses and telephone numbers, and the ways in which systems write them.

use super::corrupt::{Umlaut, ascii};
use super::digits::push_number;
use super::draw::{Draws, Stream};
use super::person::{Name, Person};
use super::words::business::MAIL_HOSTS;
use super::words::places::{City, Country};
use super::world::World;

/// A telephone number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phone {
    /// Country, none where there is no number.
    pub country: Option<Country>,
    /// Area or network without a leading zero.
    pub area: &'static str,
    /// The rest.
    pub subscriber: String,
}

/// A way to write telephone numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhoneStyle {
    /// +491701234567
    Plain,
    /// +49 170 1234567
    Spaced,
    /// 0049 170 1234567
    DoubleZero,
    /// +49 (0)170 1234567
    BracketedZero,
    /// 0170/1234567
    Slash,
    /// 01701234567
    National,
    /// (0170) 123-4567
    American,
    /// 0170 12 34 567
    Grouped,
}

/// The mobile number of a person.
pub(crate) fn mobile(world: &World, person: &Person, phone: &mut Phone) {
    fill_mobile(world.draws(Stream::Person, person.number).child(1), person.household.country, phone);
}

fn fill_mobile(draws: Draws, country: Country, phone: &mut Phone) {
    let (networks, digits): (&[&'static str], u32) = match country {
        Country::Germany => {
            (&["151", "152", "157", "159", "160", "162", "163", "170", "171", "172", "173", "174", "175", "176", "177", "178", "179"], 7)
        }
        Country::Austria => (&["650", "660", "664", "676", "699"], 7),
        Country::Switzerland => (&["76", "77", "78", "79"], 7),
        Country::Britain => (&["7700", "7711", "7720", "7733", "7801", "7850", "7911", "7912"], 6),
        Country::America => (&["212", "213", "312", "713", "602", "215", "617", "206", "303"], 7),
        Country::China => (&["138", "139", "136", "158", "186", "188"], 8),
        Country::Turkey => (&["532", "533", "542", "505", "544"], 7),
        Country::Poland => (&["501", "602", "693", "785", "888"], 6),
    };
    let area = draws.pick(0, networks);
    // These German networks give out eight digits, the older ones seven.
    let digits = if country == Country::Germany && area.starts_with("15") { 8 } else { digits };
    fill(phone, country, area, draws, digits);
}

/// A fixed line in a city: of a household, of a company.
pub(crate) fn fixed_line(draws: Draws, city: &City, country: Country, phone: &mut Phone) {
    let digits = match country {
        Country::China => 8,
        Country::Britain if city.area == "20" => 8,
        Country::Germany if city.area.len() == 2 => 8,
        Country::Germany if city.area.len() == 4 => 6,
        _ => 7,
    };
    fill(phone, country, city.area, draws, digits);
}

/// The subscriber starts with a digit from 3 to 8 and its second one is no 1, which suits every country here.
fn fill(phone: &mut Phone, country: Country, area: &'static str, draws: Draws, digits: u32) {
    phone.country = Some(country);
    phone.area = area;
    phone.subscriber.clear();
    let unit = 10u64.pow(digits - 2);
    let second = [0, 2, 3, 4, 5, 6, 7, 8, 9][draws.below(2, 9) as usize];
    push_number(&mut phone.subscriber, (3 + draws.below(1, 6)) * unit * 10 + second * unit + draws.below(3, unit));
}

impl Phone {
    /// Appends the number in a style; foreign numbers always carry their country where the style would leave it out for `home`.
    pub(crate) fn write(&self, style: PhoneStyle, home: Country, out: &mut String) {
        let Some(country) = self.country else { return };
        let (code, area, rest) = (country.calling_code(), self.area, self.subscriber.as_str());
        // Neither America nor Poland has a zero in front of areas.
        let trunk = if matches!(country, Country::America | Country::Poland) { "" } else { "0" };
        let style = match style {
            PhoneStyle::Slash | PhoneStyle::National | PhoneStyle::Grouped if country != home => PhoneStyle::Spaced,
            PhoneStyle::BracketedZero if trunk.is_empty() => PhoneStyle::Spaced,
            other => other,
        };
        match style {
            PhoneStyle::Plain => push_all(out, &["+", code, area, rest]),
            PhoneStyle::Spaced => push_all(out, &["+", code, " ", area, " ", rest]),
            PhoneStyle::DoubleZero => push_all(out, &["00", code, " ", area, " ", rest]),
            PhoneStyle::BracketedZero => push_all(out, &["+", code, " (0)", area, " ", rest]),
            PhoneStyle::Slash => push_all(out, &[trunk, area, "/", rest]),
            PhoneStyle::National => push_all(out, &[trunk, area, rest]),
            PhoneStyle::American if country == Country::America => push_all(out, &["(", area, ") ", &rest[..3], "-", &rest[3..]]),
            PhoneStyle::American => push_all(out, &["+", code, "-", area, "-", &rest[..3], "-", &rest[3..]]),
            PhoneStyle::Grouped => push_all(out, &[trunk, area, " ", &rest[..2], " ", &rest[2..4], " ", &rest[4..]]),
        }
    }
}

fn push_all(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| out.push_str(part));
}

/// Which of a person's e-mail addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mailbox {
    /// The one in use.
    First,
    /// The other one.
    Second,
}

/// Appends an e-mail address of a person; no two persons have the same.
pub(crate) fn email(world: &World, person: &Person, mailbox: Mailbox, out: &mut String) {
    let draws = world.draws(Stream::Person, person.number).child(10 + mailbox as u64);
    let start = out.len();
    let (given, family) = (latin(&person.given), latin(&person.family));
    let token = world.person_tokens.apply(person.number * 2 + mailbox as u64);
    match draws.below(0, 5) {
        0 => push_all(out, &[&given, ".", &family]),
        1 => push_all(out, &[initial(&given), ".", &family]),
        2 => push_all(out, &[&family, ".", &given]),
        3 => push_all(out, &[&given, "_", &family]),
        _ => push_all(out, &[&given, initial(&family)]),
    }
    out.truncate(out.trim_end().len());
    let local = out.split_off(start).replace([' ', '\''], "");
    out.push_str(&local.to_ascii_lowercase());
    push_number(out, token);
    push_all(out, &["@", draws.pick_skewed(1, MAIL_HOSTS)]);
}

fn initial(name: &str) -> &str {
    name.get(..1).unwrap_or("x")
}

fn latin(name: &Name) -> String {
    let mut out = String::with_capacity(16);
    ascii(if name.pinyin.is_empty() { &name.native } else { &name.pinyin }, Umlaut::TwoLetters, &mut out);
    out
}

/// Fills in a value that many unrelated rows share: the e-mail of a shop's till and the number of a hotline.
pub(crate) fn super_connector(world: &World, draws: Draws, email: &mut String, phone: &mut Phone) {
    let which = draws.skewed(0, world.sizes().super_connectors);
    if draws.chance(1, 500_000) {
        email.clear();
        email.push_str("kasse");
        push_number(email, which + 1);
        email.push_str("@markt.example");
    } else {
        fill_mobile(world.draws(Stream::SuperConnector, which), Country::Germany, phone);
    }
}
