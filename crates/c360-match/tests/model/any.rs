//! Models as proptest draws them: right, and otherwise of any shape.

use std::collections::BTreeMap;

use c360_match::model::{Comparison, Frequencies, Group, Model, Trained};
use proptest::prelude::*;

/// Any model that is right.
pub(crate) fn model() -> impl Strategy<Value = Model> {
    let comparisons = prop::collection::vec((shares(), prop::option::of(frequencies())), 1..=16);
    let trained = prop::option::of((any::<u64>(), any::<u64>(), "[0-9a-f]{32}", "[a-z]{1,9}", any::<u32>(), any::<bool>()));
    let blocks = prop::collection::vec("[^\\s].{0,20}", 0..4);
    let groups = prop::collection::btree_map(any::<u16>(), -9.0..-0.01_f64, 0..4);
    let parts = ("[^\\s].{0,9}", -9.0..-0.01_f64, blocks, comparisons, groups, trained);
    parts.prop_map(|(entity, magnitude, blocks, comparisons, groups, trained)| {
        let groups = self::groups(comparisons.len(), &groups);
        let comparisons = comparisons.into_iter().enumerate();
        let comparisons = comparisons.map(|(index, (shares, frequencies))| comparison(index, &shares, frequencies)).collect();
        let trained = trained.map(|(records, pairs, data, labels, iterations, converged)| Trained {
            records,
            pairs,
            data,
            labels,
            iterations,
            converged,
        });
        let model = Model::new(entity, 10_f64.powf(magnitude), blocks, comparisons, trained);
        model.and_then(|model| model.with_groups(groups)).expect("the parts are right")
    })
}

/// Groups that share what the bits of a number say, as far as they can be groups of a model of so many comparisons.
fn groups(comparisons: usize, drawn: &BTreeMap<u16, f64>) -> Vec<Group> {
    let all = u16::MAX >> (16 - comparisons);
    let of: BTreeMap<u16, f64> = drawn.iter().map(|(bits, magnitude)| (bits & all, *magnitude)).collect();
    let some = of.into_iter().filter(|(bits, _)| ![0, all].contains(bits));
    let shared = |bits: u16| (0..comparisons).filter(|place| bits >> place & 1 == 1).collect();
    some.map(|(bits, magnitude)| Group { shared: shared(bits), prior: 10_f64.powf(magnitude) }).collect()
}

fn comparison(index: usize, shares: &[(f64, f64)], frequencies: Option<Frequencies>) -> Comparison {
    let (m, u): (Vec<f64>, Vec<f64>) = shares.iter().copied().unzip();
    let condition = |level: usize| if level + 1 == m.len() { "else".into() } else { format!("jaro(\"ä\\\", x) >= 0.{level}") };
    let conditions: Vec<String> = (0..m.len()).map(condition).collect();
    Comparison { frequencies, ..Comparison::new(format!("c{index}"), &conditions, &m, &u) }
}

/// m and u of 2 to 15 levels, each of which sum up to 1; from frequent to very rare.
fn shares() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((-6.0..0.0_f64, -6.0..0.0_f64), 2..=15).prop_map(|magnitudes| {
        let powers: Vec<(f64, f64)> = magnitudes.iter().map(|(m, u)| (10_f64.powf(*m), 10_f64.powf(*u))).collect();
        let (of_m, of_u) = powers.iter().fold((0.0, 0.0), |sum, (m, u)| (sum.0 + m, sum.1 + u));
        powers.iter().map(|(m, u)| (m / of_m, u / of_u)).collect()
    })
}

fn frequencies() -> impl Strategy<Value = Frequencies> {
    let frequency = || (-7.0..0.0_f64).prop_map(|magnitude| 10_f64.powf(magnitude));
    let plain = prop::collection::btree_map(".{0,12}", frequency(), 1..4).prop_map(|values| (false, values));
    let hashed = prop::collection::btree_map("[0-9a-f]{16}", frequency(), 1..4).prop_map(|values| (true, values));
    let values = prop_oneof![plain, hashed];
    ("[^\\s].{0,9}", 0.0..=1.0_f64, values).prop_map(|(term, share, (hashed, values)): (String, f64, (bool, BTreeMap<String, f64>))| {
        Frequencies { term, share, hashed, values }
    })
}
