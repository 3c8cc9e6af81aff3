//! Joins the stages of a pipe into one format. Knows no particular stage.

use std::sync::Arc;

use super::Kind;
use super::scratch::with_buffer;
use crate::format::{BuildError, Format, PartsFormat, Reason, ScalarFormat, StageCall, TextFormat};

const NOTHING_LEFT: Reason = Reason::new("nothing is left of it");

/// Joins built stages; `calls` gives their names for messages.
///
/// # Errors
/// A stage other than the last that does not give text, or no stage at all.
pub(super) fn join(mut stages: Vec<(Kind, Format)>, calls: &[StageCall]) -> Result<Format, BuildError> {
    let Some((kind, last)) = stages.pop() else {
        return Err(BuildError { stage: 0, argument: None, message: "a format needs at least one stage".into(), unknown: false });
    };
    let mut before = Vec::with_capacity(stages.len());
    for (at, (kind, format)) in stages.into_iter().enumerate() {
        let Format::Text(text) = format else {
            let message = format!("`{}` does not give text, so it can only stand last", calls[at].name);
            return Err(BuildError { stage: at, argument: None, message, unknown: false });
        };
        before.push((kind, text));
    }
    if before.is_empty() && kind == Kind::Format {
        return Ok(last);
    }
    Ok(match last {
        Format::Text(text) => {
            before.push((kind, text));
            let comparison = before.iter().rposition(|(kind, _)| *kind == Kind::Format);
            Format::Text(Arc::new(TextPipe { stages: before.into_iter().map(|(_, text)| text).collect(), comparison }))
        }
        Format::Parts(parts) => Format::Parts(Arc::new(Staged { stages: texts(before), last: parts })),
        Format::Date(date) => Format::Date(Arc::new(Staged { stages: texts(before), last: date })),
        Format::DateTime(time) => Format::DateTime(Arc::new(Staged { stages: texts(before), last: time })),
        Format::Bool(bool) => Format::Bool(Arc::new(Staged { stages: texts(before), last: bool })),
        Format::Decimal { scale, parser } => Format::Decimal { scale, parser: Arc::new(Staged { stages: texts(before), last: parser }) },
    })
}

type Texts = Vec<Arc<dyn TextFormat>>;

fn texts(stages: Vec<(Kind, Arc<dyn TextFormat>)>) -> Texts {
    stages.into_iter().map(|(_, text)| text).collect()
}

/// Runs `value` through all stages and hands the trimmed result, never empty, to `then`.
fn through<T>(stages: &[Arc<dyn TextFormat>], value: &str, then: impl FnOnce(&str) -> Result<T, Reason>) -> Result<T, Reason> {
    let Some((first, rest)) = stages.split_first() else { return then(value) };
    with_buffer(|current| {
        first.normalize(value, current)?;
        with_buffer(|next| {
            for stage in rest {
                next.clear();
                stage.normalize(something(current)?, next)?;
                std::mem::swap(current, next);
            }
            Ok(())
        })?;
        then(something(current)?)
    })
}

fn something(value: &str) -> Result<&str, Reason> {
    let trimmed = value.trim();
    if trimmed.is_empty() { Err(NOTHING_LEFT) } else { Ok(trimmed) }
}

/// Stages that all give text.
#[derive(Debug)]
struct TextPipe {
    stages: Texts,
    /// The stage whose comparison form holds for the pipe.
    comparison: Option<usize>,
}

impl TextFormat for TextPipe {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        through(&self.stages, raw, |value| {
            out.push_str(value);
            Ok(())
        })
    }

    fn comparable(&self, value: &str, out: &mut String) {
        match self.comparison {
            Some(stage) => self.stages[stage].comparable(value, out),
            None => out.push_str(value),
        }
    }
}

/// Stages that give text, then one of another shape.
#[derive(Debug)]
struct Staged<F: ?Sized> {
    stages: Texts,
    last: Arc<F>,
}

impl<T> ScalarFormat<T> for Staged<dyn ScalarFormat<T>> {
    fn parse(&self, raw: &str) -> Result<T, Reason> {
        through(&self.stages, raw, |value| self.last.parse(value))
    }
}

impl PartsFormat for Staged<dyn PartsFormat> {
    fn parts(&self) -> &'static [&'static str] {
        self.last.parts()
    }

    fn constructor(&self) -> &'static str {
        self.last.constructor()
    }

    fn inputs(&self) -> &'static [&'static str] {
        self.last.inputs()
    }

    /// Each input that is there goes through the stages by itself; one that the stages refuse refuses the whole.
    fn normalize(&self, inputs: &[Option<&str>], out: &mut [String]) -> Result<(), Reason> {
        let mut staged = vec![None; inputs.len()];
        for (staged, input) in staged.iter_mut().zip(inputs) {
            if let Some(input) = input {
                *staged = Some(through(&self.stages, input, |value| Ok(value.to_owned()))?);
            }
        }
        let inputs: Vec<Option<&str>> = staged.iter().map(Option::as_deref).collect();
        self.last.normalize(&inputs, out)
    }

    fn comparable_part(&self, part: usize, value: &str, out: &mut String) {
        self.last.comparable_part(part, value, out);
    }

    fn comparable(&self, parts: &[Option<&str>], out: &mut String) {
        self.last.comparable(parts, out);
    }
}
