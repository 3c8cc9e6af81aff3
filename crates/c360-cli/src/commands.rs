//! The verbs, one per file.

mod check;
mod completions;
mod explain;
mod fmt;
mod init;
mod log;
mod plan;
mod query;
mod run;
mod show;
mod why_not;

use crate::arguments::{Arguments, Command, Output};
use crate::exit;
use crate::output;

/// Runs the verb; gives the exit code.
pub(crate) async fn dispatch(arguments: &Arguments) -> u8 {
    if matches!(arguments.output, Output::Sarif | Output::Github) && !matches!(arguments.command, Command::Check(_)) {
        output::failure("only `check` writes sarif and github; use --output text or json");
        return exit::USAGE;
    }
    match &arguments.command {
        Command::Init(command) => init::init(command, arguments),
        Command::Check(command) => check::check(command, arguments).await,
        Command::Fmt(command) => fmt::fmt(command, arguments),
        Command::Plan(command) => plan::plan(command, arguments).await,
        Command::Run(command) => run::run(command, arguments).await,
        Command::Show(command) => show::show(command, arguments).await,
        Command::Query(command) => query::query(command, arguments).await,
        Command::Explain(command) => explain::explain(command, arguments).await,
        Command::WhyNot(command) => why_not::why_not(command, arguments).await,
        Command::Log(command) => log::log(command, arguments).await,
        Command::Completions { shell } => completions::completions(*shell),
    }
}
