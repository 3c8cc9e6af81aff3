//! Arguments of `train`.

use super::values::{assignment, bytes};
use clap::Args;
use std::path::PathBuf;

/// Which model to make.
#[derive(Debug, Args)]
pub(crate) struct Train {
    /// The entity.
    pub(crate) entity: String,

    /// The pipeline's file, or the folder that it is in.
    #[arg(short, long, default_value = ".", env = "C360_PIPELINE")]
    pub(crate) pipeline: PathBuf,

    /// Learn how matches agree from labels: a file as `evaluate` takes it, with true entities or pairs. Without it no labels are needed.
    #[arg(long, value_name = "FILE")]
    pub(crate) labels: Option<String>,

    /// With --labels: the column with the true entities; entity_id if not given.
    #[arg(long, value_name = "NAME", requires = "labels")]
    pub(crate) truth_column: Option<String>,

    /// Take the model from settings that Splink saved (JSON, versions 3 to 5) instead of estimating one.
    #[arg(long, value_name = "SPLINK_JSON", conflicts_with = "labels")]
    pub(crate) import: Option<PathBuf>,

    /// With --import: what a column of the settings stands for, where no attribute has its name: surname=name.last
    #[arg(long = "term", value_name = "COLUMN=EXPRESSION", requires = "import", value_parser = assignment)]
    pub(crate) terms: Vec<(String, String)>,

    /// The model's file, where the entity has several `model` rules.
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<String>,

    /// Memory to work in, such as 2GB; no limit if not given.
    #[arg(long, value_parser = bytes, env = "C360_MEMORY")]
    pub(crate) memory: Option<usize>,

    /// Write nothing; show the model.
    #[arg(long)]
    pub(crate) dry_run: bool,
}
