//! Raw rows into records: keys, values in their fixed form, what references name.

use super::reference::lookup_source;
use super::scan::{field, scan};
use super::terms::attribute_part;
use crate::expression::{Readable, column, first_told, lower, readable};
use crate::functions::{Input, known, match_text, normalize, record_key, row_hash, row_text, told};
use crate::plan::Stage;
use crate::tables::{ROW_COLUMNS, TableName};
use crate::types::{key_fields, list_of};
use c360_match::format::{Argument, ArgumentValue, Context, Format, StageCall, build};
use c360_model::model::{
    Assignment, Attribute, AttributeInput, Entity, Expr as Raw, Mapping, Model, ReferenceValue, Source, SourceId, SourceKey,
};
use datafusion::arrow::datatypes::{DataType, Schema};
use datafusion::common::{DFSchema, Result};
use datafusion::functions::core::expr_fn::{coalesce, named_struct};
use datafusion::functions::string::expr_fn::concat;
use datafusion::functions_nested::expr_fn::{array_element, make_array};
use datafusion::logical_expr::{Expr, ExprSchemable, cast, lit, when};
use datafusion::scalar::ScalarValue;

pub(super) fn stage(model: &Model, id: SourceId, schema: &Schema) -> Result<Stage> {
    let source = model.source(id);
    let rows = scan(&TableName::changed(&source.name), schema)?;
    let raw = Columns { model, schema: DFSchema::try_from(schema.clone())? };
    let rows = match &source.filter {
        None => rows,
        Some(filter) => {
            let condition = raw.read(filter)?;
            // A condition that is not known because of what a cell holds leaves no row out in silence.
            let told = std::iter::once(column("_reject").is_not_null()).chain(condition.unread.map(Expr::is_not_null));
            rows.filter(told.fold(condition.value, |kept, told| told.or(kept)))?
        }
    };
    let trouble = raw.trouble(source)?;
    let row: Vec<Expr> = ROW_COLUMNS.iter().map(|name| with_trouble(name, trouble.as_ref())).collect();
    let identity = raw.identity(source, schema, trouble)?;
    let age = raw.age(source)?;
    let keys = scan(&TableName::changed(&source.name), schema)?.project([raw.key(&source.key, &mut Vec::new())?.alias("_key")])?;
    let keys = keys.filter(column("_key").is_not_null())?.build()?;
    let values: Vec<Vec<Expr>> = source.mappings.iter().map(|mapping| raw.mapping(source, mapping)).collect::<Result<_>>()?;
    let values: Vec<Expr> = age.into_iter().chain(values.into_iter().flatten()).collect();
    let order = || ["_file", "_row"].map(|name| column(name).sort(true, false));
    let all = row.iter().chain(&identity).chain(&values).cloned();
    let plan =
        rows.clone().project(all.chain([lit(ScalarValue::UInt32(None)).alias("_known")]).collect::<Vec<_>>())?.sort(order())?.build()?;
    let raw_columns = schema.fields().iter().map(|f| column(f.name()));
    let inner = |expr: &Expr| expr.clone().unalias().alias(inner_name(&expr.schema_name().to_string()));
    let first = raw_columns.chain(identity.iter().map(inner)).collect::<Vec<_>>();
    let rows = rows.project(first)?;
    let masked = only_new(row, &identity, values)?;
    let changes = rows.project(masked)?.sort(order())?.build()?;
    Ok(Stage { source: id, plan, changes, keys, entities: source.mappings.iter().map(|m| m.entity).collect() })
}

/// The columns of the plan with nothing where the values of rows that the state knows would stand.
fn only_new(row: Vec<Expr>, identity: &[Expr], values: Vec<Expr>) -> Result<Vec<Expr>> {
    let is_known = known().call(["_key", "_content"].map(|name| column(&inner_name(name))).to_vec());
    let mut columns = row;
    let outer = |name: String| column(&inner_name(&name)).alias(name);
    columns.extend(identity.iter().map(|expr| outer(expr.schema_name().to_string())));
    for value in values {
        let name = value.schema_name().to_string();
        // Without an ELSE: DataFusion spreads the few values over the rows, where an ELSE of null would be put in row by row.
        columns.push(when(is_known.clone().is_null(), value.unalias()).end()?.alias(name));
    }
    columns.push(is_known.alias("_known"));
    Ok(columns)
}

/// A column of ingest; `_reject` also says what of the row as a whole could not be read.
fn with_trouble(name: &str, trouble: Option<&Expr>) -> Expr {
    match trouble.filter(|_| name == "_reject") {
        Some(trouble) => coalesce(vec![column(name), trouble.clone()]).alias(name),
        None => column(name),
    }
}

/// The value with what could not be read for it.
fn with_told(value: Expr, unread: Vec<Expr>) -> Expr {
    if unread.is_empty() { value } else { told().call(std::iter::once(value).chain(unread).collect()) }
}

