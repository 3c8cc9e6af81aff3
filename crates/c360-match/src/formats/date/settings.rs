//! The arguments that `date` and `datetime` share: patterns, and what is done with short years and placeholders. Reads no values.

use super::super::arguments::ArgumentError;
use super::fields::{PLACEHOLDER, Stamp};
use super::free;
use super::order::{Order, order_of};
use super::pattern::{self, Pattern};
use super::serial::{Reading, Serial};
use crate::format::{Argument, ArgumentValue, Context, Reason};
use crate::formats::narrow::narrow;

const NO_FIT: Reason = Reason::new("fits no pattern");
const OUT_OF_RANGE: Reason = Reason::new("out of range");

/// The default pivot: two-digit years up to 30 are 2000 to 2030, the others 1931 to 1999. A constant, so that the same file always
/// means the same dates.
const PIVOT: u32 = 30;

/// How dates are read.
#[derive(Debug)]
pub(in crate::formats) struct Settings {
    readers: Vec<Reader>,
    order: Order,
    pivot: u32,
    refuse_placeholders: bool,
}

#[derive(Debug)]
enum Reader {
    Pattern(Pattern),
    Serial(Serial),
}

impl Settings {
    /// Settings from the patterns, `pivot:` and `placeholders:`, and the pipeline's country. Other named arguments go to `other`, with
    /// their position, and it says whether it knows them.
    pub(in crate::formats) fn new(
        arguments: &[Argument],
        context: &Context,
        mut other: impl FnMut(usize, &str, &ArgumentValue) -> Result<(), ArgumentError>,
    ) -> Result<Settings, ArgumentError> {
        let order = order_of(context.country.as_deref());
        let mut settings = Settings { readers: Vec::new(), order, pivot: PIVOT, refuse_placeholders: false };
        for (at, argument) in arguments.iter().enumerate() {
            match (argument.name.as_deref(), &argument.value) {
                (None, ArgumentValue::Text(text)) => settings.readers.push(reader(text).map_err(|message| ArgumentError::at(at, message))?),
                (None, _) => return Err(ArgumentError::at(at, "a pattern is a text, such as \"%d.%m.%Y\"")),
                (Some("pivot"), value) => settings.pivot = pivot(at, value)?,
                (Some("placeholders"), value) => settings.refuse_placeholders = placeholders(at, value)?,
                (Some(name), value) => other(at, name, value)?,
            }
        }
        Ok(settings)
    }

    /// Reads `raw` by the first pattern that fits and gives a date that exists; without patterns, as `free` does.
    ///
    /// # Errors
    /// That no pattern fits, or what is wrong with the date under the first that does.
    pub(in crate::formats) fn read(&self, raw: &str) -> Result<Stamp, Reason> {
        let text = narrow(raw);
        let stamp = match self.readers.is_empty() {
            true => free::read(&text, self.order, self.pivot)?.stamp()?,
            false => self.read_by_patterns(&text)?,
        };
        if self.refuse_placeholders && stamp.is_placeholder() { Err(PLACEHOLDER) } else { Ok(stamp) }
    }

    fn read_by_patterns(&self, text: &str) -> Result<Stamp, Reason> {
        let mut refused = None;
        for reader in &self.readers {
            match reader.read(text, self.pivot) {
                Some(Ok(stamp)) => return Ok(stamp),
                Some(Err(reason)) => refused = refused.or(Some(reason)),
                None => {}
            }
        }
        Err(refused.unwrap_or(NO_FIT))
    }
}

impl Reader {
    fn read(&self, text: &str, pivot: u32) -> Option<Result<Stamp, Reason>> {
        match self {
            Reader::Pattern(pattern) => Some(pattern.read(text, pivot)?.stamp()),
            Reader::Serial(serial) => match serial.read(text) {
                Reading::NoNumber => None,
                Reading::OutOfRange => Some(Err(OUT_OF_RANGE)),
                Reading::Stamp(stamp) => Some(Ok(stamp)),
            },
        }
    }
}

fn reader(text: &str) -> Result<Reader, String> {
    match Serial::of(text) {
        Some(serial) => Ok(Reader::Serial(serial)),
        None if !text.contains('%') => {
            Err("a pattern is made of specifiers, such as \"%d.%m.%Y\", or is \"epoch\", \"epoch_ms\", \"epoch_us\" or \"excel\""
                .to_owned())
        }
        None => pattern::compile(text).map(Reader::Pattern),
    }
}

fn pivot(at: usize, value: &ArgumentValue) -> Result<u32, ArgumentError> {
    match value {
        ArgumentValue::Integer(pivot @ 0..=99) => Ok(pivot.unsigned_abs() as u32),
        _ => Err(ArgumentError::at(at, "`pivot` is the last two-digit year of the 2000s, between 0 and 99, as in `pivot: 30`")),
    }
}

fn placeholders(at: usize, value: &ArgumentValue) -> Result<bool, ArgumentError> {
    match value {
        ArgumentValue::Text(text) if text == "refuse" => Ok(true),
        ArgumentValue::Text(text) if text == "keep" => Ok(false),
        _ => Err(ArgumentError::at(at, "`placeholders` is \"refuse\" or \"keep\"")),
    }
}
