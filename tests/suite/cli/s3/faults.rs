//! Commits that the server makes unclear: stored or not, answered with an error or not at all, alone and with a real run beside that wants the same
//! number. Each case a few times; `C360_REPEATS=50` for more than every run of the tests has time for.

use super::server::{Fault, Server};
use super::{c360, commits, on, on_s3};
use crate::kept::strays;
use crate::project::{Answer, Project};
use serde_json::Value;
use std::process::Stdio;
use std::sync::Arc;

const FAULTS: [Fault; 10] = [
    Fault::StoreThen500,
    Fault::StoreThenDrop,
    Fault::StoreThen409,
    Fault::StoreThenHang,
    Fault::Answer503,
    Fault::Answer500,
    Fault::Answer412,
    Fault::Answer409,
    Fault::Drop,
    Fault::Hang,
];

fn repeats() -> usize {
    std::env::var("C360_REPEATS").map_or(3, |repeats| repeats.parse().expect("C360_REPEATS is a number"))
}

/// The project with a server of its own; what is known of it.
struct Case {
    server: Server,
    project: Arc<Project>,
    fault: Fault,
    commits: usize,
}

impl Case {
    fn new(fault: Fault) -> Case {
        let server = Server::start();
        let project = Arc::new(on_s3(&server));
        Case { server, project, fault, commits: 0 }
    }

    /// One that has its first commit.
    fn committed() -> Case {
        let mut case = Case::new(FAULTS[0]);
        c360(&case.project, &case.server, &["run"]).is(0);
        case.commits = 1;
        case
    }

    /// Something new; the name of the commit that it leads to.
    fn deliver(&self) -> String {
        let number = self.commits + 1;
        let row = format!("id,no,name,mail\nx{number},X{number},Person {number},x{number}@example.com\n");
        self.server.put(&format!("landing/more-{number}.csv"), &row);
        format!("commits/{number:020}.json")
    }

    /// Runs alone, and the commit goes wrong once.
    fn alone(&mut self) {
        let commit = self.deliver();
        self.server.misbehave(&commit, self.fault, 1);
        self.commits += 1;
        c360(&self.project, &self.server, &["run"]).is(0).answers(&[&format!("commit {}, as of", self.commits)]);
        self.holds();
    }

    /// Another run commits just before our first attempt, which then goes wrong. Its request waits for all of the other run.
    fn overtaken(&mut self) {
        if matches!(self.fault, Fault::Hang | Fault::StoreThenHang) {
            // Waiting that long for an answer that never comes would take minutes, and nothing of it depends on who was first.
            return;
        }
        let commit = self.deliver();
        self.commits += 1;
        let (server, project, fault, place) = (self.server.clone(), Arc::clone(&self.project), self.fault, commit.clone());
        self.server.meanwhile(&format!("PUT lake/state/{commit}"), move || {
            c360(&project, &server, &["run"]).is(0);
            server.misbehave(&place, fault, 1);
        });
        let first = format!("made commit {} first; nothing of this run is visible", self.commits);
        let patient = on(&self.server, &self.project).args(["run"]).env("AWS_TIMEOUT", "60s").output();
        Answer::of(patient.expect("the program starts")).is(5).says(&["another run (", &first, "run again"]);
        assert!(self.server.has_happened(), "{fault:?}: there was no other run");
        self.holds();
    }

    /// Two runs at once; the first attempt of either goes wrong.
    fn beside_another(&mut self) {
        let commit = self.deliver();
        self.server.misbehave(&commit, self.fault, 1);
        self.commits += 1;
        let start = || on(&self.server, &self.project).arg("run").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let children = [start(), start()].map(|child| child.expect("the program starts"));
        let answers = children.map(|child| Answer::of(child.wait_with_output().expect("it ends")));
        let committed = answers.iter().filter(|answer| answer.code == 0 && answer.out.contains("as of")).count();
        assert_eq!(committed, 1, "{:?}: {answers:?}", self.fault);
        for answer in answers.iter().filter(|answer| !answer.out.contains("as of")) {
            assert!(answer.code == 5 || answer.out.contains("nothing to do"), "{:?}: {answer:?}", self.fault);
        }
        self.holds();
    }

    /// The fault happened, there is one commit more, and nothing that no commit names.
    fn holds(&self) {
        assert_eq!(self.server.left(), 0, "{:?} did not happen", self.fault);
        let names = commits(&self.server);
        assert_eq!(names.len(), self.commits, "{:?}", self.fault);
        let commits: Vec<Value> =
            names.iter().map(|name| serde_json::from_slice(&self.server.get(name)).expect("commits are JSON")).collect();
        let keys = self.server.keys("lake/state/").into_iter().map(|key| key.trim_start_matches("lake/state/").to_owned());
        assert_eq!(strays(keys, &commits), Vec::<String>::new(), "{:?}", self.fault);
    }

    /// All that was delivered counts once.
    fn verified(&self) {
        c360(&self.project, &self.server, &["run"]).is(0).answers(&[&format!("nothing to do: commit {} still holds", self.commits)]);
        c360(&self.project, &self.server, &["verify"]).is(0).answers(&["is what a full run makes"]);
    }
}

/// The next commits, over and over on one state.
fn next_commits(one: fn(&mut Case)) {
    let mut case = Case::committed();
    for fault in FAULTS {
        case.fault = fault;
        (0..repeats()).for_each(|_| one(&mut case));
    }
    case.verified();
}

/// The first commit, each time of a new state: the way to the commit is the same, so a third of the repeats is enough.
fn first_commits(one: fn(&mut Case)) {
    for fault in FAULTS {
        for _ in 0..repeats().div_ceil(3) {
            let mut case = Case::new(fault);
            one(&mut case);
            if fault == FAULTS[0] {
                case.verified();
            }
        }
    }
}

#[test]
fn a_first_commit_alone() {
    first_commits(Case::alone);
}

#[test]
fn the_next_commit_alone() {
    next_commits(Case::alone);
}

#[test]
fn a_first_commit_after_another_run_was_first() {
    first_commits(Case::overtaken);
}

#[test]
fn the_next_commit_after_another_run_was_first() {
    next_commits(Case::overtaken);
}

#[test]
fn a_first_commit_beside_another_run() {
    first_commits(Case::beside_another);
}

#[test]
fn the_next_commit_beside_another_run() {
    next_commits(Case::beside_another);
}
