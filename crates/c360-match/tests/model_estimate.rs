//! Estimates: what pairs were drawn from is found again, likelihoods never fall, the same pairs give the same numbers, and what cannot be estimated
//! is said.

#[path = "model/draw.rs"]
mod draw;

use c360_match::model::{
    Block, Candidates, Comparison, Counts, Deterministic, Estimate, Evidence, Labelled, Model, Pattern, Rates, Warning, estimate,
    estimate_labelled, from_labels, joint, probability,
};
use draw::{Drawn, Lcg, World, persons};
use proptest::prelude::*;

const PAIRS: usize = 1_000_000;
/// As many of these match.
const MATCHES: usize = 2_000;

struct Sample {
    levels: Vec<usize>,
    random: Counts,
    blocks: Vec<Block>,
    drawn: Drawn,
}

/// Pairs of a world, blocked by family name, date of birth and postcode, and other pairs at random.
fn sample(world: &World, pairs: usize) -> Sample {
    let drawn = world.draw(pairs, 1);
    Sample { levels: world.levels(), random: world.draw(pairs / 4, 2).all(), blocks: drawn.blocks(&[1, 2, 3]), drawn }
}

impl Sample {
    fn evidence(&self) -> Evidence<'_> {
        Evidence { levels: &self.levels, own: &[], random: &self.random, blocks: &self.blocks, deterministic: None, candidates: None }
    }

    fn candidates(&self) -> Drawn {
        self.drawn.filter(|pattern| [1, 2, 3].iter().any(|&comparison| pattern.level(comparison) == 1))
    }
}

fn model(estimate: &Estimate) -> Model {
    let conditions = |levels: usize| -> Vec<String> {
        (1..=levels).map(|level| if level == levels { "else".into() } else { "same(x)".into() }).collect()
    };
    let rates = estimate.rates.m.iter().zip(&estimate.rates.u).enumerate();
    let comparisons = rates.map(|(index, (m, u))| Comparison::new(format!("c{index}"), &conditions(m.len()), m, u)).collect();
    Model::new("person", estimate.prior, Vec::new(), comparisons, None).expect("an estimate makes a model")
}

/// The largest difference of log2 of what was found and what is true: how many bits a weight is wrong.
fn bits_off(found: &[Vec<f64>], truth: &[Vec<f64>]) -> f64 {
    found.iter().flatten().zip(truth.iter().flatten()).map(|(found, truth)| (found / truth).log2().abs()).fold(0.0, f64::max)
}

/// Mean of -log2 of the probability that a model gives to what is true, over candidates; and the expected number of matches.
fn judged(model: &Model, candidates: &Drawn) -> (f64, f64) {
    let scorer = model.scorer();
    let chance = |pattern| probability(scorer.score(pattern)).clamp(1e-12, 1.0 - 1e-12);
    let of_matches: f64 = candidates.matches.iter().map(|(pattern, count)| -chance(pattern).log2() * count as f64).sum();
    let of_others: f64 = candidates.others.iter().map(|(pattern, count)| -(1.0 - chance(pattern)).log2() * count as f64).sum();
    let matches = candidates.all().iter().map(|(pattern, count)| chance(pattern) * count as f64).sum();
    ((of_matches + of_others) / candidates.all().total() as f64, matches)
}

/// The persons of `draw`, of whom so many pairs more are families: they share name and postcode, and are strangers otherwise.
fn families(pairs: usize, of_families: usize) -> Sample {
    let persons = persons();
    let mut families = World { prior: persons.prior, missing: persons.missing, rates: persons.rates.clone() };
    for shared in [1, 3] {
        families.rates.u[shared].clone_from(&persons.rates.m[shared]);
    }
    let mut drawn = persons.draw(pairs, 1);
    let others = families.draw(of_families, 7).others;
    drawn.others = drawn.others.iter().chain(others.iter()).collect();
    Sample { levels: persons.levels(), random: persons.draw(pairs / 4, 2).all(), blocks: drawn.blocks(&[0, 1, 2, 3]), drawn }
}

