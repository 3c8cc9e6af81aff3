//! Applies a format to a value and shows what comes out as text, whatever the shape of the format.

use c360_match::format::{Format, PartsFormat, Reason};

/// What a format made of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The canonical form as text; parts as `first=Anna|last=Müller`.
    pub(crate) canonical: String,
    /// The comparison form of the whole.
    pub(crate) comparison: String,
    /// Name, canonical form and comparison form of each part that is there.
    pub(crate) parts: Vec<(&'static str, String, String)>,
}

impl Shown {
    /// The canonical form normalized once more; `None` for scalars, whose fixed form is no text.
    pub(crate) fn again(&self, format: &Format) -> Option<Result<Shown, Reason>> {
        match format {
            Format::Text(_) | Format::Parts(_) => Some(show(format, &self.canonical)),
            _ => None,
        }
    }
}

/// Applies `format` to `input`, which is trimmed first, as callers do. For formats with parts `last=Müller|first=Anna` names inputs.
pub(crate) fn show(format: &Format, input: &str) -> Result<Shown, Reason> {
    let input = input.trim();
    let plain = |canonical: String| Shown { comparison: canonical.clone(), canonical, parts: Vec::new() };
    match format {
        Format::Text(text) => {
            let (mut canonical, mut comparison) = (String::new(), String::new());
            text.normalize(input, &mut canonical)?;
            text.comparable(&canonical, &mut comparison);
            Ok(Shown { canonical, comparison, parts: Vec::new() })
        }
        Format::Parts(parts) => show_parts(parts.as_ref(), input),
        Format::Date(date) => date.parse(input).map(|days| plain(day(i64::from(days)))),
        Format::DateTime(time) => time.parse(input).map(|micros| plain(instant(micros))),
        Format::Decimal { scale, parser } => parser.parse(input).map(|value| plain(decimal(value, *scale))),
        Format::Bool(bool) => bool.parse(input).map(|value| plain(value.to_string())),
    }
}

fn show_parts(format: &dyn PartsFormat, input: &str) -> Result<Shown, Reason> {
    let inputs = named_inputs(format, input);
    let mut out = vec![String::new(); format.parts().len()];
    format.normalize(&inputs, &mut out)?;
    let mut comparison = String::new();
    let given: Vec<Option<&str>> = out.iter().map(|part| Some(part.as_str()).filter(|part| !part.is_empty())).collect();
    format.comparable(&given, &mut comparison);
    let filled = format.parts().iter().zip(&out).enumerate().filter(|(_, (_, value))| !value.is_empty());
    let parts: Vec<_> = filled
        .map(|(at, (name, value))| {
            let mut form = String::new();
            format.comparable_part(at, value, &mut form);
            (*name, value.clone(), form)
        })
        .collect();
    let canonical = parts.iter().map(|(name, value, _)| format!("{name}={value}")).collect::<Vec<_>>().join("|");
    Ok(Shown { canonical, comparison, parts })
}

fn named_inputs<'a>(format: &dyn PartsFormat, input: &'a str) -> Vec<Option<&'a str>> {
    let names = format.inputs();
    let mut inputs = vec![None; names.len()];
    let at = |entry: &'a str| entry.split_once('=').and_then(|(name, value)| Some((names.iter().position(|known| *known == name)?, value)));
    if at(input).is_none() {
        inputs[0] = Some(input);
        return inputs;
    }
    for entry in input.split('|') {
        let (slot, value) = at(entry).unwrap_or_else(|| panic!("no input in `{entry}`"));
        inputs[slot] = Some(value.trim()).filter(|value| !value.is_empty());
    }
    inputs
}

fn decimal(value: i128, scale: i8) -> String {
    let scale = usize::try_from(scale).expect("no negative scale");
    let digits = format!("{:0width$}", value.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let sign = if value < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn instant(micros: i64) -> String {
    const DAY: i64 = 86_400_000_000;
    let (days, rest) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
    let (seconds, fraction) = (rest / 1_000_000, rest % 1_000_000);
    let clock = format!("{}T{:02}:{:02}:{:02}", day(days), seconds / 3600, seconds / 60 % 60, seconds % 60);
    if fraction == 0 { format!("{clock}Z") } else { format!("{clock}.{fraction:06}Z") }
}

/// The civil date of a day count, counted out year by year and month by month: slow, and unlike the code under test.
fn day(mut days: i64) -> String {
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut year = 1970;
    while days < 0 {
        year -= 1;
        days += 365 + i64::from(leap(year));
    }
    while days >= 365 + i64::from(leap(year)) {
        days -= 365 + i64::from(leap(year));
        year += 1;
    }
    let lengths = [31, 28 + i64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    format!("{year:04}-{:02}-{:02}", month + 1, days + 1)
}
