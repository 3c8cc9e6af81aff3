//! Eight processes on one state, round after round: each round brings something new, one of them commits it, the others say so and leave nothing. On a
//! folder and on S3. `C360_ROUNDS=60` for more rounds than every run of the tests has time for.

use super::kept::{self, commits, content, essence, strays};
use super::project::{Answer, program};
use super::s3::{Server, on};
use std::process::{Child, Command, Stdio};

const PROCESSES: usize = 8;

fn rounds() -> u64 {
    std::env::var("C360_ROUNDS").map_or(5, |rounds| rounds.parse().expect("C360_ROUNDS is a number"))
}

/// How the processes of a round ended.
#[derive(Debug, Default)]
struct Tally {
    committed: usize,
    conflicts: usize,
    nothing: usize,
}

/// All at once.
fn race(command: impl Fn() -> Command) -> Vec<Answer> {
    let start = |_| command().args(["run"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let children: Vec<Child> = (0..PROCESSES).map(start).collect();
    children.into_iter().map(|child| Answer::of(child.wait_with_output().expect("it ends"))).collect()
}

/// One committed; the others were too late, and say which way.
fn judge(round: u64, answers: &[Answer], tally: &mut Tally) {
    let before = tally.committed;
    for answer in answers {
        match answer.code {
            0 if answer.out.contains("nothing to do") => {
                answer.answers(&[&format!("nothing to do: commit {round} still holds")]);
                tally.nothing += 1;
            }
            0 => {
                answer.answers(&[&format!("commit {round}, as of")]);
                tally.committed += 1;
            }
            _ => {
                answer.is(5).says(&[&format!("made commit {round} first; nothing of this run is visible"), "run again"]);
                assert_eq!(answer.out, "", "a failed run has no answer");
                tally.conflicts += 1;
            }
        }
    }
    assert_eq!(tally.committed - before, 1, "round {round}: {answers:?}");
}

#[test]
fn one_of_eight_commits_each_round() {
    let project = kept::project();
    let mut tally = Tally::default();
    for round in 1..=rounds() {
        kept::deliver(&project, round);
        judge(round, &race(|| program(&project.path(""))), &mut tally);
        let commits = commits(&project, "state");
        assert_eq!(commits.len() as u64, round);
        assert_eq!(
            strays(content(&project.path("state")).into_keys(), &commits),
            Vec::<String>::new(),
            "round {round}: a loser left files"
        );
        project.c360(&["run", "--state", "alone"]).is(0);
        let alone = kept::commits(&project, "alone");
        assert_eq!(essence(&commits[commits.len() - 1]), essence(&alone[alone.len() - 1]), "round {round}: another end than of one alone");
    }
    println!("{} rounds of {PROCESSES} on a folder: {tally:?}", rounds());
    assert!(tally.conflicts >= 3, "hardly any conflict: {tally:?}");
    project.c360(&["verify"]).is(0).answers(&["is what a full run makes"]);
}

#[test]
fn one_of_eight_commits_each_round_on_s3() {
    let server = Server::start();
    let project = kept::project();
    project.change("kept.c360", "\"state\"", "\"s3://bucket/state\"");
    let mut tally = Tally::default();
    let rounds = rounds().div_ceil(5);
    for round in 1..=rounds {
        kept::deliver(&project, round);
        judge(round, &race(|| on(&server, &project)), &mut tally);
        let commits = commits_on(&server);
        assert_eq!(commits.len() as u64, round);
        let keys = server.keys("state/").into_iter().map(|key| key.trim_start_matches("state/").to_owned());
        assert_eq!(strays(keys, &commits), Vec::<String>::new(), "round {round}: a loser left files");
    }
    println!("{rounds} rounds of {PROCESSES} on S3: {tally:?}");
    let verified = Answer::of(on(&server, &project).arg("verify").output().expect("the program starts"));
    verified.is(0).answers(&["is what a full run makes"]);
}

fn commits_on(server: &Server) -> Vec<serde_json::Value> {
    let keys = server.keys("state/commits/");
    keys.iter().map(|key| serde_json::from_slice(&server.get(key)).expect("commits are JSON")).collect()
}
