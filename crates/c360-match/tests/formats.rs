//! Runs the tables of cases in `formats/NAME.tsv` against the built-in formats.
//!
//! Columns, separated by tabs: pipe, country, input, canonical form, comparison form. Lines that begin with `#` are comments.
//! - pipe: as written, or only arguments (`plus: "drop"`), which belong to the format that the file is named after; `-`: no arguments.
//! - country: of the pipeline; `-`: none.
//! - input: `\n`, `\t`, `\\` and `\u{200b}` are escapes. For formats with parts `last=Müller|first=Anna` names inputs; anything else is the first.
//! - canonical form: parts as `first=Anna|last=Müller`, dates as 2024-02-29, times as 2024-02-29T12:00:00Z (microseconds where there are any),
//!   numbers with all their decimals, `true`, `false`. `!reason`: refused; `!!message`: the pipe cannot be built, and the message contains this.
//! - comparison form: `-` checks nothing, `(none)` is an empty one; of one part: `last=mueller`, several joined by `|`.
//!
//! Besides what its row says, each canonical form of a single format must be a fixed point with the same comparison form.

#[path = "support/cases.rs"]
mod cases;
#[path = "support/pipe.rs"]
mod pipe;
#[path = "support/show.rs"]
mod show;

use c360_match::format::{Format, names};
use cases::{Case, FUNCTIONS, all_cases};
use pipe::{built, stages};
use show::{Shown, show};

#[test]
fn formats_do_what_their_tables_say() {
    let cases = all_cases();
    let wrong: Vec<String> = cases.iter().filter_map(|case| check(case).err().map(|why| format!("{}: {why}", case.place))).collect();
    assert!(wrong.is_empty(), "{} of {} cases are wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn every_format_and_function_has_cases() {
    let pipes: Vec<String> = all_cases().into_iter().flat_map(|case| stages(&case.pipe)).map(|stage| stage.name).collect();
    let missing: Vec<_> = names().iter().filter(|name| !pipes.iter().any(|pipe| pipe == *name)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

fn check(case: &Case) -> Result<(), String> {
    let format = match (built(&case.pipe, &case.country), case.canonical.strip_prefix("!!")) {
        (Ok(format), None) => format,
        (Err(message), Some(expected)) if message.contains(expected) => return Ok(()),
        (Err(message), _) => return Err(format!("cannot be built: {message}")),
        (Ok(_), Some(_)) => return Err("can be built".to_owned()),
    };
    let shown = show(&format, &case.input);
    let canonical = match &shown {
        Ok(shown) => shown.canonical.clone(),
        Err(reason) => format!("!{}", reason.0),
    };
    if canonical != case.canonical {
        return Err(format!("gives      {canonical:?}\n    instead of {:?}", case.canonical));
    }
    let Ok(shown) = shown else { return Ok(()) };
    check_comparison(&shown, &case.comparison)?;
    if stages(&case.pipe).len() == 1 && !FUNCTIONS.contains(&case.pipe.split('(').next().unwrap_or_default()) {
        check_fixed_point(&format, &shown)?;
    }
    Ok(())
}

fn check_comparison(shown: &Shown, expected: &str) -> Result<(), String> {
    let (actual, expected) = match expected {
        "-" => return Ok(()),
        "(none)" => (shown.comparison.clone(), String::new()),
        _ if names_part(shown, expected) => (comparison_of_parts(shown, expected), expected.to_owned()),
        _ => (shown.comparison.clone(), expected.to_owned()),
    };
    if actual == expected { Ok(()) } else { Err(format!("compares as {actual:?}\n    instead of  {expected:?}")) }
}

/// Whether `text` begins with the name of a part: `last=mueller`.
fn names_part(shown: &Shown, text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, _)| shown.parts.iter().any(|(part, ..)| *part == name))
}

/// The comparison forms of the parts that `expected` names.
fn comparison_of_parts(shown: &Shown, expected: &str) -> String {
    let named = expected.split('|').filter_map(|entry| entry.split_once('=').map(|(name, _)| name));
    let form = |name| shown.parts.iter().find(|(part, ..)| *part == name).map_or("", |(_, _, form)| form.as_str());
    named.map(|name| format!("{name}={}", form(name))).collect::<Vec<_>>().join("|")
}

fn check_fixed_point(format: &Format, shown: &Shown) -> Result<(), String> {
    let Some(again) = shown.again(format) else { return Ok(()) };
    let again = again.map_err(|reason| format!("its canonical form {:?} is refused: {}", shown.canonical, reason.0))?;
    if again.canonical != shown.canonical {
        return Err(format!("no fixed point: {:?} becomes {:?}", shown.canonical, again.canonical));
    }
    if again.comparison != shown.comparison {
        return Err(format!("its canonical form compares as {:?} instead of {:?}", again.comparison, shown.comparison));
    }
    Ok(())
}
