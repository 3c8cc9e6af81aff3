//! Incremental = full: after every step of a sequence of changes, the tables are what a naive oracle computes from the files alone, ids stay where they
//! should, and replaying the feed of changes gives the ids that are there. Asserts that parts were carried over.

use super::oracle::{self, Change, FAMILIES, Facts, Family, Files, Op, State, Variant, chains, ids, queries, sequences};
use super::world::{World, memory};
use c360_run::commit::Commit;
use c360_run::store::Store;
use c360_run::{Error, Outcome};
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::Int64Type;
use std::collections::{BTreeMap, BTreeSet};

/// A project that is run again and again, and what is known of it.
struct Kept {
    world: World,
    store: Store,
    family: Family,
    members: BTreeMap<&'static str, ids::Partition>,
    ledgers: BTreeMap<&'static str, ids::Ledger>,
    last: Option<Commit>,
}

/// How often a run wrote less than all.
#[derive(Debug, Default)]
struct Tally {
    commits: usize,
    layered: usize,
}

fn entities(family: Family) -> &'static [&'static str] {
    match family {
        Family::People | Family::Contacts => &["customer"],
        Family::Accounts => &["customer", "account"],
    }
}

impl Kept {
    fn new(family: Family) -> Kept {
        let (_, store) = memory();
        let ledgers = entities(family).iter().map(|entity| (*entity, ids::Ledger::default())).collect();
        Kept { world: World::new(&family.base().text()), store, family, members: BTreeMap::new(), ledgers, last: None }
    }

    fn apply(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Write { path, text } => self.world.write(&path, text),
                Change::Remove { path } => self.world.remove(&path),
                Change::Touch { path } => self.world.touch(&path),
                Change::Pipeline(variant) => self.world.declare(&variant.text()),
            }
        }
    }

    /// Runs, and compares everything with the oracle; what differs.
    async fn check(&mut self, variant: Variant, files: &Files, tally: &mut Tally) -> Result<Vec<String>, Error> {
        let outcome = self.world.run(&self.store).await?;
        let committed = matches!(outcome, Outcome::Committed(_));
        if let Outcome::Committed(commit) = outcome {
            tally.commits += 1;
            tally.layered += usize::from(commit.tables.values().any(|table| table.layers.len() > 1));
            self.last = Some(*commit);
        }
        let before = std::mem::take(&mut self.members);
        let mut answers = self.ask().await;
        for entity in entities(self.family) {
            self.members.insert(entity, partition(&answers.remove(&format!("members {entity}")).expect("it was asked")));
        }
        let members = self.members["customer"].iter().map(|((source, key), id)| (source.as_str(), key.as_str(), *id));
        let mut expected = oracle::expected_with_ages(variant, files, &oracle::ages(members));
        // Merges are told of the components that a run resolved, not of all.
        expected.remove("merges");
        let mut wrong = oracle::differences(&expected, &self.facts(&answers));
        for entity in entities(self.family) {
            let events = events(&answers[&format!("events {entity}")]);
            wrong.extend(self.check_ids(entity, before.get(entity).cloned().unwrap_or_default(), committed.then_some(events)));
        }
        Ok(wrong)
    }

    /// Everything that is to be known of the last commit, by what it is about.
    async fn ask(&self) -> BTreeMap<String, Vec<RecordBatch>> {
        let commit = self.last.as_ref().expect("there is a commit").number;
        let mut asked: Vec<(String, String)> =
            queries::queries(self.family).into_iter().map(|(kind, sql)| (kind.to_owned(), sql)).collect();
        for entity in entities(self.family) {
            asked.push((format!("members {entity}"), format!("select source, key, id from members.{entity}")));
            let sql = format!("select id, kind, other from changes.{entity} where commit = {commit} and kind <> 'changed'");
            asked.push((format!("events {entity}"), sql));
        }
        let (kinds, sqls): (Vec<String>, Vec<String>) = asked.into_iter().unzip();
        kinds.into_iter().zip(self.world.answers(&self.store, &sqls).await).collect()
    }

    fn facts(&self, answers: &BTreeMap<String, Vec<RecordBatch>>) -> Facts {
        let mut labels = BTreeMap::new();
        for ((source, key), id) in &self.members["customer"] {
            let label: &mut String = labels.entry(*id).or_insert_with(|| format!("{source}:{key}"));
            *label = label.clone().min(format!("{source}:{key}"));
        }
        let mut facts = Facts::new();
        for (kind, _) in queries::queries(self.family) {
            for batch in &answers[kind] {
                let lines = batch.column(0).as_string::<i32>();
                let lines = (0..lines.len()).map(|row| queries::with_labels(kind, lines.value(row), &labels));
                facts.entry(kind).or_default().extend(lines);
            }
        }
        let last = self.last.as_ref().expect("there is a commit");
        let balance = last
            .figures
            .sources
            .iter()
            .map(|s| format!("{}|{}|{}|{}|{}|{}|{}", s.source, s.rows, s.records, s.duplicates, s.rejects, s.filtered, s.deleted));
        facts.insert("balance", balance.collect());
        facts.retain(|_, lines| !lines.is_empty());
        facts
    }

    /// Ids that moved although they should not have, and what the feed says otherwise.
    fn check_ids(&mut self, entity: &'static str, before: ids::Partition, events: Option<Vec<ids::Event>>) -> Vec<String> {
        let after = &self.members[entity];
        let ever: BTreeSet<u64> = self.ledgers[entity].ever().clone();
        let mut wrong = ids::wrong_ids(&before, after, &ever);
        let Some(events) = events else { return wrong };
        let live: BTreeSet<u64> = after.values().copied().collect();
        match self.ledgers.get_mut(entity).expect("every entity has one").replay(&events) {
            Ok(replayed) if *replayed == live => {}
            Ok(replayed) => wrong.push(format!("{entity}: the feed leads to {replayed:?}, there are {live:?}")),
            Err(error) => wrong.push(format!("{entity}: the feed of changes: {error}")),
        }
        wrong
    }
}

