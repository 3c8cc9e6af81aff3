//! `c360 query "select .."`

use crate::arguments::{Arguments, Output, Query};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::look::{View, collect};
use serde_json::json;

pub(super) async fn query(command: &Query, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    match rows(&session, command, arguments).await {
        Ok(batches) => {
            match arguments.output {
                Output::Json => output::print_json("query", json!({ "rows": output::json_rows(&batches) })),
                Output::Csv => return csv(&session, &batches),
                _ => output::print_rows(&batches),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

/// Prints rows as CSV; nested values have no place in it.
fn csv(session: &Session, batches: &[datafusion::arrow::array::RecordBatch]) -> u8 {
    match output::csv_rows(batches) {
        Ok(text) => {
            output::write_rows(&text);
            exit::FINE
        }
        Err(reason) => {
            let message = format!("these rows cannot be written as CSV: {reason}; select plain columns");
            session.fail(&c360_run::Error::new(c360_run::Kind::FixConfiguration, message))
        }
    }
}

async fn rows(
    session: &Session,
    command: &Query,
    arguments: &Arguments,
) -> Result<Vec<datafusion::arrow::array::RecordBatch>, c360_run::Error> {
    let commit = session.commit(&command.at).await?;
    let engine = session.engine(arguments)?;
    let view = View::open(session.model(), &commit, &session.store, &engine).await?;
    collect(&view, &command.sql).await
}
