//! Conditions of levels: SQL into the language's conditions on pairs.

use super::Columns;
use super::sql::{Sql, Why, parse};
use super::terms::{Side, shared, term};

type Terms<'a> = &'a dyn Columns;
type Condition = Result<String, Why>;

/// How the condition begins that a date was mistyped once.
pub(super) const ONE_SLIP: &str = "date(";

/// The condition that a level's SQL stands for.
pub(super) fn translate(sql: &str, terms: Terms<'_>) -> Condition {
    if sql.trim().eq_ignore_ascii_case("else") {
        return Ok("else".to_owned());
    }
    condition(&parse(sql)?, terms)
}

fn condition(sql: &Sql, terms: Terms<'_>) -> Condition {
    match sql {
        Sql::And(parts) => swapped(parts, terms).map_or_else(|| joined(parts, " & ", terms), Ok),
        Sql::Or(parts) => joined(parts, " | ", terms),
        Sql::Compare("=", left, right) => equal(left, right, terms),
        // `0.9 <= f(..)` is `f(..) >= 0.9`.
        Sql::Compare(sign, left, right) if is_number(left) => bounded(turned(sign), right, left, terms),
        Sql::Compare(sign, left, right) => bounded(sign, left, right, terms),
        Sql::Call(function, arguments) => call(function, arguments, terms),
        _ => Err(Why::new("it is no condition")),
    }
}

/// Parts that are alternatives themselves stand in brackets.
fn joined(parts: &[Sql], with: &str, terms: Terms<'_>) -> Condition {
    let part = |part: &Sql| {
        let written = condition(part, terms)?;
        Ok(if matches!(part, Sql::Or(_)) { format!("({written})") } else { written })
    };
    Ok(parts.iter().map(part).collect::<Result<Vec<_>, Why>>()?.join(with))
}

/// `a_l = b_r AND a_r = b_l`.
fn swapped(parts: &[Sql], terms: Terms<'_>) -> Option<String> {
    let [Sql::Compare("=", first, second), Sql::Compare("=", third, fourth)] = parts else { return None };
    let sides = |left: &Sql, right: &Sql| {
        let (left, right) = (term(left, terms).ok()?, term(right, terms).ok()?);
        // The left record's attribute, then the right record's.
        match (left.0, right.0) {
            (Side::Left, Side::Right) => Some((left.1, right.1)),
            (Side::Right, Side::Left) => Some((right.1, left.1)),
            _ => None,
        }
    };
    let ((one, other), (back, forth)) = (sides(first, second)?, sides(third, fourth)?);
    (one != other && one == forth && other == back).then(|| format!("swapped({one}, {other})"))
}

fn equal(left: &Sql, right: &Sql, terms: Terms<'_>) -> Condition {
    Ok(format!("same({})", shared(left, right, terms)?))
}

/// Functions that hold or do not.
fn call(function: &str, arguments: &[Sql], terms: Terms<'_>) -> Condition {
    match (function, arguments) {
        // Values of which there are many match if any is shared.
        ("list_has_any" | "array_has_any", [left, right]) => equal(left, right, terms),
        _ => Err(Why::new(format!("`{function}` has no counterpart"))),
    }
}

