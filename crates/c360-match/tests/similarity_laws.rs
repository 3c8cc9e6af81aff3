//! Laws of the similarities, and their agreement with other implementations (`strsim`, `rphonetic`, definitions written down plainly).
//!
//! - Similarities are symmetric, from 0 to 1, and 1 for a value and itself; nothing panics.
//! - A cut-off changes nothing above it; a scratch that has seen other pairs changes nothing at all.
//! - Levenshtein and Damerau-Levenshtein distance are metrics; OSA lies between the two.

use std::collections::BTreeMap;

use c360_match::similarity::{self as similar, Coefficient, Gram, Place, Scratch};
use proptest::prelude::*;
use rphonetic::Encoder as _;

/// A similarity of texts with a cut-off.
type Similarity = fn(&str, &str, f64, &mut Scratch) -> f64;

const WITH_CUTOFF: [(&str, Similarity); 8] = [
    ("levenshtein", similar::levenshtein),
    ("osa", similar::osa),
    ("damerau", similar::damerau),
    ("jaro", similar::jaro),
    ("jaro_winkler", similar::jaro_winkler),
    ("indel", similar::indel),
    ("token_sort", similar::token_sort),
    ("token_set", similar::token_set),
];

const COEFFICIENTS: [Coefficient; 3] = [Coefficient::Dice, Coefficient::Jaccard, Coefficient::Cosine];

/// All similarities of texts, none cut off.
fn all(left: &str, right: &str, scratch: &mut Scratch) -> Vec<f64> {
    let mut all: Vec<f64> = WITH_CUTOFF.iter().map(|(_, similarity)| similarity(left, right, 0.0, scratch)).collect();
    for coefficient in COEFFICIENTS {
        all.extend([Gram::One, Gram::Two, Gram::Three].map(|gram| similar::qgram(left, right, gram, coefficient, scratch)));
        all.push(similar::token_overlap(left, right, coefficient));
    }
    all.push(similar::monge_elkan(left, right, similar::jaro_winkler, scratch));
    all.push(similar::company(left, right, |word| word.len() as f64, scratch));
    all.push(f64::from(similar::nicknames(left, right)));
    all.push(f64::from(similar::initials_agree(left, right)));
    all
}

/// Texts that have much in common: few letters, of ASCII, Latin-1 and beyond, short, about 64 long and longer, and any text.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab ]{0,8}",
        "[a-d]{0,20}",
        "[ab]{55,70}",
        "[a-c ]{60,140}",
        "[aäößñ]{0,12}",
        "[a王明Ā日本 ]{0,12}",
        "[aé王]{60,140}",
        "[A-Z][a-z]{2,9} [A-Z][a-zü]{2,12}",
        any::<String>(),
    ]
}

/// A text and the same with a few letters changed, so that long texts are near each other, too.
fn pair() -> impl Strategy<Value = (String, String)> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..4, "[abä王]"), 0..6);
    let near = (text(), edits).prop_map(|(text, edits)| {
        let mut letters: Vec<char> = text.chars().collect();
        for (at, edit, new) in edits.iter().filter_map(|(at, edit, new)| Some((at, edit, new.chars().next()?))) {
            let at = at.index(letters.len() + 1);
            match edit {
                0 => letters.insert(at, new),
                1 if at < letters.len() => drop(letters.remove(at)),
                2 if at + 1 < letters.len() => letters.swap(at, at + 1),
                _ if at < letters.len() => letters[at] = new,
                _ => {}
            }
        }
        (text, letters.into_iter().collect())
    });
    prop_oneof![(text(), text()), near]
}

fn distances(left: &str, right: &str, scratch: &mut Scratch) -> [usize; 3] {
    [similar::levenshtein_distance, similar::osa_distance, similar::damerau_distance]
        .map(|distance| distance(left, right, usize::MAX, scratch).expect("nothing is farther than the largest number"))
}

fn near(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-12
}

/// The q-grams of a text and how often each occurs, by the definition.
fn grams(text: &str, size: usize) -> BTreeMap<Vec<char>, f64> {
    let letters: Vec<char> = text.chars().collect();
    let mut bag = BTreeMap::new();
    for gram in letters.windows(size.min(letters.len()).max(1)) {
        *bag.entry(gram.to_vec()).or_default() += 1.0;
    }
    bag
}

fn coefficient_by_definition(left: &BTreeMap<Vec<char>, f64>, right: &BTreeMap<Vec<char>, f64>, coefficient: Coefficient) -> f64 {
    let sum = |bag: &BTreeMap<Vec<char>, f64>| bag.values().sum::<f64>();
    let of = |key: &Vec<char>| right.get(key).copied().unwrap_or_default();
    let shared: f64 = left.iter().map(|(key, count)| count.min(of(key))).sum();
    match coefficient {
        _ if left.is_empty() && right.is_empty() => 1.0,
        Coefficient::Dice => 2.0 * shared / (sum(left) + sum(right)),
        Coefficient::Jaccard => shared / (sum(left) + sum(right) - shared),
        Coefficient::Cosine if left.is_empty() || right.is_empty() => 0.0,
        Coefficient::Cosine => {
            let length = |bag: &BTreeMap<Vec<char>, f64>| bag.values().map(|count| count * count).sum::<f64>().sqrt();
            left.iter().map(|(key, count)| count * of(key)).sum::<f64>() / (length(left) * length(right))
        }
    }
}