/// The estimate with the candidates of all rules.
fn among_candidates(sample: &Sample, own: &[usize]) -> Estimate {
    let counts = sample.drawn.filter(|pattern| (0..4).any(|comparison| pattern.level(comparison) == 1)).all();
    let all_pairs = u128::from(sample.drawn.all().total());
    let candidates = Some(Candidates { counts: &counts, each: 1.0, all_pairs });
    estimate(&Evidence { own, candidates, ..sample.evidence() }).expect("there are pairs")
}

#[test]
fn families_are_found_and_told_apart() {
    let found = among_candidates(&families(PAIRS, MATCHES), &[0, 2]);
    let (family, others) = found.groups.split_first().expect("families are a group");
    assert_eq!(family.shared, [1, 3], "name and postcode");
    assert!(others.iter().all(|group| group.prior < 0.02 * family.prior), "{others:?}");
    let off = |found: f64, truth: f64| (found / truth).log2().abs();
    assert!(off(family.prior, 0.002) < 0.4 && off(found.prior, 0.002) < 0.3, "{} {}", family.prior, found.prior);
    let sums = model(&found);
    let groups = sums.clone().with_groups(found.groups.clone()).expect("an estimate makes a model");
    // Name and postcode alone: as likely a family as a match.
    let pattern = Pattern::of(&[0, 1, 0, 1, 0]);
    assert!(probability(sums.score(pattern)) > 0.95 && (0.3..0.7).contains(&probability(groups.score(pattern))));
    let all = Pattern::of(&[1, 1, 1, 1, 1]);
    assert!(probability(groups.score(all)) > 0.999, "what tells members apart still counts");
}

#[test]
fn families_that_outnumber_matches_do_not_pass_for_them() {
    let sample = families(PAIRS, 10 * MATCHES);
    let (found, truth) = (among_candidates(&sample, &[0, 2]), persons().rates);
    let off = bits_off(&found.rates.m, &truth.m);
    assert!(off < 0.7, "m: {off} bits, {:?}", found.rates.m);
    assert!((found.prior / 0.002).log2().abs() < 0.3, "{}", found.prior);
    // Without groups most of what is found are families, and given names seem to differ among matches.
    let without = among_candidates(&sample, &[0, 1, 2, 3]);
    assert!(without.rates.m[0][2] > 3.0 * found.rates.m[0][2], "{:?}", without.rates.m);
}

#[test]
fn equal_values_of_a_comparison_alone_are_taken_for_matches() {
    let random: Counts = [(1, 30), (2, 20), (3, 950)].into_iter().map(|(level, count)| (Pattern::of(&[level]), count)).collect();
    let blocks = [Block { fixed: vec![0], counts: random.clone() }];
    let evidence = Evidence { levels: &[3], own: &[], random: &random, blocks: &blocks, deterministic: None, candidates: None };
    let found = estimate(&evidence).expect("there are pairs");
    assert_eq!(found.warnings, [Warning::Alone]);
    let model = model(&found);
    let chance = |level| probability(model.score(Pattern::of(&[level])));
    assert!(chance(1) > 0.95 && (0.2..0.8).contains(&chance(2)) && chance(3) < 0.05, "{found:?}");
}

#[test]
fn what_tells_nothing_tells_no_group_apart() {
    let mut world = persons();
    for _ in 0..2 {
        world.rates.m.push(vec![0.3, 0.7]);
        world.rates.u.push(vec![0.3, 0.7]);
    }
    // A group that shares all five values could be told from a match by these two only: it would be as likely.
    let found = among_candidates(&sample(&world, PAIRS), &[]);
    assert_eq!(found.groups, []);
    assert!((found.prior / world.prior).log2().abs() < 0.3, "{}", found.prior);
}

