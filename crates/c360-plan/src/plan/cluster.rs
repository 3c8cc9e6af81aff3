//! The step that makes objects out of records: its rules, strongest first, and its guards.

use c360_model::model::{Decision, EntityId};
use datafusion::logical_expr::LogicalPlan;

/// See [`Step::Cluster`](super::Step::Cluster).
#[derive(Debug, Clone)]
pub struct Cluster {
    /// Of which entity.
    pub entity: EntityId,
    /// `record`, `source`, `key` of all records.
    pub names: LogicalPlan,
    /// Whether people decide about pairs: what they say is always one is strongest of all, what they say is never one is a guard.
    pub decided: bool,
    /// `record`, `other`: pairs joined by `is`; stronger than all other rules. `None` where no source says `is`. A run has all names in memory and finds the
    /// same pairs without a join, from `named`.
    pub cross_references: Option<LogicalPlan>,
    /// Exact rules, strongest first.
    pub rules: Vec<Rule>,
    /// Rules that compare pairs, strongest first.
    pub pair_rules: Vec<PairRule>,
    /// What must not differ.
    pub guards: Vec<Guard>,
    /// Sources that have each object once, and what their guard is called.
    pub same_source: Vec<(String, String)>,
    /// No object has more records.
    pub never_larger: Option<u32>,
    /// Rules that compare pairs merge two clusters only if so many of a thousand pairs between them are joined.
    pub never_looser: Option<u32>,
    /// `record`, `target_source`, `target_key`: what the records' `is` names. `None` where no source says `is`.
    pub named: Option<LogicalPlan>,
    /// `record`, `name`, `value`: the values by which references of other entities look objects of this one up.
    pub lookups: Vec<LogicalPlan>,
}

/// A rule that compares the pairs of records which share a block.
#[derive(Debug, Clone)]
pub struct PairRule {
    /// Its text.
    pub name: String,
    /// How many exact rules are stronger.
    pub after: usize,
    /// Two records are compared if they share a key of one of these.
    pub blocks: Vec<Rule>,
    /// `record` and the columns `c0`, `c1`, .. ([`pair_column`]): lists of the forms that conditions read.
    pub values: LogicalPlan,
    /// How many of these columns there are.
    pub columns: usize,
    /// What makes a compared pair the same object.
    pub decision: Decision,
}

/// A rule by its number among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranked {
    /// What people decided is always one.
    Always,
    /// What `is` says.
    CrossReference,
    /// Of [`Cluster::rules`].
    Exact(usize),
    /// Of [`Cluster::pair_rules`].
    Pairs(usize),
}

/// The name of a column that conditions on pairs read.
#[must_use]
pub fn pair_column(number: usize) -> String {
    format!("c{number}")
}

/// An exact rule, or a block: records that share a key.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its text.
    pub name: String,
    /// A key that more records share joins none.
    pub at_most: Option<u64>,
    /// `record`, `key` (16 bytes): the keys under which records are held equal.
    pub keys: LogicalPlan,
    /// `record`, `key`, `text`: the same with the key as people read it; to tell which value joined or was refused.
    pub texts: LogicalPlan,
}

/// A value that must not differ inside an object.
#[derive(Debug, Clone)]
pub struct Guard {
    /// Its text.
    pub name: String,
    /// `record`, `key`: at most one key per record.
    pub values: LogicalPlan,
}

impl Cluster {
    /// Everything that gives records keys, by slot: exact rules, then the blocks of the rules that compare pairs.
    pub fn keyed(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().chain(self.pair_rules.iter().flat_map(|rule| &rule.blocks))
    }

    /// Rules that compare pairs, each with the slot of its first block.
    pub fn pair_slots(&self) -> impl Iterator<Item = (usize, &PairRule)> {
        self.pair_rules.iter().scan(self.rules.len(), |next, rule| {
            let first = *next;
            *next += rule.blocks.len();
            Some((first, rule))
        })
    }

    /// All rules, strongest first.
    #[must_use]
    pub fn ranking(&self) -> Vec<Ranked> {
        let mut ranking: Vec<Ranked> = self.decided.then_some(Ranked::Always).into_iter().collect();
        ranking.extend(self.cross_references.iter().map(|_| Ranked::CrossReference));
        for place in 0..=self.rules.len() {
            let stronger = (0..self.pair_rules.len()).filter(|number| self.pair_rules[*number].after == place);
            ranking.extend(stronger.map(Ranked::Pairs));
            ranking.extend((place < self.rules.len()).then_some(Ranked::Exact(place)));
        }
        ranking
    }

    /// The names of all rules, strongest first.
    #[must_use]
    pub fn rule_names(&self) -> Vec<&str> {
        let name = |rule| match rule {
            Ranked::Always => "always",
            Ranked::CrossReference => "is",
            Ranked::Exact(number) => self.rules[number].name.as_str(),
            Ranked::Pairs(number) => self.pair_rules[number].name.as_str(),
        };
        self.ranking().into_iter().map(name).collect()
    }

    /// The guards as they are written, in the order in which they are named as the reason.
    #[must_use]
    pub fn guard_names(&self) -> Vec<String> {
        let differ = self.guards.iter().map(|guard| guard.name.clone());
        let same_source = self.same_source.iter().map(|(_, name)| name.clone());
        let larger = self.never_larger.map(|most| format!("never larger({most})"));
        let looser = self.never_looser.map(|least| format!("never looser({})", f64::from(least) / 1000.0));
        differ.chain(same_source).chain(larger).chain(looser).collect()
    }
}