/// The name of a column of ours while it stands next to the source's own, which may be called anything.
fn inner_name(name: &str) -> String {
    format!("c360 {name}")
}

/// Makes columns of records from the raw columns of one source.
struct Columns<'a> {
    model: &'a Model,
    schema: DFSchema,
}

impl Columns<'_> {
    /// An expression of the source that no cell can break.
    fn read(&self, raw: &Raw) -> Result<Readable> {
        readable(lower(raw)?, &self.schema)
    }

    /// The value of an expression; adds to `unread` what it could not read.
    fn value_of(&self, raw: &Raw, unread: &mut Vec<Expr>) -> Result<Expr> {
        let read = self.read(raw)?;
        unread.extend(read.unread.clone());
        read.whole()
    }

    /// Why a row is no record although it could be split into cells: what `where`, `key` or `delete` need cannot be read.
    fn trouble(&self, source: &Source) -> Result<Option<Expr>> {
        let declared = source.filter.iter().map(|raw| ("where", raw)).chain(source.key.iter().map(|raw| ("key", raw)));
        let mut troubles = Vec::new();
        for (entry, raw) in declared.chain(source.delete.iter().map(|raw| ("delete", raw))) {
            if let Some(unread) = self.read(raw)?.unread {
                let reason = concat(vec![lit(format!("`{entry}`: ")), field(unread.clone(), "reason")]);
                troubles.push(when(unread.is_not_null(), reason).end()?);
            }
        }
        Ok(first_told(troubles))
    }

    /// `_key`, `_keyless`, `_content`.
    fn identity(&self, source: &Source, schema: &Schema, trouble: Option<Expr>) -> Result<Vec<Expr>> {
        let key = self.key(&source.key, &mut Vec::new())?;
        let names: Vec<String> = schema.fields().iter().skip(ROW_COLUMNS.len()).map(|f| f.name().clone()).collect();
        let usable = trouble.map_or_else(|| Ok(key.clone()), |trouble| when(trouble.is_null(), key.clone()).end())?;
        let mut texts = vec![usable];
        for name in &names {
            texts.push(self.text(column(name))?);
        }
        let content = row_hash().call(texts[1..].to_vec()).alias("_content");
        Ok(vec![key.alias("_key"), row_text(names).call(texts).alias("_keyless"), content])
    }

    /// `_updated`, `_delete`, as far as the source has them: what a row says of these, its content says too.
    fn age(&self, source: &Source) -> Result<Vec<Expr>> {
        let mut columns = Vec::new();
        if let Some(updated) = &source.updated {
            let mut unread = Vec::new();
            let value = self.value_of(&updated.value, &mut unread)?;
            let format = self.fitting(&updated.format, &value)?;
            let normalized = normalize("updated", &source.name, &format, None).call(vec![self.text(value)?]);
            columns.push(with_told(normalized, unread).alias("_updated"));
        }
        if let Some(delete) = &source.delete {
            columns.push(self.read(delete)?.value.alias("_delete"));
        }
        Ok(columns)
    }

    fn mapping(&self, source: &Source, mapping: &Mapping) -> Result<Vec<Expr>> {
        let entity = self.model.entity(mapping.entity);
        let mut columns = Vec::new();
        for (index, attribute) in entity.attributes.iter().enumerate() {
            let assigned = mapping.values.iter().find(|a| a.attribute.0 == index);
            if let Some(assignment) = assigned {
                columns.push(self.value(entity, attribute, assignment)?.alias(format!("{}.{}", entity.name, attribute.name)));
            }
        }
        for (index, reference) in entity.references.iter().enumerate() {
            let given = mapping.references.iter().find(|(id, ..)| id.0 == index);
            if let Some((_, _, value)) = given {
                columns.push(self.reference(source, entity, index, value)?.alias(format!("{}.{}", entity.name, reference.name)));
            }
        }
        if !mapping.is.is_empty() {
            let mut unread = Vec::new();
            let named = mapping.is.iter().map(|key| self.source_key(key, &mut unread)).collect::<Result<Vec<_>>>()?;
            columns.push(with_told(make_array(named), unread).alias(format!("{}._is", entity.name)));
        }
        Ok(columns)
    }

    /// A struct `{value, raw, reason}`.
    fn value(&self, entity: &Entity, attribute: &Attribute, assignment: &Assignment) -> Result<Expr> {
        let name = format!("{}_{}", entity.name, attribute.name);
        let [first, ..] = assignment.values.as_slice() else {
            unreachable!("the model keeps no assignment without a value");
        };
        let mut unread = Vec::new();
        if !attribute.many {
            let inputs = first.inputs.iter().map(|i| self.input(i.as_ref(), &mut unread)).collect::<Result<Vec<_>>>()?;
            let format = match first.inputs.as_slice() {
                [Some(only)] => self.fitting(&attribute.format, &self.read(only)?.value)?,
                _ => attribute.format.clone(),
            };
            return Ok(with_told(normalize(&name, &attribute.format_text, &format, None).call(inputs), unread));
        }
        let kind = |value: &AttributeInput| if value.each { Input::Each } else { Input::Single };
        let kinds = assignment.values.iter().map(kind).collect();
        let inputs = assignment.values.iter().map(|v| self.input(v.inputs[0].as_ref(), &mut unread)).collect::<Result<Vec<_>>>()?;
        Ok(with_told(normalize(&name, &attribute.format_text, &attribute.format, Some(kinds)).call(inputs), unread))
    }

    fn input(&self, raw: Option<&Raw>, unread: &mut Vec<Expr>) -> Result<Expr> {
        match raw {
            None => Ok(lit(ScalarValue::Utf8(None))),
            Some(raw) => self.text(self.value_of(raw, unread)?),
        }
    }

    /// A struct `{source, key}`, null where there is no key.
    fn reference(&self, source: &Source, entity: &Entity, index: usize, value: &ReferenceValue) -> Result<Expr> {
        let mut unread = Vec::new();
        let named = match value {
            // A row whose own key cannot be read is no record at all.
            ReferenceValue::SameRow(_) => key_struct(&source.name, self.key(&source.key, &mut Vec::new())?),
            ReferenceValue::Key(key) => self.source_key(key, &mut unread),
            ReferenceValue::Lookup { attribute, part, value } => {
                let target = self.model.entity(entity.references[index].target);
                let looked_up = &target.attributes[attribute.0];
                let name = format!("{}_{}", target.name, looked_up.name);
                let normalized = normalize(&name, &looked_up.format_text, &looked_up.format, None).call(self.lookup_inputs(
                    looked_up,
                    *part,
                    value,
                    &mut unread,
                )?);
                let comparable = attribute_part(target, *attribute, *part, Vec::new());
                let texts = match_text(vec![comparable]).call(vec![field(normalized, "value")]);
                key_struct(&lookup_source(target, *attribute, *part), array_element(texts, lit(1_i64)))
            }
        }?;
        Ok(with_told(named, unread))
    }

    /// The inputs of the looked-up attribute's format: the value as a whole, or as the part that is named.
    fn lookup_inputs(&self, attribute: &Attribute, part: Option<usize>, value: &Raw, unread: &mut Vec<Expr>) -> Result<Vec<Expr>> {
        let value = self.text(self.value_of(value, unread)?)?;
        let Format::Parts(format) = &attribute.format else {
            return Ok(vec![value]);
        };
        let wanted = part.map_or(format.inputs()[0], |part| format.parts()[part]);
        let input = |name: &&str| if *name == wanted { value.clone() } else { lit(ScalarValue::Utf8(None)) };
        Ok(format.inputs().iter().map(input).collect())
    }

    fn source_key(&self, key: &SourceKey, unread: &mut Vec<Expr>) -> Result<Expr> {
        key_struct(&self.model.source(key.source).name, self.key(&key.key, unread)?)
    }

    fn key(&self, parts: &[Raw], unread: &mut Vec<Expr>) -> Result<Expr> {
        let parts = parts.iter().map(|part| self.text(self.value_of(part, unread)?)).collect::<Result<Vec<_>>>()?;
        Ok(record_key().call(parts))
    }

    /// The expression as text, or as a list of texts where it is a list.
    fn text(&self, value: Expr) -> Result<Expr> {
        Ok(match value.get_type(&self.schema)? {
            DataType::Utf8 => value,
            DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => cast(value, list_of(DataType::Utf8)),
            _ => cast(value, DataType::Utf8),
        })
    }

    /// The format itself, or, where the raw column is a date or a number already, one that reads the text which DataFusion makes of it:
    /// patterns and decimal commas are about text that people wrote.
    fn fitting(&self, format: &Format, value: &Expr) -> Result<Format> {
        let raw = value.get_type(&self.schema)?;
        let typed = match format {
            Format::Date(_) if raw.is_temporal() => build(&[stage_call("date", vec![])], &Context::default()),
            Format::DateTime(_) if raw.is_temporal() => build(&[stage_call("datetime", vec![])], &Context::default()),
            Format::Decimal { scale, .. } if raw.is_numeric() => {
                let scale = Argument { name: None, value: ArgumentValue::Integer(i64::from(*scale)) };
                let point = Argument { name: Some("decimal".into()), value: ArgumentValue::Text(".".into()) };
                build(&[stage_call("number", vec![scale, point])], &Context::default())
            }
            _ => return Ok(format.clone()),
        };
        Ok(typed.expect("built-in formats with fixed arguments can be built"))
    }
}

fn stage_call(name: &str, arguments: Vec<Argument>) -> StageCall {
    StageCall { name: name.into(), arguments }
}

fn key_struct(source: &str, key: Expr) -> Result<Expr> {
    let named = named_struct(vec![lit("source"), lit(source), lit("key"), key.clone()]);
    let typed = cast(named, DataType::Struct(key_fields()));
    when(key.is_not_null(), typed).end()
}
