//! Figures against labels: cases that were computed by hand, and laws over random clusters with a count of all pairs beside them.

use c360_match::cluster::KeyGroups;
use c360_match::evaluate::{Division, LabelledPair, LabelledPairs, Pairs, Thresholds, by_rule, divided, pairs, score};
use proptest::prelude::*;

/// `a b a` → 0 1 0
fn labels(text: &str) -> Vec<u32> {
    text.split(' ').map(|label| u32::from(label.as_bytes()[0] - b'a')).collect()
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-12, "{a} is not {b}");
}

#[test]
fn by_hand() {
    // True: {0 1 2} {3 4} {5}, found: {0 1} {2 3 4} {5}. Pairs 4 and 4, both 01 and 34.
    let score = score(&labels("a a a b b c"), &labels("x x y y y z"));
    assert_eq!(score.pairs, Pairs { truth: 4, found: 4, right: 2 });
    near(score.pairs.shares().f1(), 0.5);
    let bcubed = score.bcubed.expect("every record has an entity");
    // Records by (entity, cluster): 0, 1 in cells of 2; 2 alone in a cell; 3, 4 in a cell of 2; 5 alone.
    near(bcubed.precision, (1.0 + 1.0 + 1.0 / 3.0 + 2.0 / 3.0 + 2.0 / 3.0 + 1.0) / 6.0);
    near(bcubed.recall, (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0 + 1.0 + 1.0) / 6.0);
    assert_eq!(score.truth.into_iter().collect::<Vec<_>>(), [(1, 1), (2, 1), (3, 1)]);
    assert_eq!(score.found.into_iter().collect::<Vec<_>>(), [(1, 1), (2, 1), (3, 1)]);
}

#[test]
fn nothing_found_is_precise_and_nothing_to_find_is_found() {
    let alone = score(&labels("a a"), &labels("x y")).pairs.shares();
    assert_eq!((alone.precision, alone.recall, alone.f1()), (1.0, 0.0, 0.0));
    let apart = score(&labels("a b"), &labels("x x")).pairs.shares();
    assert_eq!((apart.precision, apart.recall, apart.f1()), (0.0, 1.0, 0.0));
    let empty = score(&[], &[]);
    assert_eq!((empty.bcubed, empty.pairs.shares().f1()), (None, 1.0));
}

#[test]
fn the_worst_come_first_with_their_parts() {
    let (truth, found) = (labels("a a a a b b c d"), labels("k l k k l l n n"));
    let torn = divided(&truth, &found, None, 5);
    assert_eq!((torn.groups, &torn.worst), (1, &vec![Division { group: 0, pairs: 3, parts: vec![(10, vec![0, 2, 3]), (11, vec![1])] }]));
    let merged = divided(&found, &truth, None, 1);
    assert_eq!((merged.groups, &merged.worst), (2, &vec![Division { group: 11, pairs: 2, parts: vec![(1, vec![4, 5]), (0, vec![1])] }]));
    assert_eq!(divided(&truth, &truth, None, 5).groups, 0);
}

#[test]
fn labelled_pairs_count_only_themselves() {
    let pair = |left, right, same| LabelledPair { left, right, same };
    let labelled = LabelledPairs::new(5, vec![pair(0, 1, true), pair(1, 2, true), pair(0, 2, false), pair(3, 4, false)]);
    assert_eq!((labelled.entity(), labelled.contradicted()), (&[0, 0, 0, 3, 4][..], 1));
    let found = labels("a a b c c");
    let score = labelled.score(&found);
    assert_eq!((score.pairs, score.bcubed), (Pairs { truth: 2, found: 2, right: 1 }, None));
    assert_eq!((labelled.missed(&found), labelled.wrong(&found)), (vec![1, 0, 0, 0, 0], vec![0, 0, 1]));
}

#[test]
fn each_pair_counts_for_the_strongest_rule() {
    // Rule one joins 0 1 and 3 4; rule two 1 2 and, in vain, 2 3: the clusters are {0 1 2} {3 4}. Record 2 has no label, one label no record.
    let groups = |all: &[&[u32]]| {
        let keys = all.iter().zip(0..).flat_map(|(group, key)| group.iter().map(move |record| (key, *record)));
        KeyGroups::from_pairs(keys.collect(), None).0
    };
    let rules = [groups(&[&[0, 1], &[3, 4]]), groups(&[&[1, 2, 3]])];
    let labelled = [Some(0), Some(1), Some(3), Some(4), None];
    let truth = labels("a a b c a");
    let brought = by_rule(&[0, 0, 0, 1, 1], &labelled, &rules, |parts| pairs(&truth, parts));
    assert_eq!(brought, [Pairs { truth: 0, found: 2, right: 1 }, Pairs::default()]);
}

/// Every pair of records looked at.
fn naive(truth: &[u32], found: &[u32]) -> Pairs {
    let mut pairs = Pairs::default();
    for a in 0..truth.len() {
        for b in a + 1..truth.len() {
            let (same, together) = (truth[a] == truth[b], found[a] == found[b]);
            pairs.truth += u64::from(same);
            pairs.found += u64::from(together);
            pairs.right += u64::from(same && together);
        }
    }
    pairs
}

