//! The form under which a value of a format is compared, as text. The plan compares in the same form.

use c360_match::format::{Format, PartsFormat, Reason};

/// The comparison form of a raw value, or the reason why no record ever has it.
/// Numbers of all kinds are written as the whole number that stores them (days, microseconds, units of the last digit).
pub(super) fn form(format: &Format, part: Option<usize>, raw: &str) -> Result<String, String> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Err("it is empty".to_owned());
    }
    let form = match format {
        Format::Text(text) => {
            let mut value = String::new();
            text.normalize(raw, &mut value).map_err(explain)?;
            let mut form = String::new();
            text.comparable(&value, &mut form);
            form
        }
        Format::Parts(parts) => match part {
            Some(part) => of_part(parts.as_ref(), part, raw),
            None => of_whole(parts.as_ref(), raw)?,
        },
        Format::Date(date) => date.parse(raw).map_err(explain)?.to_string(),
        Format::DateTime(datetime) => datetime.parse(raw).map_err(explain)?.to_string(),
        Format::Decimal { parser, .. } => parser.parse(raw).map_err(explain)?.to_string(),
        Format::Bool(bool) => bool.parse(raw).map_err(explain)?.to_string(),
    };
    if form.is_empty() { Err("too little of it is left to compare".to_owned()) } else { Ok(form) }
}

fn explain(reason: Reason) -> String {
    format!("its format refuses it ({})", reason.0)
}

fn of_whole(format: &dyn PartsFormat, raw: &str) -> Result<String, String> {
    let mut inputs = vec![None; format.inputs().len()];
    inputs[0] = Some(raw);
    let values = normalized(format, &inputs).map_err(explain)?;
    let parts: Vec<Option<&str>> = values.iter().map(|value| Some(value.as_str()).filter(|value| !value.is_empty())).collect();
    let mut form = String::new();
    format.comparable(&parts, &mut form);
    Ok(form)
}

/// A part alone is read through the input of the same name, where there is one; where that refuses it for being incomplete, it is taken as it stands.
fn of_part(format: &dyn PartsFormat, part: usize, raw: &str) -> String {
    let name = format.parts()[part];
    let value = format.inputs().iter().position(|input| *input == name).and_then(|input| {
        let mut inputs = vec![None; format.inputs().len()];
        inputs[input] = Some(raw);
        normalized(format, &inputs).ok().map(|values| values[part].clone()).filter(|value| !value.is_empty())
    });
    let mut form = String::new();
    format.comparable_part(part, value.as_deref().unwrap_or(raw), &mut form);
    form
}

fn normalized(format: &dyn PartsFormat, inputs: &[Option<&str>]) -> Result<Vec<String>, Reason> {
    let mut values = vec![String::new(); format.parts().len()];
    format.normalize(inputs, &mut values)?;
    Ok(values)
}
