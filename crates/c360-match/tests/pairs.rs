//! Rules that compare pairs: blocks against plain sets, conditions against Kleene's tables, forms and values by cases and laws.

#[path = "pairs/forms.rs"]
mod forms;
#[path = "pairs/prepared.rs"]
mod prepared;

use c360_match::cluster::KeyGroups;
use c360_match::pairs::{
    Blocks, Compared, Condition, Decider, Decision, Distance, Edge, Measure, Patterns, Similarity, Test, Truth, Values, ValuesBuilder,
    bands, level,
};
use c360_match::similarity::{Coefficient, Gram, Scratch};
use proptest::prelude::*;
use std::collections::BTreeSet;

type Pairs = BTreeSet<(u32, u32)>;

/// Alternatives of a block as (key, record).
fn blocks(records: usize, alternatives: &[Vec<(u128, u32)>]) -> Blocks {
    Blocks::new(records, alternatives.iter().map(|pairs| KeyGroups::from_pairs(pairs.clone(), None).0).collect())
}

/// The pairs that share a key of one alternative.
fn sharing(alternatives: &[Vec<(u128, u32)>]) -> Pairs {
    let of_one = |pairs: &Vec<(u128, u32)>| {
        let all = pairs.iter().flat_map(|left| pairs.iter().map(move |right| (*left, *right)));
        all.filter(|(left, right)| left.0 == right.0 && left.1 < right.1).map(|(left, right)| (left.1, right.1)).collect::<Vec<_>>()
    };
    alternatives.iter().flat_map(of_one).collect()
}

fn alternatives() -> impl Strategy<Value = Vec<Vec<(u128, u32)>>> {
    prop::collection::vec(prop::collection::vec((0u128..6, 0u32..15), 0..30), 0..4)
}

/// One column; the values of each record.
fn values(records: &[&[&str]]) -> Values {
    let mut builder = ValuesBuilder::default();
    for (record, texts) in (0..).zip(records) {
        texts.iter().for_each(|text| builder.add(record, text));
    }
    builder.finish(records.len())
}

fn test(measure: Measure) -> Condition {
    Condition::Test(Test { measure, columns: vec![0] })
}

/// What a measure says of two values.
fn says(measure: Measure, left: &str, right: &str) -> Truth {
    test(measure).holds(&[values(&[&[left], &[right]])], 0, 1, &mut Scratch::new())
}

/// Every measure of one column, with a bound.
fn measures() -> Vec<Measure> {
    use Similarity as S;
    let mut similarities = vec![S::Levenshtein, S::Osa, S::Damerau, S::Jaro, S::JaroWinkler, S::Indel, S::TokenSort, S::TokenSet];
    similarities.extend([S::MongeElkan, S::Company, S::Date, S::Relative]);
    for coefficient in [Coefficient::Dice, Coefficient::Jaccard, Coefficient::Cosine] {
        similarities.push(S::Words(coefficient));
        similarities.extend([Gram::One, Gram::Two, Gram::Three].map(|gram| S::Grams(gram, coefficient)));
    }
    let mut measures: Vec<Measure> = similarities.into_iter().map(|similarity| Measure::AtLeast(similarity, 0.8)).collect();
    for distance in [Distance::Edits, Distance::DamerauEdits, Distance::Days, Distance::Difference] {
        measures.push(Measure::AtMost(distance, 2.0));
    }
    measures.extend([Measure::Same, Measure::Nicknames, Measure::Initials]);
    measures
}

