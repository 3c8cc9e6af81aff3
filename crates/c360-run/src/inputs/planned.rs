//! The plan over the files of sources, after a look at whether expressions fit their columns.

use super::{SourceFiles, source_schemas};
use crate::error::{Error, Kind, Result};
use c360_model::model::Model;
use c360_plan::Plan;

/// The plan for these files.
///
/// # Errors
/// A file that cannot be opened or lacks a column; an expression that does not fit the columns, at its own place.
pub async fn planned(model: &Model, inputs: &[SourceFiles]) -> Result<Plan> {
    let schemas = source_schemas(model, inputs).await?;
    for (source, schema) in &schemas {
        if let Some(misfit) = c360_plan::misfits(model, *source, schema)?.into_iter().next() {
            return Err(Error::new(Kind::FixConfiguration, format!("{}; {}", misfit.message, misfit.help)).at(misfit.span));
        }
    }
    Ok(c360_plan::plan(model, &schemas)?)
}
