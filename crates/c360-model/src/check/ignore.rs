//! `ignore`: values that prove nothing, in the form in which they are compared.

use super::attributes::{Members, Value};
use super::comparison;
use super::matching::Matching;
use super::terms;
use crate::model::{Ignore, Term};
use c360_syntax::ast::{AttributePath, Text};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

/// Adds the ignored values of a term.
pub(super) fn ignore(
    span: Span,
    path: &AttributePath,
    values: &[Text],
    members: &Members<'_>,
    matching: &mut Matching,
    out: &mut Vec<Diagnostic>,
) {
    let Some(term) = terms::resolve(path, members, out) else { return };
    let Term::Attribute { attribute, part } = term else {
        let message = format!("`{}` is a reference and has no values to ignore", path.attribute.text);
        let finding = Diagnostic::new(&codes::IGNORE_TERM, path.span, message).label("a reference");
        out.push(finding.help("ignore values of the attribute that the reference is found by, in its own entity"));
        return;
    };
    let found = comparable_values(values, members.attribute(attribute), part, out);
    match matching.ignore.iter_mut().find(|known| known.term == term) {
        Some(known) => known.values.extend(found),
        None => matching.ignore.push(Ignore { span, term, values: found }),
    }
    for known in &mut matching.ignore {
        known.values.sort();
        known.values.dedup();
    }
}

fn comparable_values(values: &[Text], attribute: &Value<'_>, part: Option<usize>, out: &mut Vec<Diagnostic>) -> Vec<String> {
    let Some(built) = &attribute.built else { return Vec::new() };
    let mut found: Vec<String> = Vec::with_capacity(values.len());
    for value in values {
        match comparison::form(&built.format, part, &value.value) {
            Ok(form) if found.contains(&form) => {
                let message = format!("`{}` is compared like a value that stands before it", value.value);
                out.push(Diagnostic::new(&codes::REPEATED_MATCH, value.span, message).label("has no effect").help("remove it"));
            }
            Ok(form) => found.push(form),
            Err(reason) => out.push(never_occurs(value, attribute, &reason)),
        }
    }
    found
}

fn never_occurs(value: &Text, attribute: &Value<'_>, reason: &str) -> Diagnostic {
    let message = match value.value.trim() {
        "" => "an empty value never equals another, ignored or not".to_owned(),
        shown => format!("`{}` never has the value `{shown}`: {reason}", attribute.written.name.text),
    };
    let finding = Diagnostic::new(&codes::IGNORE_NEVER, value.span, message).label("never occurs");
    finding
        .related(attribute.written.span, "declared here")
        .help("remove it: values that a format refuses are empty, and empty never equals empty")
}

/// Warns of ignored terms that no rule and no guard compares.
pub(super) fn check_used(matching: &Matching, out: &mut Vec<Diagnostic>) {
    for ignore in &matching.ignore {
        if !matching.terms().any(|(term, _)| term.overlaps(ignore.term)) {
            let finding = Diagnostic::new(&codes::IGNORE_UNUSED, ignore.span, "no rule compares what this ignores");
            out.push(finding.label("has no effect").help("remove it, or add the rule that it is meant for"));
        }
    }
}
