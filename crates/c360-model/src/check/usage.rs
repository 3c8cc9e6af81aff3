//! What is declared and not used, and what is used and not supplied.

use super::attributes::Members;
use super::reserved;
use super::scope::Scope;
use crate::model::EntityId;
use c360_match::format::Format;
use c360_syntax::ast::{self, AttributeKind, AttributePath, ExprKind, MatchEntry, Stage};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};
use std::collections::BTreeSet;

/// The most sources that may describe one entity: golden records keep the set of theirs in 64 bits.
const MAX_SOURCES: usize = 63;

/// Looks at everything once all names are resolved.
pub(super) fn check(scope: &Scope<'_>, out: &mut Vec<Diagnostic>) {
    unused_formats(scope, out);
    for (index, members) in scope.members.iter().enumerate() {
        supplied(scope, EntityId(index), members, out);
    }
    phones_without_country(scope, out);
}

fn unused_formats(scope: &Scope<'_>, out: &mut Vec<Diagnostic>) {
    let used = used_formats(scope);
    for format in scope.declared.formats.iter().filter(|format| !used.contains(format.name.text.as_str())) {
        let message = format!("format `{}` is never used", format.name.text);
        let finding = Diagnostic::new(&codes::UNUSED_FORMAT, format.name.span, message).label("never used");
        out.push(finding.help("give it to an attribute, or remove it"));
    }
}

fn used_formats<'a>(scope: &Scope<'a>) -> BTreeSet<&'a str> {
    let of_formats = scope.declared.formats.iter().flat_map(|format| &format.stages);
    let of_attributes = scope.declared.entities.iter().flat_map(|entity| &entity.attributes).flat_map(|attribute| match &attribute.kind {
        AttributeKind::Value(stages) => stages.as_slice(),
        AttributeKind::Reference(_) => &[],
    });
    let of_sources = scope.declared.sources.iter().filter_map(|source| match &source.updated {
        Some(ast::Expr { kind: ExprKind::Call { function, .. }, .. }) => Some(function.text.as_str()),
        _ => None,
    });
    of_formats.chain(of_attributes).map(|stage: &Stage| stage.name.text.as_str()).chain(of_sources).collect()
}

/// Whether the entity and each of its attributes come from somewhere.
fn supplied(scope: &Scope<'_>, id: EntityId, members: &Members<'_>, out: &mut Vec<Diagnostic>) {
    let name = &members.entity.name;
    if scope.supply.sources_of(id).next().is_none() {
        let finding =
            Diagnostic::new(&codes::UNDESCRIBED, name.span, format!("no source describes `{}`", name.text)).label("never described");
        out.push(finding.help(format!("add a block `{} {{ .. }}` to a source, or remove the entity", name.text)));
        return;
    }
    if let Some(one_too_many) = scope.supply.sources_of(id).nth(MAX_SOURCES) {
        let source = &scope.declared.sources[one_too_many.0].name;
        let message = format!("more than {MAX_SOURCES} sources describe `{}`", name.text);
        let finding = Diagnostic::new(&codes::MANY_SOURCES, source.span, message).label("one too many").related(name.span, "declared here");
        out.push(finding.help("read files of one layout as one source: `read csv(\"landing/*/customers.csv\")`"));
    }
    // What must be renamed first cannot be set yet.
    let named = members.entity.attributes.iter().filter(|attribute| reserved::attribute(&attribute.name.text).is_none());
    for attribute in named {
        if scope.supply.suppliers(id, &attribute.name.text).next().is_none() {
            out.push(unsupplied(members, attribute));
        }
    }
}

fn unsupplied(members: &Members<'_>, attribute: &ast::Attribute) -> Diagnostic {
    let (entity, name) = (&members.entity.name.text, &attribute.name.text);
    let help = format!("set it in a source: `{entity} {{ {name} = .. }}`, or remove it");
    match uses(members, name) {
        Some((span, what)) => {
            let message = format!("no source supplies `{name}`, which {what} of `{entity}` needs");
            let finding = Diagnostic::new(&codes::UNSUPPLIED_USED, span, message).label("always empty");
            finding.related(attribute.span, "declared here").help(help)
        }
        None => {
            let finding = Diagnostic::new(&codes::UNSUPPLIED, attribute.name.span, format!("no source supplies `{name}` of `{entity}`"));
            finding.label("always empty").help(help)
        }
    }
}

/// The first place in `match` or `golden` that needs an attribute.
fn uses(members: &Members<'_>, name: &str) -> Option<(Span, &'static str)> {
    let in_match = members.entity.matching.iter().flat_map(|block| &block.entries).find_map(|entry| match entry {
        MatchEntry::Exact(rule) => find(&rule.terms, name).map(|span| (span, "a rule")),
        MatchEntry::NeverDiffer { path, .. } => find(std::slice::from_ref(path), name).map(|span| (span, "a guard")),
        MatchEntry::Fuzzy(rule) => {
            let block = rule.block.iter().map(|block| &block.alternatives);
            block.chain(&rule.compare).find_map(|expr| compared(expr, name)).map(|span| (span, "a rule"))
        }
        MatchEntry::Model(rule) => {
            let block = rule.block.iter().map(|block| &block.alternatives);
            let levels = rule.comparisons.iter().flat_map(|comparison| &comparison.levels);
            block.chain(levels).find_map(|expr| compared(expr, name)).map(|span| (span, "a rule"))
        }
        MatchEntry::Ignore { .. }
        | MatchEntry::NeverSameSource { .. }
        | MatchEntry::NeverLarger { .. }
        | MatchEntry::NeverLooser { .. } => None,
    });
    let mut golden = members.entity.golden.iter().flat_map(|block| &block.attributes);
    in_match.or_else(|| golden.find(|(path, ..)| path.attribute.text == name).map(|(path, ..)| (path.span, "a strategy")))
}

/// Where a condition on pairs, or a block, reads an attribute.
fn compared(expr: &ast::Expr, name: &str) -> Option<Span> {
    match &expr.kind {
        ExprKind::Path(path) => path.first().filter(|first| first.text == name).map(|_| expr.span),
        ExprKind::Call { arguments, .. } => arguments.iter().find_map(|argument| compared(&argument.value, name)),
        ExprKind::Unary { operand, .. } => compared(operand, name),
        ExprKind::Binary { left, right, .. } => compared(left, name).or_else(|| compared(right, name)),
        _ => None,
    }
}

fn find(paths: &[AttributePath], name: &str) -> Option<Span> {
    paths.iter().find(|path| path.attribute.text == name).map(|path| path.span)
}

/// Numbers are often written without their country, and then nothing can be made of them.
fn phones_without_country(scope: &Scope<'_>, out: &mut Vec<Diagnostic>) {
    let Some(pipeline) = scope.declared.pipelines.first().filter(|pipeline| pipeline.country.is_none()) else { return };
    let mut attributes = scope.members.iter().flat_map(|members| &members.attributes);
    let phone = attributes.find(|attribute| {
        attribute.built.as_ref().is_some_and(|built| {
            matches!(built.format, Format::Text(_)) && built.stages.iter().any(|stage| stage.name == "phone" && stage.arguments.is_empty())
        })
    });
    if let Some(phone) = phone {
        let message = format!("without a country, `{}` refuses numbers that do not begin with `+`", phone.written.name.text);
        let finding = Diagnostic::new(&codes::NO_COUNTRY, pipeline.name.span, message).label("no `country`");
        out.push(
            finding
                .related(phone.written.span, "a phone number")
                .help("add `country DE` to the pipeline, or write `phone(\"DE\")` at the attribute"),
        );
    }
}
