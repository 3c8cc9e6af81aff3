//! The text functions of pipes: each takes text and gives text, or a reason.
//!
//! Functions do what they say once more when they are applied once more (`replace`, `substring`, `strip_prefix`), so unlike formats
//! their results need not be fixed points. Where a function leaves nothing, the pipe refuses the value.

pub(super) mod affix;
pub(super) mod case;
pub(super) mod check;
pub(super) mod cut;
pub(super) mod keep;
pub(super) mod pad;

use std::fmt;
use std::sync::Arc;

use super::arguments::{self, ArgumentError};
use crate::format::{Argument, Format, Reason, TextFormat};

/// A function without arguments.
struct Plain {
    name: &'static str,
    apply: fn(&str, &mut String),
}

impl fmt::Debug for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl TextFormat for Plain {
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason> {
        (self.apply)(raw, out);
        Ok(())
    }
}

/// Builds a function that takes no arguments and refuses nothing.
fn plain(name: &'static str, apply: fn(&str, &mut String), arguments: &[Argument]) -> Result<Format, ArgumentError> {
    arguments::none(arguments)?;
    Ok(Format::Text(Arc::new(Plain { name, apply })))
}
