//! How long records take to become clusters and clusters to get ids, at 1 and 10 million records. Checks no results.

use c360_match::cluster::{Guard, Input, KeyGroups, resolve};
use c360_match::hierarchy::ancestors;
use c360_match::ids::{self, carry_over};
use criterion::{BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main, measurement::WallTime};

const MILLION: u32 = 1_000_000;

/// A number that looks random (the finalizer of SplitMix64).
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

fn key(number: u64) -> u128 {
    u128::from(mix(number)) << 64 | u128::from(mix(!number))
}

/// The entity that a record describes: 2.5 records each on average.
fn entity(record: u32, records: u32) -> u64 {
    mix(u64::from(record)) % (u64::from(records) * 2 / 5)
}

/// Pairs of a rule whose value `share` percent of the records have.
fn pairs(records: u32, rule: u64, share: u64) -> Vec<(u128, u32)> {
    let has_value = |record: &u32| mix(u64::from(*record) << 8 | rule) % 100 < share;
    (0..records).filter(has_value).map(|record| (key(entity(record, records) << 8 | rule), record)).collect()
}

fn groups(records: u32, rule: u64, share: u64) -> KeyGroups {
    KeyGroups::from_pairs(pairs(records, rule, share), None).0
}

fn edges(rules: &[KeyGroups]) -> usize {
    rules.iter().flat_map(|rule| rule.iter().map(|group| group.len() - 1)).sum()
}

fn time_resolve(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, records: u32, rules: &[KeyGroups], guards: &[Guard<'_>]) {
    let rank: Vec<u32> = (0..records).collect();
    let input = Input { records: records as usize, rank: &rank, rules, guards };
    let found = resolve(&input);
    eprintln!("{name}: {} star edges, {} clusters, {} refusals", edges(rules), found.clusters, found.refused.len());
    group.bench_function(name, |bencher| bencher.iter(|| resolve(&input)));
}

fn key_groups(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("key_groups");
    group.sample_size(10);
    for (name, records) in [("1.5 M pairs", 3 * MILLION / 2), ("10 M pairs", 10 * MILLION)] {
        let pairs = pairs(records, 1, 100);
        group.bench_function(name, |bencher| {
            bencher.iter_batched(|| pairs.clone(), |pairs| KeyGroups::from_pairs(pairs, Some(1000)), BatchSize::LargeInput);
        });
    }
}

fn unguarded(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("resolve");
    group.sample_size(10);
    for (name, records) in [("1 M records, 3 rules", MILLION), ("10 M records, 3 rules", 10 * MILLION)] {
        let rules = [groups(records, 1, 90), groups(records, 2, 70), groups(records, 3, 60)];
        time_resolve(&mut group, name, records, &rules, &[]);
    }
    let records = 10 * MILLION;
    let random_edges = (0..10_400_000u64).flat_map(|edge| [edge * 2, edge * 2 + 1].map(|end| (key(edge), (mix(end) % 10_000_000) as u32)));
    let rules = [KeyGroups::from_pairs(random_edges.collect(), None).0];
    time_resolve(&mut group, "10 M records, random edges", records, &rules, &[]);
}

fn guarded(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("guarded");
    group.sample_size(10);
    for (name, records) in [("1 M records", MILLION), ("10 M records", 10 * MILLION)] {
        let rules = [groups(records, 1, 90), groups(records, 2, 70), groups(records, 3, 60)];
        // A third of the records has a tax id, wrong in 3 %; a sixth is of a source that has each customer once.
        let tax_id = |record: u32| match mix(u64::from(record) << 8 | 9) % 100 {
            0 => mix(u64::from(record)) | 1,
            1..33 => entity(record, records) + 1,
            _ => 0,
        };
        let values: Vec<u64> = (0..records).map(tax_id).collect();
        let holders: Vec<bool> = (0..records).map(|record| mix(u64::from(record) << 8 | 10).is_multiple_of(6)).collect();
        let guards = [Guard::Differ { values: &values }, Guard::SameSource { holders: &holders }];
        time_resolve(&mut group, name, records, &rules, &guards);
    }
}

/// One value that a million records share: what all pairs would never finish.
fn hubs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hub of 1 M records");
    group.sample_size(10);
    let rules = [KeyGroups::from_pairs((0..MILLION).map(|record| (1, record)).collect(), None).0];
    let sparse = |salt: u64, of: u64, values: u64| -> Vec<u64> {
        let draw = |record: u32| mix(u64::from(record) << 8 | salt);
        (0..MILLION).map(|record| if draw(record).is_multiple_of(of) { draw(record) / of % values + 1 } else { 0 }).collect()
    };
    let distinct: Vec<u64> = (1..=u64::from(MILLION)).collect();
    time_resolve(&mut group, "all differ", MILLION, &rules, &[Guard::Differ { values: &distinct }]);
    let (half, third) = (sparse(1, 2, 100_000), sparse(2, 3, 100_000));
    time_resolve(&mut group, "two guards", MILLION, &rules, &[Guard::Differ { values: &half }, Guard::Differ { values: &third }]);
    let sources: Vec<Vec<bool>> = (0..6).map(|source| (0..MILLION).map(|record| record % 6 == source).collect()).collect();
    let guards: Vec<Guard<'_>> = sources.iter().map(|holders| Guard::SameSource { holders }).collect();
    time_resolve(&mut group, "six sources", MILLION, &rules, &guards);
}

fn stable_ids(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("carry_over");
    group.sample_size(10);
    for (size, records) in [("1 M records", MILLION), ("10 M records", 10 * MILLION)] {
        let rank: Vec<u32> = (0..records).collect();
        let rules = [groups(records, 1, 90), groups(records, 2, 70)];
        let found = resolve(&Input { records: records as usize, rank: &rank, rules: &rules, guards: &[] });
        let first = ids::Input {
            clusters: found.clusters,
            cluster: &found.cluster,
            old_id: &vec![0; records as usize],
            rank: &rank,
            live: &[],
            next: 1,
        };
        let given = carry_over(&first);
        group.bench_function(format!("{size}, first run"), |bencher| bencher.iter(|| carry_over(&first)));
        // One record in a hundred is new.
        let old_id = |(record, &cluster): (u64, &u32)| if mix(record).is_multiple_of(100) { 0 } else { given.ids[cluster as usize] };
        let old_id: Vec<u64> = (0..).zip(&found.cluster).map(old_id).collect();
        let mut live = given.ids.clone();
        live.sort_unstable();
        let next = ids::Input { old_id: &old_id, live: &live, next: given.next, ..first };
        group.bench_function(format!("{size}, next run"), |bencher| bencher.iter(|| carry_over(&next)));
    }
}

fn parents(criterion: &mut Criterion) {
    let ids: Vec<u64> = (1..=u64::from(MILLION)).collect();
    let parents: Vec<Option<u32>> = ids.iter().map(|&id| (mix(id) % 10 < 7).then(|| (mix(mix(id)) % u64::from(MILLION)) as u32)).collect();
    let strength = vec![1; ids.len()];
    criterion.bench_function("ancestors of 1 M objects", |bencher| bencher.iter(|| ancestors(&parents, &strength, &ids)));
}

criterion_group!(benches, key_groups, unguarded, guarded, hubs, stable_ids, parents);
criterion_main!(benches);
