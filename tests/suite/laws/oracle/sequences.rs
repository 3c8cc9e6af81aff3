//! Sequences of operations: all short ones, long ones by chance, and shorter ones of one that fails. Applies them only to know what exists.

use super::current::Row;
use super::op::{KINDS, Kind, Op};
use super::start;
use super::state::State;
use super::variant::{FLAVOURS, Family};

/// Chance that is the same every time: splitmix64.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number under `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let number = self.next() % u64::try_from(end).expect("a usize has at most 64 bits");
        usize::try_from(number).expect("it is below a usize")
    }

    /// One of `items`, of which there is at least one.
    pub(crate) fn pick<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        let place = self.below(items.len());
        &items[place]
    }
}

/// Every sequence of `length` kinds of operations, each on one source and with small parameters that depend on nothing but the sequence:
/// 16, 256, 4096 for lengths 1, 2, 3.
pub(crate) fn all(family: Family, source: &'static str, length: usize) -> Vec<Vec<Op>> {
    let mut found = vec![(State::start(family), Vec::new())];
    for position in 0..length {
        let mut longer = Vec::with_capacity(found.len() * KINDS.len());
        for (state, ops) in &found {
            for (number, kind) in KINDS.iter().enumerate() {
                let seed = [position, number].iter().fold(7_u64, |seed, part| seed * 31 + u64::try_from(*part).expect("small"));
                let op = sample(*kind, state, source, &mut Dice::new(seed));
                let mut next = state.clone();
                next.step(&op);
                longer.push((next, [ops.as_slice(), &[op]].concat()));
            }
        }
        found = longer;
    }
    found.into_iter().map(|(_, ops)| ops).collect()
}

/// A sequence by chance, on all sources of a family.
pub(crate) fn random(family: Family, seed: u64, length: usize) -> Vec<Op> {
    of_kinds(&KINDS, family, seed, length)
}

/// A sequence in which one row changes, comes or goes at a time: what rules compare changes most of the time.
pub(crate) fn of_rows(family: Family, seed: u64, length: usize) -> Vec<Op> {
    of_kinds(&[Kind::UpdateRow, Kind::UpdateRow, Kind::UpdateRow, Kind::DeleteRow, Kind::Return], family, seed, length)
}

fn of_kinds(kinds: &[Kind], family: Family, seed: u64, length: usize) -> Vec<Op> {
    let (mut dice, mut state) = (Dice::new(seed), State::start(family));
    let mut ops = Vec::with_capacity(length);
    for _ in 0..length {
        let kind = *dice.pick(kinds);
        let source = *dice.pick(family.sources());
        let op = sample(kind, &state, source, &mut dice);
        state.step(&op);
        ops.push(op);
    }
    ops
}

/// An operation of a kind on a source, about something that is there if anything is.
pub(crate) fn sample(kind: Kind, state: &State, source: &'static str, dice: &mut Dice) -> Op {
    let family = state.variant.family;
    match kind {
        Kind::AddFile => Op::AddFile { source, path: new_path(state, source, dice), rows: rows(family, source, dice) },
        Kind::ReplaceFile => Op::ReplaceFile { source, path: path(state, source, dice), rows: rows(family, source, dice) },
        Kind::RemoveFile => Op::RemoveFile { source, path: path(state, source, dice) },
        Kind::UpdateRow => update(state, source, dice),
        Kind::DeleteRow => Op::DeleteRow { source, key: key(&state.keys(source), dice) },
        Kind::MoveKey => Op::MoveKey { source, key: key(&state.keys(source), dice), path: format!("{source}/{}.csv", 1 + dice.below(6)) },
        Kind::LateFile => Op::LateFile { source, rows: rows(family, source, dice) },
        Kind::Redeliver => Op::Redeliver { source, path: path(state, source, dice), to: new_path(state, source, dice) },
        Kind::Return => Op::Return { source, key: key(&state.gone_keys(source), dice) },
        Kind::AddSource => Op::AddSource(state.variant.without.unwrap_or(source)),
        Kind::RemoveSource => remove_source(family, source, dice),
        Kind::ChangePipeline => change(state, dice),
        Kind::Touch => Op::Touch { source, path: path(state, source, dice) },
        Kind::Decide => decide(state, source, dice),
        Kind::Undecide => undecide(state, dice),
        Kind::Nothing => Op::Nothing,
    }
}

