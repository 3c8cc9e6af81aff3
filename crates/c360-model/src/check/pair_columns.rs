//! What blocks and conditions read: attributes, and forms of them such as `soundex(name.last)`.

use super::attributes::Members;
use super::suggest::unknown;
use super::terms;
use crate::model::{Formed, Term};
use c360_match::format::Format;
use c360_match::pairs::Form;
use c360_syntax::ast::{Argument, AttributePath, Expr, ExprKind, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

/// The functions that make forms.
pub(super) const FORMS: [&str; 14] = [
    "soundex",
    "cologne",
    "metaphone",
    "spelling",
    "initials",
    "full_name",
    "prefix",
    "suffix",
    "words",
    "deletions",
    "minhash",
    "year",
    "month",
    "birthday",
];

/// What kind of values a column has, as far as measures care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Date,
    Time,
    /// A number with so many digits behind the point.
    Number(u8),
    Other,
}

/// A column as written: an attribute, or a form of one.
pub(super) fn resolve(expr: &Expr, members: &Members<'_>, out: &mut Vec<Diagnostic>) -> Option<Formed> {
    match &expr.kind {
        ExprKind::Path(path) => Some(Formed { term: term(path, expr.span, members, out)?, form: Form::Whole }),
        ExprKind::Call { function, arguments } => formed(function, arguments, expr.span, members, out),
        _ => {
            let finding = Diagnostic::new(&codes::PAIR_ARGUMENT, expr.span, "expected an attribute, or a form of one").label("not that");
            out.push(finding.help("write an attribute such as `name.last`, or a form such as `soundex(name.last)`"));
            None
        }
    }
}

fn term(path: &[Name], span: Span, members: &Members<'_>, out: &mut Vec<Diagnostic>) -> Option<Term> {
    let (attribute, parts) = path.split_first()?;
    if let Some(further) = parts.get(1) {
        let finding = Diagnostic::new(&codes::PAIR_ARGUMENT, further.span, "parts have no parts").label("one too many");
        out.push(finding.help("write `attribute.part`"));
        return None;
    }
    let path = AttributePath { span, attribute: attribute.clone(), part: parts.first().cloned() };
    terms::resolve(&path, members, out)
}

fn formed(function: &Name, arguments: &[Argument], span: Span, members: &Members<'_>, out: &mut Vec<Diagnostic>) -> Option<Formed> {
    if !FORMS.contains(&function.text.as_str()) {
        let finding = unknown(&codes::PAIR_FUNCTION, function, "form", "", &FORMS);
        let help = "docs/language.md lists the forms, such as `soundex`, `prefix`, `year`; what else is made of a value, its format or mapping makes";
        out.push(if finding.help.is_some() { finding } else { finding.help(help) });
        return None;
    }
    let Some((column, rest)) = arguments.split_first() else {
        let finding = Diagnostic::new(&codes::PAIR_ARGUMENT, span, format!("`{}` needs an attribute", function.text));
        out.push(finding.label("nothing given").help(format!("write `{}(attribute)`", function.text)));
        return None;
    };
    let ExprKind::Path(path) = &column.value.kind else {
        let finding = Diagnostic::new(&codes::PAIR_ARGUMENT, column.value.span, format!("`{}` is made of an attribute", function.text));
        out.push(finding.label("not an attribute").help("forms are not made of forms"));
        return None;
    };
    let term = term(path, column.value.span, members, out)?;
    let form = form(function, kind(term, members), rest, span, out)?;
    Some(Formed { term, form })
}

fn form(function: &Name, kind: Kind, rest: &[Argument], span: Span, out: &mut Vec<Diagnostic>) -> Option<Form> {
    let (form, needed) = match function.text.as_str() {
        "soundex" => (Form::Soundex, "text"),
        "cologne" => (Form::Cologne, "text"),
        "metaphone" => (Form::Metaphone, "text"),
        "spelling" => (Form::Spelling, "text"),
        "initials" => (Form::Initials, "text"),
        "full_name" => (Form::FullName, "text"),
        "words" => (Form::Words, "text"),
        "deletions" => (Form::Deletions, "text"),
        "prefix" => (Form::Prefix(count(rest, "letters", 1..=64, None, span, out)?), "text"),
        "suffix" => (Form::Suffix(count(rest, "letters", 1..=64, None, span, out)?), "text"),
        "minhash" => (Form::MinHash(count(rest, "keys", 1..=32, Some(4), span, out)?), "text"),
        "year" if kind == Kind::Time => (Form::YearOfTime, "time"),
        "year" => (Form::Year, "date"),
        "month" => (Form::Month, "date"),
        _ => (Form::Birthday, "date"),
    };
    let takes_rest = matches!(form, Form::Prefix(_) | Form::Suffix(_) | Form::MinHash(_));
    if let Some(extra) = rest.get(usize::from(takes_rest)) {
        let finding = Diagnostic::new(&codes::PAIR_ARGUMENT, extra.value.span, format!("`{}` takes no further argument", function.text));
        out.push(finding.label("one too many").help("remove it"));
        return None;
    }
    let fits = match needed {
        "text" => kind == Kind::Text,
        "date" => kind == Kind::Date,
        _ => true,
    };
    if !fits {
        let message = format!("`{}` is made of a {needed}, and this is none", function.text);
        out.push(Diagnostic::new(&codes::PAIR_ARGUMENT, span, message).label(format!("no {needed}")).help("compare the attribute itself"));
        return None;
    }
    Some(form)
}

/// The number of a column among those that are read, to which it is added where it is new.
pub(super) fn number(formed: Formed, columns: &mut Vec<Formed>) -> usize {
    columns.iter().position(|known| *known == formed).unwrap_or_else(|| {
        columns.push(formed);
        columns.len() - 1
    })
}

/// A whole number in the range behind the attribute; `otherwise` where none is given.
pub(super) fn count(
    rest: &[Argument],
    what: &str,
    range: std::ops::RangeInclusive<usize>,
    otherwise: Option<usize>,
    span: Span,
    out: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let given = rest.first();
    let number = match (given, otherwise) {
        (None, Some(_)) => return otherwise,
        (Some(Argument { name: None, value: Expr { kind: ExprKind::Number(number), .. } }), _) => number.parse().ok(),
        _ => None,
    };
    if let Some(number) = number.filter(|number| range.contains(number)) {
        return Some(number);
    }
    let span = given.map_or(span, |argument| argument.value.span);
    let message = format!("expected the number of {what}, from {} to {}", range.start(), range.end());
    out.push(
        Diagnostic::new(&codes::PAIR_ARGUMENT, span, message)
            .label("not that")
            .help(format!("give it as a whole number behind the attribute: {}", range.start() + 2)),
    );
    None
}

/// What kind of values a term has.
pub(super) fn kind(term: Term, members: &Members<'_>) -> Kind {
    let Term::Attribute { attribute, .. } = term else { return Kind::Other };
    match members.attribute(attribute).built.as_ref().map(|built| &built.format) {
        Some(Format::Text(_) | Format::Parts(_)) => Kind::Text,
        Some(Format::Date(_)) => Kind::Date,
        Some(Format::DateTime(_)) => Kind::Time,
        Some(Format::Decimal { scale, .. }) => Kind::Number(scale.unsigned_abs()),
        Some(Format::Bool(_)) | None => Kind::Other,
    }
}
