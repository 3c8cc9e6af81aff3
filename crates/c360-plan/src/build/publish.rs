//! What others get: golden records without lineage, duplicates and rejects of one source.

use super::scan::scan;
use crate::expression::column;
use crate::plan::Publish;
use crate::tables::{self, TableName};
use c360_model::model::{Model, Publish as Declared, Published, SourceId};
use datafusion::arrow::datatypes::Schema;
use datafusion::common::Result;
use datafusion::logical_expr::{LogicalPlan, lit};

pub(super) fn publish(model: &Model, declared: &Declared) -> Result<Publish> {
    let plan = match declared.what {
        Published::Golden(id) => {
            let entity = model.entity(id);
            let schema = tables::golden(entity);
            let columns = schema.fields().iter().map(|f| f.name().as_str()).filter(|name| *name != "lineage").map(column);
            scan(&TableName::golden(&entity.name), &schema)?
                .project(columns.collect::<Vec<_>>())?
                .sort([column("id").sort(true, false)])?
                .build()?
        }
        Published::Duplicates(source) => report(model, source, "duplicates", &tables::duplicates())?,
        Published::Rejects(source) => report(model, source, "rejects", &tables::rejects())?,
    };
    Ok(Publish { span: declared.span, what: declared.what, format: declared.format, place: declared.place.clone(), plan })
}

fn report(model: &Model, source: SourceId, name: &str, schema: &Schema) -> Result<LogicalPlan> {
    scan(&TableName::report(name), schema)?
        .filter(column("source").eq(lit(model.source(source).name.as_str())))?
        .sort(["file", "row", "reason"].map(|name| column(name).sort(true, false)))?
        .build()
}
