//! Where the columns of a row begin: behind the first word, before options. All that `fmt` knows of the vocabulary.

use super::row::Kind;
use crate::shape::{Atom, Part};

/// What a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The file: `publish | customer | to parquet(..)`
    File,
    /// `entity` and `event`: `email | email | many | pii`
    Attributes,
    /// `match`: `exact tax_id | strong`
    Rules,
    /// All other blocks: `state | ".."`
    Entries,
}

/// Before which atom which column begins.
pub(super) struct Break {
    pub(super) at: usize,
    pub(super) column: usize,
}

impl Place {
    /// The block of a declaration or entry that starts with `keyword`.
    pub(super) fn of_block(keyword: &str) -> Place {
        match keyword {
            "entity" | "event" => Place::Attributes,
            "match" => Place::Rules,
            _ => Place::Entries,
        }
    }

    /// How its lines are aligned: the blanks before each column but the first.
    pub(super) fn kind(self) -> Kind {
        match self {
            Place::File => Kind::Columns(&[1, 1]),
            Place::Attributes => Kind::Columns(&[1, 2, 2]),
            Place::Rules => Kind::Columns(&[2]),
            Place::Entries => Kind::Columns(&[1]),
        }
    }
}

/// The columns of a part.
pub(super) fn breaks(place: Place, part: &Part<'_>) -> Vec<Break> {
    let atoms = part.atoms.as_slice();
    let mut breaks = match place {
        Place::File => vec![Break { at: 1, column: 1 }, Break { at: behind_name(atoms), column: 2 }],
        Place::Attributes => attribute(atoms),
        Place::Rules => options_of_rule(atoms).map(|at| Break { at, column: 1 }).into_iter().collect(),
        Place::Entries => vec![Break { at: 1, column: 1 }],
    };
    breaks.retain(|own| atoms.get(own.at).is_some_and(|atom| atom.operator() != Some(":")));
    breaks
}

/// `since` and `since: date` are names at the top of a file.
fn behind_name(atoms: &[Atom<'_>]) -> usize {
    let is_typed = atoms.get(2).and_then(Atom::operator) == Some(":");
    let equals = atoms.iter().position(|atom| atom.operator() == Some("="));
    if is_typed { equals.unwrap_or(atoms.len()) } else { 2 }
}

fn attribute(atoms: &[Atom<'_>]) -> Vec<Break> {
    let mut breaks = vec![Break { at: 1, column: 1 }];
    let options = atoms.iter().skip(2).rev().take_while(|atom| matches!(atom.word(), Some("many" | "pii"))).count();
    let first = atoms.len() - options;
    match &atoms[first..] {
        [option] if option.word() == Some("pii") => breaks.push(Break { at: first, column: 3 }),
        [many, pii] if many.word() == Some("many") && pii.word() == Some("pii") => {
            breaks.extend([Break { at: first, column: 2 }, Break { at: first + 1, column: 3 }]);
        }
        [] => {}
        _ => breaks.push(Break { at: first, column: 2 }),
    }
    breaks
}

fn options_of_rule(atoms: &[Atom<'_>]) -> Option<usize> {
    let options: &[&str] = match atoms.first().and_then(Atom::word)? {
        "exact" => &["strong", "at"],
        "model" => &["accept", "review"],
        _ => return None,
    };
    let behind_term = atoms.iter().enumerate().skip(2);
    behind_term.filter(|(_, atom)| atom.word().is_some_and(|word| options.contains(&word))).map(|(at, _)| at).next()
}
