//! Terms of rules, guards and `ignore`: attributes, parts of groups, references.

use super::attributes::{Member, Members};
use crate::model::Term;
use c360_match::format::Format;
use c360_syntax::Diagnostic;
use c360_syntax::ast::AttributePath;
use c360_syntax::codes::model as codes;

/// What a path stands for; reports names that are not there.
pub(super) fn resolve(path: &AttributePath, members: &Members<'_>, out: &mut Vec<Diagnostic>) -> Option<Term> {
    match members.find(&path.attribute, out)? {
        Member::Attribute(attribute) => match &path.part {
            None => Some(Term::Attribute { attribute, part: None }),
            Some(part) => {
                let part = members.attribute(attribute).part(part, out)?;
                Some(Term::Attribute { attribute, part: Some(part) })
            }
        },
        Member::Reference(reference) => match &path.part {
            None => Some(Term::Reference(reference)),
            Some(part) => {
                let message = format!("`{}` is a reference: rules compare what it points to, not values over there", path.attribute.text);
                let finding = Diagnostic::new(&codes::NO_PARTS, part.span, message).label("not here");
                out.push(
                    finding
                        .related(members.reference(reference).written.span, "declared here")
                        .help(format!("write `{}` alone", path.attribute.text)),
                );
                None
            }
        },
    }
}

/// The path as it is written canonically: `name.last`.
pub(super) fn text(path: &AttributePath) -> String {
    match &path.part {
        Some(part) => format!("{}.{}", path.attribute.text, part.text),
        None => path.attribute.text.clone(),
    }
}

/// Whether nearly all records share the values of a term: it is yes or no, or one of few words.
pub(super) fn is_weak(term: Term, members: &Members<'_>) -> bool {
    let Term::Attribute { attribute, .. } = term else { return false };
    let Some(built) = &members.attribute(attribute).built else { return false };
    matches!(built.format, Format::Bool(_)) || built.stages.last().is_some_and(|stage| matches!(stage.name.as_str(), "one_of" | "country"))
}
