//! A comparison, prepared for many pairs: what the numbers of values tell comes first and looks at no text, and a similarity with several bounds is
//! computed once. Gives the same levels as [`level`](super::level::level).

use super::batch::Pair;
use super::condition::{Condition, Test, Truth};
use super::glance::Glances;
use super::level::Level;
use super::measure::{Distance, Measure, Similarity};
use super::values::{Meeting, Values};
use crate::similarity::Scratch;

/// The conditions of a comparison's levels, as steps.
#[derive(Debug)]
pub(super) struct Levels {
    steps: Vec<Step>,
    /// The level of `else`.
    otherwise: Level,
}

/// One or several conditions that are asked together.
#[derive(Debug)]
struct Step {
    /// The level of its first condition.
    first: Level,
    ask: Ask,
}

#[derive(Debug)]
enum Ask {
    /// The values are equal.
    Same(usize),
    /// One similarity of one column, with the bounds of levels in a row.
    Similar(usize, Similar),
    /// A number of edits, at most, of one column.
    Edits(usize, f64, Condition, Glances),
    /// Another measure of one column.
    Measure(usize, Measure, Condition),
    /// What is not so simple.
    Other(Condition),
}

/// A similarity, and the bounds of levels in a row.
#[derive(Debug)]
struct Similar {
    similarity: Similarity,
    bounds: Vec<f64>,
    /// Where a glance spares most of the work.
    glances: Option<Glances>,
}

/// What is known of a pair's level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// The level.
    Level(Level),
    /// All steps before this one do not hold; whether a value was missing.
    From(usize, bool),
}

impl Levels {
    pub(super) fn new(conditions: &[Condition], columns: &[Values]) -> Levels {
        let mut steps: Vec<Step> = Vec::new();
        for (first, condition) in (1..).zip(conditions) {
            match (steps.last_mut().map(|step| &mut step.ask), ask(condition, columns)) {
                (Some(Ask::Similar(column, before)), Ask::Similar(same, now)) if *column == same && before.similarity == now.similarity => {
                    before.bounds.extend(now.bounds);
                }
                (_, ask) => steps.push(Step { first, ask }),
            }
        }
        for step in &mut steps {
            if let Ask::Similar(column, Similar { similarity: Similarity::Jaro | Similarity::JaroWinkler, glances, .. }) = &mut step.ask {
                *glances = Some(Glances::of(columns[*column].texts()));
            }
        }
        Levels { steps, otherwise: Level::try_from(conditions.len() + 1).expect("comparisons have few levels") }
    }

    /// The first level of each step: what is still open from there on.
    pub(super) fn starts(&self) -> impl Iterator<Item = Level> {
        self.steps.iter().map(|step| step.first)
    }

    /// The level of a pair, or the step at which values must be looked at.
    #[inline]
    pub(super) fn at_once(&self, pair: Pair) -> Known {
        let mut missing = false;
        for (number, step) in self.steps.iter().enumerate() {
            let (Ask::Same(column) | Ask::Similar(column, ..) | Ask::Edits(column, ..) | Ask::Measure(column, ..)) = step.ask else {
                return Known::From(number, missing);
            };
            let [ours, theirs] = pair.cells[column];
            match ours.meet(theirs) {
                Meeting::Missing => missing = true,
                Meeting::Equal => {
                    if let Some(level) = step.of_equal() {
                        return Known::Level(level);
                    }
                }
                Meeting::Different if matches!(step.ask, Ask::Same(_)) => {}
                Meeting::Different | Meeting::Several => return Known::From(number, missing),
            }
        }
        Known::Level(self.none_holds(missing))
    }

    /// The level of a pair of which that is known.
    pub(super) fn rest(&self, known: Known, columns: &[Values], pair: Pair, scratch: &mut Scratch) -> Level {
        let (from, mut missing) = match known {
            Known::Level(level) => return level,
            Known::From(from, missing) => (from, missing),
        };
        for step in &self.steps[from..] {
            match step.holds(columns, pair, scratch) {
                (_, Some(level)) => return level,
                (is_missing, None) => missing |= is_missing,
            }
        }
        self.none_holds(missing)
    }

    /// The level of a pair.
    pub(super) fn of(&self, columns: &[Values], pair: Pair, scratch: &mut Scratch) -> Level {
        self.rest(self.at_once(pair), columns, pair, scratch)
    }

