//! Rules that compare pairs: cases by hand, and that what every run of the tests goes through meets each way in which they join and part records.

use super::{contacts, lines};
use crate::oracle::fuzzy::{Form, Test, both, edits, either, not};
use crate::oracle::sequences::{of_rows, random};
use crate::oracle::{Facts, Family, Flavour, Op, State, expected};
use std::collections::{BTreeMap, BTreeSet};

// crm: id,code,nick,tel,tel2,birth,tier
// shop: id,op,at,code,nick,tel,birth,tier

#[test]
fn edits_are_counted() {
    let cases = [("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("Änna", "Anna", 1), ("ab", "ba", 2), ("Anna", "Hanna", 2)];
    for (left, right, count) in cases {
        assert_eq!((edits(left, right), edits(right, left)), (count, count), "{left} {right}");
    }
}

#[test]
fn forms_are_cut_by_characters() {
    let forms = [Form::Prefix(2), Form::Suffix(2), Form::Whole].map(|form| form.of("Änö"));
    assert_eq!(forms, ["Än", "nö", "Änö"]);
    assert_eq!([Form::Prefix(2).of("5"), Form::Suffix(2).of("5"), Form::Year.of("2001-02-03")], ["5", "5", "2001"]);
}

#[test]
fn there_are_three_truths() {
    let values = |attribute: &str, second: bool| match (attribute, second) {
        ("yes", _) => vec!["a".to_owned()],
        ("no", second) => vec![second.to_string()],
        _ => vec![],
    };
    let [yes, no, unknown] = ["yes", "no", "unknown"].map(|attribute| Test::Same(attribute, Form::Whole));
    let truths = [(&yes, Some(true)), (&no, Some(false)), (&unknown, None)];
    for (left, l) in &truths {
        assert_eq!(not((*left).clone()).holds(&values), l.map(|l| !l));
        for (right, r) in &truths {
            let both = both((*left).clone(), (*right).clone()).holds(&values);
            let either = either((*left).clone(), (*right).clone()).holds(&values);
            let all = [*l, *r];
            assert_eq!(both, if all.contains(&Some(false)) { Some(false) } else { l.and(*r) }, "{all:?}");
            assert_eq!(either, if all.contains(&Some(true)) { Some(true) } else { l.and(*r) }, "{all:?}");
        }
    }
}

#[test]
fn pairs_need_a_block_and_the_condition() {
    // 1 and 2 share a block and a birthday; 3 is one edit away in another block; 4 lacks the birthday, and its phone is too near.
    let rows = "1,,Anna,0711,,2001-01-01,\n2,,Anne,0712,,2001-01-01,\n3,,Änna,0850,,2001-01-01,\n4,,Ana,0712,,,";
    assert_eq!(lines(&contacts(Flavour::Base, &[("crm/1.csv", rows)]), "customer"), ["crm:1 crm:2", "crm:3", "crm:4"]);
    // By the second alternative, of which any phone may serve; and by phones that are far from each other.
    let rows = "1,,Anna,0711,5,2001-01-01,\n2,,Änna,4711,,2001-01-01,\n3,,Anne,5,,,";
    assert_eq!(lines(&contacts(Flavour::Base, &[("crm/1.csv", rows)]), "customer"), ["crm:1 crm:2", "crm:3"]);
    let rows = "1,,Anna,0711,,,\n3,,Anne,5,,,\n4,,Anne,,,,";
    assert_eq!(lines(&contacts(Flavour::Base, &[("crm/1.csv", rows)]), "customer"), ["crm:1 crm:3", "crm:4"]);
}

#[test]
fn blocks_of_too_many_records_make_no_pairs_and_are_told_of() {
    let row = |id: u8| format!("{id},,Anna,,,2001-01-01,");
    let facts = |count: u8| contacts(Flavour::Base, &[("crm/1.csv", &(1..=count).map(row).collect::<Vec<_>>().join("\n"))]);
    assert_eq!(lines(&facts(5), "customer").len(), 1);
    assert_eq!(lines(&facts(6), "customer").len(), 6);
    let blocks = ["fuzzy near: block prefix(name, 2)|An|6", "model customer.model.json: block prefix(name, 1)|A|6"];
    assert_eq!(lines(&facts(6), "refused.values"), blocks.map(|block| format!("customer|{block}")));
}

#[test]
fn a_model_joins_what_weighs_enough_and_leaves_what_is_less_to_a_person() {
    // Of -2 bits to begin with. 1 and 2 have one name (3), one phone (3) and birthdays of one year (0.415): 4.415, of which 4.248 are accepted. Nobody knows the
    // birthday of 3, so name and phone alone bring it to 4 and 4. 5 and 6 share a block and nothing else.
    let rows =
        "1,,Anna,0711,,2001-01-01,\n2,,Anna,0711,,2001-02-01,\n3,,Berta,0811,,,\n4,,Berta,0811,,2002-02-02,\n5,,Carl,5,,,\n6,,Curt,4711,,,";
    let facts = contacts(Flavour::Base, &[("crm/1.csv", rows)]);
    assert_eq!(lines(&facts, "customer"), ["crm:1 crm:2", "crm:3", "crm:4", "crm:5", "crm:6"]);
    assert_eq!(lines(&facts, "review"), ["4000|crm:3|crm:4"]);
}

#[test]
fn rules_keep_their_order_and_guards_hold_for_pairs() {
    // 2 goes to 3 by the stronger rule, so its level keeps 1 away.
    let rows = "1,,Anna,,,2001-01-01,1\n2,A1,Anne,,,2001-01-01,\n3,A1,,,,,2";
    let facts = contacts(Flavour::Base, &[("crm/1.csv", rows)]);
    assert_eq!(lines(&facts, "customer"), ["crm:1", "crm:2 crm:3"]);
    assert_eq!(lines(&facts, "refused.joins"), ["customer|fuzzy near|never differ(level)|crm:1|crm:2"]);
    // Here the rule that compares is the stronger one.
    let rows = "1,A1,Anna,0711,,,1\n2,,Anna,0712,,,\n3,A2,Anna,0712,,,";
    let facts = contacts(Flavour::Rules, &[("crm/1.csv", rows)]);
    assert_eq!(lines(&facts, "customer"), ["crm:1 crm:2", "crm:3"]);
    assert_eq!(lines(&facts, "refused.joins"), ["customer|fuzzy close|exact number strong|crm:1|crm:3"]);
}

/// What every run of the tests goes through: sequences of `incremental.rs`.
fn tried(family: Family) -> Vec<Vec<Op>> {
    let rows = (0..3).map(|seed| of_rows(family, seed, 30));
    (0..2).map(|seed| random(family, seed, 12)).chain(rows).collect()
}

#[test]
fn what_is_tried_joins_and_parts_pairs_in_every_way() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for family in [Family::Contacts, Family::Accounts] {
        for ops in tried(family) {
            let mut state = State::start(family);
            let mut before = expected(state.variant, state.counted());
            for op in &ops {
                let variant = state.variant;
                state.step(op);
                let after = expected(state.variant, state.counted());
                let events = if state.variant == variant { events(op, &before, &after) } else { BTreeSet::new() };
                events.into_iter().for_each(|event| *seen.entry(event).or_default() += 1);
                before = after;
            }
        }
    }
    for wanted in ["merge", "split by a value", "too many", "few again", "too many part", "few again join", "refused"] {
        assert!(seen.contains_key(wanted), "never: {wanted}; met: {seen:?}");
    }
}

/// What one step does to the rules that compare pairs.
fn events(op: &Op, before: &Facts, after: &Facts) -> BTreeSet<&'static str> {
    let mut events = BTreeSet::new();
    let (merges_before, merges_after) = (merges(before), merges(after));
    let (joined, parted) = (moved(after, before), moved(before, after));
    let (few, many) = (hubs(before), hubs(after));
    let mut note = |met: bool, event| {
        if met {
            events.insert(event);
        }
    };
    note(merges_after > merges_before && joined, "merge");
    note(matches!(op, Op::UpdateRow { .. }) && merges_after < merges_before && parted, "split by a value");
    note(many.difference(&few).next().is_some(), "too many");
    note(few.difference(&many).next().is_some(), "few again");
    note(many.difference(&few).next().is_some() && parted, "too many part");
    note(few.difference(&many).next().is_some() && joined, "few again join");
    note(lines(after, "refused.joins").iter().any(|line| line.split('|').nth(1).is_some_and(|rule| rule.starts_with("fuzzy"))), "refused");
    events
}

/// The joins that rules made which compare pairs.
fn merges(facts: &Facts) -> usize {
    let lines = lines(facts, "merges").into_iter().map(|line| line.split('|').collect::<Vec<_>>());
    lines.filter(|cells| cells[1].starts_with("fuzzy")).map(|cells| cells[2].parse::<usize>().expect("a number")).sum()
}

/// Rule and value of blocks with too many records.
fn hubs(facts: &Facts) -> BTreeSet<String> {
    let lines = lines(facts, "refused.values").into_iter().filter(|line| line.contains("|fuzzy "));
    lines.map(|line| line.split('|').skip(1).take(2).collect::<Vec<_>>().join("|")).collect()
}

/// Whether two records that are there both times are one object in `facts` and two in `others`.
fn moved(facts: &Facts, others: &Facts) -> bool {
    let there: BTreeMap<&str, &str> = objects(others).flat_map(|object| object.split(' ').map(move |record| (record, object))).collect();
    objects(facts).any(|object| object.split(' ').filter_map(|record| there.get(record)).collect::<BTreeSet<_>>().len() > 1)
}

fn objects(facts: &Facts) -> impl Iterator<Item = &str> {
    ["customer", "account"].into_iter().flat_map(|entity| lines(facts, entity))
}
