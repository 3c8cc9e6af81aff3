//! Operations and sequences: that they do what they say, that any part of a sequence is one, and that chance meets everything.

use super::lines;
use crate::oracle::chains::{chains, words};
use crate::oracle::sequences::{Dice, all, random, shrink};
use crate::oracle::{Change, FAMILIES, FLAVOURS, Facts, Family, KINDS, Op, State, Variant, differences, expected};
use std::collections::BTreeSet;

fn facts(state: &State) -> Facts {
    expected(state.variant, state.counted())
}

#[test]
fn the_first_day_has_something_of_everything() {
    for (family, kinds) in [
        (Family::People, vec!["orphans", "customer.parent", "cycles"]),
        (Family::Accounts, vec!["orphans", "account.owner", "account.lineage"]),
        (Family::Contacts, vec![]),
    ] {
        let facts = facts(&State::start(family));
        let everywhere = ["customer", "customer.lineage", "refused.joins", "refused.values", "rejects", "duplicates"];
        for kind in everywhere.into_iter().chain(kinds) {
            assert!(!lines(&facts, kind).is_empty(), "{family:?}: no {kind}");
        }
        assert!(lines(&facts, "merges").iter().filter(|line| !line.ends_with("|0")).count() >= 3, "{:?}", lines(&facts, "merges"));
    }
}

#[test]
fn every_short_sequence_is_there_once_per_source() {
    for (length, count) in [(0, 1), (1, 16), (2, 256), (3, 4096)] {
        assert_eq!(all(Family::People, "shop", length).len(), count);
    }
    assert_eq!(all(Family::Accounts, "desk", 2), all(Family::Accounts, "desk", 2));
}

#[test]
fn every_word_of_kinds_stands_in_some_chain() {
    for length in 1..=3 {
        let pieces = words(length);
        let found: BTreeSet<&[usize]> = pieces.iter().flat_map(|piece| piece.windows(length)).collect();
        assert_eq!(found.len(), KINDS.len().pow(u32::try_from(length).expect("small")));
    }
    assert_eq!(chains(Family::People, "shop", 2).iter().map(Vec::len).sum::<usize>(), 256 + 7);
}

#[test]
fn nearly_every_operation_shows() {
    for family in FAMILIES {
        for source in family.sources() {
            for (kind, ops) in KINDS.iter().zip(all(family, source, 1)) {
                let mut state = State::start(family);
                let changes = state.step(&ops[0]);
                let silent = matches!(ops[0], Op::Nothing | Op::AddSource(_));
                assert_eq!(changes.is_empty(), silent, "{kind:?} on {source}: {ops:?} {changes:?}");
            }
        }
    }
}

#[test]
fn what_is_deleted_returns_as_it_was() {
    for family in FAMILIES {
        for source in family.sources() {
            let mut state = State::start(family);
            let records = |state: &State| {
                lines(&facts(state), "balance")
                    .iter()
                    .find(|line| line.starts_with(source))
                    .map(|line| line.split('|').nth(2).expect("records").to_owned())
            };
            let before = records(&state);
            let key = "1".to_owned();
            assert_eq!(state.keys(source).first(), Some(&key));
            state.step(&Op::DeleteRow { source, key: key.clone() });
            assert_ne!(records(&state), before, "{source}");
            state.step(&Op::Return { source, key });
            assert_eq!(records(&state), before, "{source}");
        }
    }
}

#[test]
fn a_late_file_sorts_before_all_others() {
    let mut state = State::start(Family::People);
    for _ in 0..3 {
        let first = state.paths("shop")[0].clone();
        state.step(&Op::LateFile { source: "shop", rows: vec![] });
        assert!(state.paths("shop")[0] < first);
    }
}

