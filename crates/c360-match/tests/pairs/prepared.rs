//! What is prepared for many pairs (numbers of values before values, bounds that spare work, batches) against the same pairs one by one: random
//! models, values and blocks.

use super::{alternatives, blocks, sharing};
use c360_match::model::{Comparison, Counts, Frequencies, Group, Model, Pattern};
use c360_match::pairs::{
    Condition, Decider, Decision, Distance, Edge, Measure, Patterns, Similarity, Test, Truth, Values, ValuesBuilder, Weighed, level,
    pattern,
};
use c360_match::similarity::{Coefficient, Gram, Scratch};
use proptest::collection::vec;
use proptest::prelude::*;
use std::sync::Arc;

const COLUMNS: usize = 3;
const RECORDS: usize = 15;

/// Per record and column none, one or several values; near each other, so that every level occurs.
fn columns() -> impl Strategy<Value = Vec<Values>> {
    let value = prop::sample::select(vec!["anna", "ana", "hanna", "anne", "annä", "bert", "berta", "1", "2", "17", "marta maria", "maria"]);
    let cell = prop_oneof![1 => vec(value.clone(), 0), 5 => vec(value.clone(), 1), 1 => vec(value, 2..4)];
    let column = vec(cell, RECORDS).prop_map(|cells| {
        let mut builder = ValuesBuilder::default();
        for (record, texts) in (0..).zip(&cells) {
            texts.iter().for_each(|text| builder.add(record, text));
        }
        builder.finish(RECORDS)
    });
    (vec(column, COLUMNS), any::<bool>()).prop_map(|(columns, beside)| if beside { Values::beside(columns) } else { columns })
}

fn condition() -> impl Strategy<Value = Condition> {
    use Similarity as S;
    let similarity = prop::sample::select(vec![
        S::JaroWinkler,
        S::JaroWinkler,
        S::Jaro,
        S::Levenshtein,
        S::TokenSet,
        S::Relative,
        S::Grams(Gram::Two, Coefficient::Dice),
    ]);
    let bound = prop::sample::select(vec![0.95, 0.92, 0.8, 0.6, 0.3]);
    let measure = prop_oneof![
        4 => Just(Measure::Same),
        6 => (similarity, bound).prop_map(|(similarity, bound)| Measure::AtLeast(similarity, bound)),
        1 => Just(Measure::AtMost(Distance::DamerauEdits, 1.0)),
        1 => Just(Measure::AtMost(Distance::Difference, 1.0)),
        1 => Just(Measure::Nicknames),
        1 => Just(Measure::Missing),
    ];
    let one = (measure, 0..COLUMNS).prop_map(|(measure, column)| Condition::Test(Test { measure, columns: vec![column] }));
    let swapped = Just(Condition::Test(Test { measure: Measure::Swapped, columns: vec![0, 1] }));
    let leaf = prop_oneof![8 => one, 1 => swapped];
    leaf.prop_recursive(1, 3, 2, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..3).prop_map(Condition::All),
            vec(inner.clone(), 1..3).prop_map(Condition::Any),
            inner.prop_map(|condition| Condition::Not(Box::new(condition))),
        ]
    })
}

/// The conditions of a comparison: mostly bounds of one column in a row, as rules have them.
fn conditions() -> impl Strategy<Value = Vec<Condition>> {
    let run = (0..COLUMNS, vec(prop::sample::select(vec![1.0, 0.92, 0.8, 0.85, 0.5]), 1..4)).prop_map(|(column, bounds)| {
        let near = |bound| Condition::Test(Test { measure: Measure::AtLeast(Similarity::JaroWinkler, bound), columns: vec![column] });
        let same = Condition::Test(Test { measure: Measure::Same, columns: vec![column] });
        std::iter::once(same).chain(bounds.into_iter().map(near)).collect()
    });
    prop_oneof![run, vec(condition(), 1..4)]
}

type Drawn = (Vec<Condition>, Vec<f64>, Vec<f64>, Option<(usize, f64)>);

/// Conditions, m and u of levels and of `else`, and the column with frequencies.
fn comparison() -> impl Strategy<Value = Drawn> {
    conditions().prop_flat_map(|conditions| {
        let levels = conditions.len() + 1;
        let frequent = prop::option::of((0..COLUMNS, 0.001..0.9_f64));
        (Just(conditions), vec(0.05..1.0_f64, levels), vec(0.05..1.0_f64, levels), frequent)
    })
}

fn weighed() -> impl Strategy<Value = Weighed> {
    let groups = prop_oneof![Just(vec![]), Just(vec![vec![0]]), Just(vec![vec![1], vec![0]])];
    (vec(comparison(), 3), 0.01..0.5_f64, groups, -4000..6000_i32, prop::option::of(1..3000_i32)).prop_map(
        |(drawn, prior, groups, accept, below)| {
            let comparisons = drawn.iter().enumerate().map(|(number, drawn)| named(number, drawn)).collect();
            let groups = groups.into_iter().map(|shared| Group { shared, prior: 0.3 }).collect();
            let model =
                Model::new("person", prior, vec!["block".to_owned()], comparisons, None).and_then(|model| model.with_groups(groups));
            Weighed {
                model: Arc::new(model.expect("it is a model")),
                frequencies: drawn.iter().map(|(.., frequent)| frequent.map(|(column, _)| column)).collect(),
                comparisons: drawn.into_iter().map(|(conditions, ..)| conditions).collect(),
                accept,
                review: below.map(|below| accept - below),
            }
        },
    )
}

