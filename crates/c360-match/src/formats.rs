//! The registry of built-in formats and text functions: names into [`Format`]s. One file per format; no format's rules live here.

mod arguments;
mod boolean;
mod compact;
mod company_name;
mod country;
mod date;
mod datetime;
mod domain;
mod email;
mod fold;
mod functions;
mod hostname;
mod iban;
mod iso_7064;
mod latin;
mod letter;
mod money;
mod narrow;
mod number;
mod one_of;
mod options;
mod person_name;
mod phone;
mod pipe;
mod postal_address;
mod postcode;
mod scratch;
mod table;
mod text;
mod url;
mod vat_id;

use std::sync::LazyLock;

use crate::format::{Argument, BuildError, Context, Format, StageCall};
use arguments::ArgumentError;

// What similarities share with the comparison forms of formats.
pub(crate) use company_name::{push_comparable as push_company, weight as weight_of_company_word};
pub(crate) use fold::squeeze;
pub(crate) use scratch::with_buffer;

/// How a stage is made from its arguments.
type Build = fn(&[Argument], &Context) -> Result<Format, ArgumentError>;

/// A stage by name.
struct Stage {
    name: &'static str,
    build: Build,
    /// Which stage of a pipe gives the comparison form: the last that is a format.
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Format,
    Function,
}

const fn format(name: &'static str, build: Build) -> Stage {
    Stage { name, build, kind: Kind::Format }
}

const fn function(name: &'static str, build: Build) -> Stage {
    Stage { name, build, kind: Kind::Function }
}

/// All stages, sorted by name.
static STAGES: &[Stage] = &[
    function("alphanumeric", functions::keep::alphanumeric),
    function("ascii", functions::case::ascii),
    format("bool", boolean::build),
    format("company_name", company_name::build),
    format("country", country::build),
    format("date", date::build),
    format("datetime", datetime::build),
    function("digits", functions::keep::digits),
    format("domain", domain::build),
    format("email", email::build),
    function("empty_if", functions::check::empty_if),
    format("iban", iban::build),
    function("length", functions::check::length),
    function("letters", functions::keep::letters),
    function("lower", functions::case::lower),
    function("lpad", functions::pad::lpad),
    function("matches", functions::check::matches),
    format("money", money::build),
    format("number", number::build),
    format("one_of", one_of::build),
    format("person_name", person_name::build),
    format("phone", phone::build),
    format("postal_address", postal_address::build),
    format("postcode", postcode::build),
    function("prefix", functions::affix::prefix),
    function("replace", functions::cut::replace),
    function("rpad", functions::pad::rpad),
    function("strip_prefix", functions::affix::strip_prefix),
    function("strip_suffix", functions::affix::strip_suffix),
    function("substring", functions::cut::substring),
    format("text", text::build),
    function("title", functions::case::title),
    function("trim", functions::cut::trim),
    function("upper", functions::case::upper),
    format("url", url::build),
    format("vat_id", vat_id::build),
];

/// Builds a pipe of stages into one format. Every stage but the last must give text; the text between stages is trimmed, and a value
/// of which a stage leaves nothing is refused. The comparison form is that of the last stage that is a format, not a function.
///
/// # Errors
/// The first stage that is unknown, gets a wrong argument or cannot stand where it stands.
pub fn build(stages: &[StageCall], context: &Context) -> Result<Format, BuildError> {
    let built = stages.iter().enumerate().map(|(at, call)| build_stage(at, call, context)).collect::<Result<Vec<_>, _>>()?;
    pipe::join(built, stages)
}

/// The names of all built-in formats and text functions, sorted.
#[must_use]
pub fn names() -> &'static [&'static str] {
    static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| STAGES.iter().map(|stage| stage.name).collect());
    &NAMES
}

fn build_stage(at: usize, call: &StageCall, context: &Context) -> Result<(Kind, Format), BuildError> {
    let Some(stage) = STAGES.iter().find(|stage| stage.name == call.name) else {
        let message = format!("there is no format or function `{}`", call.name);
        return Err(BuildError { stage: at, argument: None, message, unknown: true });
    };
    match (stage.build)(&call.arguments, context) {
        Ok(format) => Ok((stage.kind, format)),
        Err(ArgumentError { argument, message }) => Err(BuildError { stage: at, argument, message, unknown: false }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_sorted_by_name() {
        assert!(names().is_sorted_by(|left, right| left < right), "{:?}", names());
    }
}
