//! What is compared: a column of one side, or a form of it, as an expression of ours.

use super::Columns;
use super::sql::{Sql, Why};

/// Which record of a pair a value is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

type Terms<'a> = &'a dyn Columns;

/// An expression of one record: its side, and our expression for it.
pub(super) fn term(sql: &Sql, terms: Terms<'_>) -> Result<(Side, String), Why> {
    let sql = bare(sql);
    let side = side(sql)?;
    Ok((side, expression(sql, terms)?))
}

/// The expression of ours that both sides of a comparison stand for, if it is the same.
pub(super) fn shared(left: &Sql, right: &Sql, terms: Terms<'_>) -> Result<String, Why> {
    let (left, right) = (term(left, terms)?, term(right, terms)?);
    if left.0 == right.0 {
        return Err(Why::new("both values are of the same record"));
    }
    if left.1 != right.1 {
        return Err(Why::new(format!("`{}` and `{}` are different attributes", left.1, right.1)));
    }
    Ok(left.1)
}

/// Our expression for a column.
pub(super) fn column(name: &str, terms: Terms<'_>) -> Result<String, Why> {
    terms.term(name).ok_or_else(|| {
        Why::with_help(format!("nothing says which attribute `{name}` is"), format!("say which expression `{name}` stands for"))
    })
}

/// Without functions that only make a value of another type, or nothing of an empty text: formats have done that.
fn bare(sql: &Sql) -> &Sql {
    match sql {
        Sql::Call(function, arguments) => match (function.as_str(), arguments.as_slice()) {
            ("try_strptime" | "strptime" | "to_date" | "date" | "epoch", [value, ..]) => bare(value),
            ("nullif", [value, Sql::Text(nothing)]) if nothing.is_empty() => bare(value),
            _ => sql,
        },
        _ => sql,
    }
}

fn expression(sql: &Sql, terms: Terms<'_>) -> Result<String, Why> {
    let sql = bare(sql);
    if let Sql::Column(name) = sql {
        return column(base(name)?.1, terms);
    }
    if let Sql::Call(function, arguments) = sql
        && let Some((form, value, count)) = form(function, arguments)
    {
        let Sql::Column(name) = bare(value) else { return Err(Why::new(format!("`{form}` takes an attribute"))) };
        let value = column(base(name)?.1, terms)?;
        // The beginning of a date as ISO 8601 writes it.
        match (form, count) {
            ("prefix", Some(4)) if terms.is_date(&value) => return Ok(format!("year({value})")),
            ("prefix", Some(7)) if terms.is_date(&value) => return Ok(format!("month({value})")),
            _ => {}
        }
        return Ok(count.map_or_else(|| format!("{form}({value})"), |count| format!("{form}({value}, {count})")));
    }
    let written = written(sql)?;
    terms.term(&written).ok_or_else(|| {
        Why::with_help(
            format!("`{written}` has no counterpart"),
            format!("say which expression `{written}` stands for, or take the level or rule out and train again"),
        )
    })
}

/// Functions that have a counterpart: ours, its value, its number.
fn form<'a>(function: &str, arguments: &'a [Sql]) -> Option<(&'static str, &'a Sql, Option<u64>)> {
    let count = |number: f64| (number >= 1.0 && number.fract() == 0.0).then_some(number as u64);
    match (function, arguments) {
        ("substr" | "substring", [value, Sql::Number(1.0), Sql::Number(length)]) => Some(("prefix", value, Some(count(*length)?))),
        ("left" | "left_grapheme", [value, Sql::Number(length)]) => Some(("prefix", value, Some(count(*length)?))),
        ("right", [value, Sql::Number(length)]) => Some(("suffix", value, Some(count(*length)?))),
        ("soundex", [value]) => Some(("soundex", value, None)),
        ("year", [value]) => Some(("year", value, None)),
        ("month", [value]) => Some(("month", value, None)),
        _ => None,
    }
}

/// SQL without sides, in lower case as to functions: what [`super::import_splink`] asks its caller for.
fn written(sql: &Sql) -> Result<String, Why> {
    Ok(match sql {
        Sql::Column(name) => base(name)?.1.to_owned(),
        Sql::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Sql::Number(number) => number.to_string(),
        Sql::Call(function, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(written).collect::<Result<_, _>>()?;
            format!("{function}({})", arguments.join(", "))
        }
        _ => return Err(Why::new("this is not a value of one record")),
    })
}

/// The side of all columns in a value.
fn side(sql: &Sql) -> Result<Side, Why> {
    let mut sides = Vec::new();
    sides_of(sql, &mut sides)?;
    match sides.as_slice() {
        [] => Err(Why::new("it compares with a fixed value")),
        [first, rest @ ..] if rest.iter().all(|side| side == first) => Ok(*first),
        _ => Err(Why::new("a value mixes both records")),
    }
}

fn sides_of(sql: &Sql, sides: &mut Vec<Side>) -> Result<(), Why> {
    match sql {
        Sql::Column(name) => sides.push(base(name)?.0),
        Sql::Call(_, parts) | Sql::And(parts) | Sql::Or(parts) => parts.iter().try_for_each(|part| sides_of(part, sides))?,
        Sql::Compare(_, left, right) | Sql::Minus(left, right) => {
            sides_of(left, sides)?;
            sides_of(right, sides)?;
        }
        Sql::Text(_) | Sql::Number(_) => {}
    }
    Ok(())
}

/// Side and name of `x_l`, `x_r`, `l.x`, `r.x`.
fn base(name: &str) -> Result<(Side, &str), Why> {
    let left = name.strip_prefix("l.").or_else(|| name.strip_suffix("_l")).map(|base| (Side::Left, base));
    let right = name.strip_prefix("r.").or_else(|| name.strip_suffix("_r")).map(|base| (Side::Right, base));
    // `l.x_r` is the left record's column `x_r`.
    let by_prefix = if name.starts_with("r.") { right } else { left.or(right) };
    by_prefix.ok_or_else(|| Why::new(format!("the column `{name}` is of neither side")))
}
