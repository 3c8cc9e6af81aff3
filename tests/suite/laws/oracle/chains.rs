//! All sequences of so many kinds of operations, one behind the other in few long ones: a sequence of de Bruijn, in which each word of a length stands
//! once, cut into pieces that overlap. What a word of kinds meets is what the piece has led to so far, which is more than the first day.

use super::op::{KINDS, Op};
use super::sequences::{Dice, sample};
use super::state::State;
use super::variant::Family;

/// Operations of a piece: more would pile up files without end.
const PIECE: usize = 40;

/// Sequences on one source in which all words of `length` kinds stand.
pub(crate) fn chains(family: Family, source: &'static str, length: usize) -> Vec<Vec<Op>> {
    words(length).iter().enumerate().map(|(number, kinds)| piece(family, source, kinds, number)).collect()
}

fn piece(family: Family, source: &'static str, kinds: &[usize], number: usize) -> Vec<Op> {
    let (mut state, mut dice) = (State::start(family), Dice::new(u64::try_from(number).expect("there are few pieces")));
    let mut ops = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let op = sample(KINDS[*kind], &state, source, &mut dice);
        state.step(&op);
        ops.push(op);
    }
    ops
}

/// Pieces of places in [`KINDS`] in which all words of this length stand.
pub(crate) fn words(length: usize) -> Vec<Vec<usize>> {
    let mut all = de_bruijn(KINDS.len(), length);
    // It is a circle: its end goes on at its beginning.
    let beginning: Vec<usize> = all.iter().copied().cycle().take(length.saturating_sub(1)).collect();
    all.extend(beginning);
    let starts = (0..all.len() + 1 - length).step_by(PIECE);
    starts.map(|start| all[start..(start + PIECE + length - 1).min(all.len())].to_vec()).collect()
}

/// The shortest circle of letters under `letters` in which each word of `length` stands: the Lyndon words whose lengths divide `length`, in order
/// (Fredricksen, Kessler and Maiorana; Knuth, The Art of Computer Programming 4A, 7.2.1.1, algorithm F).
fn de_bruijn(letters: usize, length: usize) -> Vec<usize> {
    let mut circle = Vec::new();
    let mut word = vec![0];
    loop {
        if length.is_multiple_of(word.len()) {
            circle.extend(&word);
        }
        word = word.iter().copied().cycle().take(length).collect();
        while word.last() == Some(&(letters - 1)) {
            word.pop();
        }
        match word.last_mut() {
            Some(last) => *last += 1,
            None => return circle,
        }
    }
}
