//! Numbers of the usual countries, in the usual way to write them, read without the patterns of libphonenumber: most of all numbers, in a
//! tenth of the time. Whatever is not plain is left to the library; what is read here is what the library reads (tested on random digits).
//!
//! A number is plain where its country's plan knows nothing but a digit that is dialled before it within the country, and its length is
//! possible. Lengths are asked of the library; that a plan is so simple is read off its data (`nationalPrefixForParsing`,
//! `internationalPrefix`, no number of the country begins with the digit).

use std::sync::LazyLock;

use rlibphonenumber::{NumberLengthType, PhoneNumber};

/// A country's way to dial.
#[derive(Debug)]
pub(super) struct Plan {
    country: [u8; 2],
    /// The calling code.
    code: &'static str,
    /// What is dialled before a number within the country, and goes from it.
    trunk: Option<char>,
    /// What is dialled before a calling code.
    abroad: &'static str,
    /// Beginnings that the library reads as something else, such as the choice of a carrier.
    except: &'static [&'static str],
}

const fn plan(country: &[u8; 2], code: &'static str, trunk: Option<char>) -> Plan {
    Plan { country: *country, code, trunk, abroad: "00", except: &[] }
}

/// Of several countries with one calling code the one whose lengths the library takes for all.
static PLANS: [Plan; 17] = [
    Plan { abroad: "011", ..plan(b"US", "1", Some('1')) },
    plan(b"NL", "31", Some('0')),
    plan(b"BE", "32", Some('0')),
    plan(b"FR", "33", Some('0')),
    plan(b"ES", "34", None),
    plan(b"IT", "39", None),
    plan(b"CH", "41", Some('0')),
    plan(b"AT", "43", Some('0')),
    Plan { except: &["180020"], ..plan(b"GB", "44", Some('0')) },
    plan(b"DK", "45", None),
    plan(b"SE", "46", Some('0')),
    plan(b"NO", "47", None),
    plan(b"PL", "48", None),
    plan(b"DE", "49", Some('0')),
    plan(b"GR", "30", None),
    Plan { except: &["11", "12", "179"], ..plan(b"CN", "86", Some('0')) },
    plan(b"TR", "90", Some('0')),
];

/// The plan of a country, if it is one of these.
pub(super) fn plan_of(country: [u8; 2]) -> Option<&'static Plan> {
    PLANS.iter().find(|plan| plan.country == country)
}

/// The calling code and the number behind it that `number`, cleaned, is when dialled in the country `home`; `None` where it is not plain.
pub(super) fn read<'a>(number: &'a str, home: Option<&'static Plan>) -> Option<(&'static str, &'a str)> {
    if let Some(foreign) = number.strip_prefix('+') {
        return international(foreign);
    }
    let home = home?;
    match number.strip_prefix(home.abroad) {
        Some(foreign) => international(foreign),
        None if number.starts_with(home.code) && home.code.chars().next() != home.trunk => None,
        None => national(number, home),
    }
}

fn international(number: &str) -> Option<(&'static str, &str)> {
    let plan = BY_DIGITS.get(first_two(number)?)?.as_ref()?;
    national(&number[plan.code.len()..], plan)
}

fn national<'a>(number: &'a str, plan: &'static Plan) -> Option<(&'static str, &'a str)> {
    let bare = plan.trunk.map_or(number, |trunk| number.strip_prefix(trunk).unwrap_or(number));
    let strange = bare.starts_with("00") || plan.trunk.is_some_and(|trunk| bare.starts_with(trunk) || bare.starts_with('0'));
    if strange || plan.except.iter().any(|beginning| bare.starts_with(beginning)) {
        return None;
    }
    let possible = LENGTHS.get(first_two_of_code(plan.code))?;
    (bare.len() < 32 && possible >> bare.len() & 1 == 1).then_some((plan.code, bare))
}

