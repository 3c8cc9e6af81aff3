//! The verbs, one per file.

mod check;
mod completions;
mod decided;
mod diff;
mod doctor;
mod evaluate;
mod explain;
mod fmt;
mod history;
mod init;
mod log;
mod plan;
mod profile;
mod query;
mod resolve;
mod rollback;
mod rules;
mod run;
mod show;
mod train;
mod vacuum;
mod verify;
mod waterfall;
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
    if arguments.output == Output::Markdown && !matches!(&arguments.command, Command::Plan(plan) if plan.data || plan.pairs) {
        output::failure("only `plan --data` and `plan --pairs` write markdown; use --output text or json");
        return exit::USAGE;
    }
    if arguments.output == Output::Csv && !matches!(arguments.command, Command::Query(_)) {
        output::failure("only `query` writes csv; use --output text or json");
        return exit::USAGE;
    }
    if arguments.output == Output::Html && !writes_html(&arguments.command) {
        output::failure(
            "only `evaluate`, `profile`, `train`, `explain`, `why-not` and `plan --pairs` write html; use --output text or json",
        );
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
        Command::Profile(command) => profile::profile(command, arguments).await,
        Command::Evaluate(command) => evaluate::evaluate(command, arguments).await,
        Command::History(command) => history::history(command, arguments).await,
        Command::Diff(command) => diff::diff(command, arguments).await,
        Command::Resolve(command) => resolve::resolve(command, arguments).await,
        Command::Log(command) => log::log(command, arguments).await,
        Command::Train(command) => train::train(command, arguments).await,
        Command::Verify(command) => verify::verify(command, arguments).await,
        Command::Rollback(command) => rollback::rollback(command, arguments).await,
        Command::Compact(command) => rollback::compact(command, arguments).await,
        Command::Vacuum(command) => vacuum::vacuum(command, arguments).await,
        Command::Doctor(command) => doctor::doctor(command, arguments).await,
        Command::Completions { shell } => completions::completions(*shell),
    }
}

fn writes_html(command: &Command) -> bool {
    match command {
        Command::Evaluate(_) | Command::Profile(_) | Command::Train(_) | Command::Explain(_) | Command::WhyNot(_) => true,
        Command::Plan(plan) => plan.pairs,
        _ => false,
    }
}
