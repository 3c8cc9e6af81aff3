//! Conditions on pairs: `jaro_winkler(name) >= 0.92 & (same(born) | edits(name.last) <= 1)`.

use super::attributes::Members;
use super::pair_columns::{self, Kind};
use super::pair_text::text;
use super::suggest::unknown;
use crate::model::Formed;
use c360_match::pairs::{Condition, Distance, Form, Measure, Similarity, Test};
use c360_match::similarity::{Coefficient, Gram};
use c360_syntax::ast::{Argument, BinaryOperator, Expr, ExprKind, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

/// Functions of conditions.
const FUNCTIONS: [&str; 28] = [
    "same",
    "missing",
    "nicknames",
    "initials_agree",
    "swapped",
    "levenshtein",
    "osa",
    "damerau",
    "jaro",
    "jaro_winkler",
    "indel",
    "dice",
    "jaccard",
    "cosine",
    "word_dice",
    "word_jaccard",
    "word_cosine",
    "token_sort",
    "token_set",
    "monge_elkan",
    "company",
    "date",
    "relative",
    "edits",
    "damerau_edits",
    "days",
    "difference",
    "metres",
];

/// What a function measures, before its bound is known.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Measured {
    Plain(Measure),
    Similarity(Similarity),
    Distance(Distance),
}

/// The condition; `None` where it is wrong, which was reported. Columns that it reads are added to `columns`.
pub(super) fn condition(expr: &Expr, members: &Members<'_>, columns: &mut Vec<Formed>, out: &mut Vec<Diagnostic>) -> Option<Condition> {
    match &expr.kind {
        ExprKind::Binary { operator: operator @ (BinaryOperator::And | BinaryOperator::Or), left, right } => {
            let (left, right) = (condition(left, members, columns, out), condition(right, members, columns, out));
            let both = vec![left?, right?];
            Some(if *operator == BinaryOperator::And { Condition::All(both) } else { Condition::Any(both) })
        }
        ExprKind::Unary { operand, .. } => condition(operand, members, columns, out).map(|inner| Condition::Not(Box::new(inner))),
        ExprKind::Binary { operator, left, right } => test(left, Some((*operator, right)), expr.span, members, columns, out),
        _ => test(expr, None, expr.span, members, columns, out),
    }
}

fn test(
    call: &Expr,
    bound: Option<(BinaryOperator, &Expr)>,
    span: Span,
    members: &Members<'_>,
    columns: &mut Vec<Formed>,
    out: &mut Vec<Diagnostic>,
) -> Option<Condition> {
    let ExprKind::Call { function, arguments } = &call.kind else {
        out.push(not_a_test(call));
        return None;
    };
    let measured = measured(function, arguments, call.span, out)?;
    let (formed, kind) = read(function, measured, arguments, call.span, members, out)?;
    let measure = bounded(function, measured, kind, bound, span, out)?;
    let columns = formed.into_iter().map(|formed| pair_columns::number(formed, columns)).collect();
    Some(Condition::Test(Test { measure, columns }))
}

fn not_a_test(expr: &Expr) -> Diagnostic {
    let finding = Diagnostic::new(&codes::PAIR_FUNCTION, expr.span, "this says nothing of a pair").label("no comparison");
    match &expr.kind {
        ExprKind::Path(_) => finding.suggest(expr.span, format!("same({})", text(expr))),
        _ => finding.help("write a comparison such as `same(born)` or `jaro_winkler(name.last) >= 0.92`"),
    }
}

