//! Scores: fixed point, thresholds at their edges, waterfalls that end at the score, term frequencies.

#[path = "model/any.rs"]
mod any;

use c360_match::model::{Bar, Comparison, Frequencies, Group, Level, Model, Pattern, probability, threshold};
use proptest::prelude::*;

fn person() -> Model {
    Model::read(include_str!("model/person.json")).expect("the example is right")
}

#[test]
fn patterns_are_packed() {
    let pattern = Pattern::of(&[1, 0, 15, 2]);
    assert_eq!(pattern, Pattern(0x2f01));
    assert_eq!([0, 1, 2, 3, 4, 15, 16, 99].map(|at| pattern.level(at)), [1, 0, 15, 2, 0, 0, 0, 0]);
    assert_eq!(pattern.with(2, 3), Pattern(0x2301));
    assert_eq!(pattern.with(15, 9), Pattern(0x9000_0000_0000_2f01));
    assert_eq!(pattern.with(16, 1), pattern);
    assert_eq!(pattern.with(0, 17), pattern);
}

#[test]
fn a_score_is_the_sum_of_the_weights() {
    let model = person();
    assert_eq!(model.prior_weight(), -13_025);
    let score = |levels: &[usize]| model.score(Pattern::of(levels));
    assert_eq!(score(&[1, 1]), -13_025 + 7_793 + 14_458);
    assert_eq!(score(&[2, 2]), -13_025 + 5_907 - 3_322);
    assert_eq!(score(&[0, 0]), -13_025, "what is missing is neutral");
    assert_eq!(score(&[9, 0, 3]), -13_025, "levels and comparisons that the model does not have are neutral");
    assert!(model.fits(Pattern::of(&[3, 2])) && model.fits(Pattern::default()));
    assert!(!model.fits(Pattern::of(&[4, 2])) && !model.fits(Pattern::of(&[1, 1, 1])));
}

#[test]
fn probabilities_and_thresholds() {
    assert_eq!(probability(0), 0.5);
    assert_eq!(probability(1000), 2.0 / 3.0);
    assert_eq!([i32::MIN, i32::MAX].map(probability), [0.0, 1.0]);
    assert_eq!(threshold(0.5), 0);
    assert_eq!(threshold(0.95), 4248);
    assert_eq!(threshold(0.05), -4247);
    assert_eq!([0.0, -1.0, f64::NEG_INFINITY].map(threshold), [i32::MIN; 3]);
    assert_eq!([1.0, 2.0, f64::INFINITY, f64::NAN].map(threshold), [i32::MAX; 4]);
    for edge in [f64::MIN_POSITIVE, 5e-324, 1e-300, 1e-9, 1.0 - 1e-9, 1.0 - f64::EPSILON / 2.0] {
        let score = threshold(edge);
        assert!(probability(score) >= edge && probability(score - 1) < edge, "{edge}: {score}");
    }
}

#[test]
fn a_waterfall_has_a_bar_for_all_that_counts() {
    let model = person();
    let adjustments = model.adjustments(0).expect("first names have frequencies");
    let steps = model.waterfall(Pattern::of(&[1, 0]), &[adjustments.of("anna")]);
    let comparison = "name.first";
    assert_eq!(steps.iter().map(|step| step.weight).collect::<Vec<_>>(), [-13_025, 7_793, -1_937, 0]);
    assert_eq!(steps[0].bar, Bar::Prior);
    assert_eq!(steps[1].bar, Bar::Level { comparison, level: 1, when: "same(name.first)" });
    assert_eq!(steps[2].bar, Bar::Frequency { comparison, term: "name.first" });
    assert_eq!(steps[3].bar, Bar::Missing { comparison: "born" });
    assert_eq!(steps[3].total, -13_025 + 7_793 - 1_937);
    // Only agreement on the value itself is adjusted.
    assert_eq!(model.waterfall(Pattern::of(&[2, 1]), &[-1_937, 5]).len(), 3);
}

#[test]
fn what_a_group_shares_says_nothing_of_its_members() {
    let (first, born) = (vec![0], vec![1]);
    let sums = person();
    let group = |shared: &[usize], prior| Group { shared: shared.to_vec(), prior };
    let model = person().with_groups(vec![group(&first, 2.4e-4), group(&born, 1e-9)]).expect("right");
    // Half as many matches as members of families of one first name; what tells them apart is the date of birth.
    assert_eq!([0, 1, 2].map(|number| model.group_weight(number)), [-1000, 16_873, 0]);
    let weights = [model.weight_of(0, 1), model.weight_of(1, 2)];
    assert_eq!(model.score(Pattern::of(&[1, 2])), sums.prior_weight() + weights[0] + weights[1], "strangers explain it better");
    assert_eq!(model.score(Pattern::of(&[1, 0])), sums.prior_weight() + weights[0], "a name alone: strangers explain it better");
    let pattern = Pattern::of(&[1, 1]);
    assert_eq!(sums.score(pattern), -13_025 + 7_793 + 14_458);
    assert_eq!(model.score(pattern), sums.score(pattern), "nearly all families of one name have other dates");
    let model = person().with_groups(vec![group(&first, 0.4)]).expect("right");
    let taken = model.group_weight(0) - model.prior_weight() - weights[0];
    let steps = model.waterfall(pattern, &[]);
    assert_eq!(steps.last().map(|step| (&step.bar, step.weight)), Some((&Bar::Group { shared: vec!["name.first"] }, taken)));
    assert_eq!(model.score(pattern), model.group_weight(0) + 14_458);
    let more = model.waterfall(pattern, &[1_500]);
    assert_eq!(more.last().map(|step| step.total), Some(model.group_weight(0) + 14_458), "a rare name is shared as well");
}

