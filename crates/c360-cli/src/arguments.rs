//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

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
    /// Ask with SQL: golden records by the entity's name, others as records.NAME, members.NAME, links.NAME_REFERENCE, reports.rejects ..
    Query(Query),
    /// Say why an object is as it is: its records, what joined them, and who won each value.
    Explain(Explain),
    /// Say what kept two objects apart: rule by rule, and which guard refused.
    WhyNot(WhyNot),
    /// List the commits.
    Log(Log),
    /// Print completions for a shell.
    Completions {
        /// For which shell.
        shell: clap_complete::Shell,
    },
}

/// Which pipeline, and where its state is.
#[derive(Debug, Args)]
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
    /// Keep DataFusion's memory under this limit, spilling to disk: 512M, 4G.
    #[arg(long, env = "C360_MEMORY", value_parser = bytes)]
    pub(crate) memory: Option<usize>,
}

/// Which commit to look at.
#[derive(Debug, Args)]
pub(crate) struct At {
    /// The number of a commit (42 or @42); the newest if not given.
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
    /// Only this attribute.
    pub(crate) attribute: Option<String>,
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
pub(crate) struct Log {
    #[command(flatten)]
    pub(crate) target: Target,
}

/// `512M`, `4G`, `1000000`
fn bytes(text: &str) -> Result<usize, String> {
    let (digits, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(end) => text.split_at(end),
        None => (text, ""),
    };
    let factor = match unit.to_ascii_uppercase().as_str() {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        _ => return Err("write a number and K, M or G: 512M, 4G".into()),
    };
    let number: usize = digits.parse().map_err(|_| "write a number and K, M or G: 512M, 4G")?;
    match number.checked_mul(factor).filter(|bytes| *bytes >= 32 << 20) {
        Some(bytes) => Ok(bytes),
        None => Err("at least 32M are needed".into()),
    }
}