fn measured(function: &Name, arguments: &[Argument], span: Span, out: &mut Vec<Diagnostic>) -> Option<Measured> {
    use Measured::{Distance as Far, Plain, Similarity as Near};
    let mut grams = |coefficient| {
        let size = pair_columns::count(arguments.get(1..).unwrap_or_default(), "letters of a gram", 1..=3, Some(2), span, out)?;
        let gram = [Gram::One, Gram::Two, Gram::Three][size - 1];
        Some(Near(Similarity::Grams(gram, coefficient)))
    };
    Some(match function.text.as_str() {
        "same" => Plain(Measure::Same),
        "missing" => Plain(Measure::Missing),
        "nicknames" => Plain(Measure::Nicknames),
        "initials_agree" => Plain(Measure::Initials),
        "swapped" => Plain(Measure::Swapped),
        "levenshtein" => Near(Similarity::Levenshtein),
        "osa" => Near(Similarity::Osa),
        "damerau" => Near(Similarity::Damerau),
        "jaro" => Near(Similarity::Jaro),
        "jaro_winkler" => Near(Similarity::JaroWinkler),
        "indel" => Near(Similarity::Indel),
        "dice" => grams(Coefficient::Dice)?,
        "jaccard" => grams(Coefficient::Jaccard)?,
        "cosine" => grams(Coefficient::Cosine)?,
        "word_dice" => Near(Similarity::Words(Coefficient::Dice)),
        "word_jaccard" => Near(Similarity::Words(Coefficient::Jaccard)),
        "word_cosine" => Near(Similarity::Words(Coefficient::Cosine)),
        "token_sort" => Near(Similarity::TokenSort),
        "token_set" => Near(Similarity::TokenSet),
        "monge_elkan" => Near(Similarity::MongeElkan),
        "company" => Near(Similarity::Company),
        "date" => Near(Similarity::Date),
        "relative" => Near(Similarity::Relative),
        "edits" => Far(Distance::Edits),
        "damerau_edits" => Far(Distance::DamerauEdits),
        "days" => Far(Distance::Days),
        "difference" => Far(Distance::Difference),
        "metres" => Far(Distance::Metres),
        _ => {
            out.push(not_found(function));
            return None;
        }
    })
}

fn not_found(function: &Name) -> Diagnostic {
    let finding = unknown(&codes::PAIR_FUNCTION, function, "comparison", "", &FUNCTIONS);
    match function.text.as_str() {
        "differ" => finding.help("write `not same(..)`; to keep whole entities apart, write `never differ(..)` in the match block"),
        form if pair_columns::FORMS.contains(&form) => finding.help(format!("compare the form: `same({form}(..))`")),
        _ if finding.help.is_some() => finding,
        _ => finding.help("docs/similarity.md lists the comparisons, such as `same`, `jaro_winkler`, `edits`, `days`"),
    }
}

/// The columns of a test, and the kind of the first.
fn read(
    function: &Name,
    measured: Measured,
    arguments: &[Argument],
    span: Span,
    members: &Members<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<(Vec<Formed>, Kind)> {
    let needed = if matches!(measured, Measured::Plain(Measure::Swapped) | Measured::Distance(Distance::Metres)) { 2 } else { 1 };
    let further = usize::from(matches!(measured, Measured::Similarity(Similarity::Grams(..))));
    if arguments.len() < needed || arguments.len() > needed + further {
        let (counted, named) = if needed == 1 { ("one attribute", "it") } else { ("two attributes", "them") };
        let finding = Diagnostic::new(&codes::PAIR_ARGUMENT, span, format!("`{}` compares {counted}", function.text));
        out.push(finding.label("not that many").help(format!("name {named} once: each is read from both records")));
        return None;
    }
    let mut columns = Vec::new();
    let mut kind = Kind::Other;
    for (place, argument) in arguments[..needed].iter().enumerate() {
        let mut formed = pair_columns::resolve(&argument.value, members, out)?;
        let own = match formed.form {
            Form::Whole => pair_columns::kind(formed.term, members),
            _ => Kind::Text,
        };
        if let Some(wanted) = wanted(measured).filter(|wanted| !suits(wanted, own)) {
            let message = format!("`{}` compares {wanted}, and `{}` holds none", function.text, text(&argument.value));
            let kind = wanted.split(' ').next().unwrap_or(wanted).trim_end_matches('s');
            let finding = Diagnostic::new(&codes::PAIR_ARGUMENT, argument.value.span, message).label(format!("no {kind}"));
            out.push(finding.help("docs/similarity.md says which comparison suits what; `same(..)` suits everything"));
            return None;
        }
        if place == 0 {
            kind = own;
        }
        if let (Kind::Number(digits), Some("numbers")) = (own, wanted(measured)) {
            formed.form = Form::Unscaled(digits);
        }
        columns.push(formed);
    }
    Some((columns, kind))
}

/// What a measure compares; `None` where it takes everything.
fn wanted(measured: Measured) -> Option<&'static str> {
    match measured {
        Measured::Plain(Measure::Same | Measure::Missing) => None,
        Measured::Similarity(Similarity::Date) => Some("dates"),
        Measured::Distance(Distance::Days) => Some("dates or times"),
        Measured::Similarity(Similarity::Relative) | Measured::Distance(Distance::Difference | Distance::Metres) => Some("numbers"),
        _ => Some("texts"),
    }
}

