//! The command line.

mod care;
mod quality;
mod train;
mod values;

pub(crate) use care::{Budget, Compact, Doctor, Rollback, Vacuum, Verify};
use clap::{Args, Parser, Subcommand, ValueEnum};
pub(crate) use quality::{Evaluate, Profile};
use std::path::PathBuf;
pub(crate) use train::Train;
use values::{bytes, duration};

/// One row per real customer, account and asset, kept current, with the reason for every value.
#[derive(Debug, Parser)]
#[command(name = "c360", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// How results are written to standard output.
    #[arg(long, global = true, value_enum, default_value_t = Output::Text, env = "C360_OUTPUT")]
    pub(crate) output: Output,

    /// Threads to work with; all cores if not given. Results never depend on it.
    #[arg(long, global = true, env = "C360_THREADS", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl Arguments {
    /// The number of threads to work with.
    pub(crate) fn threads(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        self.threads.map_or_else(cores, usize::from)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// For people.
    Text,
    /// For programs; every verb's JSON has a version.
    Json,
    /// Rows as CSV with a header (query only).
    Csv,
    /// A comment for a pull request (plan --data and plan --pairs only).
    Markdown,
    /// One page with charts that needs nothing else (evaluate, profile, train, explain, why-not and plan --pairs only).
    Html,
    /// Diagnostics as SARIF 2.1.0 (check only).
    Sarif,
    /// Diagnostics as annotations of GitHub Actions (check only).
    Github,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a project that runs: sample data, a pipeline, a README.
    Init(Init),
    /// Find mistakes in a pipeline: syntax, names, types and everything that can be known before a run.
    Check(Check),
    /// Bring pipelines into the one layout; comments stay.
    Fmt(Fmt),
    /// Show what a run would do: inputs, steps and why.
    Plan(Plan),
    /// Run the pipeline: the next commit, and publishing.
    Run(Run),
    /// Show the golden records of an entity, or one of them.
    Show(Show),
    /// Ask with SQL: golden records by the entity's name, others as records.NAME, members.NAME, validity.NAME, reports.rejects ..
    #[command(after_help = TABLES)]
    Query(Query),
    /// Say why an object is as it is: its records, what joined them, and who won each value.
    Explain(Explain),
    /// Say what kept two objects apart: rule by rule, and which guard refused.
    WhyNot(WhyNot),
    /// Show what sources or files hold: completeness, distinct, patterns, keys, what formats refuse; draft a pipeline over files.
    Profile(Profile),
    /// Hold clusters against labels: precision, recall, F1, what each rule brought, the worst misses and false merges.
    Evaluate(Evaluate),
    /// Tell the story of an object: from which records it came, what was merged, split and changed, commit by commit.
    History(History),
    /// Show what happened between two commits: objects created, merged, split, retired, and values changed.
    Diff(Diff),
    /// Say what an id of any time leads to now.
    Resolve(Resolve),
    /// List the commits.
    Log(Log),
    /// Estimate the model of an entity's `model` rule from the records, with labels or without; writes the file that the rule names.
    Train(Train),
    /// Hold the state against a full recomputation, and its files against their hashes.
    Verify(Verify),
    /// Make a new commit that equals an earlier one.
    Rollback(Rollback),
    /// Write every table in one layer, as a commit of its own.
    Compact(Compact),
    /// Remove old commits and files that no commit names.
    Vacuum(Vacuum),
    /// See whether the state can be used: storage, permissions, conditional puts, versions.
    Doctor(Doctor),
    /// Print completions for a shell.
    Completions {
        /// For which shell.
        shell: clap_complete::Shell,
    },
}

/// Which pipeline, and where its state is.
#[derive(Debug, Clone, Args)]
pub(crate) struct Target {
    /// The pipeline's file, or the folder that it is in.
    #[arg(short, long, default_value = ".", env = "C360_PIPELINE")]
    pub(crate) pipeline: PathBuf,

