//! The steps of a run, in their order. Each is one or several logical plans over tables that [`crate::tables::TableName`] names; the runner puts
//! the tables in, runs them and hands their rows to what the step says. It has no tricks of its own: what is not in the plan does not happen.

use crate::tables::TableName;
use c360_model::Span;
use c360_model::model::{Decision, EntityId, PublishFormat, Published, ReferenceId, SourceId};
use datafusion::logical_expr::LogicalPlan;
use std::fmt::Write;

/// What a run does.
#[derive(Debug, Clone)]
pub struct Plan {
    /// In the order in which they run.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "a plan has a few dozen steps and never moves them about")]
pub enum Step {
    /// Raw rows of a source into records, rejects and duplicates.
    Stage(Stage),
    /// References of records into the objects that they lead to.
    Resolve(Resolve),
    /// Records into objects.
    Cluster(Cluster),
    /// Objects into golden records, and their references into links.
    Golden(Golden),
    /// Golden records into files for others; after the commit.
    Publish(Publish),
}

/// See [`Step::Stage`].
#[derive(Debug, Clone)]
pub struct Stage {
    /// Which source.
    pub source: SourceId,
    /// Over `changed.<source>`: `_file`, `_row`, `_reject`, `_raw`, `_key`, `_keyless` (the row as text where the key is missing), `_updated`,
    /// where declared `_delete`, then per entity that the source describes `<entity>.<attribute>`, `<entity>.<reference>`, `<entity>._is`.
    /// Values are structs `{value, raw, reason}`. Rows in the order of file and row. `_content` is a hash of all that the row says; `_known` is false.
    pub plan: LogicalPlan,
    /// The same for a source of which the state holds rows: `_known` tells those that say what they said before, and no values are made of
    /// them. The function `known` must be filled first, see [`crate::fill_known`].
    pub changes: LogicalPlan,
    /// `_key` of the rows that have one, in no order: what to look for in the state before the rows themselves are read.
    pub keys: LogicalPlan,
    /// The entities that the source describes.
    pub entities: Vec<EntityId>,
}

/// See [`Step::Resolve`].
#[derive(Debug, Clone)]
pub struct Resolve {
    /// Whose reference.
    pub entity: EntityId,
    /// Which.
    pub reference: ReferenceId,
    /// `record`, `target_source`, `target_key`: what each record names.
    pub named: LogicalPlan,
    /// `record`, `target` (an id), one row per record whose reference leads somewhere.
    pub targets: LogicalPlan,
    /// Rows of `reports.orphans`, with the record.
    pub orphans: LogicalPlan,
}

/// See [`Step::Cluster`].
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

/// See [`Step::Golden`].
#[derive(Debug, Clone)]
pub struct Golden {
    /// Of which entity.
    pub entity: EntityId,
    /// The rows of `golden.<entity>` in the order of their ids.
    pub plan: LogicalPlan,
    /// Per reference `id`, `target`, `record` over `golden.<entity>`, in the order of ids.
    pub links: Vec<(ReferenceId, LogicalPlan)>,
}

/// See [`Step::Publish`].
#[derive(Debug, Clone)]
pub struct Publish {
    /// The declaration.
    pub span: Span,
    /// What.
    pub what: Published,
    /// As which kind of file.
    pub format: PublishFormat,
    /// Where.
    pub place: String,
    /// The rows.
    pub plan: LogicalPlan,
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
}

impl Plan {
    /// The step that clusters an entity.
    ///
    /// # Panics
    /// If the plan is for a model without this entity.
    #[must_use]
    pub fn cluster(&self, entity: EntityId) -> &Cluster {
        let mut steps = self.steps.iter();
        let found = steps.find_map(|step| match step {
            Step::Cluster(cluster) if cluster.entity == entity => Some(cluster),
            _ => None,
        });
        found.expect("every entity has a step that clusters it")
    }