fn first_two(number: &str) -> Option<usize> {
    match number.as_bytes() {
        [first @ b'1'..=b'9', second @ b'0'..=b'9', ..] => Some(usize::from(first - b'0') * 10 + usize::from(second - b'0')),
        _ => None,
    }
}

/// Where a calling code stands in [`LENGTHS`]; calling codes of one digit are followed by any.
fn first_two_of_code(code: &str) -> usize {
    first_two(code).unwrap_or(10)
}

/// Plans by the first two digits of an international number: none of the calling codes is longer.
static BY_DIGITS: LazyLock<[Option<&'static Plan>; 100]> = LazyLock::new(|| {
    let mut plans = [None; 100];
    for plan in &PLANS {
        let from = first_two_of_code(plan.code);
        let to = if plan.code.len() == 1 { from + 9 } else { from };
        plans[from..=to].fill(Some(plan));
    }
    plans
});

/// By the first two digits of calling codes: which lengths are possible, a bit each.
static LENGTHS: LazyLock<[u32; 100]> = LazyLock::new(|| {
    let mut lengths = [0; 100];
    for plan in &PLANS {
        lengths[first_two_of_code(plan.code)] = possible_lengths(plan);
    }
    lengths
});

fn possible_lengths(plan: &Plan) -> u32 {
    let possible = |length: u32| {
        let number = PhoneNumber {
            country_code: plan.code.parse().unwrap_or_default(),
            national_number: 10_u64.pow(length - 1),
            ..PhoneNumber::default()
        };
        matches!(number.is_possible_with_reason(), Ok(NumberLengthType::IsPossible))
    };
    (3..=17).filter(|length| possible(*length)).map(|length| 1 << length).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::{Accept, Phone, PhoneNumberFormat, Region, settled};
    use super::{PLANS, Plan, plan_of, read};

    fn home(country: [u8; 2]) -> (Phone, Option<&'static Plan>) {
        let region = Region::try_from(std::str::from_utf8(&country).expect("two letters")).expect("a country with a plan");
        let plan = plan_of(country);
        (Phone { regions: vec![region], plan, area: None, accept: Accept::Possible }, plan)
    }

    /// Beginnings where readings differ: prefixes, calling codes, carriers.
    fn beginning() -> impl Strategy<Value = String> {
        let code = || select(PLANS.each_ref().map(|plan| plan.code).to_vec());
        prop_oneof![
            4 => code().prop_map(|code| format!("+{code}")),
            1 => code().prop_map(|code| format!("+{code}0")),
            1 => code().prop_map(|code| format!("00{code}")),
            1 => code().prop_map(|code| format!("011{code}")),
            1 => code().prop_map(str::to_owned),
            2 => select(vec!["", "0", "1", "+", "00", "000", "180020", "0180020", "+44180020", "+8612593", "17911", "+861790", "+10", "+11", "39"])
                .prop_map(str::to_owned),
        ]
    }

    fn agrees(country: [u8; 2], number: &str) -> Result<(), TestCaseError> {
        let (phone, plan) = home(country);
        if let Some((code, bare)) = read(number, plan) {
            let parsed = phone.parse(number).and_then(|parsed| settled(number, parsed)).expect("a plain number is one");
            prop_assert_eq!(format!("+{code}{bare}"), &*parsed.format_as(PhoneNumberFormat::E164), "{} in {:?}", number, country);
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_here_is_what_the_library_reads(
            country in select(PLANS.iter().map(|plan| plan.country).chain([*b"CA", *b"JP"]).collect::<Vec<_>>()),
            beginning in beginning(),
            digits in "[0-9]{2,16}",
        ) {
            agrees(country, &(beginning + &digits))?;
        }
    }

    #[test]
    fn usual_numbers_are_plain() {
        for (country, number) in
            [(b"DE", "03012345678"), (b"US", "2125350123"), (b"US", "+493012345678"), (b"DE", "+49030123456"), (b"DE", "00442071838750")]
        {
            assert!(read(number, plan_of(*country)).is_some(), "{number}");
        }
    }
}