fn naive_bcubed(truth: &[u32], found: &[u32]) -> (f64, f64) {
    let (mut precision, mut recall) = (0.0, 0.0);
    for a in 0..truth.len() {
        let count = |keep: &dyn Fn(usize) -> bool| (0..truth.len()).filter(|b| keep(*b)).count() as f64;
        let both = count(&|b| truth[a] == truth[b] && found[a] == found[b]);
        precision += both / count(&|b| found[a] == found[b]);
        recall += both / count(&|b| truth[a] == truth[b]);
    }
    (precision / truth.len() as f64, recall / truth.len() as f64)
}

fn clusters() -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
    prop::collection::vec((0u32..6, 0u32..6), 1..30).prop_map(|records| records.into_iter().unzip())
}

proptest! {
    #[test]
    fn equals_a_count_of_all_pairs((truth, found) in clusters()) {
        let score = score(&truth, &found);
        prop_assert_eq!(score.pairs, naive(&truth, &found));
        let (precision, recall) = naive_bcubed(&truth, &found);
        let bcubed = score.bcubed.expect("there are records");
        prop_assert!((bcubed.precision - precision).abs() < 1e-9 && (bcubed.recall - recall).abs() < 1e-9);
    }

    #[test]
    fn turned_round_precision_is_recall((truth, found) in clusters()) {
        let (there, back) = (score(&truth, &found), score(&found, &truth));
        prop_assert_eq!(there.pairs, Pairs { truth: back.pairs.found, found: back.pairs.truth, right: back.pairs.right });
        prop_assert_eq!((there.truth, there.found), (back.found, back.truth));
    }

    #[test]
    fn perfect_clusters_are_perfect_and_one_for_all_misses_nothing((truth, _) in clusters()) {
        let perfect = score(&truth, &truth);
        prop_assert_eq!((perfect.pairs.shares().f1(), perfect.bcubed.map(|b| b.f1())), (1.0, Some(1.0)));
        let one = score(&truth, &vec![0; truth.len()]);
        prop_assert_eq!(one.pairs.shares().recall, 1.0);
        prop_assert!((one.bcubed.expect("there are records").recall - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_torn_and_what_is_merged_are_all_that_is_wrong((truth, found) in clusters()) {
        let counts = pairs(&truth, &found);
        let sum = |of: &[u32], by: &[u32]| divided(of, by, None, usize::MAX).worst.iter().map(|division| division.pairs).sum::<u64>();
        prop_assert_eq!(sum(&truth, &found), counts.truth - counts.right);
        prop_assert_eq!(sum(&found, &truth), counts.found - counts.right);
    }

    #[test]
    fn all_pairs_as_labels_score_as_the_entities_do((truth, found) in clusters()) {
        let all = (0..truth.len()).flat_map(|a| (a + 1..truth.len()).map(move |b| (a, b)));
        let pair = |(a, b): (usize, usize)| LabelledPair { left: a as u32, right: b as u32, same: truth[a] == truth[b] };
        let labelled = LabelledPairs::new(truth.len(), all.map(pair).collect());
        prop_assert_eq!(labelled.pairs(&found), naive(&truth, &found));
        prop_assert_eq!(labelled.contradicted(), 0);
    }

    #[test]
    fn rules_bring_all_that_their_components_hold(keys in prop::collection::vec((0u128..6, 0u32..20), 0..40), truth in prop::collection::vec(0u32..6, 20)) {
        let (first, second) = keys.split_at(keys.len() / 2);
        let rules = [first, second].map(|keys| KeyGroups::from_pairs(keys.to_vec(), None).0);
        let cluster = c360_match::cluster::components(20, &rules);
        let all: Vec<_> = (0..20).map(Some).collect();
        let brought = by_rule(&cluster, &all, &rules, |parts| pairs(&truth, parts));
        let counts = pairs(&truth, &cluster);
        prop_assert_eq!(brought.iter().map(|pairs| pairs.found).sum::<u64>(), counts.found);
        prop_assert_eq!(brought.iter().map(|pairs| pairs.right).sum::<u64>(), counts.right);
    }
}

proptest! {
    #[test]
    fn thresholds_count_what_reaches_them(weights in prop::collection::vec((-12_000i32..40_000, any::<bool>()), 0..60), cut in 0usize..60) {
        let mut found = Thresholds::default();
        let mut other = Thresholds::default();
        for (at, (weight, same)) in weights.iter().enumerate() {
            if at < cut { found.add(*weight, *same) } else { other.add(*weight, *same) }
        }
        found.merge(&other);
        let points = found.points(77);
        prop_assert_eq!(points.is_empty(), weights.is_empty());
        prop_assert!(points.windows(2).all(|pair| pair[1].threshold == pair[0].threshold + 500));
        for point in &points {
            // What lies beyond the ends counts as at the ends.
            let reached = |weight: i32| weight.clamp(-10_000, 33_000) >= point.threshold;
            let all = weights.iter().filter(|(weight, _)| reached(*weight)).count() as u64;
            let right = weights.iter().filter(|(weight, same)| reached(*weight) && *same).count() as u64;
            prop_assert_eq!(point.pairs, Pairs { truth: 77, found: all, right });
        }
        if let Some(first) = points.first() {
            prop_assert_eq!(first.pairs.found, weights.len() as u64);
        }
    }
}
