//! Runs logical plans over tables. The plan says everything; an engine only decides where it runs.

mod local;
mod planner;

pub use local::LocalEngine;

use crate::error::Result;
use c360_plan::tables::TableName;
use datafusion::catalog::TableProvider;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::LogicalPlan;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The tables that plans may name, as they are at this point of the run.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    providers: BTreeMap<TableName, Arc<dyn TableProvider>>,
}

impl Tables {
    /// Makes a table known, in place of an older one of that name.
    pub fn insert(&mut self, name: TableName, table: Arc<dyn TableProvider>) {
        self.providers.insert(name, table);
    }

    /// The table of that name.
    #[must_use]
    pub fn get(&self, name: &TableName) -> Option<&Arc<dyn TableProvider>> {
        self.providers.get(name)
    }

    /// Forgets all tables but those whose name is kept.
    pub(crate) fn retain(&mut self, keep: impl Fn(&TableName) -> bool) {
        self.providers.retain(|name, _| keep(name));
    }

    /// All tables in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&TableName, &Arc<dyn TableProvider>)> {
        self.providers.iter()
    }
}

/// See the module.
#[async_trait::async_trait]
pub trait Engine: Send + Sync {
    /// The rows of `plan`, whose scans are filled from `tables`. Where the plan ends in a sort, they come in its order.
    async fn execute(&self, plan: &LogicalPlan, tables: &Tables) -> Result<SendableRecordBatchStream>;
}
