//! What is made of values: cases, and that near values share a form.

use c360_match::pairs::Form;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn forms(form: Form, value: &str) -> Vec<String> {
    let mut all = Vec::new();
    form.each(value, |made| all.push(made.to_owned()));
    all
}

const ALL: [Form; 17] = [
    Form::Whole,
    Form::Soundex,
    Form::Cologne,
    Form::Metaphone,
    Form::Spelling,
    Form::Initials,
    Form::FullName,
    Form::Prefix(2),
    Form::Suffix(2),
    Form::Words,
    Form::Deletions,
    Form::MinHash(4),
    Form::Year,
    Form::Month,
    Form::Birthday,
    Form::Unscaled(2),
    Form::YearOfTime,
];

#[test]
fn forms_by_case() {
    let cases: [(Form, &str, &[&str]); 22] = [
        (Form::Whole, "Anna", &["Anna"]),
        (Form::Soundex, "Robert", &["R163"]),
        (Form::Cologne, "Meyer", &["67"]),
        (Form::Metaphone, "Schmidt", &["XMT", "SMT"]),
        (Form::Metaphone, "Anna", &["AN"]),
        (Form::Spelling, "Mueller", &["muler"]),
        (Form::Initials, "Anna Maria", &["am"]),
        (Form::FullName, "Billy", &["william"]),
        (Form::FullName, "Xanthippe", &["Xanthippe"]),
        (Form::Prefix(2), "Änne", &["Än"]),
        (Form::Prefix(2), "王小明", &["王小"]),
        (Form::Prefix(4), "Bö", &["Bö"]),
        (Form::Suffix(2), "Bö", &["Bö"]),
        (Form::Suffix(2), "王小明", &["小明"]),
        (Form::Suffix(1), "Bö", &["ö"]),
        (Form::Words, " anna  maria ", &["anna", "maria"]),
        (Form::Deletions, "aab", &["aab", "ab", "aa"]),
        (Form::Year, "0", &["1970"]),
        (Form::Month, "31", &["1970-02"]),
        (Form::Birthday, "-1", &["12-31"]),
        (Form::Unscaled(2), "1250", &["12.5"]),
        (Form::YearOfTime, "-1", &["1969"]),
    ];
    for (form, value, expected) in cases {
        assert_eq!(forms(form, value), expected, "{form:?} of {value}");
    }
}

#[test]
fn nothing_is_made_of_nothing_and_odd_values_are_taken() {
    for form in ALL {
        assert_eq!(forms(form, ""), Vec::<String>::new(), "{form:?}");
        for value in ["x", " ", "\u{301}", "9223372036854775807", "1e400", "-", &"ab ".repeat(4000)] {
            assert!(forms(form, value).iter().all(|made| !made.is_empty()), "{form:?} of {value}");
        }
    }
}

#[test]
fn min_hashes_find_what_is_alike() {
    let share = |left: &str, right: &str| {
        let [left, right] = [left, right].map(|text| forms(Form::MinHash(8), text).into_iter().collect::<BTreeSet<_>>());
        left.intersection(&right).count()
    };
    assert!(share("hauptstrasse 17 hinterhaus", "hauptstrasse 17 hinterhaus a") > 0);
    assert_eq!(share("hauptstrasse 17", "am kurpark 3b"), 0);
    assert_eq!(forms(Form::MinHash(3), "x").len(), 3);
    // They are kept in states, so they must not change.
    assert_eq!(forms(Form::MinHash(1), "ab"), ["0:0cb2e7b0d821eac2a1491431304dcea7"]);
}

/// A text and one that is an edit away.
fn edited() -> impl Strategy<Value = (String, String)> {
    (prop::collection::vec(prop::sample::select(vec!['a', 'b', 'ä', '王']), 1..40), any::<prop::sample::Index>(), 0..3u8).prop_map(
        |(letters, place, how)| {
            let mut other = letters.clone();
            let place = place.index(letters.len());
            match how {
                0 => drop(other.remove(place)),
                1 => other.insert(place, 'c'),
                _ => other[place] = 'c',
            }
            (letters.into_iter().collect(), other.into_iter().collect())
        },
    )
}

proptest! {
    #[test]
    fn one_edit_leaves_a_deletion_in_common((left, right) in edited()) {
        // Of a single letter nothing is left.
        prop_assume!(!right.is_empty() && (left.chars().count() > 1 || right.chars().count() > 1));
        let [ours, theirs] = [&left, &right].map(|text| forms(Form::Deletions, text).into_iter().collect::<BTreeSet<_>>());
        prop_assert!(ours.intersection(&theirs).next().is_some(), "{} {}", left, right);
    }

    #[test]
    fn forms_are_the_same_every_time(value in ".{0,12}") {
        for form in ALL {
            prop_assert_eq!(forms(form, &value), forms(form, &value));
            prop_assert!(forms(form, &value).iter().all(|made| !made.is_empty()));
        }
    }

    #[test]
    fn ends_are_cut_by_letters(value in "[aä王🙂]{0,9}", count in 1usize..6) {
        let letters: Vec<char> = value.chars().collect();
        let first: String = letters.iter().take(count).collect();
        let last: String = letters[letters.len().saturating_sub(count)..].iter().collect();
        let expected = |text: String| if text.is_empty() { vec![] } else { vec![text] };
        prop_assert_eq!(forms(Form::Prefix(count), &value), expected(first));
        prop_assert_eq!(forms(Form::Suffix(count), &value), expected(last));
    }
}
