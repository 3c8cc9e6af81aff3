//! What a rule that compares pairs holds for and against one pair: its conditions one by one, or its score as a waterfall.

use super::loaded::Loaded;
use super::records::label;
use c360_match::model::{Bar as ModelBar, probability};
use c360_match::pairs::{Condition, Decision, Truth, Weighed, pattern};
use c360_match::similarity::Scratch;

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// All of these must hold.
    Conditions(Vec<Held>),
    /// The score must reach a threshold.
    Weighed(Waterfall),
}

/// One of the conditions of a fuzzy rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its text.
    pub condition: String,
    /// Whether it holds; unknown where a value is missing.
    pub truth: Truth,
    /// What it compared.
    pub values: Vec<Sides>,
}

/// The values of both records in one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// The term: `name.last`.
    pub term: String,
    /// Of the first record; none where it is missing.
    pub first: Vec<String>,
    /// Of the second.
    pub second: Vec<String>,
}

/// How a model comes to its score. Weights are thousandths of a bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waterfall {
    /// The prior, then each comparison, followed by its adjustment where there is one.
    pub bars: Vec<Bar>,
    /// The sum.
    pub score: i32,
    /// The score from which a pair is joined.
    pub accept: i32,
    /// The score from which a pair is shown to a person.
    pub review: Option<i32>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub what: Part,
    /// What was compared.
    pub values: Vec<Sides>,
    /// What it adds.
    pub weight: i32,
    /// The sum so far.
    pub total: i32,
}

/// What a bar stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "fields are those of `c360_match::model::Bar`")]
pub enum Part {
    /// What is known before anything is compared.
    Prior,
    /// A comparison at one of its levels.
    Level { comparison: String, level: usize, when: String },
    /// A comparison for which a value is missing.
    Missing { comparison: String },
    /// How frequent the value is on which both agree.
    Frequency { comparison: String, term: String },
    /// What the members of a group share without being the same: the names of these comparisons.
    Group { shared: Vec<String> },
}

impl Waterfall {
    /// How likely it is that the two are the same.
    #[must_use]
    pub fn probability(&self) -> f64 {
        probability(self.score)
    }
}

impl Verdict {
    /// Whether the rule joins such a pair, given that it is compared at all.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            Verdict::Conditions(conditions) => conditions.iter().all(|held| held.truth == Truth::Yes),
            Verdict::Weighed(waterfall) => waterfall.score >= waterfall.accept,
        }
    }

    /// How much of what the rule demands is met, from 0 to 1: the share of conditions that hold, or how far the score has come from the prior to
    /// what is accepted.
    #[must_use]
    pub fn met(&self) -> f64 {
        match self {
            Verdict::Conditions(conditions) => {
                let held = conditions.iter().filter(|held| held.truth == Truth::Yes).count();
                held as f64 / conditions.len().max(1) as f64
            }
            Verdict::Weighed(waterfall) if self.passes() || waterfall.bars.is_empty() => f64::from(u8::from(self.passes())),
            Verdict::Weighed(Waterfall { bars, score, accept, .. }) => {
                let [prior, score, accept] = [bars[0].weight, *score, *accept].map(f64::from);
                if accept > prior { ((score - prior) / (accept - prior)).clamp(0.0, 1.0) } else { 0.0 }
            }
        }
    }

    /// The score, where there is one.
    #[must_use]
    pub fn score(&self) -> Option<i32> {
        match self {
            Verdict::Conditions(_) => None,
            Verdict::Weighed(waterfall) => Some(waterfall.score),
        }
    }
}

/// What the rule says of two of the records that it was loaded for.
pub(super) fn verdict(rule: &Loaded<'_>, a: u32, b: u32) -> Verdict {
    match &rule.plan.decision {
        Decision::Conditions(conditions) => {
            let scratch = &mut Scratch::new();
            let held = |(text, condition): &(String, Condition)| Held {
                condition: text.clone(),
                truth: condition.holds(&rule.columns, a, b, scratch),
                values: compared(rule, std::slice::from_ref(condition), a, b),
            };
            Verdict::Conditions(conditions.iter().map(held).collect())
        }
        Decision::Weighed(weighed) => Verdict::Weighed(waterfall(rule, weighed, a, b)),
    }
}

fn waterfall(rule: &Loaded<'_>, weighed: &Weighed, a: u32, b: u32) -> Waterfall {
    let (pattern, adjustments) = pattern(weighed, &rule.columns, a, b);
    let mut at = 0;
    let mut bars = Vec::new();
    for step in weighed.model.waterfall(pattern, &adjustments) {
        let place: usize = at;
        let (what, values) = match step.bar {
            ModelBar::Prior => (Part::Prior, Vec::new()),
            ModelBar::Level { comparison, level, when } => {
                at += 1;
                let what = Part::Level { comparison: comparison.to_owned(), level, when: when.to_owned() };
                (what, compared(rule, &weighed.comparisons[place], a, b))
            }
            ModelBar::Missing { comparison } => {
                at += 1;
                (Part::Missing { comparison: comparison.to_owned() }, compared(rule, &weighed.comparisons[place], a, b))
            }
            ModelBar::Frequency { comparison, term } => {
                let values = agreed(rule, weighed.frequencies[place - 1], term, a, b);
                (Part::Frequency { comparison: comparison.to_owned(), term: term.to_owned() }, values)
            }
            ModelBar::Group { shared } => (Part::Group { shared: shared.into_iter().map(str::to_owned).collect() }, Vec::new()),
        };
        bars.push(Bar { what, values, weight: step.weight, total: step.total });
    }
    let score = bars.last().map_or(0, |bar| bar.total);
    Waterfall { bars, score, accept: weighed.accept, review: weighed.review }
}

/// The values that conditions read, each term once.
fn compared(rule: &Loaded<'_>, conditions: &[Condition], a: u32, b: u32) -> Vec<Sides> {
    let mut columns = Vec::new();
    conditions.iter().for_each(|condition| condition.columns(&mut columns));
    let mut terms = Vec::new();
    for column in columns {
        let term = rule.declared.columns[column].term;
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    let [first, second] = [a, b].map(|place| rule.order[place as usize]);
    let sides = |term| Sides {
        term: label(rule.records.entity, term),
        first: rule.records.values(first, term),
        second: rule.records.values(second, term),
    };
    terms.into_iter().map(sides).collect()
}

/// The value on which both agree, in the form whose frequency the model has.
fn agreed(rule: &Loaded<'_>, column: Option<usize>, term: &str, a: u32, b: u32) -> Vec<Sides> {
    let Some(values) = column.map(|column| &rule.columns[column]) else { return Vec::new() };
    let theirs = values.of(b);
    let both: Vec<String> = values.of(a).iter().filter(|id| theirs.contains(id)).map(|id| values.text(*id).to_owned()).collect();
    vec![Sides { term: term.to_owned(), first: both.clone(), second: both }]
}