#[test]
fn nothing_is_shared_where_there_are_no_families() {
    let persons = persons();
    assert_eq!(among_candidates(&sample(&persons, PAIRS), &[]).groups, []);
    let found = among_candidates(&families(PAIRS, MATCHES), &[1, 3]);
    assert!(found.groups.iter().all(|group| !group.shared.contains(&1) && !group.shared.contains(&3)), "{:?}", found.groups);
}

#[test]
fn what_pairs_were_drawn_from_is_found_again() {
    let world = persons();
    let sample = sample(&world, PAIRS);
    let found = estimate(&sample.evidence()).expect("there are pairs");
    let (m, u) = (bits_off(&found.rates.m, &world.rates.m), bits_off(&found.rates.u, &world.rates.u));
    // m is that of the matches that disagree least (see docs/models.md): on data that are drawn from a model it is off by that much.
    assert!(m < 0.7, "m: {m} bits, {:?}", found.rates.m);
    assert!(u < 0.2, "u: {u} bits, {:?}", found.rates.u);
    assert!((found.prior / world.prior).log2().abs() < 0.15, "prior: {}", found.prior);
    assert!(found.converged() && found.warnings.is_empty(), "{:?}", found.warnings);
}

#[test]
fn blocks_are_better_calibrated_than_one_run_over_all() {
    let sample = sample(&persons(), PAIRS);
    let candidates = sample.candidates();
    let by_block = judged(&model(&estimate(&sample.evidence()).expect("there are pairs")), &candidates);
    let jointly = judged(&model(&joint(&sample.levels, &sample.random, &candidates.all()).expect("there are pairs")), &candidates);
    let truth = Estimate { prior: persons().prior, rates: persons().rates, groups: Vec::new(), runs: Vec::new(), warnings: Vec::new() };
    let best = judged(&model(&truth), &candidates);
    let matches = candidates.matches.total() as f64;
    println!("{matches} matches; truth {best:?}, blocks {by_block:?}, joint {jointly:?}");
    assert!(by_block.0 < best.0 * 1.02 && (by_block.1 / matches - 1.0).abs() < 0.05, "{by_block:?}, at best {best:?}, {matches} matches");
    assert!(by_block.0 < jointly.0, "{by_block:?} against {jointly:?}");
}

#[test]
fn rules_give_the_prior() {
    let sample = sample(&persons(), PAIRS / 5);
    let rules =
        |found, recall, all_pairs| Evidence { deterministic: Some(Deterministic { found, recall, all_pairs }), ..sample.evidence() };
    let found = estimate(&rules(300, 0.75, 200_000)).expect("there are pairs");
    assert_eq!(found.prior, 300.0 / 0.75 / 200_000.0);
    let nothing = estimate(&rules(0, 0.75, 200_000)).expect("there are pairs");
    assert_eq!(nothing.prior, estimate(&sample.evidence()).expect("there are pairs").prior, "rules that find nothing say nothing");
    let message = |evidence: &Evidence<'_>| estimate(evidence).expect_err("it is wrong").to_string();
    for recall in [0.0, -1.0, 1.1, f64::NAN] {
        let expected = "is not above 0 and at most 1; give the share of all matches that the rules find, such as 0.7";
        assert_eq!(message(&rules(1, recall, 10)), format!("deterministic.recall: {recall} {expected}"));
    }
    let expected = "deterministic.found: more pairs were found than there are; give the number of all pairs of records";
    assert_eq!(message(&rules(11, 1.0, 10)), expected);
}

#[test]
fn matches_among_few_random_pairs_are_taken_out() {
    // Few records: one in fifty random pairs matches, and most pairs that agree in the date of birth do.
    let world = World { prior: 0.02, ..persons() };
    let sample = sample(&world, PAIRS / 4);
    let found = estimate(&sample.evidence()).expect("there are pairs");
    let raw = from_labels(&sample.levels, &sample.random, &sample.random).expect("there are pairs").u;
    assert!(bits_off(&raw, &world.rates.u) > 4.0, "{:?}", raw[2]);
    assert!(bits_off(&found.rates.u, &world.rates.u) < 0.5, "{:?}", found.rates.u);
    assert!((found.prior / world.prior).log2().abs() < 0.2, "{}", found.prior);
}