fn partition(rows: &[RecordBatch]) -> ids::Partition {
    let mut partition = ids::Partition::new();
    for batch in rows {
        let (source, key) = (batch.column(0).as_string::<i32>(), batch.column(1).as_string::<i32>());
        for (row, id) in batch.column(2).as_primitive::<Int64Type>().values().iter().enumerate() {
            let name = (source.value(row).to_owned(), key.value(row).to_owned());
            assert!(partition.insert(name, id.cast_unsigned()).is_none(), "a record is a member twice");
        }
    }
    partition
}

/// What the feed says of ids.
fn events(rows: &[RecordBatch]) -> Vec<ids::Event> {
    let mut events = Vec::new();
    for batch in rows {
        let (id, kind) = (batch.column(0).as_primitive::<Int64Type>(), batch.column(1).as_string::<i32>());
        let other = batch.column(2).as_primitive::<Int64Type>();
        for row in 0..batch.num_rows() {
            let (id, other) = (id.value(row).cast_unsigned(), other.value(row).cast_unsigned());
            events.push(match kind.value(row) {
                "created" => ids::Event::Created { id },
                "merged" => ids::Event::Merged { old: id, survivor: other },
                "split" => ids::Event::Split { id, origin: other },
                _ => ids::Event::Retired { id },
            });
        }
    }
    events
}

/// What is wrong after the first step at which something is; nothing if all is well.
async fn first_wrong(family: Family, ops: &[Op], tally: &mut Tally) -> Option<String> {
    let mut kept = Kept::new(family);
    let mut state = State::start(family);
    kept.apply(state.project());
    let start = kept.check(state.variant, state.counted(), tally).await;
    for step in 0..=ops.len() {
        let checked = match step {
            0 => match &start {
                Ok(wrong) => Ok(wrong.clone()),
                Err(error) => Err(error.to_string()),
            },
            _ => {
                let changes = state.step(&ops[step - 1]);
                kept.apply(changes);
                kept.check(state.variant, state.counted(), tally).await.map_err(|error| error.to_string())
            }
        };
        let wrong = checked.unwrap_or_else(|error| vec![error]);
        if !wrong.is_empty() {
            let op = step.checked_sub(1).map_or("the first run".to_owned(), |op| format!("{:?}", ops[op]));
            return Some(format!("step {step}, {op}:\n  {}", wrong.join("\n  ")));
        }
    }
    None
}

/// Runs a sequence; where it fails, looks for the shortest that does.
async fn holds(family: Family, ops: Vec<Op>, tally: &mut Tally) {
    let Some(wrong) = first_wrong(family, &ops, tally).await else { return };
    println!("{family:?}: {wrong}\nlooking for the shortest sequence");
    let mut shortest = ops;
    let mut position = 0;
    while position < shortest.len() {
        let mut fewer = shortest.clone();
        fewer.remove(position);
        match first_wrong(family, &fewer, &mut Tally::default()).await {
            Some(_) => shortest = fewer,
            None => position += 1,
        }
    }
    let wrong = first_wrong(family, &shortest, tally).await.unwrap_or_else(|| "it comes and goes".into());
    panic!("{family:?}: {shortest:#?}\n{wrong}");
}

/// How many random sequences, and how long: `C360_SEQUENCES=200x30` for more.
fn size() -> (u64, usize) {
    let given = std::env::var("C360_SEQUENCES").unwrap_or_else(|_| "2x12".into());
    let (count, length) = given.split_once('x').expect("C360_SEQUENCES is like 200x30");
    (count.parse().expect("a number"), length.parse().expect("a number"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_sequences() {
    let (count, length) = size();
    let mut tally = Tally::default();
    for seed in 0..count {
        for family in FAMILIES {
            holds(family, sequences::random(family, seed, length), &mut tally).await;
            println!("{family:?}, seed {seed}: {length} steps hold, {tally:?}");
        }
    }
    assert!(tally.layered * 2 > tally.commits, "hardly anything was carried over: {tally:?}");
}

/// One row at a time, where pairs are compared: joins, splits by a value, blocks that become too large and small again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_that_change() {
    let (mut tally, length) = (Tally::default(), size().1.max(16));
    for seed in 0..size().0 {
        for family in [Family::Contacts, Family::Accounts] {
            holds(family, sequences::of_rows(family, seed, length), &mut tally).await;
            println!("{family:?}, seed {seed}: {length} steps hold, {tally:?}");
        }
    }
    assert!(tally.layered * 2 > tally.commits, "hardly anything was carried over: {tally:?}");
}

/// Up to which length all words of kinds of operations are tried: `C360_WORDS=3`, and pairs wherever longer sequences are asked for.
fn longest() -> usize {
    let given = std::env::var("C360_WORDS").map(|words| words.parse().expect("C360_WORDS is a number"));
    given.unwrap_or(if size().1 > 12 { 2 } else { 1 })
}

/// Each kind of operation on each source, and all words of kinds as long as is asked for: 16, 256, 4096 for lengths 1, 2, 3.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_change() {
    let mut tally = Tally::default();
    for family in FAMILIES {
        for source in family.sources() {
            for (number, ops) in (1..=longest()).flat_map(|length| chains::chains(family, source, length)).enumerate() {
                holds(family, ops, &mut tally).await;
                println!("{family:?}, {source}: {} sequences hold, {tally:?}", number + 1);
            }
        }
    }
    assert!(tally.layered * 2 > tally.commits, "hardly anything was carried over: {tally:?}");
}
