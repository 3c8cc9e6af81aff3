//! The same bytes however the work is cut; keys that are unique and tell the object to those who know the seed.

use std::collections::HashSet;

use super::super::parts::{parts, slice};
use super::super::rows::{row_of_key, write_key};
use super::super::table::Table;
use super::super::truth::{Kind, write_truth};
use super::super::world::World;
use super::{body, bytes, keys};

#[test]
fn any_cut_gives_the_same_bytes() {
    let world = World::new(1, 4_000);
    for table in Table::ALL {
        for day in [1, 3] {
            let whole = body(&world, table, day, u64::MAX);
            assert_eq!(body(&world, table, day, 137), whole, "{} on day {day}", table.name());
        }
    }
}

#[test]
fn slices_make_the_whole_without_overlap() {
    let world = World::new(1, 20_000);
    let all: Vec<_> = Table::ALL.into_iter().flat_map(|table| parts(&world, table, 2, 700)).collect();
    let paths: HashSet<_> = all.iter().map(|part| part.path()).collect();
    assert_eq!(paths.len(), all.len(), "two parts have the same path");
    for count in [1, 2, 3, 7, 64, 1_000] {
        let joined: Vec<_> = (0..count).flat_map(|index| slice(&all, index, count).to_vec()).collect();
        assert_eq!(joined, all, "{count} slices");
    }
}

#[test]
fn a_part_does_not_depend_on_what_was_written_before() {
    let world = World::new(1, 6_000);
    let all: Vec<_> = Table::ALL.into_iter().flat_map(|table| parts(&world, table, 1, 500)).collect();
    let forwards: Vec<_> = all.iter().map(|part| bytes(&world, part)).collect();
    let fresh = World::new(1, 6_000);
    let mut backwards: Vec<_> = all.iter().rev().map(|part| bytes(&fresh, part)).collect();
    backwards.reverse();
    assert!(forwards == backwards);
}

#[test]
fn seeds_make_different_worlds_of_the_same_size() {
    let (one, two) = (World::new(1, 3_000), World::new(2, 3_000));
    for table in Table::ALL {
        let (a, b) = (body(&one, table, 1, u64::MAX), body(&two, table, 1, u64::MAX));
        let lines = |text: &[u8]| text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<HashSet<_>>();
        assert!(lines(&a).intersection(&lines(&b)).count() <= 1, "{}: only the empty line may be the same", table.name());
        assert_eq!(one.layout(table).first_day(), two.layout(table).first_day());
    }
}

#[test]
fn the_first_day_has_the_records_asked_for() {
    for records in [1_000, 9_999, 100_000] {
        let world = World::new(1, records);
        assert_eq!(Table::ALL.map(|table| world.layout(table).first_day()).iter().sum::<u64>(), records);
    }
}

#[test]
fn keys_are_unique_and_lead_back_to_their_rows() {
    let world = World::new(5, 20_000);
    for table in Table::ALL {
        let rows = world.layout(table).rows_until(60);
        let mut seen = HashSet::new();
        for row in 0..rows {
            let mut key = String::new();
            write_key(&world, table, row, &mut key);
            assert_eq!(row_of_key(&world, table, &key, 60), Some(row));
            assert!(seen.insert(key), "{} uses a key twice", table.name());
        }
        assert_eq!(row_of_key(&world, table, "no key", 60), None);
    }
}

#[test]
fn keys_do_not_reveal_who_is_who() {
    // The same person has unrelated keys in two systems, and neighbours in the world unrelated ones in one: ranks do not correlate.
    let world = World::new(1, 50_000);
    let (crm, loyalty) = (world.layout(Table::Crm), world.layout(Table::Loyalty));
    let pairs: Vec<(f64, f64, f64)> = (0..world.sizes().persons)
        .filter_map(|person| Some((person, crm.row_of(person, 1)?, loyalty.row_of(person, 1)?)))
        .map(|(person, a, b)| (person as f64, crm.key(a) as f64, loyalty.key(b) as f64))
        .collect();
    assert!(pairs.len() > 1_000);
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        let get = |pair: &(f64, f64, f64), at| [pair.0, pair.1, pair.2][at];
        let (a, b): (Vec<f64>, Vec<f64>) = pairs.iter().map(|pair| (get(pair, a), get(pair, b))).unzip();
        assert!(correlation(&a, &b).abs() < 0.08, "{}", correlation(&a, &b));
    }
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (ma, mb) = (mean(a), mean(b));
    let product = |x: &[f64], mx: f64, y: &[f64], my: f64| x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum::<f64>();
    product(a, ma, b, mb) / (product(a, ma, a, ma) * product(b, mb, b, mb)).sqrt()
}

#[test]
fn truth_has_each_written_row_once_and_slices_join() {
    let world = World::new(1, 5_000);
    let truth = |slice| {
        let mut out = Vec::new();
        write_truth(&world, Kind::Customers, &[Table::Crm, Table::Loyalty], 1, slice, &mut out).expect("memory");
        String::from_utf8(out).expect("truth is ASCII")
    };
    let lines: Vec<String> = truth((0, 1)).lines().skip(1).map(str::to_owned).collect();
    let joined: HashSet<String> =
        (0..3).flat_map(|index| truth((index, 3)).lines().skip(1).map(str::to_owned).collect::<Vec<_>>()).collect();
    assert_eq!(joined.len(), lines.len());
    assert!(lines.iter().all(|line| joined.contains(line)));

    let mut written: Vec<String> = Vec::new();
    for table in [Table::Crm, Table::Loyalty] {
        for part in parts(&world, table, 1, u64::MAX) {
            written.extend(keys(table, &bytes(&world, &part)).into_iter().map(|key| format!("{},{key}", table.name())));
        }
    }
    let mut told: Vec<String> = lines.iter().map(|line| line.rsplit_once(',').expect("three fields").0.to_owned()).collect();
    written.sort();
    told.sort();
    assert!(written == told);
}