#[test]
fn the_same_pairs_give_the_same_numbers() {
    let sample = sample(&persons(), PAIRS / 20);
    let again: Vec<Block> =
        sample.blocks.iter().map(|block| Block { fixed: block.fixed.clone(), counts: reversed(&block.counts) }).collect();
    let first = estimate(&sample.evidence()).expect("there are pairs");
    let second = estimate(&Evidence { random: &reversed(&sample.random), blocks: &again, ..sample.evidence() }).expect("there are pairs");
    assert_eq!(first, second);
    assert_eq!(model(&first).write(), model(&second).write());
}

/// The same, said in another order.
fn reversed(counts: &Counts) -> Counts {
    let pairs: Vec<(Pattern, u64)> = counts.iter().collect();
    pairs.into_iter().rev().collect()
}

#[test]
fn labels_give_shares() {
    let counts = |levels: &[(usize, u64)]| -> Counts { levels.iter().map(|&(level, count)| (Pattern::of(&[level]), count)).collect() };
    let rates = from_labels(&[2], &counts(&[(1, 7), (0, 90)]), &counts(&[(1, 1), (2, 8)])).expect("there are pairs");
    assert_eq!(rates, Rates { m: vec![vec![7.5 / 8.0, 0.5 / 8.0]], u: vec![vec![0.15, 0.85]] });
    let nothing = from_labels(&[2], &Counts::default(), &counts(&[(1, 1)])).expect_err("there are no matches");
    assert_eq!(nothing.to_string(), "matches: there are no pairs; label some, or estimate without labels");
    let world = persons();
    let drawn = world.draw(PAIRS, 3);
    let found = from_labels(&world.levels(), &drawn.matches, &drawn.others).expect("there are pairs");
    assert!(bits_off(&found.m, &world.rates.m) < 0.3 && bits_off(&found.u, &world.rates.u) < 0.1, "{found:?}");
}

#[test]
fn a_few_labels_and_random_pairs_give_a_model() {
    // One in fifty random pairs matches; of the matches, some two thousand have labels.
    let world = World { prior: 0.02, ..persons() };
    let (drawn, random) = (world.draw(100_000, 4), world.draw(PAIRS / 4, 5).all());
    let levels = world.levels();
    let told = Labelled { levels: &levels, own: &[], matches: &drawn.matches, random: &random, prior: Some(0.02), candidates: None };
    let found = estimate_labelled(&told).expect("there are pairs");
    assert!(bits_off(&found.rates.m, &world.rates.m) < 0.5 && bits_off(&found.rates.u, &world.rates.u) < 0.5, "{found:?}");
    assert_eq!((found.prior, found.iterations(), found.converged()), (0.02, 0, true));
    // Where labels do not tell the prior, candidates do: here, all pairs are.
    let all = drawn.all();
    let candidates = Candidates { counts: &all, each: 1.0, all_pairs: 100_000 };
    let found = estimate_labelled(&Labelled { prior: None, candidates: Some(candidates), ..told.clone() }).expect("there are pairs");
    assert!((found.prior / 0.02).log2().abs() < 0.1, "{}", found.prior);
    let unknown = estimate_labelled(&Labelled { prior: None, ..told }).expect("there are pairs");
    assert!(unknown.warnings.contains(&Warning::PriorUnknown));
}

