//! What is wrong with the user's files, as data: code, place, reason, suggestion.
//!
//! A mistake in a file is never a `Result` and never a panic: it is a [`Diagnostic`], and all of them are collected.

use crate::span::Span;

/// How bad it is: an error stops every verb but `fmt`; a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The pipeline cannot run.
    Error,
    /// The pipeline runs, but something in it is probably not meant.
    Warning,
}

/// One finding about the user's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, an entry of [`crate::codes`]; decides the severity.
    pub code: &'static crate::codes::Code,
    /// Where; the first thing that a reader looks at.
    pub span: Span,
    /// What is wrong, one sentence without a full stop, names in backticks.
    pub message: String,
    /// A short text at the place itself ("no such column"), may be empty.
    pub label: String,
    /// Further places that matter, each with its own short text ("first declared here").
    pub related: Vec<(Span, String)>,
    /// What to do, one sentence.
    pub help: Option<String>,
    /// A replacement that the help proposes: the text of the span becomes this.
    pub suggestion: Option<(Span, String)>,
}

impl Diagnostic {
    /// A finding of `code` at `span`; labels, help and suggestion are added by the methods below.
    pub fn new(code: &'static crate::codes::Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, span, message: message.into(), label: String::new(), related: Vec::new(), help: None, suggestion: None }
    }

    /// Adds the short text at the place itself.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        self.label = text.into();
        self
    }

    /// Adds another place with its text.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.related.push((span, text.into()));
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help = Some(text.into());
        self
    }

    /// Proposes `text` instead of what stands at `span`, and says so in the help.
    #[must_use]
    pub fn suggest(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        let text = text.into();
        if self.help.is_none() {
            self.help = Some(format!("did you mean `{text}`?"));
        }
        self.suggestion = Some((span, text));
        self
    }
}
