//! Of two runs at once one commits; the other says so and leaves nothing behind.

use super::faulty::{Fault, Faulty};
use super::world::{World, assert_whole, content, memory, store_over};
use c360_run::commit;
use c360_run::store::Store;
use c360_run::{Error, Kind, Outcome};
use futures::FutureExt;
use object_store::memory::InMemory;
use std::sync::Arc;

/// A run on a runtime of its own, as in another process.
pub(crate) fn alone(world: &World, store: &Store) -> Result<Outcome, Error> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime").block_on(world.run(store))
}

/// Run A stops at its `at`-th operation, B runs to its end, A goes on.
async fn overtaken(world: &Arc<World>, first_day: &InMemory, at: usize) -> bool {
    let objects = Arc::new(first_day.fork());
    let (other, theirs) = (Arc::clone(world), Arc::clone(&objects));
    let overtake = move || {
        let (world, store) = (Arc::clone(&other), store_over(Arc::clone(&theirs) as _));
        tokio::task::spawn_blocking(move || alone(&world, &store))
            .map(|ended| assert!(matches!(ended, Ok(Ok(_))), "B fails: {ended:?}"))
            .boxed()
    };
    let outcome = world.run(&store_over(Faulty::new(Arc::clone(&objects) as _, at, Fault::Meanwhile(Arc::new(overtake))))).await;
    let store = store_over(Arc::clone(&objects) as _);
    let commits = commit::list(&store).await.expect("readable");
    assert_whole(&objects, &store).await;
    let runs: Vec<&str> = commits.iter().map(|commit| commit.run.as_str()).collect();
    let strangers: Vec<String> = content(&objects)
        .await
        .into_keys()
        .filter(|path| path.starts_with("tables/") && !runs.iter().any(|run| path.contains(run)))
        .collect();
    assert_eq!(strangers, Vec::<String>::new(), "operation {at}: the loser left files");
    assert_eq!(commits.len(), 2, "operation {at}");
    match outcome {
        Ok(Outcome::Committed(commit)) => assert_eq!(commit.run, commits[1].run, "operation {at}: both believe that they won"),
        Ok(Outcome::Unchanged(number)) => assert_eq!(number, 2, "operation {at}: A came after B"),
        Err(error) => {
            assert_eq!(error.kind, Kind::Rerun, "operation {at}: {error}");
            return true;
        }
    }
    false
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn overtaken_in_the_middle_of_a_run() {
    let world = Arc::new(World::small());
    let (objects, store) = memory();
    world.commits(&store).await;
    world.second_day();
    let counting = Faulty::new(Arc::new(objects.fork()), usize::MAX, Fault::Before);
    world.commits(&store_over(Arc::clone(&counting) as _)).await;
    // The last write is the commit itself.
    let commit = *counting.writes().last().expect("a commit was written");
    let mut lost = 0;
    for at in (0..counting.operations()).step_by(7).chain([commit, counting.operations() - 1]) {
        lost += usize::from(overtaken(&world, &objects, at).await);
    }
    assert!(lost >= 3, "A lost only {lost} times of {}: the race was none", counting.operations());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_at_the_same_time() {
    let world = Arc::new(World::small());
    for _ in 0..3 {
        let (objects, store) = memory();
        let runs = (0..4).map(|_| {
            let (world, store) = (Arc::clone(&world), store.clone());
            tokio::task::spawn_blocking(move || alone(&world, &store))
        });
        let outcomes = futures::future::join_all(runs).await;
        let mut committed = 0;
        for outcome in outcomes {
            match outcome.expect("no panic") {
                Ok(Outcome::Committed(_)) => committed += 1,
                Ok(Outcome::Unchanged(_)) => {}
                Err(error) => assert_eq!(error.kind, Kind::Rerun, "{error}"),
            }
        }
        assert_eq!((committed, commit::list(&store).await.expect("readable").len()), (1, 1));
        assert_whole(&objects, &store).await;
    }
}
