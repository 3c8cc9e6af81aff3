//! What users see of tables that the state holds in a form that is cheap to change: reports with files and rows, records with their places.

use super::decisions::decisions;
use super::review::review;
use crate::commit::Input;
use crate::engine::Tables;
use crate::error::Result;
use c360_model::model::Model;
use c360_plan::tables::{self, TableName};
use datafusion::arrow::array::{Int64Array, RecordBatch, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::catalog::TableProvider;
use datafusion::common::{Column, JoinType};
use datafusion::datasource::{MemTable, ViewTable, provider_as_source};
use datafusion::functions::core::expr_fn::coalesce;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, Operator, binary_expr, lit, when};
use datafusion::prelude::ident;
use std::sync::Arc;

/// A place is the number of a file, and below it so many bits for the row.
pub(crate) const ROW_BITS: u32 = 36;

/// The tables with reports as users see them, and `placed.<entity>`: records with file and row.
pub(crate) fn add_views(model: &Model, inputs: &[Input], tables: &Tables) -> Result<Tables> {
    let views = Views { model, tables, files: files(inputs)? };
    let mut seen = tables.clone();
    for (name, plan) in views.all()? {
        seen.insert(name, Arc::new(ViewTable::new(plan, None)));
    }
    Ok(seen)
}

/// `number`, `path`
fn files(inputs: &[Input]) -> Result<Arc<dyn TableProvider>> {
    let schema = Arc::new(Schema::new(vec![Field::new("number", DataType::Int64, false), Field::new("path", DataType::Utf8, false)]));
    let numbers: Int64Array = inputs.iter().map(|input| Some(input.number)).collect();
    let paths: StringArray = inputs.iter().map(|input| Some(&input.path)).collect();
    let batch = RecordBatch::try_new(Arc::clone(&schema), vec![Arc::new(numbers), Arc::new(paths)])?;
    Ok(Arc::new(MemTable::try_new(schema, vec![vec![batch]])?))
}

struct Views<'a> {
    model: &'a Model,
    tables: &'a Tables,
    files: Arc<dyn TableProvider>,
}