fn suits(wanted: &str, kind: Kind) -> bool {
    match wanted {
        "dates" => kind == Kind::Date,
        "dates or times" => matches!(kind, Kind::Date | Kind::Time),
        // A text can hold a number, such as the one of a house.
        "numbers" => matches!(kind, Kind::Number(_) | Kind::Text),
        _ => kind == Kind::Text,
    }
}

fn bounded(
    function: &Name,
    measured: Measured,
    kind: Kind,
    bound: Option<(BinaryOperator, &Expr)>,
    span: Span,
    out: &mut Vec<Diagnostic>,
) -> Option<Measure> {
    let name = &function.text;
    let (example, operator) = match measured {
        Measured::Plain(measure) => {
            if bound.is_none() {
                return Some(measure);
            }
            let finding = Diagnostic::new(&codes::PAIR_BOUND, span, format!("`{name}` holds or does not: it has no bound"));
            out.push(finding.label("a bound").help(format!("write `{name}(..)` alone")));
            return None;
        }
        Measured::Similarity(_) => (">= 0.9", BinaryOperator::GreaterEqual),
        Measured::Distance(_) => ("<= 2", BinaryOperator::LessEqual),
    };
    let Some((_, value)) = bound.filter(|(given, _)| *given == operator) else {
        let message = match bound {
            None => format!("`{name}` needs a bound"),
            Some(_) => format!("the bound of `{name}` is written with `{}`", &example[..2]),
        };
        out.push(Diagnostic::new(&codes::PAIR_BOUND, span, message).label("not like this").help(format!("write `{name}(..) {example}`")));
        return None;
    };
    let number = match &value.kind {
        ExprKind::Number(number) => number.parse().unwrap_or(f64::NAN),
        _ => f64::NAN,
    };
    let (fits, reason) = match measured {
        Measured::Similarity(_) => (number > 0.0 && number <= 1.0, "similarities go from 0, which always holds, to 1"),
        _ => (number >= 0.0 && number.is_finite(), "distances begin at 0"),
    };
    if !fits {
        let finding = Diagnostic::new(&codes::PAIR_BOUND, value.span, format!("this bound is always or never met: {reason}"));
        out.push(finding.label("out of range").help(format!("write `{name}(..) {example}`")));
        return None;
    }
    Some(match measured {
        Measured::Similarity(similarity) => Measure::AtLeast(similarity, number),
        Measured::Distance(distance) => Measure::AtMost(distance, number * unit(distance, kind)),
        Measured::Plain(measure) => measure,
    })
}

/// What one unit of the bound is in the number that stores a value.
fn unit(distance: Distance, kind: Kind) -> f64 {
    match (distance, kind) {
        (Distance::Days, Kind::Time) => 86_400e6,
        _ => 1.0,
    }
}