    fn none_holds(&self, missing: bool) -> Level {
        if missing { 0 } else { self.otherwise }
    }
}

impl Step {
    /// The level of two equal values, if a condition of the step holds for them.
    fn of_equal(&self) -> Option<Level> {
        match &self.ask {
            Ask::Same(_) => Some(self.first),
            Ask::Similar(_, similar) => self.reached(&similar.bounds, 1.0),
            Ask::Edits(_, bound, ..) => (*bound >= 0.0).then_some(self.first),
            Ask::Measure(_, measure, _) => measure.holds_for_equal().then_some(self.first),
            Ask::Other(_) => None,
        }
    }

    /// Whether a value was missing, and the level of the first condition that holds.
    fn holds(&self, columns: &[Values], Pair { a, b, cells }: Pair, scratch: &mut Scratch) -> (bool, Option<Level>) {
        match &self.ask {
            Ask::Same(column) => match cells[*column][0].meet(cells[*column][1]) {
                Meeting::Missing => (true, None),
                Meeting::Equal => (false, Some(self.first)),
                Meeting::Different => (false, None),
                Meeting::Several => (false, columns[*column].share(a, b).then_some(self.first)),
            },
            Ask::Similar(column, similar) => match similar.most(&columns[*column], [a, b], scratch) {
                Some(most) => (false, self.reached(&similar.bounds, most)),
                None => (true, None),
            },
            Ask::Edits(column, bound, _, glances) if is_too_far(glances, *bound, &columns[*column], [a, b]) => (false, None),
            Ask::Edits(_, _, condition, _) | Ask::Measure(_, _, condition) | Ask::Other(condition) => {
                let truth = condition.holds(columns, a, b, scratch);
                (truth == Truth::Unknown, (truth == Truth::Yes).then_some(self.first))
            }
        }
    }

    /// The level of the first bound that a similarity reaches.
    fn reached(&self, bounds: &[f64], similarity: f64) -> Option<Level> {
        (self.first..).zip(bounds).find(|(_, bound)| similarity >= **bound).map(|(level, _)| level)
    }
}

fn ask(condition: &Condition, values: &[Values]) -> Ask {
    let Condition::Test(Test { measure, columns }) = condition else { return Ask::Other(condition.clone()) };
    match (measure, columns.as_slice()) {
        (Measure::Same, [column]) => Ask::Same(*column),
        (Measure::AtLeast(similarity, bound), [column]) => {
            Ask::Similar(*column, Similar { similarity: *similarity, bounds: vec![*bound], glances: None })
        }
        (Measure::AtMost(Distance::Edits | Distance::DamerauEdits, bound), [column]) => {
            Ask::Edits(*column, *bound, condition.clone(), Glances::of(values[*column].texts()))
        }
        (Measure::Missing, _) => Ask::Other(condition.clone()),
        (measure, [column]) => Ask::Measure(*column, *measure, condition.clone()),
        _ => Ask::Other(condition.clone()),
    }
}

/// Whether two records with one value each, which are not the same, are seen to be more edits apart.
fn is_too_far(glances: &Glances, bound: f64, values: &Values, [a, b]: [u32; 2]) -> bool {
    match (values.of(a), values.of(b)) {
        ([ours], [theirs]) => ours != theirs && f64::from(glances.edits_at_least(*ours, *theirs)) > bound.max(0.0),
        _ => false,
    }
}

impl Similar {
    /// The largest similarity of any two values of two records, exact where it reaches one of the bounds; nothing where a record has no value.
    fn most(&self, values: &Values, [a, b]: [u32; 2], scratch: &mut Scratch) -> Option<f64> {
        let (ours, theirs) = (values.of(a), values.of(b));
        if ours.is_empty() || theirs.is_empty() {
            return None;
        }
        if values.share(a, b) {
            return Some(1.0);
        }
        let least = self.bounds.iter().copied().fold(f64::INFINITY, f64::min);
        let mut most = 0.0_f64;
        for our in ours {
            for their in theirs {
                let hopeless = self.glances.as_ref().is_some_and(|glances| glances.at_most(*our, *their) < least);
                if !hopeless {
                    most = most.max(self.similarity.of(values, *our, *their, least, scratch));
                }
            }
        }
        Some(most)
    }
}
