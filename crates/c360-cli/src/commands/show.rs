//! `c360 show customer`, `c360 show customer 17`

use crate::arguments::{Arguments, Output, Show};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::look::{View, cell, collect, find};
use datafusion::arrow::array::RecordBatch;
use serde_json::json;

pub(super) async fn show(command: &Show, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    match rows(&session, command, arguments).await {
        Ok(batches) => {
            match (arguments.output, &command.id) {
                (Output::Json, _) => output::print_json("show", json!({ "entity": command.entity, "rows": output::json_rows(&batches) })),
                (_, Some(_)) => print_object(&batches),
                (_, None) => output::print_rows(&batches),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

async fn rows(session: &Session, command: &Show, arguments: &Arguments) -> Result<Vec<RecordBatch>, c360_run::Error> {
    let entity = session.model().entity(session.entity(&command.entity)?);
    let commit = session.commit(&command.at).await?;
    let engine = session.engine(arguments)?;
    let view = View::open(session.model(), &commit, &session.store, &engine).await?;
    let columns = "* except (lineage)";
    let sql = match &command.id {
        Some(id) => {
            let found = find(&view, entity, id).await?;
            if let Some(old) = found.merged_from {
                output::eprintln!("{old} was merged into {}", found.id);
            }
            format!("select {columns} from golden.\"{}\" where id = {}", entity.name, found.id)
        }
        None => format!("select {columns} from golden.\"{}\" order by id limit {}", entity.name, command.limit),
    };
    collect(&view, &sql).await
}

/// One object: an attribute a line.
fn print_object(batches: &[RecordBatch]) {
    for batch in batches.iter().filter(|batch| batch.num_rows() > 0) {
        let schema = batch.schema();
        let width = schema.fields().iter().map(|field| field.name().len()).max().unwrap_or(0);
        for (field, column) in schema.fields().iter().zip(batch.columns()) {
            output::println!("{:width$}  {}", field.name(), cell::text(column, 0).unwrap_or_default());
        }
    }
}
