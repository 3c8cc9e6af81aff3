//! Arguments of the verbs that measure: clusters against labels, and what sources hold.

use super::values::{country, share};
use super::{At, Target};
use clap::Args;

/// What a file of labels looks like.
const LABELS: &str = "\
Labels are a table with a header (CSV, also packed; NDJSON, Parquet, Avro, Arrow):
  source, key, entity_id                       the true entity of each record; `record_id` serves for `key`
  source_l, key_l, source_r, key_r, match      pairs: 1 or true where both are the same, 0 or false where not

Rows without a label are left out. `key` is the record's key as `c360 query \"select source, key from members.ENTITY\"` shows it.
A labelled record that the commit does not have counts as a cluster of its own.";

#[derive(Debug, Args)]
#[command(after_help = LABELS)]
pub(crate) struct Evaluate {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) at: At,
    /// The entity.
    pub(crate) entity: String,
    /// The file with labels, a path on this machine or s3://bucket/file.
    pub(crate) labels: String,
    /// The column with the true entities; entity_id if not given.
    #[arg(long, value_name = "NAME")]
    pub(crate) truth_column: Option<String>,
    /// So many of the worst misses and false merges.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) worst: usize,
    /// Exit with 4 where F1 over pairs is lower.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) min_f1: Option<f64>,
    /// Exit with 4 where precision over pairs is lower.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) min_precision: Option<f64>,
    /// Exit with 4 where recall over pairs is lower.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) min_recall: Option<f64>,
}

#[derive(Debug, Args)]
pub(crate) struct Profile {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Sources of the pipeline; all of them if nothing is given. Or files, folders (end in /) and patterns that no pipeline names yet, one source each.
    pub(crate) what: Vec<String>,
    /// Also show frequent values of personal data.
    #[arg(long)]
    pub(crate) show_values: bool,
    /// Print a whole pipeline of this name over the files, a draft to begin with, instead of the profile.
    #[arg(long, value_name = "NAME", requires = "what")]
    pub(crate) scaffold: Option<String>,
    /// With --scaffold: let a model that `c360 train` makes say which records are the same, instead of exact rules.
    #[arg(long, requires = "scaffold")]
    pub(crate) model: bool,
    /// With --scaffold: what an object is called.
    #[arg(long, value_name = "NAME", default_value = "customer")]
    pub(crate) entity: String,
    /// Where phones, postcodes and dates of files are from: two letters, such as DE.
    #[arg(long, value_name = "COUNTRY", value_parser = country)]
    pub(crate) country: Option<String>,
}