fn named(number: usize, (conditions, m, u, frequent): &Drawn) -> Comparison {
    let texts: Vec<String> = (0..conditions.len()).map(|level| format!("level {level}")).chain(["else".to_owned()]).collect();
    let shares = |all: &[f64]| all.iter().map(|one| one / all.iter().sum::<f64>()).collect::<Vec<_>>();
    let mut comparison = Comparison::new(format!("comparison {number}"), &texts, &shares(m), &shares(u));
    comparison.frequencies = frequent.map(|(column, share)| Frequencies {
        term: format!("column {column}"),
        share: 1.0,
        hashed: false,
        values: [("anna".to_owned(), share), ("bert".to_owned(), share / 2.0)].into(),
    });
    comparison
}

proptest! {
    #[test]
    fn scores_are_those_of_pairs_one_by_one(weighed in weighed(), columns in columns(), alternatives in alternatives()) {
        let blocks = blocks(RECORDS, &alternatives);
        let score = |(a, b): (u32, u32)| {
            let (pattern, adjusted) = pattern(&weighed, &columns, a, b);
            weighed.model.waterfall(pattern, &adjusted).last().map_or(0, |bar| bar.total)
        };
        let all: Vec<Edge> = sharing(&alternatives).into_iter().map(|pair| Edge { weight: score(pair), pair }).collect();
        let passed = |from: i32, to: i32| all.iter().copied().filter(|edge| (from..to).contains(&edge.weight)).collect::<Vec<_>>();
        let decider = Decider::new(&Decision::Weighed(weighed.clone()), &columns);
        let mut found = decider.compare(&blocks, 0..blocks.len(), &columns);
        found.edges.sort_by_key(|edge| edge.pair);
        found.review.sort_by_key(|edge| edge.pair);
        prop_assert_eq!(found.edges, passed(weighed.accept, i32::MAX));
        prop_assert_eq!(found.review, passed(weighed.review.unwrap_or(weighed.accept), weighed.accept));
    }

    #[test]
    fn patterns_are_those_of_pairs_one_by_one(comparisons in vec(conditions(), 1..4), columns in columns(), alternatives in alternatives()) {
        let blocks = blocks(RECORDS, &alternatives);
        let of = |a, b| Pattern::of(&comparisons.iter().map(|conditions| usize::from(level(conditions, &columns, a, b, &mut Scratch::new()))).collect::<Vec<_>>());
        let expected: Counts = sharing(&alternatives).into_iter().map(|(a, b)| (of(a, b), 1)).collect();
        let patterns = Patterns { comparisons: comparisons.clone() };
        prop_assert_eq!(patterns.of_blocks(&blocks, &columns, u64::MAX), expected);
    }

    #[test]
    fn conditions_hold_as_for_pairs_one_by_one(conditions in vec(condition(), 1..4), columns in columns(), alternatives in alternatives()) {
        let blocks = blocks(RECORDS, &alternatives);
        let holds = |condition: &Condition, (a, b): (u32, u32)| condition.holds(&columns, a, b, &mut Scratch::new()) == Truth::Yes;
        let expected: Vec<(u32, u32)> = sharing(&alternatives).into_iter().filter(|pair| conditions.iter().all(|one| holds(one, *pair))).collect();
        let decision = Decision::Conditions(conditions.iter().map(|one| (String::new(), one.clone())).collect());
        let found = Decider::new(&decision, &columns).compare(&blocks, 0..blocks.len(), &columns);
        let mut found: Vec<(u32, u32)> = found.edges.into_iter().map(|edge| edge.pair).collect();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
    }
}

/// What is missing can be worth more than all levels that are still open.
#[test]
fn a_value_may_be_missing_where_all_other_levels_speak_against() {
    let column = |texts: [&str; 2]| {
        let mut builder = ValuesBuilder::default();
        (0..).zip(texts).for_each(|(record, text)| builder.add(record, text));
        builder.finish(2)
    };
    let columns = [column(["anna", ""]), column(["bert", "marta"])];
    let test = |column, measure| Condition::Test(Test { measure, columns: vec![column] });
    let conditions = vec![test(0, Measure::Same), test(1, Measure::AtLeast(Similarity::JaroWinkler, 0.9))];
    let named = named(0, &(conditions.clone(), vec![0.9, 0.05, 0.05], vec![0.1, 0.4, 0.5], None));
    let model = Model::new("person", 0.5, vec!["block".to_owned()], vec![named], None).expect("it is a model");
    let weighed = Weighed { model: Arc::new(model), comparisons: vec![conditions], frequencies: vec![None], accept: 0, review: None };
    let blocks = blocks(2, &[vec![(1, 0), (1, 1)]]);
    let found = Decider::new(&Decision::Weighed(weighed), &columns).compare(&blocks, 0..1, &columns);
    assert_eq!(found.edges, [Edge { weight: 0, pair: (0, 1) }]);
}