fn update(state: &State, source: &'static str, dice: &mut Dice) -> Op {
    let columns = state.variant.family.source(source).columns;
    // The key stays: a row with another key is another row.
    let column = *dice.pick(&columns[1..]);
    let key = key(&state.keys(source), dice);
    let old = state.cell(source, &key, column);
    let value = std::iter::repeat_with(|| start::cell(column, dice)).find(|value| Some(value) != old.as_ref());
    Op::UpdateRow { source, key, column, value: value.expect("there is no end of them") }
}

/// A decision that changes something, where there is one.
fn decide(state: &State, source: &'static str, dice: &mut Dice) -> Op {
    let family = state.variant.family;
    let model = family.base().model();
    let entities: Vec<_> = model.entities.iter().filter(|entity| model.describing(entity.name).contains(&source)).collect();
    let entity = dice.pick(&entities).name;
    let record = |of: &str, dice: &mut Dice| {
        let mut keys = state.keys(of);
        keys.push("77".to_owned());
        format!("{of}:{}", dice.pick(&keys))
    };
    let mut drawn = || {
        let other = *dice.pick(&model.describing(entity));
        let records = [record(source, dice), record(other, dice)];
        Op::Decide { what: if dice.below(2) == 0 { "always" } else { "never" }, entity, records, file: 1 + dice.below(2) }
    };
    let mut op = drawn();
    for _ in 0..20 {
        if !state.clone().apply(&op).is_empty() {
            break;
        }
        op = drawn();
    }
    op
}

fn undecide(state: &State, dice: &mut Dice) -> Op {
    let decided = state.decided();
    if decided.is_empty() {
        return Op::Nothing;
    }
    let (entity, records) = dice.pick(&decided).clone();
    Op::Undecide { entity, records }
}

fn remove_source(family: Family, source: &'static str, dice: &mut Dice) -> Op {
    let removable = family.removable();
    let place = removable.iter().position(|known| *known == source).unwrap_or_else(|| dice.below(removable.len()));
    Op::RemoveSource(removable[place])
}

fn change(state: &State, dice: &mut Dice) -> Op {
    let others: Vec<_> = FLAVOURS.into_iter().filter(|flavour| *flavour != state.variant.flavour).collect();
    Op::ChangePipeline(*dice.pick(&others))
}

fn rows(family: Family, source: &str, dice: &mut Dice) -> Vec<Row> {
    let count = dice.below(4) + usize::from(dice.below(10) > 0);
    (0..count).map(|_| start::row(family, source, dice)).collect()
}

/// A path of which there is a file, where there is any.
fn path(state: &State, source: &str, dice: &mut Dice) -> String {
    let paths = state.paths(source);
    if paths.is_empty() { format!("{source}/1.csv") } else { dice.pick(&paths).clone() }
}

/// A path of which there is none: one that was there before, one in between or one at the end.
fn new_path(state: &State, source: &str, dice: &mut Dice) -> String {
    let paths = state.paths(source);
    let free: Vec<String> = (1..40).map(|number| format!("{source}/{number}.csv")).filter(|path| !paths.contains(path)).take(4).collect();
    dice.pick(&free).clone()
}

fn key(known: &[String], dice: &mut Dice) -> String {
    if known.is_empty() { "1".to_owned() } else { dice.pick(known).clone() }
}

/// A sequence that still fails, of which no operation can be left out: takes out ever smaller parts. `fails` is asked about subsequences.
pub(crate) fn shrink(ops: &[Op], mut fails: impl FnMut(&[Op]) -> bool) -> Vec<Op> {
    let mut left = ops.to_vec();
    let mut part = left.len().div_ceil(2);
    while part > 0 {
        let mut start = 0;
        while start < left.len() {
            let end = left.len().min(start + part);
            let without = [&left[..start], &left[end..]].concat();
            if fails(&without) {
                left = without;
            } else {
                start = end;
            }
        }
        part /= 2;
    }
    left
}