proptest! {
    #[test]
    fn pairs_of_blocks_are_visited_once(alternatives in alternatives(), count in 1u64..9) {
        let blocks = blocks(15, &alternatives);
        let mut visited = Vec::new();
        for range in blocks.ranges(count) {
            blocks.visit(range, |a, b| visited.push((a, b)));
        }
        let distinct: Pairs = visited.iter().copied().collect();
        prop_assert_eq!(visited.len(), distinct.len());
        prop_assert_eq!(&distinct, &sharing(&alternatives));
        for (a, b) in distinct {
            let first = alternatives.iter().position(|one| sharing(std::slice::from_ref(one)).contains(&(a, b)));
            prop_assert_eq!(blocks.alternative(a, b), first);
        }
    }

    /// Any cut of the blocks into ranges, not only those that are proposed.
    #[test]
    fn any_ranges_do(alternatives in alternatives(), cuts in prop::collection::btree_set(0usize..40, 0..6)) {
        let blocks = blocks(15, &alternatives);
        let mut ends: Vec<usize> = cuts.into_iter().filter(|cut| *cut < blocks.len()).collect();
        ends.push(blocks.len());
        let (mut start, mut visited) = (0, Vec::new());
        for end in ends {
            blocks.visit(start..end, |a, b| visited.push((a, b)));
            start = end;
        }
        prop_assert_eq!(visited.len(), sharing(&alternatives).len());
        prop_assert_eq!(visited.into_iter().collect::<Pairs>(), sharing(&alternatives));
    }

    #[test]
    fn measures_are_symmetric(left in "[abä 1-3]{1,6}", right in "[abä 1-3]{1,6}") {
        for measure in measures() {
            prop_assert_eq!(says(measure, &left, &right), says(measure, &right, &left), "{:?}", measure);
            prop_assert_eq!(says(measure, &left, &left), Truth::Yes, "{:?}", measure);
            prop_assert_eq!(says(measure, &left, ""), Truth::Unknown, "{:?}", measure);
        }
    }

    #[test]
    fn decisions_keep_what_passes(alternatives in alternatives(), texts in prop::collection::vec("[ab]{0,3}", 15), changed in prop::collection::vec(any::<bool>(), 15)) {
        let blocks = blocks(15, &alternatives);
        let columns = [values(&texts.iter().map(|text| [text.as_str()]).collect::<Vec<_>>().iter().map(|text| text.as_slice()).collect::<Vec<_>>())];
        let edits = test(Measure::AtMost(Distance::Edits, 1.0));
        let not_same = Condition::Not(Box::new(test(Measure::Same)));
        let decider = Decider::new(&Decision::Conditions(vec![("edits".into(), edits.clone()), ("not".into(), not_same.clone())]), &columns);
        let passes = |(a, b): &(u32, u32)| [&edits, &not_same].iter().all(|one| one.holds(&columns, *a, *b, &mut Scratch::new()) == Truth::Yes);
        let expected: Pairs = sharing(&alternatives).into_iter().filter(passes).collect();
        let Compared { edges: found, review } = decider.compare(&blocks, 0..blocks.len(), &columns);
        prop_assert!(review.is_empty());
        prop_assert!(found.iter().all(|edge| edge.weight == 0));
        prop_assert_eq!(found.into_iter().map(|edge| edge.pair).collect::<Pairs>(), expected.clone());
        let is = |record: u32| changed[record as usize];
        let found = decider.met(&blocks, &changed, &columns).edges;
        let met: BTreeSet<u32> = found.iter().map(|edge| if is(edge.pair.0) { edge.pair.1 } else { edge.pair.0 }).collect();
        let others = expected.iter().filter(|(a, b)| is(*a) != is(*b)).map(|(a, b)| if is(*a) { *b } else { *a });
        prop_assert_eq!(met, others.collect::<BTreeSet<u32>>());
    }
}

#[test]
fn there_may_be_nothing() {
    for (records, alternatives) in [(0, vec![]), (0, vec![vec![]]), (3, vec![vec![], vec![]]), (2, vec![vec![(1, 0)]])] {
        let blocks = blocks(records, &alternatives);
        assert!(blocks.is_empty() && blocks.ranges(4).is_empty() && blocks.size() == 0);
    }
    assert_eq!(bands(vec![]), vec![]);
    let none = values(&[]);
    assert_eq!((none.records(), none.distinct(), none.counts()), (0, 0, vec![]));
}

#[test]
fn ranges_have_about_as_many_pairs_each() {
    let pairs: Vec<(u128, u32)> = (0..400).map(|record| (u128::from(record / 4), record)).collect();
    let blocks = blocks(400, &[pairs]);
    assert_eq!((blocks.len(), blocks.size()), (100, 600));
    let ranges = blocks.ranges(4);
    assert_eq!(ranges, [0..25, 25..50, 50..75, 75..100]);
}

