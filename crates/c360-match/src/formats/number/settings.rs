//! The arguments that `number` and `money` share: the decimal mark and what happens to digits that are not kept.

use super::decimal_mark::{DecimalMark, mark_of};
use super::numeral::{Excess, Rules};
use crate::format::{Argument, ArgumentValue, Context};
use crate::formats::arguments::ArgumentError;

/// The rules that `decimal:` and `excess:` and the pipeline's country give; `scale` is 0. Positional arguments are left to the caller.
pub(in crate::formats) fn rules(arguments: &[Argument], context: &Context) -> Result<Rules, ArgumentError> {
    let mut rules = Rules { scale: 0, declared: None, usual: mark_of(context.country.as_deref()), excess: Excess::Refuse };
    for (at, argument) in arguments.iter().enumerate() {
        match argument.name.as_deref() {
            None => {}
            Some("decimal") => rules.declared = Some(mark(at, &argument.value)?),
            Some("excess") => rules.excess = excess(at, &argument.value)?,
            Some(name) => {
                return Err(ArgumentError::at(at, format!("there is no argument `{name}`; expected `decimal:` or `excess:`")));
            }
        }
    }
    Ok(rules)
}

/// The only argument without a name, with its position.
pub(in crate::formats) fn positional(arguments: &[Argument]) -> Result<Option<(usize, &ArgumentValue)>, ArgumentError> {
    let mut unnamed = arguments.iter().enumerate().filter(|(_, argument)| argument.name.is_none());
    let first = unnamed.next().map(|(at, argument)| (at, &argument.value));
    match unnamed.next() {
        Some((at, _)) => Err(ArgumentError::at(at, "one argument too many")),
        None => Ok(first),
    }
}

fn mark(at: usize, value: &ArgumentValue) -> Result<DecimalMark, ArgumentError> {
    match value {
        ArgumentValue::Text(text) if text == "," => Ok(DecimalMark::Comma),
        ArgumentValue::Text(text) if text == "." => Ok(DecimalMark::Point),
        _ => Err(ArgumentError::at(at, "`decimal` is \",\" or \".\"")),
    }
}

fn excess(at: usize, value: &ArgumentValue) -> Result<Excess, ArgumentError> {
    match value {
        ArgumentValue::Text(text) if text == "round" => Ok(Excess::Round),
        ArgumentValue::Text(text) if text == "refuse" => Ok(Excess::Refuse),
        _ => Err(ArgumentError::at(at, "`excess`, what happens to digits that are not kept, is \"round\" or \"refuse\"")),
    }
}