impl Views<'_> {
    fn all(&self) -> Result<Vec<(TableName, LogicalPlan)>> {
        let mut views = Vec::new();
        for (name, schema) in [("refused", tables::refused()), ("orphans", tables::orphans())] {
            let report = TableName::report(name);
            if let Some(rows) = self.scan(&report)? {
                views.push((report, rows.project(schema.fields().iter().map(|f| ident(f.name())))?.build()?));
            }
        }
        if let Some(rejects) = self.rejects()? {
            views.push((TableName::report("rejects"), rejects));
        }
        views.extend(self.duplicates()?.map(|plan| (TableName::report("duplicates"), plan)));
        for entity in &self.model.entities {
            if let Some(records) = self.scan(&TableName::records(&entity.name))? {
                let attributes: Vec<Expr> = records.schema().fields().iter().skip(4).map(|f| ident(f.name())).collect();
                let placed = self.placed(records, "record")?;
                let mut columns: Vec<Expr> = ["record", "source", "key", "updated"].map(ident).to_vec();
                columns.extend([ident("_path").alias("file"), row(ident("_place")).alias("row")]);
                // As the commit has them: its pipeline may have had other attributes.
                columns.extend(attributes);
                views.push((TableName::new("placed", &entity.name), placed.project(columns)?.build()?));
            }
            let Some(members) = self.scan(&TableName::members(&entity.name))? else { continue };
            let decided = self.scan(&TableName::decisions(&entity.name))?;
            if let Some(near) = self.scan(&TableName::new("near", &entity.name))? {
                views.push((TableName::new("review", &entity.name), review(near, &members, decided.clone())?));
            }
            if let Some(decided) = decided {
                views.push((TableName::decisions(&entity.name), decisions(decided, &members)?));
            }
        }
        Ok(views)
    }

    fn scan(&self, name: &TableName) -> Result<Option<LogicalPlanBuilder>> {
        let scan = |table: &Arc<dyn TableProvider>| LogicalPlanBuilder::scan(name.reference(), provider_as_source(Arc::clone(table)), None);
        Ok(self.tables.get(name).map(scan).transpose()?)
    }

    /// `rows` with the `_place` and `_path` of the record that its column `record` names, where there is one. No attribute begins with `_`, and one may
    /// be called `place` or `path`.
    fn placed(&self, rows: LogicalPlanBuilder, record: &str) -> Result<LogicalPlanBuilder> {
        let mut places: Option<LogicalPlanBuilder> = None;
        for source in &self.model.sources {
            if let Some(current) = self.scan(&TableName::rows(&source.name))? {
                let current = current.project([ident("record").alias("_placed"), ident("place").alias("_place")])?;
                places = Some(match places {
                    None => current,
                    Some(places) => places.union(current.build()?)?,
                });
            }
        }
        let places = places.expect("a state has rows of every source");
        let on = (vec![Column::new_unqualified(record)], vec![Column::new_unqualified("_placed")]);
        let rows = rows.join(places.build()?, JoinType::Left, on, None)?;
        self.named(rows, "_place", "_path")
    }

    /// `rows` with the path of the file that the place in a column lies in.
    fn named(&self, rows: LogicalPlanBuilder, place: &str, path: &str) -> Result<LogicalPlanBuilder> {
        let number = format!("{path}_number");
        let files = LogicalPlanBuilder::scan("files", provider_as_source(Arc::clone(&self.files)), None)?
            .project([ident("number").alias(&number), ident("path").alias(path)])?
            .build()?;
        let file = binary_expr(ident(place), Operator::BitwiseShiftRight, lit(i64::from(ROW_BITS)));
        Ok(rows.join_on(files, JoinType::Left, [file.eq(ident(number))])?)
    }

    fn rejects(&self) -> Result<Option<LogicalPlan>> {
        let Some(rejects) = self.scan(&TableName::report("rejects"))? else { return Ok(None) };
        let placed = self.placed(rejects, "unit")?;
        let columns = [
            ident("source"),
            coalesce(vec![ident("file"), ident("_path")]).alias("file"),
            coalesce(vec![ident("row"), row(ident("_place"))]).alias("row"),
            ident("key"),
            ident("column"),
            ident("raw"),
            ident("reason"),
        ];
        Ok(Some(placed.project(columns)?.build()?))
    }

    fn duplicates(&self) -> Result<Option<LogicalPlan>> {
        let mut all: Option<LogicalPlanBuilder> = None;
        for source in &self.model.sources {
            let (behind, rows) = (self.scan(&TableName::behind(&source.name))?, self.scan(&TableName::rows(&source.name))?);
            let (Some(behind), Some(rows)) = (behind, rows) else { continue };
            let renamed = tables::rows();
            let renamed = renamed.fields().iter().map(|f| ident(f.name()).alias(format!("kept_{}", f.name())));
            let rows = rows.project(renamed.collect::<Vec<_>>())?.build()?;
            let on = |names: [&str; 2]| names.map(Column::new_unqualified).to_vec();
            let joined = behind.join(rows, JoinType::Left, (on(["high", "low"]), on(["kept_high", "kept_low"])), None)?;
            let joined = self.named(joined, "place", "file")?;
            let joined = self.named(joined, "kept_place", "kept_file")?;
            let one = joined.project(duplicate_columns(&source.name)?)?;
            all = Some(match all {
                None => one,
                Some(all) => all.union(one.build()?)?,
            });
        }
        all.map(|all| Ok(all.build()?)).transpose()
    }
}

fn duplicate_columns(source: &str) -> Result<[Expr; 8]> {
    let older = ident("updated").is_null().and(ident("kept_updated").is_not_null()).or(ident("updated").lt(ident("kept_updated")));
    let reason = when(ident("kept_deletes"), lit("deleted later")).when(older, lit("older version")).otherwise(lit("same key"))?;
    Ok([
        lit(source).alias("source"),
        ident("key"),
        ident("file"),
        row(ident("place")).alias("row"),
        ident("updated"),
        ident("kept_file"),
        row(ident("kept_place")).alias("kept_row"),
        reason.alias("reason"),
    ])
}

fn row(place: Expr) -> Expr {
    binary_expr(place, Operator::BitwiseAnd, lit((1_i64 << ROW_BITS) - 1))
}
