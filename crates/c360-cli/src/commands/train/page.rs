//! A model as a page: the weight of each level, m and u, the prior.

use crate::output::{Page, Part, bars, signed};
use c360_match::model::{Comparison, Level, Model};

/// The page of a model; `said` are sentences on how it came to be, `doubts` what somebody should look at.
pub(super) fn of(model: &Model, said: &[String], doubts: &[String]) -> Page {
    let mut page = Page::new(&format!("The model of {}", model.entity()));
    said.iter().for_each(|sentence| page.text(sentence));
    page.text(&format!(
        "One of {:.0} random pairs matches: {:.2} bits to begin with. Two records are compared if they share {}.",
        1.0 / model.prior(),
        (model.prior() / (1.0 - model.prior())).log2(),
        model.blocks().join(" | ")
    ));
    if !doubts.is_empty() {
        page.heading("Look at this");
        doubts.iter().for_each(|doubt| page.text(doubt));
    }
    page.heading("Weights");
    page.text("What each level of agreement says, in bits: blue for a match, orange against one. 10 bits are a factor of 1024.");
    let all = || model.comparisons().iter().flat_map(|comparison| &comparison.levels).map(bits);
    let ends = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
    for comparison in model.comparisons() {
        page.subheading(&comparison.name);
        let rows: Vec<_> = comparison.levels.iter().map(weight).collect();
        page.chart(&signed(&format!("Weights of {}", comparison.name), ends, &rows));
    }
    page.heading("m and u");
    page.text("m, blue: the share of matches at each level. u, orange: the share of the pairs that do not match.");
    for comparison in model.comparisons() {
        page.subheading(&comparison.name);
        page.chart(&bars(&format!("m and u of {}", comparison.name), 1.0, &shares(comparison)));
    }
    frequencies(model, &mut page);
    page
}

fn weight(level: &Level) -> (String, f64, String) {
    (level.when.clone(), bits(level), format!("{:+.2} bits", bits(level)))
}

fn bits(level: &Level) -> f64 {
    f64::from(level.weight) / 1000.0
}

fn shares(comparison: &Comparison) -> Vec<(String, Vec<Part>, String)> {
    let of = |class, share: f64| vec![Part { class, size: share }];
    let rows = comparison.levels.iter().flat_map(|level| {
        let m = (level.when.clone(), of("a", level.m), format!("m {:.4}", level.m));
        [m, (String::new(), of("b", level.u), format!("u {:.6}", level.u))]
    });
    rows.collect()
}

/// Which comparisons count frequent values less.
fn frequencies(model: &Model, page: &mut Page) {
    let counted = model.comparisons().iter().filter_map(|comparison| Some((comparison, comparison.frequencies.as_ref()?)));
    let row = |(comparison, given): (&Comparison, &c360_match::model::Frequencies)| {
        let most = given.values.values().copied().fold(0.0, f64::max);
        vec![comparison.name.clone(), given.values.len().to_string(), format!("{most:.6}"), format!("{:.3}", given.share)]
    };
    let rows: Vec<_> = counted.map(row).collect();
    if rows.is_empty() {
        return;
    }
    page.heading("Frequent values");
    page.text(
        "Agreement on a frequent value says less. How many values have a frequency, the largest, and how much of the adjustment is made.",
    );
    page.table(&["comparison", "values", "largest", "share"], &rows);
}
