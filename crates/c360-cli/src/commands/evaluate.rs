//! `c360 evaluate customer labels.csv`: clusters against labels, and whether they stay above floors.

mod json;
mod page;
mod reasons;
mod text;

use crate::arguments::{Arguments, Evaluate, Output};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::care::EntityPairs;
use c360_run::look::{self, Evaluation, View};
use reasons::Reasons;
use std::path::Path;

/// What the answer is about.
struct Answer<'a> {
    command: &'a Evaluate,
    commit: u64,
    found: Evaluation,
    floors: Vec<Floor>,
    /// What the rules make of the worst; for pages only.
    reasons: Reasons,
    /// What rules find among all records; for pages only.
    pairs: Vec<EntityPairs>,
}

/// A share that must be reached.
struct Floor {
    measure: &'static str,
    floor: f64,
    value: f64,
}

impl Floor {
    fn is_met(&self) -> bool {
        self.value >= self.floor
    }
}

pub(super) async fn evaluate(command: &Evaluate, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let answer = match answer(&session, command, arguments).await {
        Ok(answer) => answer,
        Err(error) => return session.fail(&error),
    };
    warn(&answer);
    match arguments.output {
        Output::Json => output::print_json("evaluate", json::of(&answer)),
        Output::Html => page::of(&answer).print(),
        _ => output::print!("{}", text::of(&answer)),
    }
    let under: Vec<&Floor> = answer.floors.iter().filter(|floor| !floor.is_met()).collect();
    for Floor { measure, floor, value } in &under {
        // Cut off, not rounded: what is under the floor must not look as if it were on it.
        output::failure(&format!("{measure} over pairs is {:.4}, under the floor of {floor}", (value * 1e4).floor() / 1e4));
    }
    if under.is_empty() { exit::FINE } else { exit::UNDER }
}

async fn answer<'a>(session: &Session, command: &'a Evaluate, arguments: &Arguments) -> Result<Answer<'a>, c360_run::Error> {
    let entity = session.entity(&command.entity)?;
    let labels = look::read_labels(&command.labels, Path::new("."), command.truth_column.as_deref()).await?;
    let commit = session.commit(&command.at).await?;
    let engine = session.engine(arguments)?;
    let mut view = View::open(session.model(), &commit, &session.store, &engine).await?;
    let found = look::evaluate(&mut view, entity, &labels, command.worst).await?;
    let shares = found.score.pairs.shares();
    let asked = [
        ("precision", command.min_precision, shares.precision),
        ("recall", command.min_recall, shares.recall),
        ("F1", command.min_f1, shares.f1()),
    ];
    let floors = asked.into_iter().filter_map(|(measure, floor, value)| Some(Floor { measure, floor: floor?, value }));
    let (reasons, pairs) = match arguments.output {
        Output::Html => (Reasons::of(&mut view, entity, &found).await?, vec![look::pairs_of(&mut view, entity).await?]),
        _ => (Reasons::default(), Vec::new()),
    };
    Ok(Answer { command, commit: commit.number, floors: floors.collect(), found, reasons, pairs })
}

/// Says which labels could not be used as they were meant.
fn warn(answer: &Answer<'_>) {
    let unknown = &answer.found.unknown;
    for (source, records, meant) in &unknown.sources {
        let meant = meant.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        output::warning(&format!("{records} labelled records are of the source `{source}`, which the pipeline does not have{meant}"));
    }
    if unknown.records > 0 {
        let examples = match unknown.examples.as_slice() {
            [] => String::new(),
            some => format!(", such as {}", some.join(", ")),
        };
        output::warning(&format!(
            "{} of {} labelled records are not in commit {}{examples}; each counts as a cluster of its own",
            unknown.records, answer.found.score.records, answer.commit
        ));
    }
    if answer.found.contradicted > 0 {
        output::warning(&format!(
            "{} labelled pairs do not match although a chain of pairs that match connects them",
            answer.found.contradicted
        ));
    }
    if answer.found.rules.is_none() {
        output::warning(&format!("commit {} was made by other rules than the pipeline has now: nothing is said by rule", answer.commit));
    }
}

/// Sizes of clusters in classes: what a class is called, and how many true and found clusters it has. Empty classes are left out.
fn size_classes(answer: &Answer<'_>) -> Vec<(String, u64, u64)> {
    const FROM: [u64; 10] = [1, 2, 3, 4, 5, 10, 20, 50, 100, 1000];
    let until = |place: usize| FROM.get(place + 1).map_or(u64::MAX, |next| next - 1);
    let class = |(place, from): (usize, &u64)| {
        let count = |sizes: &std::collections::BTreeMap<u64, u64>| sizes.range(*from..=until(place)).map(|(_, count)| count).sum::<u64>();
        let name = match until(place) {
            u64::MAX => format!("{from}+"),
            until if until == *from => from.to_string(),
            until => format!("{from}-{until}"),
        };
        (name, count(&answer.found.score.truth), count(&answer.found.score.found))
    };
    FROM.iter().enumerate().map(class).filter(|(_, truth, found)| truth + found > 0).collect()
}

/// By rule the pairs that it brought, and the share of them that is right; last, what no rule explains.
fn rules(answer: &Answer<'_>) -> Vec<(String, u64, u64)> {
    let Some(rules) = &answer.found.rules else { return Vec::new() };
    let mut rows: Vec<_> = rules.iter().map(|(rule, pairs)| (rule.clone(), pairs.found, pairs.right)).collect();
    let (found, right) = rows.iter().fold((0, 0), |sum, (_, found, right)| (sum.0 + found, sum.1 + right));
    let all = answer.found.score.pairs;
    if all.found > found {
        rows.push(("other".to_owned(), all.found - found, all.right - right));
    }
    rows
}
