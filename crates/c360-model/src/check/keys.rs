//! Keys of other records: cross-references (`is crm(cust_no)`) and foreign keys (`crm(KonzernNr)`).

use super::expression::{Lowering, same_column};
use super::mapping::Block;
use crate::model::{Expr, SourceId, SourceKey};
use c360_syntax::ast::{self, Argument, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

/// `is crm(cust_no)`: the same object as that record, so that source must describe the same entity.
pub(super) fn cross_reference(
    written: &ast::SourceKey,
    block: Block<'_>,
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Option<SourceKey> {
    let source = lowering.scope.describing(&written.source, block.entity, out);
    let key = lowering.all(&written.key, out);
    let (source, key) = (source?, key?);
    count(written.span, source, key.len(), lowering, out)?;
    if is_own(source, &key, block) {
        let finding = Diagnostic::new(&codes::IS_SELF, written.span, "this names the record itself, which is always the same object");
        out.push(finding.label("its own key").help("name the column that holds the key of the other record, or remove the entry"));
        return None;
    }
    Some(SourceKey { span: written.span, source, key })
}

/// Whether a key is, column by column, the key of the row that names it.
pub(super) fn is_own(source: SourceId, key: &[Expr], block: Block<'_>) -> bool {
    let same = |own: &[Expr]| own.len() == key.len() && own.iter().zip(key).all(|(own, other)| same_column(own, other));
    source == block.source && block.key.is_some_and(same)
}

/// `crm(KonzernNr)` behind `=` of a reference.
pub(super) fn foreign_key(
    span: Span,
    source: SourceId,
    arguments: &[Argument],
    lowering: &mut Lowering<'_, '_>,
    out: &mut Vec<Diagnostic>,
) -> Option<SourceKey> {
    let key: Vec<Option<Expr>> = arguments.iter().map(|argument| part(argument, lowering, out)).collect();
    let key = key.into_iter().collect::<Option<Vec<_>>>()?;
    count(span, source, key.len(), lowering, out)?;
    Some(SourceKey { span, source, key })
}

fn part(argument: &Argument, lowering: &mut Lowering<'_, '_>, out: &mut Vec<Diagnostic>) -> Option<Expr> {
    let value = lowering.expr(&argument.value, out);
    let Some(Name { text, span }) = &argument.name else { return value };
    let finding = Diagnostic::new(&codes::FUNCTION_ARGUMENT, *span, "a key is given by position, without names").label("a name");
    out.push(finding.help(format!("remove `{text}:`")));
    None
}

/// Reports a key that is shorter or longer than that of its source. A source without a key was reported itself.
fn count(span: Span, source: SourceId, given: usize, lowering: &Lowering<'_, '_>, out: &mut Vec<Diagnostic>) -> Option<()> {
    let written = lowering.scope.source_of(source);
    let expected = written.key.len();
    if expected == 0 || expected == given {
        return Some(());
    }
    let message = format!("the key of `{}` has {}, and this gives {given}", written.name.text, columns(expected));
    let finding = Diagnostic::new(&codes::KEY_COUNT, span, message).label(format!("{} given", columns(given)));
    out.push(
        finding
            .related(written.key[0].span.to(written.key[expected - 1].span), "its key")
            .help("give one expression for each, in the same order"),
    );
    None
}

fn columns(count: usize) -> String {
    if count == 1 { "1 column".to_owned() } else { format!("{count} columns") }
}