#[test]
fn any_part_of_a_sequence_is_one_and_changes_lead_where_the_state_is() {
    for family in FAMILIES {
        for seed in 0..20 {
            let mut dice = Dice::new(seed);
            let ops: Vec<Op> = random(family, seed, 30).into_iter().filter(|_| dice.below(3) > 0).collect();
            let (mut state, mut disk) = (State::start(family), std::collections::BTreeMap::new());
            let mut changes = state.project();
            for op in &ops {
                changes.extend(state.step(op));
                facts(&state);
            }
            for change in changes {
                match change {
                    Change::Write { path, text } => drop(disk.insert(path, text)),
                    Change::Remove { path } => assert!(disk.remove(&path).is_some(), "{path}"),
                    Change::Touch { path } => assert!(disk.contains_key(&path), "{path}"),
                    Change::Pipeline(_) => {}
                }
            }
            let now = state.project().into_iter().filter_map(|change| match change {
                Change::Write { path, text } => Some((path, text)),
                _ => None,
            });
            assert_eq!(disk, now.collect(), "{family:?} {seed}");
        }
    }
}

#[test]
fn chance_meets_every_rule_guard_and_reason() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    // Most are met soon, the rarest late.
    for (number, flavour) in FLAVOURS.into_iter().cycle().take(3000).enumerate() {
        if wanted().is_subset(&seen) {
            return;
        }
        for family in FAMILIES {
            let mut state = State::start(family);
            random(family, u64::try_from(number).expect("small"), 20).iter().for_each(|op| drop(state.step(op)));
            let facts = expected(Variant { flavour, without: None, family }, state.counted());
            let cells = |line: &&str, from: usize, to: usize| line.split('|').collect::<Vec<_>>()[from..to].join("|");
            seen.extend(
                lines(&facts, "merges").iter().filter(|line| !line.ends_with("|0")).map(|line| format!("merge {}", cells(line, 0, 2))),
            );
            seen.extend(lines(&facts, "refused.joins").iter().map(|line| format!("guard {}", cells(line, 2, 3))));
            seen.extend(lines(&facts, "refused.values").iter().map(|line| format!("hub {}", cells(line, 0, 2))));
            seen.extend(lines(&facts, "orphans").iter().map(|line| format!("orphan {} {}", cells(line, 0, 2), cells(line, 6, 7))));
            seen.extend(lines(&facts, "cycles").iter().map(|line| format!("cycle {}", cells(line, 3, 4))));
        }
    }
    for wanted in wanted() {
        assert!(seen.contains(&wanted), "never met: {wanted}; met: {seen:#?}");
    }
}

fn wanted() -> BTreeSet<String> {
    let mut wanted: BTreeSet<String> =
        ["cycle 1", "cycle 2", "orphan customer|is missing", "orphan customer|parent missing"].map(str::to_owned).into();
    wanted.extend(
        ["merge customer|always", "orphan account|owner missing", "orphan account|owner ambiguous", "orphan customer|parent ambiguous"]
            .map(str::to_owned),
    );
    for family in FAMILIES {
        for flavour in FLAVOURS {
            let model = Variant { flavour, ..family.base() }.model();
            for entity in model.entities {
                wanted.extend(entity.guards.iter().map(|guard| format!("guard {}", guard.name())));
                wanted.extend(entity.rules.iter().map(|rule| format!("merge {}|{}", entity.name, rule.name)));
                wanted.extend(entity.rules.iter().flat_map(|rule| rule.bounded()).map(|name| format!("hub {}|{name}", entity.name)));
            }
        }
    }
    wanted
}

#[test]
fn shrinking_leaves_what_matters() {
    let fails =
        |ops: &[Op]| ops.iter().any(|op| matches!(op, Op::RemoveFile { .. })) && ops.iter().any(|op| matches!(op, Op::Touch { .. }));
    let ops = (0..).map(|seed| random(Family::People, seed, 40)).find(|ops| fails(ops)).expect("there is no end of them");
    assert_eq!(shrink(&ops, fails).len(), 2);
}

#[test]
fn differences_name_what_is_missing_and_what_is_too_much() {
    let of = |lines: &[&str]| Facts::from([("customer", lines.iter().map(|line| (*line).to_owned()).collect())]);
    assert_eq!(differences(&of(&["a", "a", "b"]), &of(&["c", "a"])), ["customer: - a", "customer: - b", "customer: + c"]);
    assert_eq!(differences(&of(&["a", "b"]), &of(&["b", "a"])), Vec::<String>::new());
}
