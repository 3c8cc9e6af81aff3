//! Reads and listings that go wrong: answers that break off, are cut or never come, listings that are behind what is there. Whatever a run sees of that, it
//! counts all of a file or none of it, builds on the newest commit or on none, and the next run ends where one without trouble would have ended.

use super::server::{Fault, Server};
use super::{DAY_2, c360, commits, on_s3};
use crate::project::Project;
use std::collections::BTreeMap;

/// A project after its first commit.
fn committed() -> (Server, Project) {
    let server = Server::start();
    let project = on_s3(&server);
    c360(&project, &server, &["run"]).is(0);
    (server, project)
}

/// Everything in the state.
fn state(server: &Server) -> BTreeMap<String, Vec<u8>> {
    server.keys("lake/state/").into_iter().map(|key| (key.clone(), server.get(&key))).collect()
}

/// The second day is there as it should be, and a further run has nothing to do.
fn second_day_counts(server: &Server, project: &Project) {
    c360(project, server, &["show", "customer"]).is(0).answers(&["Anna Muster", "Cora Lang", "4 rows"]);
    c360(project, server, &["run"]).is(0).answers(&["nothing to do: commit 2 still holds"]);
    c360(project, server, &["verify"]).is(0).answers(&["is what a full run makes"]);
    assert_eq!(commits(server).len(), 2);
}

/// Where a run reads: a delivery, the last commit, its tables.
const PLACES: [&str; 3] = ["landing/day-2.csv", "state/commits/", "state/tables/records.customer"];

/// The client asks again for what is missing, so the run does not even notice.
#[test]
fn a_read_that_breaks_off_or_is_not_answered_is_repeated() {
    for fault in [Fault::ReadBreaksOff, Fault::ReadHangs] {
        for place in PLACES {
            let (server, project) = committed();
            server.put("landing/day-2.csv", DAY_2);
            server.misbehave(place, fault, 1);
            c360(&project, &server, &["run"]).is(0).answers(&["commit 2", "4 objects from 5 records"]);
            assert_eq!(server.left(), 0, "{place}: {fault:?} did not happen");
            second_day_counts(&server, &project);
        }
    }
}

/// Nobody can tell from the answer alone that half is missing: sizes and sums do.
#[test]
fn a_read_that_is_cut_is_never_counted_in_part() {
    for place in PLACES {
        let (server, project) = committed();
        server.put("landing/day-2.csv", DAY_2);
        let before = state(&server);
        server.misbehave(place, Fault::ReadIsCut, 1);
        let answer = c360(&project, &server, &["run"]);
        assert_eq!(server.left(), 0, "{place}: the fault did not happen");
        if answer.code != 0 {
            assert!(answer.err.contains("error"), "{place}: {answer:?}");
            assert!(state(&server) == before, "{place}: the run left something: {:?}", server.keys("lake/state/"));
            c360(&project, &server, &["run"]).is(0).answers(&["commit 2", "4 objects from 5 records"]);
        }
        second_day_counts(&server, &project);
    }
}

/// The run builds on the newest commit, though the listing does not have it.
#[test]
fn a_listing_without_the_newest_commit() {
    let (server, project) = committed();
    server.list_as_of_now("state/commits", 2);
    server.put("landing/day-2.csv", DAY_2);
    c360(&project, &server, &["run"]).is(0).answers(&["commit 2"]);
    server.put("landing/day-3.csv", "id,no,name,mail\n4,A4,Dora Gross,dora@example.com\n");
    let second = server.get("lake/state/commits/00000000000000000002.json");
    c360(&project, &server, &["run"]).is(0).answers(&["commit 3", "5 objects from 6 records"]);
    assert_eq!(server.left(), 0, "the listing was not behind");
    assert_eq!(server.get("lake/state/commits/00000000000000000002.json"), second);
    c360(&project, &server, &["verify"]).is(0);
}

/// A delivery that is not listed yet counts in the next run.
#[test]
fn a_listing_without_the_newest_delivery() {
    let (server, project) = committed();
    server.list_as_of_now("landing", 1);
    server.put("landing/day-2.csv", DAY_2);
    c360(&project, &server, &["run"]).is(0).answers(&["nothing to do: commit 1 still holds"]);
    assert_eq!(server.left(), 0, "the listing was not behind");
    c360(&project, &server, &["run"]).is(0).answers(&["commit 2"]);
    second_day_counts(&server, &project);
}

/// Vacuum with no grace at all: what the newest commit names stays, though no listing has the commit.
#[test]
fn vacuum_by_a_listing_without_the_newest_commit() {
    let (server, project) = committed();
    server.list_as_of_now("state/commits", 10);
    server.put("landing/day-2.csv", DAY_2);
    c360(&project, &server, &["run"]).is(0).answers(&["commit 2"]);
    c360(&project, &server, &["vacuum", "--grace", "0s", "--retention", "0s"]).is(0);
    assert!(server.left() < 9, "the listing was not behind");
    server.list_as_of_now("state/commits", 0);
    c360(&project, &server, &["verify"]).is(0).answers(&["is what a full run makes"]);
    c360(&project, &server, &["show", "customer"]).is(0).answers(&["Cora Lang", "4 rows"]);
}
