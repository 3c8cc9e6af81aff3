//! Ids that stay, and feeds that say what became of them.

use crate::oracle::ids::{Event, Ledger, Partition, Record, events, kept_ids, wrong_ids};
use std::collections::BTreeSet;

fn record(name: &str) -> Record {
    let (source, key) = name.split_once(':').expect("source:key");
    (source.to_owned(), key.to_owned())
}

/// `a:1 a:2 = 1` and so on.
fn partition(all: &[(&str, u64)]) -> Partition {
    all.iter().flat_map(|(names, id)| names.split(' ').map(move |name| (record(name), *id))).collect()
}

fn cluster(names: &str) -> BTreeSet<Record> {
    names.split(' ').map(record).collect()
}

#[test]
fn the_larger_share_keeps_the_id_then_the_older_id_then_the_smaller_record() {
    let before = partition(&[("a:1 a:2 a:3", 1), ("b:1", 2), ("c:1 c:2", 3)]);
    let kept = |clusters: &[&str]| kept_ids(&before, &clusters.iter().map(|names| cluster(names)).collect::<Vec<_>>());
    assert_eq!(kept(&["a:1", "a:2 a:3", "b:1", "c:1 c:2"]), [None, Some(1), Some(2), Some(3)]);
    assert_eq!(kept(&["a:1 b:1", "c:1", "c:2", "d:1"]), [Some(1), Some(3), None, None]);
    // The cluster shares most with 1; so 3, with which it shares less, is free for the other.
    assert_eq!(kept(&["a:1 a:2 c:1", "c:2"]), [Some(1), Some(3)]);
}

#[test]
fn every_end_and_every_beginning_is_told() {
    let before = partition(&[("a:1 a:2", 1), ("b:1", 2), ("c:1", 3), ("d:1 d:2", 4)]);
    let after = partition(&[("a:1 a:2 b:1", 1), ("d:1", 4), ("d:2", 5), ("e:1", 6)]);
    let told =
        [Event::Created { id: 6 }, Event::Merged { old: 2, survivor: 1 }, Event::Split { id: 5, origin: 4 }, Event::Retired { id: 3 }];
    assert_eq!(events(&before, &after), told);
    assert_eq!(wrong_ids(&before, &after, &(1..=4).collect()), Vec::<String>::new());
    let other = partition(&[("a:1 a:2 b:1", 2), ("d:1", 4), ("d:2", 5), ("e:1", 3)]);
    assert_eq!(wrong_ids(&before, &other, &(1..=4).collect()).len(), 2);
}

#[test]
fn replaying_a_feed_gives_the_live_ids() {
    let mut ledger = Ledger::default();
    let created = [1, 2, 3].map(|id| Event::Created { id });
    assert_eq!(ledger.replay(&created), Ok(&BTreeSet::from([1, 2, 3])));
    let second = [Event::Merged { old: 2, survivor: 1 }, Event::Retired { id: 3 }, Event::Split { id: 4, origin: 1 }];
    assert_eq!(ledger.replay(&second), Ok(&BTreeSet::from([1, 4])));
    assert_eq!(ledger.replay(&[Event::Merged { old: 1, survivor: 4 }]), Ok(&BTreeSet::from([4])));
    assert_eq!(ledger.redirects(), &[(1, 4), (2, 4)].into(), "redirects lead to the end");
}

#[test]
fn a_feed_that_cannot_be_is_refused() {
    let refused = |event: Event| {
        let mut ledger = Ledger::default();
        ledger.replay(&[Event::Created { id: 1 }, Event::Created { id: 2 }]).expect("a first day");
        ledger.replay(&[Event::Retired { id: 2 }]).expect("2 lived");
        assert!(ledger.live().contains(&1));
        assert!(ledger.replay(&[event]).is_err(), "{event:?}");
    };
    refused(Event::Created { id: 1 });
    refused(Event::Created { id: 2 });
    refused(Event::Split { id: 3, origin: 2 });
    refused(Event::Merged { old: 1, survivor: 2 });
    refused(Event::Merged { old: 2, survivor: 1 });
    refused(Event::Retired { id: 2 });
}
