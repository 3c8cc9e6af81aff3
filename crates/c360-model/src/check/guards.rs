//! Guards: `strong`, `never differ`, `never same_source`.

use super::attributes::Members;
use super::matching::Matching;
use super::scope::Scope;
use super::terms;
use crate::model::{EntityId, Guard, Term};
use c360_syntax::ast::{AttributePath, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

/// `never differ(a)`
pub(super) fn never_differ(span: Span, path: &AttributePath, members: &Members<'_>, matching: &mut Matching, out: &mut Vec<Diagnostic>) {
    let Some(term) = terms::resolve(path, members, out) else { return };
    let guard = Guard { span, name: format!("never differ({})", terms::text(path)), term };
    add(guard, path, path.span, "`never differ`", members, matching, out);
}

/// Adds a guard, unless its term has several values or is guarded already. `word` stands at `place`.
pub(super) fn add(
    guard: Guard,
    path: &AttributePath,
    place: Span,
    word: &str,
    members: &Members<'_>,
    matching: &mut Matching,
    out: &mut Vec<Diagnostic>,
) {
    let what = match guard.term {
        Term::Reference(_) => Some("a reference"),
        Term::Attribute { attribute, .. } if members.attribute(attribute).written.many.is_some() => Some("`many`"),
        Term::Attribute { .. } => None,
    };
    if let Some(what) = what {
        let message = format!("{word} needs an attribute with a single value, and `{}` is {what}", path.attribute.text);
        let finding = Diagnostic::new(&codes::GUARD_TERM, place, message).label("cannot hold here");
        let declared = members.entity.attributes.iter().find(|attribute| attribute.name.text == path.attribute.text);
        let finding = declared.iter().fold(finding, |finding, attribute| finding.related(attribute.span, "declared here"));
        out.push(finding.help(format!("remove {word}, or let it guard an attribute of which an object has one, such as a tax number")));
    } else if let Some(first) = matching.never_differ.iter().find(|known| known.term == guard.term) {
        let message = format!("`{}` is already kept from differing", terms::text(path));
        let finding = Diagnostic::new(&codes::REPEATED_MATCH, place, message).label("has no effect");
        out.push(finding.related(first.span, format!("by `{}`", first.name)).help("remove one of the two"));
    } else {
        matching.never_differ.push(guard);
    }
}

/// `never same_source(billing)`
pub(super) fn never_same_source(
    span: Span,
    source: &Name,
    scope: &Scope<'_>,
    entity: EntityId,
    matching: &mut Matching,
    out: &mut Vec<Diagnostic>,
) {
    let Some(id) = scope.describing(source, entity, out) else { return };
    if let Some((_, first)) = matching.never_same_source.iter().find(|(known, _)| *known == id) {
        let message = format!("`never same_source({})` stands here twice", source.text);
        let finding = Diagnostic::new(&codes::REPEATED_MATCH, span, message).label("has no effect");
        out.push(finding.related(*first, "said here first").help("remove it"));
        return;
    }
    matching.never_same_source.push((id, span));
}
