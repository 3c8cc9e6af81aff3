//! Which value of an object's records survives: candidates are compared two by two, in the words of the language's documentation.

use super::model::{Entity, Model, Strategy};
use super::records::Record;
use super::values::Value;
use std::cmp::{Ordering, Reverse};

/// A surviving value and the record (its rank) that it comes from.
pub(crate) type Survivor = (Value, usize);

/// One record's value.
type Candidate = (Value, usize);

/// What survives of the values of one attribute or reference: one at most, or all distinct ones in order where it is `many`.
pub(crate) struct Survivors<'a> {
    pub(crate) model: &'a Model,
    pub(crate) entity: &'a Entity,
    pub(crate) records: &'a [Record<'a>],
}

impl Survivors<'_> {
    pub(crate) fn of(&self, candidates: &[Candidate], own: Option<&Strategy>, many: bool) -> Vec<Survivor> {
        let strategy = match own {
            Some(own) => own,
            None if many => &Strategy::All,
            None => &self.entity.default,
        };
        let tried = match strategy {
            Strategy::FirstOf(strategies) => strategies.as_slice(),
            single => std::slice::from_ref(single),
        };
        let mut survivors = tried.iter().map(|strategy| self.by(strategy, candidates)).find(|found| !found.is_empty()).unwrap_or_default();
        if !many {
            survivors.truncate(1);
        }
        survivors
    }

    /// All distinct values, best first, each with its best record.
    fn by(&self, strategy: &Strategy, candidates: &[Candidate]) -> Vec<Survivor> {
        let strategy = match strategy {
            Strategy::All => first(&self.entity.default),
            other => other,
        };
        let counts = |candidate: &&Candidate| match strategy {
            Strategy::Only(source) => self.records[candidate.1].name.source == *source,
            _ => true,
        };
        let mut left: Vec<&Candidate> = candidates.iter().filter(counts).collect();
        left.sort_by(|a, b| self.better(strategy, a, b));
        let mut survivors: Vec<(Survivor, usize)> = Vec::new();
        for (value, record) in left {
            match survivors.iter_mut().find(|((known, _), _)| known == value) {
                Some((_, count)) => *count += 1,
                None => survivors.push(((value.clone(), *record), 1)),
            }
        }
        if *strategy == Strategy::MostFrequent {
            // Stable: of equally frequent values the one with the better record stays first.
            survivors.sort_by_key(|(_, count)| Reverse(*count));
        }
        survivors.into_iter().map(|(survivor, _)| survivor).collect()
    }

    /// `Less` where `a` wins. Every order ends in the default precedence, the latest update, the record's key.
    fn better(&self, strategy: &Strategy, a: &Candidate, b: &Candidate) -> Ordering {
        let [left, right] = [a, b].map(|candidate| &self.records[candidate.1]);
        let default = self.place(&self.entity.precedence, left).cmp(&self.place(&self.entity.precedence, right));
        let latest = right.updated.cmp(&left.updated);
        let own = match strategy {
            Strategy::Precedence(sources) => self.place(sources, left).cmp(&self.place(sources, right)),
            Strategy::Latest => latest,
            Strategy::Earliest => oldest(left).cmp(&oldest(right)),
            Strategy::Longest => b.0.length().cmp(&a.0.length()),
            Strategy::Shortest => a.0.length().cmp(&b.0.length()),
            Strategy::Min => a.0.cmp(&b.0),
            Strategy::Max => b.0.cmp(&a.0),
            Strategy::Only(_) | Strategy::MostFrequent | Strategy::All | Strategy::FirstOf(_) => Ordering::Equal,
        };
        // A precedence of its own names one source for each place: behind it the default one decides nothing.
        own.then(default).then(latest).then_with(|| left.name.key.cmp(&right.name.key)).then_with(|| a.0.cmp(&b.0))
    }

    /// The place of a record's source: in the list, or behind it in the order of declaration.
    fn place(&self, precedence: &[&'static str], record: &Record<'_>) -> usize {
        let describing = self.model.describing(self.entity.name);
        let others = describing.iter().filter(|source| !precedence.contains(source));
        precedence.iter().chain(others).position(|source| *source == record.name.source).expect("only describing sources have records")
    }
}

/// Records without a time come last.
fn oldest(record: &Record<'_>) -> (bool, Option<i64>) {
    (record.updated.is_none(), record.updated)
}

fn first(strategy: &Strategy) -> &Strategy {
    match strategy {
        Strategy::FirstOf(strategies) => strategies.first().expect("`first of` names a strategy"),
        single => single,
    }
}