#[test]
fn groups_that_are_none() {
    let wrong = |shared: &[usize], prior| {
        let refused = person().with_groups(vec![Group { shared: shared.to_vec(), prior }]);
        refused.expect_err("refused").place
    };
    for shared in [&[][..], &[0, 1], &[1, 0], &[2]] {
        assert_eq!(wrong(shared, 0.1), "groups[0].shared", "{shared:?}");
    }
    assert_eq!(wrong(&[0], 0.0), "groups[0].prior");
    let twice = vec![Group { shared: vec![0], prior: 0.1 }, Group { shared: vec![0], prior: 0.2 }];
    assert_eq!(person().with_groups(twice).expect_err("refused").place, "groups[1].shared");
}

#[test]
fn frequent_values_count_less() {
    let model = person();
    let adjustments = model.adjustments(0).expect("first names have frequencies");
    // log2(0.003212 / frequency): the frequency of u itself changes nothing, twice as frequent is one bit less.
    assert_eq!(adjustments.of("peter"), -1000);
    assert_eq!(adjustments.of("zoë \"z\""), 2683);
    assert_eq!(adjustments.of("nobody"), 2683, "as the rarest");
    assert_eq!(adjustments.rare(), 2683);
    assert_eq!(adjustments.iter().map(|(value, _)| value).collect::<Vec<_>>(), ["anna", "peter", "zoë \"z\""]);
    assert_eq!(model.adjustments(1), None);
    assert_eq!(model.adjustments(2), None);
}

#[test]
fn the_share_of_an_adjustment() {
    let half = |share| {
        let values = [("a".to_owned(), 0.4)].into();
        let frequencies = Some(Frequencies { term: "x".into(), share, hashed: false, values });
        let levels = vec![Level::new("same(x)", 0.9, 0.1), Level::new("else", 0.1, 0.9)];
        let comparisons = vec![Comparison { name: "x".into(), levels, frequencies }];
        let model = Model::new("e", 0.1, Vec::new(), comparisons, None).expect("right");
        model.adjustments(0).expect("it has frequencies").of("a")
    };
    assert_eq!([0.0, 0.25, 0.5, 1.0].map(half), [0, -500, -1000, -2000]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn prepared_scores_are_the_scores(model in any::model(), patterns in prop::collection::vec(any::<u64>(), 20)) {
        let scorer = model.scorer();
        for pattern in patterns.into_iter().map(Pattern) {
            prop_assert_eq!(scorer.score(pattern), model.score(pattern));
            let steps = model.waterfall(pattern, &[]);
            prop_assert_eq!(steps.last().map(|step| step.total), Some(model.score(pattern)));
        }
    }

    #[test]
    fn a_higher_weight_is_a_higher_score(model in any::model(), pattern in any::<u64>(), at in 0..16_usize, level in 0..16_usize) {
        let (before, after) = (Pattern(pattern), Pattern(pattern).with(at, level));
        let weights = model.weight_of(at, before.level(at)).cmp(&model.weight_of(at, level));
        let scores = model.score(before).cmp(&model.score(after));
        // What is shared by the group that explains a pair best may count for nothing.
        prop_assert!(scores == weights || scores.is_eq());
        let alone = model.with_groups(Vec::new()).expect("right");
        prop_assert_eq!(alone.score(before).cmp(&alone.score(after)), weights);
    }

    #[test]
    fn groups_only_take_away(model in any::model(), pattern in any::<u64>()) {
        let alone = model.clone().with_groups(Vec::new()).expect("right");
        prop_assert!(model.score(Pattern(pattern)) <= alone.score(Pattern(pattern)));
    }

    #[test]
    fn thresholds_are_the_smallest_scores_that_reach(at_least in 1e-12..1.0_f64, other in 1e-12..1.0_f64) {
        let score = threshold(at_least);
        prop_assert!(probability(score) >= at_least && probability(score - 1) < at_least);
        prop_assert!(at_least > other || score <= threshold(other));
    }

    #[test]
    fn probabilities_rise(score in -60_000..60_000_i32) {
        prop_assert!(probability(score) <= probability(score + 1));
    }
}
