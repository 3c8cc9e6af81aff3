//! The steps of a run, in their order. Each is one or several logical plans over tables that [`crate::tables::TableName`] names; the runner puts
//! the tables in, runs them and hands their rows to what the step says. It has no tricks of its own: what is not in the plan does not happen.

mod cluster;
mod text;

use c360_model::Span;
use c360_model::model::{EntityId, PublishFormat, Published, ReferenceId, SourceId};
pub use cluster::{Cluster, Guard, PairRule, Ranked, Rule, pair_column};
use datafusion::logical_expr::LogicalPlan;

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
    /// Values are structs `{value, raw, reason}`. Rows in the order of file and row. `_content` is a hash of all that the row says; `_known` is null.
    pub plan: LogicalPlan,
    /// The same for a source of which the state holds rows: `_known` is the position there of those that say what they said before, and no values are made of
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
}