    /// How many steps it takes until all is there that rules read: the stages, and whatever references in rules need.
    #[must_use]
    pub fn until_records(&self) -> usize {
        let clusters = self.steps.iter().rposition(|step| matches!(step, Step::Cluster(_))).unwrap_or(0);
        let reads = |step: &Step| matches!(step, Step::Stage(_) | Step::Resolve(_));
        self.steps[..clusters].iter().rposition(reads).map_or(0, |last| last + 1)
    }

    /// The plan as text: steps, guards, tables and DataFusion's logical plans, the same for the same model on every machine.
    #[must_use]
    pub fn explain(&self, model: &c360_model::model::Model) -> String {
        let mut out = String::new();
        for (number, step) in self.steps.iter().enumerate() {
            let _ = writeln!(out, "{}. {}", number + 1, step.title(model));
            for guard in step.guards() {
                let _ = writeln!(out, "   {guard}");
            }
            for (name, plan) in step.plans(model) {
                let _ = writeln!(out, "   {name}");
                for line in plan.display_indent().to_string().lines() {
                    let _ = writeln!(out, "     {line}");
                }
            }
        }
        out
    }
}

impl Step {
    /// What the step does, in one line.
    #[must_use]
    pub fn title(&self, model: &c360_model::model::Model) -> String {
        match self {
            Step::Stage(stage) => {
                let entities: Vec<_> = stage.entities.iter().map(|e| model.entity(*e).name.as_str()).collect();
                format!("stage {}: records of {}", model.source(stage.source).name, entities.join(", "))
            }
            Step::Resolve(step) => {
                let entity = model.entity(step.entity);
                let reference = &entity.references[step.reference.0];
                format!("resolve {}.{} -> {}", entity.name, reference.name, model.entity(reference.target).name)
            }
            Step::Cluster(step) => format!("cluster {}", model.entity(step.entity).name),
            Step::Golden(step) => format!("golden {}", model.entity(step.entity).name),
            Step::Publish(step) => format!("publish to {}", step.place),
        }
    }

    /// What keeps records apart, as the pipeline says it or where it says nothing; people's decisions are not listed.
    #[must_use]
    pub fn guards(&self) -> Vec<String> {
        match self {
            Step::Cluster(step) => step.guard_names(),
            _ => Vec::new(),
        }
    }

    /// The logical plans of the step with what each makes.
    #[must_use]
    pub fn plans(&self, model: &c360_model::model::Model) -> Vec<(String, &LogicalPlan)> {
        match self {
            Step::Stage(step) => vec![("rows".into(), &step.plan)],
            Step::Resolve(step) => {
                let name = TableName::resolved(model.entity(step.entity), step.reference);
                vec![(name.to_string(), &step.targets), ("orphans".into(), &step.orphans)]
            }
            Step::Cluster(step) => cluster_plans(step),
            Step::Golden(step) => {
                let entity = model.entity(step.entity);
                let links = step.links.iter().map(|(r, plan)| (TableName::links(entity, *r).to_string(), plan));
                std::iter::once((TableName::golden(&entity.name).to_string(), &step.plan)).chain(links).collect()
            }
            Step::Publish(step) => vec![("rows".into(), &step.plan)],
        }
    }
}

impl Cluster {
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

fn cluster_plans(step: &Cluster) -> Vec<(String, &LogicalPlan)> {
    let mut plans = vec![("names".to_owned(), &step.names)];
    plans.extend(step.cross_references.iter().map(|plan| ("is".to_owned(), plan)));
    plans.extend(step.rules.iter().map(|rule| (rule.name.clone(), &rule.keys)));
    for rule in &step.pair_rules {
        plans.extend(rule.blocks.iter().map(|block| (block.name.clone(), &block.keys)));
        plans.push((format!("{}: values", rule.name), &rule.values));
    }
    plans.extend(step.guards.iter().map(|guard| (guard.name.clone(), &guard.values)));
    plans
}
