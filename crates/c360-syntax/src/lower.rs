//! From the shape to the `Ast`: here the vocabulary is known, and every word that is not in it is reported. Looks no names up.

mod condition;
mod cursor;
mod declaration;
mod entity;
mod exact;
mod expression;
mod format;
mod fuzzy;
mod golden;
mod later;
mod literal;
mod mapping;
mod matching;
mod operator;
mod overrides;
mod pipeline;
mod primary;
mod publish;
mod report;
mod source;
mod strategy;
mod trained;
mod usage;

use crate::ast::{Expr, Item};
use crate::codes::syntax as codes;
use crate::shape::Line;
use crate::{Diagnostic, Span};

/// The declarations of a file, and what is wrong with them.
pub(crate) fn lower(lines: &[Line<'_>]) -> (Vec<Item>, Vec<Diagnostic>) {
    let mut lowering = Lowering { diagnostics: Vec::new(), depth: 0 };
    let items = lines.iter().filter_map(|line| declaration::lower(&mut lowering, line)).collect();
    (items, lowering.diagnostics)
}

/// The condition that is all there is in a text, and what is wrong with it; `start` is where the text starts.
pub(crate) fn condition(lines: &[Line<'_>], start: Span) -> (Option<Expr>, Vec<Diagnostic>) {
    let mut lowering = Lowering { diagnostics: Vec::new(), depth: 0 };
    let parts = cursor::entries(&mut lowering, lines);
    let condition = match parts.as_slice() {
        [part] => condition::whole(&mut lowering, &mut cursor::Cursor::new(part), "the condition").ok(),
        _ => {
            let message = format!("expected one condition, found {}", parts.len());
            lowering.report(Diagnostic::new(&codes::EXPECTED, start, message).label("not like this"));
            None
        }
    };
    (condition, lowering.diagnostics)
}

/// What all of lowering shares.
struct Lowering {
    diagnostics: Vec<Diagnostic>,
    /// How deep the expression at hand nests.
    depth: usize,
}

/// A result whose error has been reported already: nothing is left to say.
type Parsed<T> = Result<T, Reported>;

/// See [`Parsed`].
#[derive(Debug, Clone, Copy)]
struct Reported;

/// Entries of a block that were seen, so that a second one is reported.
#[derive(Default)]
struct Seen(Vec<(&'static str, Span)>);
