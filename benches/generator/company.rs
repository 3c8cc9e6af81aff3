//! Companies: a forest of groups whose members share the first word of their name; all follow from the company's number.

use super::digits::{push_number, push_padded};
use super::draw::Stream;
use super::household::country;
use super::words::business;
use super::words::places::Country;
use super::world::World;

const IS_SUBSIDIARY: u32 = 1;
const PARENT: u32 = 2;
const STEM: u32 = 3;
const TRADE: u32 = 4;
const FORM: u32 = 5;
const COUNTRY: u32 = 6;
const VAT: u32 = 7;

/// A company of the world.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its number.
    pub number: u64,
    /// The company that owns it.
    pub parent: Option<u64>,
    /// Name without the legal form.
    pub name: String,
    /// Legal form.
    pub legal_form: &'static str,
    /// VAT number with its country; empty where the country has none that are used here.
    pub vat_id: String,
    /// Internet domain.
    pub domain: String,
    /// Where it is.
    pub country: Country,
}

impl Company {
    /// The company with this number.
    pub fn new(world: &World, number: u64) -> Self {
        let draws = world.draws(Stream::Company, number);
        let country = country(draws.below(COUNTRY, 100));
        let parent = parent(world, number);
        let root = world.draws(Stream::Company, root(world, number));
        let mut name = String::from(root.pick_skewed(STEM, business::STEMS));
        // The number tells groups of the same word apart, as places and founders' names do in life.
        name.push(' ');
        name.push_str(&spoken(world.company_tokens.apply(self::root(world, number))));
        name.push(' ');
        name.push_str(draws.pick(TRADE, business::TRADES));
        let legal_form = draws.pick(FORM, business::legal_forms(country));
        let mut domain = spoken(world.company_tokens.apply(number)).to_lowercase();
        domain.push_str("-firma.example");
        Self { number, parent, name, legal_form, vat_id: vat_id(country, draws.bits(VAT)), domain, country }
    }
}

/// The company that owns this one: three in ten have an owner, one of the thousand companies before it, so that there are no cycles.
pub fn parent(world: &World, number: u64) -> Option<u64> {
    let draws = world.draws(Stream::Company, number);
    (number > 0 && draws.chance(IS_SUBSIDIARY, 300_000)).then(|| number - 1 - draws.below(PARENT, number.min(1_000)))
}

/// The company at the top of the group.
pub fn root(world: &World, mut number: u64) -> u64 {
    while let Some(owner) = parent(world, number) {
        number = owner;
    }
    number
}

/// A number as a word of syllables that can be spoken.
fn spoken(mut number: u64) -> String {
    const CONSONANTS: &[u8] = b"bdfgklmnprstvw";
    const VOWELS: &[u8] = b"aeiou";
    let mut word = String::new();
    loop {
        let syllable = (number % 70) as usize;
        let consonant = char::from(CONSONANTS[syllable / VOWELS.len()]);
        word.push(if word.is_empty() { consonant.to_ascii_uppercase() } else { consonant });
        word.push(char::from(VOWELS[syllable % VOWELS.len()]));
        number /= 70;
        if number == 0 {
            return word;
        }
    }
}

fn vat_id(country: Country, bits: u64) -> String {
    let (prefix, digits) = match country {
        Country::Germany => ("DE", german_vat(bits)),
        Country::Austria => ("ATU", bits % 100_000_000),
        Country::Poland => ("PL", 1_000_000_000 + bits % 9_000_000_000),
        Country::Britain => ("GB", 100_000_000 + bits % 900_000_000),
        _ => return String::new(),
    };
    let mut out = String::from(prefix);
    if country == Country::Austria {
        push_padded(&mut out, digits, 8)
    } else {
        push_number(&mut out, digits)
    }
    out
}

/// Eight digits and their check digit (ISO 7064 MOD 11,10).
fn german_vat(bits: u64) -> u64 {
    let number = 10_000_000 + bits % 90_000_000;
    let mut product = 10;
    for place in (0..8).rev() {
        let digit = number / 10u64.pow(place) % 10;
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        product = sum * 2 % 11;
    }
    number * 10 + (11 - product) % 10
}
