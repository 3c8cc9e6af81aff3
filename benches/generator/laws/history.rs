//! Inserts, updates, deletes and late files: what arrives adds up to the state that the truth tells.

use std::collections::BTreeMap;

use super::super::parts::{parts, row_at};
use super::super::table::layout::Change;
use super::super::table::{Mode, Table};
use super::super::truth::is_present;
use super::super::world::World;

const DAYS: u32 = 6;

#[test]
fn logs_add_up_to_the_rows_that_are_present() {
    let world = World::new(1, 60_000);
    for table in Table::ALL.into_iter().filter(|table| table.mode() != Mode::Snapshot) {
        let mut state: BTreeMap<u64, Change> = BTreeMap::new();
        let mut late = 0;
        for day in 1..=DAYS {
            for part in parts(&world, table, day, 10_000) {
                for place in part.places.clone() {
                    let Some((row, change)) = row_at(&world, &part, place) else { continue };
                    late += u32::from(part.changes_of < part.day);
                    let known = state.contains_key(&row);
                    match change {
                        Change::Insert => assert!(state.insert(row, change).is_none(), "{} adds row {row} twice", table.name()),
                        Change::Update => assert!(known, "{} changes row {row}, which it does not have", table.name()),
                        Change::Delete => {
                            assert!(state.remove(&row).is_some(), "{} removes row {row}, which it does not have", table.name())
                        }
                    }
                }
            }
            let present: Vec<u64> = (0..world.layout(table).rows_until(day)).filter(|row| is_present(&world, table, *row, day)).collect();
            assert!(state.keys().copied().eq(present), "{} on day {day}", table.name());
        }
        assert_eq!(late > 0, world.layout(table).has_late_changes(), "{}", table.name());
    }
}

#[test]
fn dumps_have_the_rows_that_are_present_and_few_marked_ones() {
    let world = World::new(1, 60_000);
    for table in Table::ALL.into_iter().filter(|table| table.mode() == Mode::Snapshot) {
        for day in [1, 2, DAYS] {
            let mut rows = BTreeMap::new();
            for part in parts(&world, table, day, 10_000) {
                for row in part.places.clone().filter_map(|place| row_at(&world, &part, place)) {
                    assert!(rows.insert(row.0, ()).is_none(), "{} has row {} twice", table.name(), row.0);
                }
            }
            let until = world.layout(table).rows_until(day);
            assert!((0..until).filter(|row| is_present(&world, table, *row, day)).all(|row| rows.contains_key(&row)));
            let gone = rows.keys().filter(|row| !is_present(&world, table, **row, day)).count();
            assert_eq!(gone > 0, table == Table::Crm && day > 1, "{} on day {day} still has {gone} removed rows", table.name());
        }
    }
}

#[test]
fn versions_count_the_updates_up_to_a_day() {
    let world = World::new(3, 30_000);
    let layout = world.layout(Table::Billing);
    let mut updates: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for day in 2..=DAYS {
        for place in 0..layout.changes_on(day) {
            if let Some((row, Change::Update)) = layout.change(day, place) {
                updates.entry(row).or_default().push(day);
            }
        }
    }
    assert!(updates.values().any(|days| days.len() > 1), "a row may change twice");
    for (row, days) in &updates {
        let last = *days.last().expect("each entry has a day");
        assert_eq!(layout.version(*row, DAYS), (days.len() as u32, last));
        assert_eq!(layout.version(*row, 1), (0, 1));
    }
}

#[test]
fn an_object_leads_to_its_first_row_and_back() {
    let world = World::new(1, 30_000);
    for table in [Table::Crm, Table::Billing, Table::Loyalty] {
        let layout = world.layout(table);
        let rows = layout.rows_until(DAYS);
        let mut known = 0;
        for row in 0..rows {
            let first = layout.row_of(layout.owner(row), DAYS).expect("an object with a row has a first one");
            assert!(first <= row && layout.owner(first) == layout.owner(row));
            known += u64::from(first == row);
        }
        assert!(known > rows / 2 && known < rows, "{}: {known} objects in {rows} rows", table.name());
    }
}
