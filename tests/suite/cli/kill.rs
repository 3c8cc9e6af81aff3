//! The program is killed (`kill -9`) at random moments, over and over, until a run gets through: earlier commits stay as they are, and the state ends as
//! one that nobody disturbed. `C360_KILLS=500` for more kills than every run of the tests has time for.

use super::kept::{self, commits, content, essence};
use super::project::{Answer, Project, program};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// Delays go this far beyond the length of an undisturbed run, in percent, so that some runs get through.
const BEYOND: u64 = 125;

/// Random numbers (splitmix64) from a seed: the same delays each time, though not the same moments.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// What came of the kills.
#[derive(Debug, Default)]
struct Tally {
    kills: u64,
    /// Runs that were killed after their commit.
    committed: u64,
    days: u64,
}

fn arguments(day: u64, state: &str) -> Vec<String> {
    let as_of = format!("2026-01-{:02}", day % 28 + 1);
    ["run", "--state", state, "--as-of", &as_of].map(str::to_owned).to_vec()
}

/// When a run is killed.
#[derive(Debug)]
enum Moment {
    After(Duration),
    /// As soon as there is anything of its commit, under whatever name.
    AtCommit,
}

impl Moment {
    /// Most at random; some in the few milliseconds that random ones hardly meet.
    fn random(dice: &mut Dice, longest: u64) -> Moment {
        match dice.below(6) {
            0 => Moment::AtCommit,
            _ => Moment::After(Duration::from_micros(dice.below(longest))),
        }
    }

    fn wait(&self, project: &Project, day: u64, child: &mut Child) {
        let delay = match self {
            Moment::After(delay) => return std::thread::sleep(*delay),
            Moment::AtCommit => Duration::from_micros(200),
        };
        let begins = format!("{day:020}.json");
        let is_there = || {
            let names = std::fs::read_dir(project.path("state/commits")).into_iter().flatten().flatten();
            names.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with(&begins))
        };
        while !is_there() && child.try_wait().expect("it is ours").is_none() {
            std::thread::sleep(delay);
        }
    }
}

/// Starts a run and kills it at this moment; its answer if it was faster.
fn run_or_kill(project: &Project, day: u64, moment: &Moment) -> Option<Answer> {
    let mut command = program(&project.path(""));
    command.args(arguments(day, "state")).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    moment.wait(project, day, &mut child);
    child.kill().expect("it is ours");
    let output = child.wait_with_output().expect("it ends");
    match output.status.signal() {
        Some(9) => None,
        _ => Some(Answer::of(output)),
    }
}

/// Runs until it gets through, with a kill at a random moment of each run that does not.
fn survive(project: &Project, day: u64, length: Duration, dice: &mut Dice, tally: &mut Tally) {
    let mut longest = u64::try_from(length.as_micros()).expect("runs are short") * BEYOND / 100;
    loop {
        let before = content(&project.path("state"));
        let delay = Moment::random(dice, longest);
        let answer = run_or_kill(project, day, &delay);
        let after = content(&project.path("state"));
        for (path, bytes) in before.iter().filter(|(path, _)| !path.contains('#')) {
            assert!(after.get(path) == Some(bytes), "day {day}, {delay:?}: {path} changed");
        }
        let there = commits(project, "state").len() as u64;
        assert!(there == day || there + 1 == day, "day {day}, {delay:?}: {there} commits");
        match answer {
            Some(answer) => {
                answer.is(0);
                assert_eq!(there, day);
                return;
            }
            None => {
                tally.kills += 1;
                // The machine may have become slower since the length was measured.
                longest += longest / 10;
                tally.committed += u64::from(there == day);
            }
        }
    }
}

/// Every row of customers, accounts and members, as of a commit.
fn rows(project: &Project, commit: u64) -> String {
    let sql = "select 'customer' as kind, source, key, id from members.customer union all select 'account', source, key, id from members.account \
               order by kind, source, key";
    let answer = project.c360(&["query", sql, "--at", &commit.to_string(), "--output", "json"]);
    answer.is(0);
    answer.out
}

fn wanted() -> u64 {
    std::env::var("C360_KILLS").map_or(30, |kills| kills.parse().expect("C360_KILLS is a number"))
}

#[test]
fn killed_at_random_moments_over_and_over() {
    let project = kept::project();
    let (mut dice, mut tally, mut known) = (Dice(1), Tally::default(), Vec::new());
    while tally.kills < wanted() {
        tally.days += 1;
        let day = tally.days;
        kept::deliver(&project, day);
        let start = Instant::now();
        let calm: Vec<String> = arguments(day, "calm");
        project.c360(&calm.iter().map(String::as_str).collect::<Vec<_>>()).is(0);
        survive(&project, day, start.elapsed(), &mut dice, &mut tally);
        let (ours, calm) = (commits(&project, "state"), commits(&project, "calm"));
        assert_eq!(essence(&ours[ours.len() - 1]), essence(&calm[calm.len() - 1]), "day {day}: another end than undisturbed");
        known.push(rows(&project, day));
    }
    println!("{} kills over {} commits; {} of them after the commit", tally.kills, tally.days, tally.committed);
    project.c360(&["verify"]).is(0).answers(&["is what a full run makes"]);
    for (commit, then) in (1..).zip(&known) {
        assert_eq!(&rows(&project, commit), then, "commit {commit} says something else than it did");
    }
    // What killed runs left is not the state's, and vacuum knows it.
    project.c360(&["vacuum", "--retention", "9999d", "--grace", "0s"]).is(0).answers(&["removed no commits"]);
    let left = kept::strays(content(&project.path("state")).into_keys(), &commits(&project, "state"));
    assert_eq!(left, Vec::<String>::new());
    project.c360(&["verify"]).is(0);
}
