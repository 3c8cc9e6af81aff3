//! Which formats read a column's values.

use crate::format::{Argument, ArgumentValue, Context, Format, StageCall, build};

/// A format that may fit: how it is written, and its stages.
pub(super) struct Candidate {
    pub(super) text: String,
    format: Format,
}

impl Candidate {
    /// A format by its name, with texts as arguments.
    pub(super) fn new(name: &str, arguments: &[&str], country: Option<&str>) -> Option<Candidate> {
        let argument = |text: &&str| Argument { name: None, value: ArgumentValue::Text((*text).to_owned()) };
        let stage = StageCall { name: name.to_owned(), arguments: arguments.iter().map(argument).collect() };
        let format = build(&[stage], &Context { country: country.map(str::to_owned) }).ok()?;
        let quoted: Vec<String> = arguments.iter().map(|text| format!("\"{text}\"")).collect();
        let text = if quoted.is_empty() { name.to_owned() } else { format!("{name}({})", quoted.join(", ")) };
        Some(Candidate { text, format })
    }

    /// The share of the values that the format reads; 0 where there is none.
    pub(super) fn accepts(&self, values: &[String]) -> f64 {
        let read = values.iter().filter(|value| self.reads(value)).count();
        if values.is_empty() { 0.0 } else { read as f64 / values.len() as f64 }
    }

    fn reads(&self, value: &str) -> bool {
        match &self.format {
            Format::Text(format) => format.normalize(value, &mut String::new()).is_ok(),
            Format::Parts(format) => {
                let mut inputs = vec![None; format.inputs().len()];
                inputs[0] = Some(value);
                format.normalize(&inputs, &mut vec![String::new(); format.parts().len()]).is_ok()
            }
            Format::Date(format) => format.parse(value).is_ok(),
            Format::DateTime(format) => format.parse(value).is_ok(),
            Format::Decimal { parser, .. } => parser.parse(value).is_ok(),
            Format::Bool(format) => format.parse(value).is_ok(),
        }
    }
}