/// 192, unless the environment asks for more or fewer, as always with proptest.
fn cases() -> u32 {
    if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 192 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn similarities_are_symmetric_and_from_0_to_1((left, right) in pair()) {
        let scratch = &mut Scratch::new();
        let there = all(&left, &right, scratch);
        prop_assert!(there.iter().all(|similarity| (0.0..=1.0).contains(similarity)), "{there:?}");
        prop_assert_eq!(&there, &all(&right, &left, scratch));
        prop_assert_eq!(&there, &all(&left, &right, &mut Scratch::new()), "a used scratch gives something else");
    }

    #[test]
    fn a_value_is_like_itself(value in text()) {
        let scratch = &mut Scratch::new();
        let mut itself = all(&value, &value, scratch);
        // A text without letters has no names.
        itself.truncate(itself.len() - 2);
        prop_assert!(itself.iter().all(|similarity| *similarity == 1.0), "{itself:?}");
    }

    #[test]
    fn a_cut_off_changes_nothing_above_it((left, right) in pair(), at_least in 0.0..1.0_f64) {
        let scratch = &mut Scratch::new();
        for (name, similarity) in WITH_CUTOFF {
            let whole = similarity(&left, &right, 0.0, scratch);
            prop_assert_eq!(similarity(&left, &right, whole, scratch), whole, "{} cuts what it reaches", name);
            let cut = similarity(&left, &right, at_least, scratch);
            prop_assert_eq!(cut, if whole >= at_least { whole } else { 0.0 }, "{} at {}", name, at_least);
        }
    }

    #[test]
    fn distances_up_to_a_limit_are_exact((left, right) in pair(), most in 0..12_usize) {
        let scratch = &mut Scratch::new();
        let [levenshtein, osa, damerau] = distances(&left, &right, scratch);
        let within = |distance| Some(distance).filter(|distance| *distance <= most);
        prop_assert_eq!(similar::levenshtein_distance(&left, &right, most, scratch), within(levenshtein));
        prop_assert_eq!(similar::osa_distance(&left, &right, most, scratch), within(osa));
        prop_assert_eq!(similar::damerau_distance(&left, &right, most, scratch), within(damerau));
    }

    #[test]
    fn edits_agree_with_strsim((left, right) in pair()) {
        let scratch = &mut Scratch::new();
        let theirs = [strsim::levenshtein(&left, &right), strsim::osa_distance(&left, &right), strsim::damerau_levenshtein(&left, &right)];
        prop_assert_eq!(distances(&left, &right, scratch), theirs);
        prop_assert!(near(similar::levenshtein(&left, &right, 0.0, scratch), strsim::normalized_levenshtein(&left, &right)));
        prop_assert!(near(similar::damerau(&left, &right, 0.0, scratch), strsim::normalized_damerau_levenshtein(&left, &right)));
    }

    #[test]
    fn jaro_agrees_with_strsim((left, right) in pair()) {
        let scratch = &mut Scratch::new();
        prop_assert!(near(similar::jaro(&left, &right, 0.0, scratch), strsim::jaro(&left, &right)));
        prop_assert!(near(similar::jaro_winkler(&left, &right, 0.0, scratch), strsim::jaro_winkler(&left, &right)));
    }

    #[test]
    fn grams_agree_with_their_definition((left, right) in pair()) {
        let scratch = &mut Scratch::new();
        for coefficient in COEFFICIENTS {
            for gram in [Gram::One, Gram::Two, Gram::Three] {
                let expected = coefficient_by_definition(&grams(&left, gram as usize), &grams(&right, gram as usize), coefficient);
                let actual = similar::qgram(&left, &right, gram, coefficient, scratch);
                prop_assert!(near(actual, expected), "{actual} instead of {expected}: {gram:?} {coefficient:?}");
            }
        }
        // `strsim` leaves out white space, has no gram for a single letter, and counts bytes where it means letters.
        let [left, right] = [left, right].map(|text| text.replace(char::is_whitespace, ""));
        if left.is_ascii() && right.is_ascii() && left.len() > 1 && right.len() > 1 {
            let dice = similar::qgram(&left, &right, Gram::Two, Coefficient::Dice, scratch);
            prop_assert!(near(dice, strsim::sorensen_dice(&left, &right)));
        }
    }

    #[test]
    fn distances_are_metrics(first in "[abc]{0,9}", second in "[abc]{0,9}", third in "[abc]{0,9}") {
        let scratch = &mut Scratch::new();
        let [levenshtein, osa, damerau] = distances(&first, &second, scratch);
        let [first_third, _, first_third_damerau] = distances(&first, &third, scratch);
        let [third_second, _, third_second_damerau] = distances(&third, &second, scratch);
        prop_assert!(levenshtein <= first_third + third_second);
        prop_assert!(damerau <= first_third_damerau + third_second_damerau);
        prop_assert!(damerau <= osa && osa <= levenshtein);
        prop_assert_eq!(levenshtein == 0, first == second);
    }

    #[test]
    fn phonetic_codes_agree_with_another_implementation(name in "[A-Za-z]{1,12}") {
        let (mut soundex, mut cologne) = (String::new(), String::new());
        similar::soundex(&name, &mut soundex);
        similar::cologne(&name, &mut cologne);
        prop_assert_eq!(soundex, rphonetic::Soundex::default().encode(&name));
        // To `rphonetic` a C behind a silent H begins the name (`Hcr`); to Postel's rules it stands inside.
        let h_then_c = name.to_lowercase().trim_start_matches('h').starts_with('c') && !name.to_lowercase().starts_with('c');
        prop_assert!(h_then_c || cologne == rphonetic::Cologne.encode(&name), "{cologne}");
    }

    #[test]
    fn forms_of_any_text_are_plain(value in any::<String>()) {
        let (mut soundex, mut cologne, mut initials, mut spelling) = (String::new(), String::new(), String::new(), String::new());
        similar::soundex(&value, &mut soundex);
        similar::cologne(&value, &mut cologne);
        similar::initials(&value, &mut initials);
        similar::spelling(&value, &mut spelling);
        prop_assert!(soundex.is_empty() || soundex.len() == 4, "{soundex}");
        prop_assert!(cologne.bytes().all(|digit| digit.is_ascii_digit()), "{cologne}");
        prop_assert!(initials.bytes().all(|letter| letter.is_ascii_lowercase()), "{initials}");
        prop_assert!(spelling.trim() == spelling && !spelling.contains("  "), "{spelling:?}");
        prop_assert!(spelling.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b' '), "{spelling:?}");
        let (primary, alternate) = similar::double_metaphone(&value);
        prop_assert!(primary.len() <= 4 && alternate.len() <= 4);
        prop_assert!(similar::full_names(&value).count() < 10);
    }

    #[test]
    fn forms_are_appended(value in any::<String>()) {
        for form in [similar::soundex, similar::cologne, similar::initials, similar::spelling] {
            let (mut alone, mut behind) = (String::new(), "x".to_owned());
            form(&value, &mut alone);
            form(&value, &mut behind);
            prop_assert_eq!(format!("x{alone}"), behind);
        }
    }

    #[test]
    fn numbers_are_symmetric_and_from_0_to_1(left in any::<f64>(), right in any::<f64>(), tolerance in any::<f64>()) {
        let similarities = |left, right| [similar::absolute(left, right, tolerance), similar::relative(left, right)];
        prop_assert!(similarities(left, right).iter().all(|similarity| (0.0..=1.0).contains(similarity)));
        prop_assert_eq!(similarities(left, right), similarities(right, left));
        prop_assert_eq!(similarities(left, left), [1.0, 1.0]);
    }

    #[test]
    fn dates_are_symmetric_and_from_0_to_1(left in any::<i32>(), near in -400..400_i32) {
        for right in [left.wrapping_add(near), near, left / 100_000] {
            prop_assert_eq!(similar::date_difference(left, right), similar::date_difference(right, left));
            prop_assert!((0.0..=1.0).contains(&similar::date(left, right)));
            prop_assert_eq!(similar::date(left, right) == 1.0, left == right);
        }
    }

    #[test]
    fn places_are_symmetric_and_from_0_to_1(degrees in [-90.0..=90.0, -180.0..=180.0, -90.0..=90.0, -180.0..=180.0_f64]) {
        let [left, right] = [&degrees[..2], &degrees[2..]].map(|place| Place::new(place[0], place[1]).expect("within range"));
        let metres = similar::metres_between(left, right);
        prop_assert!((0.0..=20_015_115.1).contains(&metres), "{metres}");
        prop_assert!(near(metres, similar::metres_between(right, left)));
        prop_assert_eq!(similar::geo(left, left, 1000.0), 1.0);
        prop_assert!((0.0..=1.0).contains(&similar::geo(left, right, 1e7)));
    }
}

#[test]
fn what_is_no_number_or_place_is_like_nothing() {
    assert_eq!(similar::absolute(f64::NAN, f64::NAN, 1.0), 0.0);
    assert_eq!(similar::relative(f64::NAN, 1.0), 0.0);
    assert_eq!(similar::relative(f64::INFINITY, 1.0), 0.0);
    assert_eq!(similar::absolute(1.0, 1.0, f64::NAN), 1.0);
    for (latitude, longitude) in [(90.1, 0.0), (0.0, -180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
        assert!(Place::new(latitude, longitude).is_none(), "{latitude}, {longitude}");
    }
}
