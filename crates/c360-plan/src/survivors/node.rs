//! The operator in logical plans.

use super::choice::Survivor;
use super::objects::Rules;
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::common::{DFSchema, DFSchemaRef, Result, internal_err};
use datafusion::logical_expr::{Expr, Extension, LogicalPlan, UserDefinedLogicalNodeCore};
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// Candidates, in any order, into golden records in the order of ids within each partition. The columns that go in are `id`, `record`, `source`,
/// `key`, `updated` and the values; those that come out are the ones of `golden.<entity>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Survivors {
    input: LogicalPlan,
    rules: Rules,
    schema: DFSchemaRef,
}

impl Survivors {
    pub(crate) fn plan(input: LogicalPlan, survivors: Vec<Survivor>, sources: Vec<String>, golden: Schema) -> Result<LogicalPlan> {
        let schema = Arc::new(DFSchema::try_from(golden)?);
        let node = Survivors { input, rules: Rules { survivors, sources }, schema };
        Ok(LogicalPlan::Extension(Extension { node: Arc::new(node) }))
    }

    pub(super) fn rules(&self) -> Rules {
        self.rules.clone()
    }

    pub(super) fn arrow_schema(&self) -> SchemaRef {
        Arc::clone(self.schema.inner())
    }
}

impl PartialOrd for Survivors {
    fn partial_cmp(&self, other: &Survivors) -> Option<Ordering> {
        (self == other).then_some(Ordering::Equal)
    }
}

impl UserDefinedLogicalNodeCore for Survivors {
    fn name(&self) -> &str {
        "Survivors"
    }

    fn inputs(&self) -> Vec<&LogicalPlan> {
        vec![&self.input]
    }

    fn schema(&self) -> &DFSchemaRef {
        &self.schema
    }

    fn expressions(&self) -> Vec<Expr> {
        Vec::new()
    }

    fn fmt_for_explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let survivors: Vec<String> = self.rules.survivors.iter().map(|survivor| survivor.describe(&self.rules.sources)).collect();
        write!(f, "Survivors: {}", survivors.join("; "))
    }

    fn with_exprs_and_inputs(&self, _: Vec<Expr>, mut inputs: Vec<LogicalPlan>) -> Result<Survivors> {
        let (Some(input), true) = (inputs.pop(), inputs.is_empty()) else { return internal_err!("survivors have one input") };
        Ok(Survivors { input, rules: self.rules.clone(), schema: Arc::clone(&self.schema) })
    }
}
