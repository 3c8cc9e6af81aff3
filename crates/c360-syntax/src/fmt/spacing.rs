//! Between which atoms of a part a blank stands: all, but around `:` and behind a minus that is a sign.

use crate::shape::{Atom, AtomKind};
use crate::vocabulary::RESERVED;

/// Whether a blank stands between `before` and `atom`.
pub(super) fn is_spaced(before: &[Atom<'_>], atom: &Atom<'_>) -> bool {
    let is_operand = !matches!(atom.kind, AtomKind::Operator(_) | AtomKind::Block(_));
    let is_colon = atom.operator() == Some(":");
    let is_signed = is_operand && ends_with_sign(before);
    !is_colon && !is_signed
}

/// Whether the last atom is a minus with nothing to its left that it could be taken from.
fn ends_with_sign(atoms: &[Atom<'_>]) -> bool {
    let Some((last, before)) = atoms.split_last() else { return false };
    last.operator() == Some("-")
        && before.last().is_none_or(|left| left.operator().is_some() || left.word().is_some_and(|word| RESERVED.contains(&word)))
}
