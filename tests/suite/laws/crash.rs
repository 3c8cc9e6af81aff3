//! A run killed or failed at any operation: earlier commits stay readable and unchanged, the next run ends where an undisturbed one would have.

use super::faulty::{Fault, Faulty};
use super::world::{SMALL, World, assert_whole, content, hashes, memory, store_over};
use c360_run::commit::{self, Commit};
use c360_run::{Kind, Outcome};
use futures::stream::{self, StreamExt};
use object_store::memory::InMemory;
use std::sync::Arc;

/// Sweeps that go on at the same time.
const AT_ONCE: usize = 4;

struct Sweep {
    world: World,
    /// The state after the first day.
    first_day: InMemory,
    /// What the second day leads to where nothing happens.
    undisturbed: Commit,
    operations: usize,
    /// Those of them that write.
    writes: Vec<usize>,
}

/// The small pipeline with a rule that compares pairs, and files of decisions.
fn world() -> World {
    let fuzzy = "exact email\n    fuzzy typo { block prefix(email, 2) at most 9, compare edits(email) <= 1 }";
    let text = SMALL.replace("exact email }", &format!("{fuzzy}\n  }}"));
    World::small_of(&format!("{text}overrides \"overrides/*.csv\"\n"))
}

async fn sweep() -> Sweep {
    let world = world();
    let (objects, store) = memory();
    world.commits(&store).await;
    world.second_day();
    // One letter away from Bert, who was there before, and from Dora, who comes as well.
    world.write("web/2.csv", "id,mail\n9,berta@example.com\n10,dorra@example.com\n");
    // Two who share nothing are one from now on, and two who would be are not.
    let decided = "decision,entity,first,second,author,time,note\nalways,customer,crm:1,web:8,ann,,\nnever,customer,crm:4,web:10,,,\n";
    world.write("overrides/1.csv", decided);
    let first_day = objects.fork();
    let counting = Faulty::new(Arc::new(first_day.fork()), usize::MAX, Fault::Before);
    let undisturbed = world.commits(&store_over(Arc::clone(&counting) as _)).await;
    assert_eq!(undisturbed.figures.entities[0].merges.last(), Some(&("fuzzy typo".to_owned(), 1)), "one pair was joined, one kept apart");
    assert_eq!(undisturbed.figures.entities[0].merges.first(), Some(&("always".to_owned(), 1)), "nobody was joined by decision");
    Sweep { world, first_day, undisturbed, operations: counting.operations(), writes: counting.writes() }
}

impl Sweep {
    /// The second day with a fault at the `at`-th operation, and then once more without.
    async fn disturbed(&self, at: usize, fault: Fault) {
        let objects = Arc::new(self.first_day.fork());
        let before = content(&objects).await;
        let outcome = self.world.run(&store_over(Faulty::new(Arc::clone(&objects) as _, at, fault))).await;
        let store = store_over(Arc::clone(&objects) as _);
        let after = content(&objects).await;
        assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)), "operation {at}: something old changed");
        assert_whole(&objects, &store).await;
        let number = commit::head(&store).await.expect("readable").expect("the first day").commit.number;
        match &outcome {
            Ok(Outcome::Committed(commit)) => assert_eq!((commit.number, number), (2, 2), "operation {at}"),
            Ok(Outcome::Unchanged(_)) => panic!("operation {at}: the second day was not seen"),
            Err(error) if error.kind == Kind::Unknown => {}
            Err(error) => assert_eq!(number, 1, "operation {at}: committed, yet told: {error}"),
        }
        let next = self.world.run(&store).await.unwrap_or_else(|error| panic!("operation {at}: the next run fails: {error}"));
        let commits = commit::list(&store).await.expect("readable");
        assert_eq!(commits.len(), 2, "operation {at}: {next:?}");
        assert_eq!(hashes(&commits[1]), hashes(&self.undisturbed), "operation {at}: another end");
        assert_whole(&objects, &store).await;
    }

    async fn at_all(&self, operations: Vec<usize>, fault: Fault) {
        assert!(operations.len() >= 10, "only {} operations", operations.len());
        let runs = stream::iter(operations).map(|at| self.disturbed(at, fault.clone()));
        runs.buffer_unordered(AT_ONCE).collect::<()>().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_operation() {
    let sweep = sweep().await;
    sweep.at_all((0..sweep.operations).collect(), Fault::Die).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_write_done_and_told_as_failed() {
    let sweep = sweep().await;
    sweep.at_all(sweep.writes.clone(), Fault::After).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_commit_of_all_fails_at_any_write() {
    let world = world();
    let (objects, _) = memory();
    let counting = Faulty::new(objects, usize::MAX, Fault::Before);
    world.commits(&store_over(Arc::clone(&counting) as _)).await;
    let one = |at: usize| {
        let world = &world;
        async move {
            let (objects, store) = memory();
            let outcome = world.run(&store_over(Faulty::new(Arc::clone(&objects) as _, at, Fault::Before))).await;
            let there = commit::head(&store).await.expect("readable").is_some();
            assert!(there || outcome.is_err(), "operation {at}: nothing is there, and nobody was told");
            world.run(&store).await.unwrap_or_else(|error| panic!("operation {at}: the next run fails: {error}"));
            assert_eq!(commit::list(&store).await.expect("readable").len(), 1, "operation {at}");
        }
    };
    stream::iter(counting.writes()).map(one).buffer_unordered(AT_ONCE).collect::<()>().await;
}
