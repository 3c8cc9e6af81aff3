//! Households: who lives together, where, and which names are usual there.

use super::digits::{push_number, push_padded};
use super::draw::Stream;
use super::words::places::{City, Country};
use super::words::{chinese, english, german, polish, turkish};
use super::world::World;

/// Persons of one block; each pattern below adds up to it.
const BLOCK: u64 = 16;

/// Sizes of the households of a block.
static PATTERNS: &[&[u8]] = &[
    &[1, 1, 2, 2, 4, 3, 1, 2],
    &[2, 2, 1, 1, 1, 5, 4],
    &[4, 4, 2, 2, 1, 1, 2],
    &[1, 1, 1, 1, 2, 3, 3, 4],
    &[2, 3, 1, 2, 2, 1, 1, 4],
    &[1, 2, 1, 2, 1, 2, 1, 6],
];

/// Where names come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Culture {
    /// German.
    German,
    /// English.
    English,
    /// Chinese.
    Chinese,
    /// Turkish.
    Turkish,
    /// Polish.
    Polish,
}

/// Persons who share an address, a fixed line and mostly a surname.
#[derive(Clone, Copy, Debug)]
pub struct Household {
    /// Its number; not every number is in use.
    pub number: u64,
    /// How many live there.
    pub size: u64,
    /// Where its names come from.
    pub culture: Culture,
    /// Where it is.
    pub country: Country,
}

impl Household {
    /// The household of a person and the person's place in it; places 0 and 1 are a couple, the others their children.
    pub fn of_person(world: &World, person: u64) -> (Self, u64) {
        let (block, offset) = (person / BLOCK, person % BLOCK);
        let pattern = world.draws(Stream::Household, block * BLOCK).pick(0, PATTERNS);
        let mut first = 0;
        for (index, size) in pattern.iter().enumerate() {
            let size = u64::from(*size);
            if offset < first + size {
                return (Self::new(world, block * BLOCK + index as u64, size), offset - first);
            }
            first += size;
        }
        unreachable!("the sizes of a pattern add up to the block, which a test checks")
    }

    fn new(world: &World, number: u64, size: u64) -> Self {
        let draws = world.draws(Stream::Household, number);
        let country = country(draws.below(1, 100));
        Self { number, size, country, culture: culture(country, draws.below(2, 100)) }
    }
}

/// Spreads percents over the countries.
pub(crate) fn country(percent: u64) -> Country {
    match percent {
        0..64 => Country::Germany,
        64..71 => Country::Austria,
        71..76 => Country::Switzerland,
        76..82 => Country::Britain,
        82..89 => Country::America,
        89..95 => Country::China,
        95..97 => Country::Turkey,
        _ => Country::Poland,
    }
}

fn culture(country: Country, percent: u64) -> Culture {
    match (country, percent) {
        (Country::China, _) => Culture::Chinese,
        (Country::Turkey, _) => Culture::Turkish,
        (Country::Poland, _) => Culture::Polish,
        (Country::Britain | Country::America, 0..88) => Culture::English,
        (_, 0..86) => Culture::German,
        (_, 86..92) => Culture::Turkish,
        (_, 92..96) => Culture::Polish,
        (_, 96..98) => Culture::Chinese,
        _ => Culture::English,
    }
}

/// A postal address as its parts, in the letters of its country and in plain Latin ones.
#[derive(Clone, Debug, Default)]
pub struct Address {
    /// Street without the number.
    pub street: String,
    /// The same in Latin letters where the country has others.
    pub latin_street: String,
    /// House number.
    pub number: String,
    /// Postcode.
    pub postcode: String,
    /// City and country.
    pub(crate) city: Option<(&'static City, Country)>,
}

impl Address {
    /// Fills in the address of household `number` in `country`; `era` 0 is the present one, each other an earlier one of a person who moved.
    pub(crate) fn fill(&mut self, world: &World, number: u64, country: Country, era: u64) {
        let draws = world.draws(Stream::Household, number).child(1_000 + era);
        let city = country.city(draws, 0);
        self.city = Some((city, country));
        [&mut self.street, &mut self.latin_street, &mut self.number, &mut self.postcode].into_iter().for_each(String::clear);
        let two = |out: &mut String, stems: &[&str], ends: &[&str]| {
            out.push_str(draws.pick_skewed(1, stems));
            out.push_str(draws.pick(2, ends));
        };
        match country {
            Country::Germany | Country::Austria | Country::Switzerland => two(&mut self.street, german::STREET_STEMS, german::STREET_ENDS),
            Country::Britain | Country::America => two(&mut self.street, english::STREET_STEMS, english::STREET_ENDS),
            Country::Turkey => two(&mut self.street, turkish::STREET_STEMS, turkish::STREET_ENDS),
            Country::Poland => self.street.push_str(draws.pick_skewed(1, polish::STREETS)),
            Country::China => {
                let (native, latin) = draws.pick_skewed(1, chinese::STREETS);
                self.street.push_str(native);
                self.latin_street.push_str(latin);
            }
        }
        let house = 1 + draws.skewed(3, if country == Country::America { 4_000 } else { 180 });
        push_number(&mut self.number, house);
        if draws.chance(4, 80_000) && country == Country::Germany {
            self.number.push((b'a' + draws.below(5, 4) as u8) as char);
        }
        postcode(&mut self.postcode, city, country, draws.bits(6));
    }
}

fn postcode(out: &mut String, city: &City, country: Country, bits: u64) {
    out.push_str(city.postcode);
    let digits = match country {
        Country::Germany | Country::America | Country::Turkey => 5,
        Country::Austria | Country::Switzerland => 4,
        Country::China => 6,
        Country::Britain => {
            return out.push_str(&format!("{} {}{}{}", 1 + bits % 19, bits / 32 % 10, letter(bits / 512), letter(bits / 16_384)));
        }
        Country::Poland => return out.push_str(&format!("{}-{:03}", bits % 10, bits / 16 % 1_000)),
    };
    let missing = digits - city.postcode.len();
    push_padded(out, bits % 10u64.pow(missing as u32), missing);
}

/// A letter of the second half of British postcodes.
fn letter(bits: u64) -> char {
    char::from(b"ABDEFGHJLNPQRSTUWXYZ"[(bits % 20) as usize])
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, PATTERNS};

    #[test]
    fn patterns_fill_a_block() {
        for pattern in PATTERNS {
            assert_eq!(pattern.iter().map(|size| u64::from(*size)).sum::<u64>(), BLOCK);
        }
    }
}
