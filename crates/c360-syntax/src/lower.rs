//! From the shape to the `Ast`: here the vocabulary is known, and every word that is not in it is reported. Looks no names up.

mod cursor;
mod declaration;
mod entity;
mod exact;
mod expression;
mod format;
mod golden;
mod later;
mod literal;
mod mapping;
mod matching;
mod operator;
mod pipeline;
mod primary;
mod publish;
mod report;
mod source;
mod strategy;
mod usage;

use crate::ast::Item;
use crate::shape::Line;
use crate::{Diagnostic, Span};

/// The declarations of a file, and what is wrong with them.
pub(crate) fn lower(lines: &[Line<'_>]) -> (Vec<Item>, Vec<Diagnostic>) {
    let mut lowering = Lowering { diagnostics: Vec::new(), depth: 0 };
    let items = lines.iter().filter_map(|line| declaration::lower(&mut lowering, line)).collect();
    (items, lowering.diagnostics)
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
