//! Functions of expressions: DataFusion's scalar functions exist, everything else gets a hint at what was meant.

use super::scope::Scope;
use super::suggest::{nearest, unknown};
use c360_match::format::Format;
use c360_syntax::Diagnostic;
use c360_syntax::ast::{Argument, Name};
use c360_syntax::codes::model as codes;

/// Aggregate and window functions of DataFusion that people write by habit.
const AGGREGATES: &[&str] = &[
    "any_value",
    "approx_distinct",
    "approx_median",
    "approx_percentile_cont",
    "array_agg",
    "avg",
    "bit_and",
    "bit_or",
    "bit_xor",
    "bool_and",
    "bool_or",
    "corr",
    "count",
    "covar",
    "covar_pop",
    "covar_samp",
    "cume_dist",
    "dense_rank",
    "first_value",
    "grouping",
    "lag",
    "last_value",
    "lead",
    "max",
    "mean",
    "median",
    "min",
    "nth_value",
    "ntile",
    "percent_rank",
    "rank",
    "row_number",
    "stddev",
    "stddev_pop",
    "stddev_samp",
    "string_agg",
    "sum",
    "var",
    "var_pop",
    "var_samp",
];

/// Whether a function exists; reports it where it does not.
pub(super) fn check(function: &Name, arguments: &[Argument], scope: &Scope<'_>, out: &mut Vec<Diagnostic>) -> bool {
    let name = function.text.as_str();
    if scope.functions.contains(name) {
        return true;
    }
    out.push(if name == "each" {
        let finding = Diagnostic::new(
            &codes::VALUE_PLACE,
            function.span,
            "`each` stands only behind `=` of a `many` attribute, around the whole value",
        );
        finding.label("not inside an expression").help("write `each(column)` alone, or as an entry of a list")
    } else if AGGREGATES.contains(&name) {
        let finding =
            Diagnostic::new(&codes::AGGREGATE, function.span, format!("`{name}` is an aggregate function, and each row stands for itself"));
        finding.label("an aggregate").help(aggregate_help(name))
    } else if scope.source_named(name).is_some() {
        let finding = Diagnostic::new(&codes::UNKNOWN_FUNCTION, function.span, format!("`{name}` is a source, not a function"));
        finding.label("a source").help("a foreign key such as this one stands alone behind `=` of a reference")
    } else {
        not_found(function, arguments, scope)
    });
    false
}

fn aggregate_help(name: &str) -> &'static str {
    match name {
        "max" => "the largest of several columns of a row is `greatest(a, b)`",
        "min" => "the smallest of several columns of a row is `least(a, b)`",
        "sum" => "columns of a row are added by `+`",
        _ => "expressions of a source see one row at a time",
    }
}

fn not_found(function: &Name, arguments: &[Argument], scope: &Scope<'_>) -> Diagnostic {
    let name = function.text.as_str();
    if let Some(attribute) = constructs(name, scope).filter(|_| arguments.iter().any(|argument| argument.name.is_some())) {
        let message = format!("`{name}(..)` builds a whole value, so it cannot stand inside an expression or for another attribute");
        let finding = Diagnostic::new(&codes::CONSTRUCTOR, function.span, message).label("a constructor");
        return finding.help(format!("let it stand alone behind `=`, as in `{attribute} = {name}(..)`"));
    }
    let finding = unknown(&codes::UNKNOWN_FUNCTION, function, "function", "", scope.functions.scalar);
    if nearest(name, scope.functions.scalar).is_none() && scope.formats.knows(name) {
        return finding
            .label("a format, not a function")
            .help("formats stand at the attribute and are applied by themselves: write the raw column alone");
    }
    if finding.help.is_some() {
        finding
    } else {
        finding.help("expressions know the scalar functions of DataFusion, such as `lower`, `coalesce`, `substr`")
    }
}

/// Some attribute whose format is built by a constructor of this name.
fn constructs<'a>(name: &str, scope: &Scope<'a>) -> Option<&'a str> {
    let mut attributes = scope.members.iter().flat_map(|members| &members.attributes);
    let found = attributes.find(|attribute| matches!(attribute.built.as_ref().map(|built| &built.format), Some(Format::Parts(parts)) if parts.constructor() == name));
    found.map(|attribute| attribute.written.name.text.as_str())
}