#[test]
fn conditions_have_three_truths() {
    // Columns in which two records have the same value, different ones, and none on one side.
    let columns = [values(&[&["x"], &["x"]]), values(&[&["x"], &["y"]]), values(&[&["x"], &[]])];
    let one = |column: usize| Condition::Test(Test { measure: Measure::Same, columns: vec![column] });
    let holds = |condition: &Condition| condition.holds(&columns, 0, 1, &mut Scratch::new());
    let truths = [(0, Truth::Yes), (1, Truth::No), (2, Truth::Unknown)];
    for (left, l) in truths {
        assert_eq!(holds(&one(left)), l);
        let opposite = [(Truth::Yes, Truth::No), (Truth::No, Truth::Yes), (Truth::Unknown, Truth::Unknown)];
        let opposite = opposite.into_iter().find(|(of, _)| *of == l).map(|(_, is)| is);
        assert_eq!(Some(holds(&Condition::Not(Box::new(one(left))))), opposite);
        for (right, r) in truths {
            let both = [one(left), one(right)];
            let table = |strong: Truth| match (l == strong || r == strong, l == Truth::Unknown || r == Truth::Unknown) {
                (true, _) => strong,
                (_, true) => Truth::Unknown,
                _ => l,
            };
            assert_eq!(holds(&Condition::All(both.to_vec())), table(Truth::No), "{l:?} & {r:?}");
            assert_eq!(holds(&Condition::Any(both.to_vec())), table(Truth::Yes), "{l:?} | {r:?}");
        }
    }
    assert_eq!([holds(&Condition::All(vec![])), holds(&Condition::Any(vec![]))], [Truth::Yes, Truth::No]);
}

#[test]
fn levels_are_those_of_the_first_condition_that_holds() {
    let columns = [values(&[&["abc"], &["abd"], &["xyz"], &[]])];
    let conditions = [test(Measure::Same), test(Measure::AtMost(Distance::Edits, 1.0))];
    let of = |a, b| level(&conditions, &columns, a, b, &mut Scratch::new());
    assert_eq!([of(0, 0), of(0, 1), of(0, 2), of(0, 3)], [1, 2, 3, 0]);
}

#[test]
fn any_of_several_values_satisfies() {
    let columns = [values(&[&["anna", "bert"], &["carl", "berta"], &["anna", "zoe"], &[]])];
    let holds = |measure, a, b| test(measure).holds(&columns, a, b, &mut Scratch::new());
    assert_eq!(holds(Measure::AtMost(Distance::Edits, 1.0), 0, 1), Truth::Yes);
    assert_eq!(holds(Measure::Same, 0, 1), Truth::No);
    assert_eq!(holds(Measure::Same, 0, 2), Truth::Yes);
    assert_eq!(holds(Measure::AtMost(Distance::Edits, 0.0), 0, 2), Truth::Yes);
    assert_eq!(holds(Measure::Same, 3, 3), Truth::Unknown);
}

#[test]
fn what_is_missing_is_known() {
    assert_eq!(says(Measure::Missing, "Anna", ""), Truth::Yes);
    assert_eq!(says(Measure::Missing, "", ""), Truth::Yes);
    assert_eq!(says(Measure::Missing, "Anna", "Anna"), Truth::No, "equal values are there");
    assert_eq!(says(Measure::Missing, "Anna", "Hanna"), Truth::No);
}

#[test]
fn two_columns_are_swapped_or_a_place() {
    let columns = [values(&[&["anna"], &["lang"], &["anna"], &["anna"]]), values(&[&["lang"], &["anna"], &["lang"], &[]])];
    let swapped = Condition::Test(Test { measure: Measure::Swapped, columns: vec![0, 1] });
    let holds = |a, b| swapped.holds(&columns, a, b, &mut Scratch::new());
    assert_eq!([holds(0, 1), holds(1, 0), holds(0, 2), holds(0, 3)], [Truth::Yes, Truth::Yes, Truth::No, Truth::Unknown]);
    let columns = [values(&[&["48.137"], &["48.138"], &["91"], &["x"]]), values(&[&["11.575"], &["11.576"], &["11"], &["11"]])];
    let near = Condition::Test(Test { measure: Measure::AtMost(Distance::Metres, 200.0), columns: vec![0, 1] });
    let holds = |a, b| near.holds(&columns, a, b, &mut Scratch::new());
    // What is no place is near nothing.
    assert_eq!([holds(0, 1), holds(0, 2), holds(0, 3), holds(2, 3)], [Truth::Yes, Truth::No, Truth::No, Truth::No]);
}