#[test]
fn a_comparison_that_no_label_shows_is_told() {
    let world = persons();
    let (levels, drawn) = (world.levels(), world.draw(PAIRS / 10, 6));
    let matches: Counts = drawn.matches.iter().map(|(pattern, count)| (pattern.with(1, 0), count)).collect();
    let labelled = Labelled { levels: &levels, own: &[], matches: &matches, random: &drawn.others, prior: Some(0.002), candidates: None };
    let found = estimate_labelled(&labelled).expect("there are pairs");
    assert_eq!(found.warnings, [Warning::Unlabelled { comparison: 1 }]);
    assert!(found.rates.m[1].windows(2).all(|pair| pair[0] > pair[1]), "{:?}", found.rates.m[1]);
    assert!(estimate_labelled(&Labelled { matches: &Counts::default(), ..labelled }).is_err());
}

#[test]
fn what_cannot_be_estimated_is_said() {
    let sample = sample(&persons(), 20_000);
    let message = |evidence: Evidence<'_>| estimate(&evidence).expect_err("it is wrong").to_string();
    let nothing = Counts::default();
    assert_eq!(
        message(Evidence { random: &nothing, ..sample.evidence() }),
        "random: there are no random pairs; give pairs of at least two records"
    );
    let no_block = "blocks: no block has a pair; block by something that records share";
    assert_eq!(message(Evidence { blocks: &[], ..sample.evidence() }), no_block);
    assert_eq!(message(Evidence { blocks: &[Block { fixed: vec![0], counts: nothing.clone() }], ..sample.evidence() }), no_block);
    assert_eq!(message(Evidence { levels: &[], ..sample.evidence() }), "levels: there are 0 comparisons; give 1 to 16");
    assert_eq!(
        message(Evidence { levels: &[2, 1], ..sample.evidence() }),
        "levels[1]: there are 1 levels; give 2 to 15, the last of which is `else`"
    );
    let odd = [Block { fixed: vec![7], counts: sample.random.clone() }];
    assert_eq!(message(Evidence { blocks: &odd, ..sample.evidence() }), "blocks[0].fixed: there is no comparison 7; name one of 0 to 4");
}

#[test]
fn what_is_doubtful_is_a_warning() {
    let sample = sample(&persons(), PAIRS / 10);
    let of =
        |blocks: &[Block], random: &Counts| estimate(&Evidence { blocks, random, ..sample.evidence() }).expect("there are pairs").warnings;
    let one = &sample.blocks[..1];
    assert!(of(one, &sample.random).contains(&Warning::NotLearnt { comparison: 1 }));
    let random: Counts = sample.random.iter().map(|(pattern, count)| (pattern.with(4, 2), count)).collect();
    let warnings = of(one, &random);
    assert!(warnings.contains(&Warning::NeverSeen { comparison: 4, level: 1 }), "{warnings:?}");
    // Equal first names are common and speak less for a match than similar ones.
    let swapped = |counts: &Counts| -> Counts {
        counts.iter().map(|(pattern, count)| (pattern.with(0, [0, 2, 1, 3][pattern.level(0)]), count)).collect()
    };
    let blocks: Vec<Block> =
        sample.blocks.iter().map(|block| Block { fixed: block.fixed.clone(), counts: swapped(&block.counts) }).collect();
    assert!(of(&blocks, &swapped(&sample.random)).contains(&Warning::NotDescending { comparison: 0, level: 1 }));
    // Telephones of matches differ, nearly all of them.
    let apart = |block: &Block| {
        let counts = block.counts.iter().map(|(pattern, count)| (pattern.with(4, sample.levels[4]), count)).collect();
        Block { fixed: block.fixed.clone(), counts }
    };
    let blocks: Vec<Block> = sample.blocks.iter().map(apart).collect();
    assert!(of(&blocks, &sample.random).contains(&Warning::MostlyElse { comparison: 4 }));
    assert!(!of(&sample.blocks, &sample.random).iter().any(|warning| matches!(warning, Warning::MostlyElse { .. })));
}