/// A function with a bound.
fn bounded(sign: &str, value: &Sql, bound: &Sql, terms: Terms<'_>) -> Condition {
    let Sql::Number(bound) = *bound else { return Err(Why::new("its bound is no number")) };
    let Sql::Call(function, arguments) = value else { return Err(Why::new("it bounds what is no function")) };
    let similarity = |name: &str, further: &str, left, right| {
        let value = shared(left, right, terms)?;
        if sign == ">=" { Ok(format!("{name}({value}{further}) >= {bound}")) } else { Err(only(">=", function)) }
    };
    let distance = |name: &str, left, right| {
        let (value, most) = (shared(left, right, terms)?, at_most(sign, bound, function)?);
        match terms.is_date(&value) {
            false => Ok(format!("{name}({value}) <= {most}")),
            true if most == 1.0 => Ok(format!("{ONE_SLIP}{value}) >= 0.9")),
            true => Err(Why::new(format!("`{value}` is a date, of which one mistake at most can be asked for"))),
        }
    };
    match (function.as_str(), arguments.as_slice()) {
        ("jaro_winkler_similarity" | "jaro_winkler", [left, right]) => similarity("jaro_winkler", "", left, right),
        ("jaro_similarity" | "jaro_sim", [left, right]) => similarity("jaro", "", left, right),
        // DuckDB compares the letters of two texts.
        ("jaccard", [left, right]) => similarity("jaccard", ", 1", left, right),
        ("levenshtein" | "editdist3", [left, right]) => distance("edits", left, right),
        ("damerau_levenshtein", [left, right]) => distance("damerau_edits", left, right),
        ("abs", [difference]) => absolute(sign, difference, bound, terms),
        ("array_length" | "len" | "list_length", [Sql::Call(inner, sets)]) => overlap(sign, inner, sets, bound, terms),
        _ => Err(Why::new(format!("`{function}` has no counterpart"))),
    }
}

/// `abs(a - b)`, of numbers, of dates in days, or of dates in seconds.
fn absolute(sign: &str, difference: &Sql, bound: f64, terms: Terms<'_>) -> Condition {
    match difference {
        Sql::Minus(left, right) if is_epoch(left) && is_epoch(right) => {
            let value = shared(left, right, terms)?;
            if sign != "<=" {
                return Err(only("<=", "abs"));
            }
            Ok(format!("days({value}) <= {}", (bound / 86_400.0).floor()))
        }
        Sql::Minus(left, right) => {
            let value = shared(left, right, terms)?;
            if sign == "<=" { Ok(format!("difference({value}) <= {bound}")) } else { Err(only("<=", "abs")) }
        }
        Sql::Call(function, arguments) => match (function.as_str(), arguments.as_slice()) {
            ("date_diff" | "datediff", [Sql::Text(unit), left, right]) if unit.eq_ignore_ascii_case("day") => {
                Ok(format!("days({}) <= {}", shared(left, right, terms)?, at_most(sign, bound, function)?))
            }
            _ => Err(Why::new(format!("`{function}` has no counterpart"))),
        },
        _ => Err(Why::new("`abs` is of no difference")),
    }
}

/// `array_length(list_intersect(a, b)) >= 1`.
fn overlap(sign: &str, function: &str, sets: &[Sql], bound: f64, terms: Terms<'_>) -> Condition {
    match (function, sets, sign) {
        ("list_intersect" | "array_intersect", [left, right], ">=") if bound == 1.0 => equal(left, right, terms),
        ("list_intersect" | "array_intersect", [left, right], ">") if bound == 0.0 => equal(left, right, terms),
        _ => Err(Why::new("of many values, at least one shared value is all that can be asked for")),
    }
}

/// The largest whole number that a bound lets through.
fn at_most(sign: &str, bound: f64, function: &str) -> Result<f64, Why> {
    match sign {
        "<=" => Ok(bound.floor()),
        "<" => Ok(bound.ceil() - 1.0),
        _ => Err(only("<=", function)),
    }
}

fn only(sign: &str, function: &str) -> Why {
    Why::with_help(format!("`{function}` is bounded by `{sign}` only"), format!("write `{function}(..) {sign} ..`"))
}

fn is_number(sql: &Sql) -> bool {
    matches!(sql, Sql::Number(_))
}

fn is_epoch(sql: &Sql) -> bool {
    matches!(sql, Sql::Call(function, _) if function == "epoch")
}

fn turned(sign: &str) -> &str {
    match sign {
        "<=" => ">=",
        ">=" => "<=",
        "<" => ">",
        ">" => "<",
        same => same,
    }
}