#[test]
fn dates_and_numbers_are_measured_as_numbers() {
    assert_eq!(says(Measure::AtMost(Distance::Days, 2.0), "11000", "11002"), Truth::Yes);
    assert_eq!(says(Measure::AtMost(Distance::Days, 2.0), "11000", "11003"), Truth::No);
    assert_eq!(says(Measure::AtMost(Distance::Difference, 0.5), "1.25", "1.75"), Truth::Yes);
    assert_eq!(says(Measure::AtMost(Distance::Difference, 0.5), "1.25", "a"), Truth::No);
    assert_eq!(says(Measure::AtLeast(Similarity::Relative, 0.9), "90", "100"), Truth::Yes);
    assert_eq!(says(Measure::AtLeast(Similarity::Date, 0.9), "x", "y"), Truth::No);
}

#[test]
fn values_are_numbered_once() {
    let mut builder = ValuesBuilder::default();
    for (record, text) in [(2, "b"), (0, "a"), (2, "a"), (2, "b"), (0, ""), (3, "7.5")] {
        builder.add(record, text);
    }
    let values = builder.finish(5);
    let of = |record| values.of(record).iter().map(|id| values.text(*id)).collect::<Vec<_>>();
    assert_eq!([of(0), of(1), of(2), of(3), of(4)], [vec!["a"], vec![], vec!["b", "a"], vec!["7.5"], vec![]]);
    assert_eq!((values.records(), values.distinct(), values.counts()), (5, 3, vec![1, 2, 1]));
    assert!(values.number(0).is_nan() && (values.number(2) - 7.5).abs() < f64::EPSILON);
}

#[test]
fn bands_are_whole_bits_and_the_strongest_come_first() {
    let edge = |weight, pair| Edge { weight, pair };
    let found = bands(vec![edge(-1, (4, 5)), edge(999, (2, 3)), edge(1000, (7, 8)), edge(0, (0, 9)), edge(1999, (1, 2))]);
    let groups: Vec<Vec<&[u32]>> = found.iter().map(|band| band.iter().collect()).collect();
    let expected: [Vec<&[u32]>; 3] = [vec![&[1, 2], &[7, 8]], vec![&[0, 9], &[2, 3]], vec![&[4, 5]]];
    assert_eq!(groups, expected);
}

#[test]
fn very_long_values_are_compared() {
    let long: String = "Anna ".repeat(2000);
    let other = long.replace("nn", "n");
    for measure in measures() {
        assert_eq!(says(measure, &long, &long), Truth::Yes, "{measure:?}");
        assert_ne!(says(measure, &long, &other), Truth::Unknown, "{measure:?}");
        assert_ne!(says(measure, &"x".repeat(10_000), "Anna"), Truth::Unknown, "{measure:?}");
    }
}

#[test]
fn pairs_within_groups_are_all_counted_or_spread() {
    let patterns = Patterns { comparisons: vec![vec![test(Measure::Same)]] };
    let group = |number: u128, records: std::ops::Range<u32>| records.map(move |record| (number, record));
    // Every fourth of 400 records has the same value as the others of its kind.
    let texts: Vec<String> = (0..400).map(|record| if record % 4 == 0 { "x".to_owned() } else { record.to_string() }).collect();
    let mut builder = ValuesBuilder::default();
    (0..400).zip(&texts).for_each(|(record, text)| builder.add(record, text));
    let columns = [builder.finish(400)];
    let count = |groups: Vec<(u128, u32)>, most: u64| {
        let counts = patterns.of_groups(&KeyGroups::from_pairs(groups, None).0, &columns, most);
        let same: u64 = counts.iter().filter(|(pattern, _)| pattern.level(0) == 1).map(|(_, count)| count).sum();
        (counts.total(), same)
    };
    // {0..9}: 36 pairs, of them 3 among 0, 4, 8; {9..13}: 6 pairs, 12 has no equal.
    assert_eq!(count(group(1, 0..9).chain(group(2, 9..13)).collect(), 1000), (42, 3));
    // Every second of ten groups of two.
    assert_eq!(count((0..10).flat_map(|number| group(number.into(), 2 * number..2 * number + 2)).collect(), 5).0, 5);
    // All 400 make 79,800 pairs: ten thousand are looked at, and a sixteenth of pairs is equal.
    let (total, same) = count(group(1, 0..400).collect(), 1_000_000);
    assert_eq!(total, 10_000);
    assert!((500..=750).contains(&same), "{same}");
}
