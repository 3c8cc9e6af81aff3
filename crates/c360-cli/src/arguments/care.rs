//! Arguments of the care of a state, and what a run may do at most.

use super::Target;
use super::values::{bytes, duration, percent};
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Keep DataFusion's memory under this limit, spilling to disk: 512M, 4G.
    #[arg(long, env = "C360_MEMORY", value_parser = bytes)]
    pub(crate) memory: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct Rollback {
    #[command(flatten)]
    pub(crate) target: Target,
    /// The commit to go back to, such as @41.
    pub(crate) commit: String,
}

#[derive(Debug, Args)]
pub(crate) struct Compact {
    #[command(flatten)]
    pub(crate) target: Target,
}

#[derive(Debug, Args)]
pub(crate) struct Vacuum {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Commits younger than this stay: 30d, 12h.
    #[arg(long, default_value = "30d", value_parser = duration)]
    pub(crate) retention: u64,
    /// Files younger than this stay, since a run in progress may be about to name them; longer than the longest run.
    #[arg(long, default_value = "1d", value_parser = duration)]
    pub(crate) grace: u64,
    /// At least so many commits stay.
    #[arg(long, default_value_t = 1)]
    pub(crate) keep: usize,
    /// Remove nothing; tell what would be removed.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) target: Target,
}

/// What a run may do at most; more ends with exit code 7 and without a commit.
#[derive(Debug, Args)]
pub(crate) struct Budget {
    /// So many of an entity's objects may be merged into others, such as 0.5%
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    max_merged: Option<f64>,
    /// So many parts may be split off.
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    max_split: Option<f64>,
    /// So many objects may be left without records.
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    max_retired: Option<f64>,
    /// So many objects may get other values.
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    max_changed: Option<f64>,
    /// No object may have more records.
    #[arg(long, value_name = "RECORDS")]
    max_cluster: Option<u64>,
    /// Let a source of mode snapshot have no content although it had records.
    #[arg(long)]
    allow_empty: bool,
}

impl Budget {
    /// The same as the runner knows it.
    pub(crate) fn limits(&self) -> c360_run::Budget {
        c360_run::Budget {
            merged: self.max_merged,
            split: self.max_split,
            retired: self.max_retired,
            changed: self.max_changed,
            cluster: self.max_cluster,
            empty: self.allow_empty,
        }
    }
}