#[test]
fn values_that_are_all_missing_or_all_the_same() {
    for level in [0, 1, 2] {
        let counts: Counts = [(Pattern::of(&[level, level]), 1000)].into_iter().collect();
        let blocks = [Block { fixed: vec![0], counts: counts.clone() }, Block { fixed: Vec::new(), counts: counts.clone() }];
        let evidence = Evidence { levels: &[2, 2], own: &[], random: &counts, blocks: &blocks, deterministic: None, candidates: None };
        let found = estimate(&evidence).expect("there are pairs");
        assert!(!found.warnings.is_empty());
        model(&found);
        model(&joint(&[2, 2], &counts, &counts).expect("there are pairs"));
    }
}

/// Some comparisons of 2 to 4 levels, and pairs of any kind.
fn pairs() -> impl Strategy<Value = (Vec<usize>, Counts, Counts)> {
    let levels = prop::collection::vec(2..=4_usize, 2..=5);
    levels.prop_flat_map(|levels| {
        let pattern = levels.iter().map(|&count| 0..=count).collect::<Vec<_>>().prop_map(|levels| Pattern::of(&levels));
        let counts = || prop::collection::vec((pattern.clone(), 1..500_u64), 1..30).prop_map(|counts| counts.into_iter().collect());
        (Just(levels.clone()), counts(), counts())
    })
}

/// The comparisons in another order.
fn permuted(counts: &Counts, order: &[usize]) -> Counts {
    counts.iter().map(|(pattern, count)| (Pattern::of(&order.iter().map(|&at| pattern.level(at)).collect::<Vec<_>>()), count)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn likelihoods_never_fall((levels, random, counts) in pairs()) {
        let blocks = [Block { fixed: vec![0], counts: counts.clone() }, Block { fixed: vec![1], counts: counts.clone() }];
        let by_block = estimate(&Evidence { levels: &levels, own: &[], random: &random, blocks: &blocks, deterministic: None, candidates: None }).expect("there are pairs");
        let jointly = joint(&levels, &random, &counts).expect("there are pairs");
        for run in by_block.runs.iter().chain(&jointly.runs) {
            for step in run.likelihood.windows(2) {
                prop_assert!(step[1] >= step[0] - 1e-9 * step[0].abs(), "{step:?}");
            }
            prop_assert!(run.matches >= 0.0 && run.matches <= run.pairs as f64 * (1.0 + 1e-9));
        }
        for table in [&by_block.rates.m, &by_block.rates.u, &jointly.rates.m, &jointly.rates.u] {
            for levels in table {
                prop_assert!((levels.iter().sum::<f64>() - 1.0).abs() < 1e-5, "{levels:?}");
            }
        }
        model(&by_block);
        model(&jointly);
    }
}

#[test]
fn the_order_of_comparisons_changes_nothing() {
    let sample = sample(&persons(), PAIRS / 10);
    let plain = estimate(&sample.evidence()).expect("there are pairs");
    let mut lcg = Lcg(7);
    for _ in 0..5 {
        let mut order: Vec<usize> = (0..5).collect();
        order.sort_by_key(|_| (lcg.next() * 1e9) as u64);
        let place = |fixed: &usize| order.iter().position(|at| at == fixed).expect("each is there");
        let block = |block: &Block| Block { fixed: block.fixed.iter().map(place).collect(), counts: permuted(&block.counts, &order) };
        let blocks: Vec<Block> = sample.blocks.iter().map(block).collect();
        let levels: Vec<usize> = order.iter().map(|&at| sample.levels[at]).collect();
        let random = permuted(&sample.random, &order);
        let found =
            estimate(&Evidence { levels: &levels, own: &[], random: &random, blocks: &blocks, deterministic: None, candidates: None })
                .expect("there are pairs");
        let there = |table: &[Vec<f64>]| order.iter().map(|&at| table[at].clone()).collect::<Vec<_>>();
        assert!(bits_off(&found.rates.m, &there(&plain.rates.m)) < 1e-6 && bits_off(&found.rates.u, &there(&plain.rates.u)) < 1e-6);
        assert!((found.prior / plain.prior - 1.0).abs() < 1e-6);
    }
}