    /// Where the state is, instead of where the pipeline says: a folder, s3://bucket/folder or memory:
    #[arg(long, env = "C360_STATE", value_name = "URL")]
    pub(crate) state: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder to make.
    pub(crate) folder: PathBuf,
    /// What to start from.
    #[arg(long, value_enum, default_value_t = Template::Retail)]
    pub(crate) template: Template,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Template {
    /// Customers, accounts, assets and orders of four systems, two days.
    Retail,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files with pipelines, or folders with one each.
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    /// Also open the sources' files and look for every column.
    #[arg(long)]
    pub(crate) data: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Fmt {
    /// Files, or folders whose .c360 files are meant.
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    /// Change nothing; fail if something would change.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Also print the logical plans of DataFusion.
    #[arg(long)]
    pub(crate) explain: bool,
    /// Exit with 6 if a run would do something.
    #[arg(long)]
    pub(crate) detailed_exitcode: bool,
    /// Run up to the commit, without making it, and tell what would happen to objects and values.
    #[arg(long)]
    pub(crate) data: bool,
    /// Count the pairs that rules find, block by block, over the last commit's records or those of the sources; compare none.
    #[arg(long, conflicts_with_all = ["data", "explain", "detailed_exitcode"])]
    pub(crate) pairs: bool,
    /// With --data: so many examples of each kind per entity.
    #[arg(long, default_value_t = 5, requires = "data")]
    pub(crate) samples: usize,
    #[command(flatten)]
    pub(crate) budget: Budget,
    /// With --data or --pairs: keep DataFusion's memory under this limit.
    #[arg(long, env = "C360_MEMORY", value_parser = bytes)]
    pub(crate) memory: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) target: Target,
    /// The moment for which the tables hold, RFC 3339 or a date; now if not given.
    #[arg(long, value_name = "TIME")]
    pub(crate) as_of: Option<String>,
    /// Run even if neither input nor pipeline changed.
    #[arg(long)]
    pub(crate) full: bool,
    #[command(flatten)]
    pub(crate) budget: Budget,
    /// Run again and again with so long a pause: 30s, 5m, 1h. Ends with the first failure that repeating does not mend.
    #[arg(long, value_name = "PAUSE", value_parser = duration)]
    pub(crate) watch: Option<u64>,
    /// Keep DataFusion's memory under this limit, spilling to disk: 512M, 4G.
    #[arg(long, env = "C360_MEMORY", value_parser = bytes)]
    pub(crate) memory: Option<usize>,
}

/// Which commit to look at.
#[derive(Debug, Clone, Args)]
pub(crate) struct At {
    /// A commit (42 or @42), or a date or moment (2026-10-01, 2026-10-01T06:00:00Z): the last commit up to then. The newest if not given.
    #[arg(long, value_name = "COMMIT")]
    pub(crate) at: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) at: At,
    /// The entity.
    pub(crate) entity: String,
    /// An id (17) or a record (crm:4711); all objects if not given.
    pub(crate) id: Option<String>,
    /// At most so many objects.
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: usize,
}

/// What a query can ask.
const TABLES: &str = "\
Tables (NAME is an entity):
  NAME                   one row per object: id, values, ids of referenced objects, records, sources
  records.NAME           source records with file and row, values in their fixed form
  members.NAME           which record belongs to which object
  links.NAME_REFERENCE   which object refers to which; root, depth and path for trees
  redirects.NAME         ids that were merged, and where they lead
  changes.NAME           what each commit did to which object
  validity.NAME          which value of which attribute held from when to when
  history.commits        the commits with their moments and runs
  rejects, duplicates, refused, orphans   what went another way

The columns of a table: describe validity.customer";

#[derive(Debug, Args)]
pub(crate) struct Query {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) at: At,
    /// The query, such as: select id, email from customer where records > 1
    pub(crate) sql: String,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) at: At,
    /// The entity.
    pub(crate) entity: String,
    /// An id (17) or a record (crm:4711).
    pub(crate) id: String,
    /// Only this attribute; or another id or record (shop:7): then, what each rule holds for and against the two.
    pub(crate) attribute_or_other: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct WhyNot {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) at: At,
    /// The entity.
    pub(crate) entity: String,
    /// An id (17) or a record (crm:4711).
    pub(crate) first: String,
    /// The other one.
    pub(crate) second: String,
}

#[derive(Debug, Args)]
pub(crate) struct History {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) at: At,
    /// The entity.
    pub(crate) entity: String,
    /// An id (17), also one that is no more, or a record (crm:4711).
    pub(crate) id: String,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    #[command(flatten)]
    pub(crate) target: Target,
    /// The earlier commit (41 or @41), or a date; the one before the newest if not given.
    pub(crate) from: Option<String>,
    /// The later commit (42 or @42), or a date; the newest if not given.
    pub(crate) to: Option<String>,
    /// At most so many examples of each kind of change.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) samples: usize,
}

#[derive(Debug, Args)]
pub(crate) struct Resolve {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) at: At,
    /// The entity.
    pub(crate) entity: String,
    /// An id of any time (17), or a record (crm:4711).
    pub(crate) id: String,
}

#[derive(Debug, Args)]
pub(crate) struct Log {
    #[command(flatten)]
    pub(crate) target: Target,
}
