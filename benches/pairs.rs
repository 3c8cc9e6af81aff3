//! Pairs compared a second by one thread: blocks walked through, five comparisons (two of them Jaro-Winkler) scored by a model, few pairs kept.
//! Made-up persons, the same in each run: half of the pairs of a block are mistyped copies, the other half are different people. Once few records, all in
//! the nearest cache, and once a million, those of a block anywhere in memory, as in a real run.
//!
//! `cargo bench -p c360-benches --bench pairs`; Criterion's throughput is pairs a second.

#![allow(missing_docs, reason = "criterion_group! makes a public function without a doc comment")]

use std::hint::black_box;
use std::sync::Arc;

use c360_match::cluster::KeyGroups;
use c360_match::model::{Comparison, Model, threshold};
use c360_match::pairs::{Blocks, Condition, Decider, Decision, Measure, Similarity, Test, Values, ValuesBuilder, Weighed};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Records, so many to a block; neighbours in a block stand `stride` records apart, which has no divisor in common with `records`.
struct World {
    name: &'static str,
    records: u32,
    block: u32,
    stride: u32,
}

const WORLDS: [World; 2] = [
    World { name: "pairs", records: 20_000, block: 20, stride: 1 },
    World { name: "pairs_in_place", records: 1_000_000, block: 8, stride: 381_001 },
];

/// First name, last name, date of birth in days, town, postcode.
const COLUMNS: usize = 5;

fn bench(criterion: &mut Criterion) {
    for world in WORLDS {
        let columns = columns(&world);
        let keys = (0..world.records).map(|place| (u128::from(place / world.block), world.record(place))).collect();
        let blocks = Blocks::new(world.records as usize, vec![KeyGroups::from_pairs(keys, None).0]);
        let mut group = criterion.benchmark_group(world.name);
        group.throughput(Throughput::Elements(blocks.size())).sample_size(10);
        for (name, decision) in [("model", model()), ("fuzzy", fuzzy())] {
            let decider = Decider::new(&decision, &columns);
            group.bench_function(name, |bencher| bencher.iter(|| black_box(decider.compare(&blocks, 0..blocks.len(), &columns))));
        }
        group.finish();
    }
}

impl World {
    /// The record that is the `place`th by blocks.
    fn record(&self, place: u32) -> u32 {
        (u64::from(place) * u64::from(self.stride) % u64::from(self.records)) as u32
    }
}

fn columns(world: &World) -> Vec<Values> {
    let mut builders: Vec<ValuesBuilder> = (0..COLUMNS).map(|_| ValuesBuilder::default()).collect();
    let mut state = 1_u64;
    for place in 0..world.records {
        // Two places are one person, mistyped.
        let person = u64::from(place / 2);
        let mut of = |column: u64, range: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let own = (person * 7 + column).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
            if (state >> 33).is_multiple_of(10) { (own + 1) % range } else { own % range }
        };
        let texts = [word(of(1, 2000)), word(of(2, 20_000)), of(3, 25_000).to_string(), word(of(4, 500)), format!("{:05}", of(5, 9_000))];
        builders.iter_mut().zip(texts).for_each(|(builder, text)| builder.add(world.record(place), &text));
    }
    builders.into_iter().map(|builder| builder.finish(world.records as usize)).collect()
}

/// A pronounceable word for a number: neighbours differ in a letter or two.
fn word(mut number: u64) -> String {
    const SYLLABLES: [&str; 16] = ["ma", "ri", "an", "lo", "ter", "sen", "bel", "ko", "ru", "wil", "ha", "ne", "sto", "fi", "gu", "dra"];
    let mut word = String::from("jo");
    for _ in 0..4 {
        word.push_str(SYLLABLES[(number % 16) as usize]);
        number /= 16;
    }
    word
}

fn test(column: usize, measure: Measure) -> Condition {
    Condition::Test(Test { measure, columns: vec![column] })
}

fn near(column: usize, bound: f64) -> Condition {
    test(column, Measure::AtLeast(Similarity::JaroWinkler, bound))
}

fn model() -> Decision {
    let same = |column| test(column, Measure::Same);
    let comparisons = vec![
        vec![same(0), near(0, 0.92), near(0, 0.8)],
        vec![same(1), near(1, 0.92), near(1, 0.8)],
        vec![same(2), test(2, Measure::AtLeast(Similarity::Date, 0.9))],
        vec![same(3)],
        vec![same(4)],
    ];
    let named = |(place, conditions): (usize, &Vec<Condition>)| {
        let levels = conditions.len() + 1;
        let texts: Vec<String> = (1..levels).map(|level| format!("level {level}")).chain(["else".to_owned()]).collect();
        let m: Vec<f64> = (0..levels).map(|level| if level == 0 { 0.7 } else { 0.3 / (levels - 1) as f64 }).collect();
        let u: Vec<f64> = (0..levels).map(|level| if level + 1 == levels { 0.97 } else { 0.03 / (levels - 1) as f64 }).collect();
        Comparison::new(format!("column {place}"), &texts, &m, &u)
    };
    let weights = comparisons.iter().enumerate().map(named).collect();
    let model = Model::new("person", 0.001, vec!["block".to_owned()], weights, None).expect("it is a model");
    let frequencies = vec![None; COLUMNS];
    Decision::Weighed(Weighed { model: Arc::new(model), comparisons, frequencies, accept: threshold(0.95), review: None })
}

fn fuzzy() -> Decision {
    let conditions = [near(0, 0.9), near(1, 0.9), test(2, Measure::Same), test(3, Measure::Same), test(4, Measure::Same)];
    Decision::Conditions(conditions.into_iter().map(|condition| (String::new(), condition)).collect())
}

criterion_group!(benches, bench);
criterion_main!(benches);
